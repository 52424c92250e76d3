//! What portals have in a copy that opens without a server: the note at the top, folders, notes, where links lead, the logo.

use std::collections::HashMap;

use portico_facts::ItemId;
use portico_kernel::{
    OfflineBytes, OfflineCopy, OfflineItem, OfflineKind, OfflinePage, OfflinePart, OfflinePath, OfflineTx,
    OfflineWords, Result,
};
use portico_ui::{
    MarkedWords, Markup, OfflineLine, Text,
    components::section,
    html,
    markdown::{Under, plain_text, prose},
    offline_list,
};

use crate::{
    item::{EMBED, FOLDER, LINK, NOTE, ReadNote},
    store::{self, pictures},
};

const KINDS: [OfflineKind; 2] = [
    OfflineKind { kind: FOLDER, folder: "folders", ending: Some(".html") },
    OfflineKind { kind: NOTE, folder: "notes", ending: Some(".html") },
];

pub fn part() -> OfflinePart {
    OfflinePart { name: "portals", order: 20, kinds: &KINDS, gather }
}

fn gather(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) -> Result<()> {
    add_logo(tx, copy);
    if let Some(note) = pinned(tx, copy)? {
        let body = prose(&note.body, Under::SectionTitle, &MarkedWords::default());
        copy.on_first_page(section(&note.item.name, html! {}, body), &plain_text(&note.body));
    }
    let items = copy.items().to_vec();
    let tree = Tree {
        text: copy.text,
        addresses: addresses(tx, &items)?,
        items: items.iter().map(|item| (item.id, item)).collect(),
    };
    let mut inside: HashMap<Option<ItemId>, Vec<&OfflineItem>> = HashMap::new();
    // Without what a module brings that is not there.
    for item in items.iter().filter(|item| item.path.is_some() || tree.addresses.contains_key(&item.id)) {
        inside.entry(item.folder).or_default().push(item);
    }
    let top = inside.remove(&None).unwrap_or_default();
    if !top.is_empty() {
        let listing = tree.listing(&top, &OfflinePath::first_page());
        let title = copy.text.say("portals-offline-items");
        copy.on_first_page(section(&title, html! {}, listing), &tree.words(&top));
    }
    for item in &items {
        let Some(path) = item.path.clone() else { continue };
        let page = OfflinePage { title: item.name.clone(), above: tree.above(item), path };
        match item.kind.as_str() {
            FOLDER => {
                let held = inside.remove(&Some(item.id)).unwrap_or_default();
                let body = match held.is_empty() {
                    true => html! { p { (copy.text.say("portals-offline-empty")) } },
                    false => tree.listing(&held, &page.path),
                };
                let words = tree.words(&held);
                copy.page(page, move |_| Ok(OfflineWords { body, words }));
            }
            NOTE => {
                let note = item.id;
                copy.page(page, move |tx| Ok(words_of(&read_note(tx, note)?)));
            }
            _ => {}
        }
    }
    Ok(())
}

fn add_logo(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) {
    let Some(logo) = &tx.core().organization_profile().logo else { return };
    let version = logo.version.clone();
    let bytes = OfflineBytes::made(move |eyes| async move {
        eyes.read(move |tx| pictures::size(tx.core(), &version, "logo.webp")).await
    });
    copy.file(OfflinePath::logo(), None, bytes);
}

fn pinned(tx: &mut OfflineTx<'_, '_>, copy: &OfflineCopy) -> Result<Option<ReadNote>> {
    let portal = copy.plan.portal;
    match tx {
        OfflineTx::Staff(tx) => store::notes::pinned_of_portal(tx, portal),
        OfflineTx::Client(tx) => store::client::pinned_note(tx, portal),
    }
}

fn read_note(tx: &mut OfflineTx<'_, '_>, note: ItemId) -> Result<ReadNote> {
    match tx {
        OfflineTx::Staff(tx) => store::notes::find(tx, note),
        OfflineTx::Client(tx) => store::client::note(tx, note),
    }
}

fn words_of(note: &ReadNote) -> OfflineWords {
    OfflineWords {
        body: prose(&note.body, Under::PageTitle, &MarkedWords::default()),
        words: plain_text(&note.body),
    }
}

/// Of links, and of the pages that embeds show.
fn addresses(tx: &mut OfflineTx<'_, '_>, items: &[OfflineItem]) -> Result<HashMap<ItemId, String>> {
    let of = |kind: &str| -> Vec<ItemId> {
        items.iter().filter(|item| item.kind == kind).map(|item| item.id).collect()
    };
    let (links, embeds) = (of(LINK), of(EMBED));
    let mut addresses = store::items::link_addresses(tx.core(), links)?;
    addresses.extend(store::embeds::addresses(tx.core(), embeds)?);
    Ok(addresses)
}

struct Tree<'a> {
    text: Text,
    addresses: HashMap<ItemId, String>,
    items: HashMap<ItemId, &'a OfflineItem>,
}

impl Tree<'_> {
    /// Pages of the folders around it, outermost first.
    fn above(&self, item: &OfflineItem) -> Vec<(OfflinePath, String)> {
        let outer = |folder: Option<ItemId>| self.items.get(&folder?).copied();
        let ways = std::iter::successors(outer(item.folder), |inner| outer(inner.folder));
        let mut above: Vec<(OfflinePath, String)> = ways
            .take(self.items.len())
            .filter_map(|folder| Some((folder.path.clone()?, folder.name.clone())))
            .collect();
        above.reverse();
        above
    }

    fn listing(&self, items: &[&OfflineItem], page: &OfflinePath) -> Markup {
        let hrefs: Vec<Option<String>> = items
            .iter()
            .map(|item| match &item.path {
                Some(path) => Some(path.seen_from(page)),
                None => self.addresses.get(&item.id).cloned(),
            })
            .collect();
        let details: Vec<String> = items.iter().map(|item| self.detail(item)).collect();
        let lines: Vec<OfflineLine> = items
            .iter()
            .zip(&hrefs)
            .zip(&details)
            .map(|((item, href), detail)| OfflineLine { name: &item.name, href: href.as_deref(), detail })
            .collect();
        offline_list(&lines)
    }

    /// What it is; of what lies elsewhere, where.
    fn detail(&self, item: &OfflineItem) -> String {
        match item.kind.as_str() {
            FOLDER => self.text.say("portals-offline-folder").into_owned(),
            NOTE => self.text.say("portals-offline-note").into_owned(),
            _ => self.addresses.get(&item.id).cloned().unwrap_or_default(),
        }
    }

    fn words(&self, items: &[&OfflineItem]) -> String {
        let of = |item: &&OfflineItem| match self.addresses.get(&item.id) {
            Some(address) => format!("{} {address}", item.name),
            None => item.name.clone(),
        };
        items.iter().map(of).collect::<Vec<_>>().join("\n")
    }
}
