use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Answer, Form, Name, Partial, Problems, Result, Staff, Within};

use super::{
    Place, dialog_page, folder_named,
    portal::{after_dialog, find},
};
use crate::{
    portal::FolderForm,
    store,
    view::{
        dialogs::{Asked, folder_dialog},
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
    Ok(ask(&staff, partial, portal, place.folder()?, "", &Problems::default()))
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<FolderForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let folder = folder_named(&form.folder)?;
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&form.name)) else {
        return Ok(ask(&staff, partial, portal, folder, &form.name, &problems).invalid());
    };
    if let Err(key) = staff.write(move |tx| store::folders::add(tx, portal, folder, &name)).await? {
        problems.add("name", key);
        return Ok(ask(&staff, partial, portal, folder, &form.name, &problems).invalid());
    }
    after_dialog(&staff, partial, portal, folder).await
}

fn ask(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
    name: &str,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-new-folder");
    let (action, back) = (format!("/staff/portals/{portal}/folders"), staff_place(portal, folder));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, folder_dialog(&asked, name, folder))
}
