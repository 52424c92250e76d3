//! What can be done to an item of any kind.

use poem::{handler, web::Path};
use portico_facts::ItemId;
use portico_kernel::{Answer, Error, Form, Name, Partial, Problems, Result, Staff, Within};
use portico_ui::html;

use super::{deed::after_deletion, dialog_page, folder_named, portal::after_dialog};
use crate::{
    folder::Tree,
    item::Item,
    order::Step,
    portal::{MoveForm, NameForm},
    store,
    view::{
        dialogs::{Asked, move_dialog, name_dialog},
        staff_place,
    },
};

async fn find(staff: &Staff, item: ItemId) -> Result<Item> {
    staff.read(move |tx| store::items::find(tx, item)).await
}

#[handler]
pub async fn ask_name(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    let item = find(&staff, item).await?;
    Ok(ask_for_name(&staff, partial, &item, &item.name, &Problems::default()))
}

#[handler]
pub async fn rename(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ItemId>,
    Form(form): Form<NameForm>,
) -> Result<Answer> {
    let item = find(&staff, id).await?;
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&form.name)) else {
        return Ok(ask_for_name(&staff, partial, &item, &form.name, &problems).invalid());
    };
    if let Err(key) = staff.write(move |tx| store::items::rename(tx, id, &name)).await? {
        problems.add("name", key);
        return Ok(ask_for_name(&staff, partial, &item, &form.name, &problems).invalid());
    }
    after_dialog(&staff, partial, item.portal, item.folder).await
}

fn ask_for_name(staff: &Staff, partial: Partial, item: &Item, name: &str, problems: &Problems) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say_with("portals-rename-of", &[("name", item.name.as_str().into())]);
    let (action, back) = (format!("/staff/items/{}/name", item.id), staff_place(item.portal, item.folder));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, name_dialog(&asked, name))
}

#[handler]
pub async fn ask_folder(Within(staff): Within, partial: Partial, Path(id): Path<ItemId>) -> Result<Answer> {
    let item = find(&staff, id).await?;
    let here = item.folder.map(|folder| folder.to_string()).unwrap_or_default();
    ask_for_folder(&staff, partial, item, &here, Problems::default()).await
}

#[handler]
pub async fn move_into(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ItemId>,
    Form(form): Form<MoveForm>,
) -> Result<Answer> {
    let folder = folder_named(&form.folder)?;
    let item = find(&staff, id).await?;
    let portal = item.portal;
    if let Err(key) = staff.write(move |tx| store::selection::move_into(tx, portal, &[id], folder)).await? {
        let mut problems = Problems::default();
        problems.add("folder", key);
        return Ok(ask_for_folder(&staff, partial, item, &form.folder, problems).await?.invalid());
    }
    after_dialog(&staff, partial, item.portal, item.folder).await
}

async fn ask_for_folder(
    staff: &Staff,
    partial: Partial,
    item: Item,
    chosen: &str,
    problems: Problems,
) -> Result<Answer> {
    let portal = item.portal;
    let (folders, portal_name) = staff
        .read(move |tx| Ok((store::folders::of_portal(tx, portal)?, store::portals::find(tx, portal)?.name)))
        .await?;
    let frame = staff.frame();
    let title = frame.text.say_with("portals-move-of", &[("name", item.name.as_str().into())]);
    let (action, back) = (format!("/staff/items/{}/folder", item.id), staff_place(item.portal, item.folder));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems: &problems };
    let dialog = move_dialog(&asked, &[item], html! {}, &Tree::new(folders), &portal_name, chosen);
    Ok(dialog_page(staff, partial, &title, dialog))
}

#[handler]
pub async fn earlier(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    step(&staff, partial, item, Step::Earlier).await
}

#[handler]
pub async fn later(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    step(&staff, partial, item, Step::Later).await
}

async fn step(staff: &Staff, partial: Partial, item: ItemId, step: Step) -> Result<Answer> {
    let moved = staff.write(move |tx| store::items::move_step(tx, item, step)).await?;
    Ok(Answer::go(partial, &staff_place(moved.portal, moved.folder)))
}

#[handler]
pub async fn delete(Within(staff): Within, partial: Partial, Path(id): Path<ItemId>) -> Result<Answer> {
    let Item { portal, folder, .. } = find(&staff, id).await?;
    let deleted = staff.write(move |tx| store::deletion::delete(tx, portal, &[id])).await?;
    after_deletion(&staff, partial, portal, folder, deleted).await
}

#[handler]
pub async fn restore(Within(staff): Within, partial: Partial, Path(id): Path<ItemId>) -> Result<Answer> {
    let restored = staff.write(move |tx| {
        let portal = store::deletion::portal_of(tx, id)?;
        store::deletion::restore(tx, portal, &[id])
    });
    let item = restored.await?.pop().ok_or(Error::NotFound)?;
    Ok(Answer::go(partial, &staff_place(item.portal, item.folder)))
}
