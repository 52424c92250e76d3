//! What clients send: into which folders, under which name, and who sees it.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId};
use portico_kernel::{Among, ClientTx, Core, Instant, Recorded, Result, Shown, Tx, people, sent_items};
use serde_json::json;

use super::{
    adding::{await_other_uploads, insert_file},
    versions,
};
use crate::{
    file_name::FileName,
    store::{Kept, NewFile, Place, file},
    visibility,
};

/// What a client sends goes beside what is there, or becomes the next version of what they sent
/// themselves under the same name.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when the folder takes no files from this client
/// any more (P12).
pub fn send_file(
    tx: &mut ClientTx,
    folder: ItemId,
    name: &FileName,
    new: &NewFile,
) -> Result<Recorded<Kept>> {
    let place = visibility::open_folder(tx, folder)?;
    add_sent(tx, place, name, new)
}

/// The caller has asked whether this client may put it there. A name gets a number beside those that
/// this client sees, so that nothing is learnt about what others sent.
pub(super) fn add_sent(
    tx: &mut ClientTx,
    place: Place,
    name: &FileName,
    new: &NewFile,
) -> Result<Recorded<Kept>> {
    await_other_uploads(tx, place.portal)?;
    if let Some(own) = visibility::own_file(tx, place, name)? {
        return versions::add_next(tx, own, name, new);
    }
    let name = first_free(name, &visibility::names_in(tx, place)?);
    let sender = tx.person();
    insert_sent(tx, sender, place, &name, new)
}

fn first_free(name: &FileName, taken: &[String]) -> FileName {
    let is_free = |name: &FileName| !taken.iter().any(|taken| taken == name.as_str());
    if is_free(name) {
        return name.clone();
    }
    // One of these is free: there are more of them than taken names.
    let mut numbered = (2..taken.len() + 3).map(|number| name.numbered(number));
    numbered.find(is_free).unwrap_or_else(|| name.clone())
}

/// Under a name that is free.
pub(crate) fn insert_sent(
    tx: &mut Core,
    sender: PersonId,
    place: Place,
    name: &FileName,
    new: &NewFile,
) -> Result<Recorded<Kept>> {
    let kept = insert_file(tx, place, name, new)?;
    tx.keep_to_sender(kept.item, sender)?;
    let event = tx.item_event(EventKind::ITEM_ADDED, kept.item, place.portal)?;
    let data = json!({ "kind": "file", "name": name.as_str(), "size": new.size });
    Ok(tx.record(event.with_data(data))?.with(kept))
}

/// Who sent a file.
#[derive(Clone, Debug)]
pub struct Sender {
    pub name: String,
    pub shown: Shown,
}

/// Of those among `items` that clients sent whom the reader sees.
///
/// # Errors
/// The database's.
pub fn senders(tx: &mut Core, items: &[ItemId]) -> Result<HashMap<ItemId, Sender>> {
    let organization = tx.organization();
    let rows: Vec<(ItemId, PersonId, String, Option<Instant>)> = sent_items::table
        .inner_join(people::table.on(
            people::organization_id.eq(sent_items::organization_id).and(people::id.eq(sent_items::person_id)),
        ))
        .filter(sent_items::organization_id.eq(organization))
        .filter(sent_items::item_id.among(items.iter().copied()))
        .select((sent_items::item_id, people::id, people::name, sent_items::shown_at))
        .load(tx.db())?;
    let sender = |(item, person, name, shown_at): (ItemId, PersonId, String, Option<Instant>)| {
        let shown = shown_at.map_or(Shown::ToSender, |_| Shown::ToEveryone);
        tx.sees_client(person).then_some((item, Sender { name, shown }))
    };
    Ok(rows.into_iter().filter_map(sender).collect())
}

/// To everyone with the portal, or to its sender alone again.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for a file that no client sent, or one whom the reader does not see.
pub fn show(tx: &mut Tx, item: ItemId, to: Shown) -> Result<Recorded<()>> {
    let file = file(tx, item)?;
    if tx.sent(item)?.is_some_and(|sent| !tx.sees_client(sent.by)) {
        return Err(portico_kernel::Error::NotFound);
    }
    tx.show_sent(item, to)?;
    let data = json!({ "kind": "file", "name": file.name(), "everyone": to == Shown::ToEveryone });
    // About nobody: those who lose sight of it must hear of it, too.
    let event = portico_kernel::NewEvent::new(EventKind::ITEM_CHANGED, item).in_portal(file.item.portal);
    tx.record(event.with_data(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_somebody_else_took_is_numbered() {
        let plan = FileName::from_client("Plan.pdf");
        let free = |taken: &[&str]| {
            let taken: Vec<String> = taken.iter().map(|name| (*name).to_owned()).collect();
            first_free(&plan, &taken).to_string()
        };
        assert_eq!(free(&["plan.pdf", "Plan"]), "Plan.pdf");
        assert_eq!(free(&["Plan.pdf"]), "Plan (2).pdf");
        assert_eq!(free(&["Plan.pdf", "Plan (2).pdf", "Plan (4).pdf"]), "Plan (3).pdf");
    }
}
