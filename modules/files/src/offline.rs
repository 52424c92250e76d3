//! What files have in a copy of a portal that opens without a server: each in the version that is shown, and a page of what
//! was asked for and decided.

use maud::html;
use portico_kernel::{
    Instant, OfflineBytes, OfflineCopy, OfflineKind, OfflinePage, OfflinePart, OfflinePath, OfflineTx,
    OfflineWords, Result,
};
use portico_ui::{OfflineLine, Text, components::section, offline_list};

use crate::{
    approval::{Approval, Standing},
    request_slot::{Slot, SlotState},
    store::{self, NamedApproval},
    visibility,
};

const KINDS: [OfflineKind; 1] = [OfflineKind { kind: "file", folder: "files", ending: None }];

/// The newest of them, for staff.
const MOST_REQUESTS: i64 = 200;

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
    let requests = requests(tx, copy)?;
    add_page(copy, "files-requests", &requests);
    let approvals = approvals(tx, copy)?;
    add_page(copy, "files-offline-approvals", &approvals);
    Ok(())
}

/// What it is about, and how it stands.
type Line = (String, String);

/// A page of its own, to which the first one leads.
fn add_page(copy: &mut OfflineCopy, title: &str, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    let title = copy.text.say(title).into_owned();
    let path = copy.place("pages", &title, Some(".html"));
    let href = path.seen_from(&OfflinePath::first_page());
    let link = offline_list(&[OfflineLine { name: &title, href: Some(&href), detail: "" }]);
    copy.on_first_page(section(&title, html! {}, link), "");
    let words = lines.iter().map(|(name, said)| format!("{name} {said}")).collect::<Vec<_>>().join("\n");
    let shown: Vec<OfflineLine> =
        lines.iter().map(|(name, said)| OfflineLine { name, href: None, detail: said }).collect();
    let body = offline_list(&shown);
    copy.page(OfflinePage { path, title, above: Vec::new() }, move |_| Ok(OfflineWords { body, words }));
}

/// File by file, of each request that was not withdrawn.
fn requests(tx: &mut OfflineTx<'_, '_>, copy: &OfflineCopy) -> Result<Vec<Line>> {
    let (portal, text) = (copy.plan.portal, copy.text);
    let asked = match tx {
        OfflineTx::Staff(tx) => store::requests_of_portal(tx, portal, MOST_REQUESTS)?,
        OfflineTx::Client(tx) => visibility::requests_of_portal(tx, portal)?,
    };
    let lines = asked.iter().flat_map(|request| {
        request.slots.iter().map(move |slot| {
            let name = format!("{} · {}: {}", request.title, request.person_name, slot.title);
            (name, text.say(state(slot)).into_owned())
        })
    });
    Ok(lines.collect())
}

fn state(slot: &Slot) -> &'static str {
    match slot.state() {
        SlotState::Wanted => "files-slot-missing",
        SlotState::Sent => "files-slot-came",
        SlotState::AskedAgain => "files-offline-asked-again",
        SlotState::Accepted => "files-slot-taken",
    }
}

fn approvals(tx: &mut OfflineTx<'_, '_>, copy: &OfflineCopy) -> Result<Vec<Line>> {
    let (portal, text) = (copy.plan.portal, copy.text);
    let asked = match tx {
        OfflineTx::Staff(tx) => store::approvals_of_portal(tx, portal)?,
        OfflineTx::Client(tx) => visibility::approvals_of_portal(tx, portal)?,
    };
    let zone = &tx.core().organization_profile().time_zone;
    let line = |(file, approval, person): &NamedApproval| (file.clone(), said(text, zone, approval, person));
    Ok(asked.iter().map(line).collect())
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
