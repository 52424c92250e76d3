//! What can be done to several items at once. Which, stands in the form or, for a way back that is one
//! button, in the address.

use poem::{Request, handler, web::Path};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Answer, Error, Form, Partial, Problems, Result, Staff, Within, parse_form};
use portico_ui::html;
use serde::de::DeserializeOwned;

use super::{
    deed::{after_deletion, after_move},
    dialog_page, folder_named,
};
use crate::{
    folder::Tree,
    item::Item,
    portal::{Selection, SelectionMove},
    store,
    view::{
        dialogs::{Asked, move_dialog},
        staff_place,
    },
};

fn in_address<T: DeserializeOwned>(req: &Request) -> Result<T> {
    parse_form(req.uri().query().unwrap_or_default().as_bytes())
}

async fn find(staff: &Staff, portal: PortalId, items: Vec<ItemId>) -> Result<Vec<Item>> {
    if items.is_empty() {
        return Err(Error::Conflict("portals-nothing-selected"));
    }
    staff.read(move |tx| store::selection::find_all(tx, portal, &items)).await
}

/// Selections are made in one listing, so that one folder is left.
fn folder_of(items: &[Item]) -> Option<ItemId> {
    items.first().and_then(|item| item.folder)
}

#[handler]
pub async fn ask_folder(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    req: &Request,
) -> Result<Answer> {
    let Selection { item } = in_address(req)?;
    let items = find(&staff, portal, item).await?;
    let here = folder_of(&items).map(|folder| folder.to_string()).unwrap_or_default();
    ask(&staff, partial, portal, items, &here, Problems::default()).await
}

#[handler]
pub async fn move_into(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<SelectionMove>,
) -> Result<Answer> {
    let folder = folder_named(&form.folder)?;
    let items = find(&staff, portal, form.item.clone()).await?;
    let moved = staff.write(move |tx| store::selection::move_into(tx, portal, &form.item, folder)).await?;
    match moved {
        Ok(moved) => after_move(&staff, partial, portal, folder_of(&items), moved).await,
        Err(key) => {
            let mut problems = Problems::default();
            problems.add("folder", key);
            Ok(ask(&staff, partial, portal, items, &form.folder, problems).await?.invalid())
        }
    }
}

/// The way back.
#[handler]
pub async fn move_back(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    req: &Request,
) -> Result<Answer> {
    let SelectionMove { item, folder } = in_address(req)?;
    let folder = folder_named(&folder)?;
    match staff.write(move |tx| store::selection::move_into(tx, portal, &item, folder)).await? {
        Ok(_) => Ok(Answer::go(partial, &staff_place(portal, folder))),
        Err(key) => Err(Error::Conflict(key)),
    }
}

async fn ask(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    items: Vec<Item>,
    chosen: &str,
    problems: Problems,
) -> Result<Answer> {
    let (folders, portal_name) = staff
        .read(move |tx| Ok((store::folders::of_portal(tx, portal)?, store::portals::find(tx, portal)?.name)))
        .await?;
    let frame = staff.frame();
    let title = frame.text.say_with("portals-move-many", &[("count", items.len().into())]);
    let action = format!("/staff/portals/{portal}/selection/folder");
    let back = staff_place(portal, folder_of(&items));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems: &problems };
    let named = html! { @for item in &items { input type="hidden" name="item" value=(item.id); } };
    let dialog = move_dialog(&asked, &items, named, &Tree::new(folders), &portal_name, chosen);
    Ok(dialog_page(staff, partial, &title, dialog))
}

#[handler]
pub async fn delete(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<Selection>,
) -> Result<Answer> {
    let folder = folder_of(&find(&staff, portal, form.item.clone()).await?);
    let deleted = staff.write(move |tx| store::deletion::delete(tx, portal, &form.item)).await?;
    after_deletion(&staff, partial, portal, folder, deleted).await
}

#[handler]
pub async fn restore(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    req: &Request,
) -> Result<Answer> {
    let Selection { item } = in_address(req)?;
    let restored = staff.write(move |tx| store::deletion::restore(tx, portal, &item)).await?;
    let first = restored.first().ok_or(Error::NotFound)?;
    Ok(Answer::go(partial, &staff_place(portal, first.folder)))
}
