//! What was just done to items of a folder: the listing without them, and the way back.

use portico_facts::{ItemId, PortalId};
use portico_kernel::{Answer, Error, Partial, Result, Staff, Tx};
use portico_ui::{Frame, Markup, components::toast_partial, html};

use super::portal::fresh_listing;
use crate::{
    item::Item,
    store,
    view::{staff_place, undo},
};

/// What can be taken back.
pub enum Deed {
    Deleted(Vec<ItemId>),
    /// Out of the folder that is open.
    Moved(Vec<ItemId>),
}

pub async fn after_deletion(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
    deleted: Vec<Item>,
) -> Result<Answer> {
    let toast = undo::deletion_toast(&staff.frame(), portal, &deleted);
    after_deed(staff, partial, portal, folder, "deleted", &deleted, toast).await
}

pub async fn after_move(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
    moved: Vec<Item>,
) -> Result<Answer> {
    let toast = undo::move_toast(&staff.frame(), portal, folder, &moved);
    after_deed(staff, partial, portal, folder, "moved", &moved, toast).await
}

async fn after_deed(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
    deed: &str,
    items: &[Item],
    toast: Markup,
) -> Result<Answer> {
    let place = staff_place(portal, folder);
    match partial {
        Partial::Page if items.is_empty() => Ok(Answer::go(partial, &place)),
        Partial::Page => {
            let mark = if folder.is_some() { '&' } else { '?' };
            let ids: Vec<String> = items.iter().map(|item| item.id.to_string()).collect();
            Ok(Answer::go(partial, &format!("{place}{mark}{deed}={}", ids.join(","))))
        }
        Partial::Fragment => {
            let listing = fresh_listing(staff, portal, folder).await?;
            Ok(Answer::fragment(html! { (listing) @if !items.is_empty() { (toast_partial(toast)) } }))
        }
    }
}

/// What the page before left in the address, if it can still be taken back.
pub fn deed_toast(
    tx: &mut Tx,
    frame: &Frame,
    portal: PortalId,
    folder: Option<ItemId>,
    deed: &Deed,
) -> Result<Option<Markup>> {
    Ok(match deed {
        Deed::Deleted(items) => match store::deletion::deleted(tx, portal, items) {
            Ok(deleted) => (!deleted.is_empty()).then(|| undo::deletion_toast(frame, portal, &deleted)),
            // Of others, whom a limited member does not see.
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        },
        Deed::Moved(items) => match store::selection::find_all(tx, portal, items) {
            Ok(moved) => Some(undo::move_toast(frame, portal, folder, &moved)),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        },
    })
}
