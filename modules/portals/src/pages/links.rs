use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Within};

use super::{
    Place, dialog_page, folder_named,
    portal::{after_dialog, find},
};
use crate::{
    link::LinkForm,
    store,
    view::{
        dialogs::{Asked, link_dialog},
        staff_place,
    },
};

#[handler]
pub async fn new(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Query(place): Query<Place>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    Ok(ask_for_new(&staff, partial, portal, place.folder()?, &LinkForm::default(), &Problems::default()))
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<LinkForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let folder = folder_named(&form.folder)?;
    let link = match form.parse() {
        Ok(link) => link,
        Err(problems) => return Ok(ask_for_new(&staff, partial, portal, folder, &form, &problems).invalid()),
    };
    staff.write(move |tx| store::links::add(tx, portal, folder, &link)).await?;
    after_dialog(&staff, partial, portal, folder).await
}

fn ask_for_new(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
    form: &LinkForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-add-link");
    let (action, back) = (format!("/staff/portals/{portal}/links"), staff_place(portal, folder));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, link_dialog(&asked, form, folder))
}

#[handler]
pub async fn edit(Within(staff): Within, partial: Partial, Path(link): Path<ItemId>) -> Result<Answer> {
    let (item, address) = staff.read(move |tx| store::links::find(tx, link)).await?;
    let form = LinkForm { title: item.name, address, folder: String::new() };
    let back = staff_place(item.portal, item.folder);
    Ok(ask_for_change(&staff, partial, link, &back, &form, &Problems::default()))
}

#[handler]
pub async fn change(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ItemId>,
    Form(form): Form<LinkForm>,
) -> Result<Answer> {
    let (item, _) = staff.read(move |tx| store::links::find(tx, id)).await?;
    let link = match form.parse() {
        Ok(link) => link,
        Err(problems) => {
            let back = staff_place(item.portal, item.folder);
            return Ok(ask_for_change(&staff, partial, id, &back, &form, &problems).invalid());
        }
    };
    staff.write(move |tx| store::links::change(tx, id, &link)).await?;
    after_dialog(&staff, partial, item.portal, item.folder).await
}

fn ask_for_change(
    staff: &Staff,
    partial: Partial,
    link: ItemId,
    back: &str,
    form: &LinkForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-edit-link");
    let action = format!("/staff/links/{link}");
    let asked = Asked { frame: &frame, title: &title, action: &action, back, problems };
    dialog_page(staff, partial, &title, link_dialog(&asked, form, None))
}
