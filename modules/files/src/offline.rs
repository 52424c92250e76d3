//! What files have in a copy of a portal that opens without a server: each in the version that is shown, and a page of what
//! was asked for and decided.

use maud::{Markup, html};
use portico_kernel::{
    Instant, OfflineBytes, OfflineCopy, OfflineKind, OfflinePage, OfflinePart, OfflinePath, OfflineTx,
    OfflineWords, Result,
};
use portico_ui::{OfflineLine, Text, components::section, offline_list};

use crate::{
    approval::{Approval, Standing},
    store, visibility,
};

const KINDS: [OfflineKind; 1] = [OfflineKind { kind: "file", folder: "files", ending: None }];

pub fn part() -> OfflinePart {
    OfflinePart { name: "files", order: 50, kinds: &KINDS, gather }
}

fn gather(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) -> Result<()> {
    let portal = copy.plan.portal;
    let seen = match tx {
        OfflineTx::Staff(tx) => store::archive::of_portal(tx, portal)?,
        OfflineTx::Client(tx) => visibility::archive_of_portal(tx, portal)?,
    };
    for file in seen.files {
        let Some(path) = copy.path_of(file.id()).cloned() else { continue };
        let size = file.content.size();
        copy.file(path, Some(file.item.name), OfflineBytes::Stored { key: file.content.key, size });
    }
    add_approvals(tx, copy)
}

fn add_approvals(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) -> Result<()> {
    let portal = copy.plan.portal;
    let asked = match tx {
        OfflineTx::Staff(tx) => store::approvals_of_portal(tx, portal)?,
        OfflineTx::Client(tx) => visibility::approvals_of_portal(tx, portal)?,
    };
    if asked.is_empty() {
        return Ok(());
    }
    let (text, title) = (copy.text, copy.text.say("files-offline-approvals").into_owned());
    let zone = &tx.core().organization_profile().time_zone;
    let lines: Vec<(String, String)> =
        asked.iter().map(|(file, approval, person)| (file.clone(), said(text, zone, approval, person))).collect();
    let path = copy.place("pages", &title, Some(".html"));
    let href = path.seen_from(&OfflinePath::fixed("index.html"));
    let link = offline_list(&[OfflineLine { name: &title, href: Some(&href), detail: "" }]);
    copy.on_first_page(section(&title, html! {}, link), "");
    let words = lines.iter().map(|(file, said)| format!("{file} {said}")).collect::<Vec<_>>().join("\n");
    let body = listed(&lines);
    copy.page(OfflinePage { path, title, above: Vec::new() }, move |_| Ok(OfflineWords { body, words }));
    Ok(())
}

fn listed(lines: &[(String, String)]) -> Markup {
    let lines: Vec<OfflineLine> =
        lines.iter().map(|(file, said)| OfflineLine { name: file, href: None, detail: said }).collect();
    offline_list(&lines)
}

/// "Approved · Carol · 23 November 2026", and why not.
fn said(text: Text, zone: &str, approval: &Approval, person: &str) -> String {
    let key = match approval.standing() {
        Standing::Waiting => "files-offline-waiting",
        Standing::Approved => "files-offline-approved",
        Standing::Declined => "files-offline-declined",
        Standing::Withdrawn => "files-offline-withdrawn",
    };
    let day = |at: Instant| text.date(at.in_zone(zone).date());
    let when = day(approval.decided_at.unwrap_or(approval.asked_at));
    let why = Some(approval.reason.clone()).filter(|reason| !reason.is_empty());
    let parts = [text.say(key).into_owned(), person.to_owned(), when];
    parts.into_iter().chain(why).collect::<Vec<_>>().join(" · ")
}
