//! Taking a portal out of its clients' sight, and back.

use poem::{handler, web::Path};
use portico_facts::PortalId;
use portico_kernel::{Answer, Partial, Problems, Result, Staff};

use super::dialog_page;
use crate::{
    store,
    view::{
        dialogs::{Asked, archival_dialog},
        staff_place,
    },
};

/// Says what it means before anything is done.
#[handler]
pub async fn ask(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    let (name, clients) = staff
        .read(move |tx| {
            let name = store::portals::find(tx, portal)?.name;
            Ok((name, store::portals::counts(tx, &[portal])?.clients(portal)))
        })
        .await?;
    let frame = staff.frame();
    let title = frame.text.say_with("portals-archive-of", &[("name", name.into())]);
    let (action, back) = (format!("/staff/portals/{portal}/archival"), staff_place(portal, None));
    let problems = Problems::default();
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems: &problems };
    Ok(dialog_page(&staff, partial, &title, archival_dialog(&asked, clients)))
}

#[handler]
pub async fn archive(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    staff.write(move |tx| store::archival::archive(tx, portal)).await?;
    Ok(Answer::go(partial, &staff_place(portal, None)))
}

#[handler]
pub async fn unarchive(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    staff.write(move |tx| store::archival::unarchive(tx, portal)).await?;
    Ok(Answer::go(partial, &staff_place(portal, None)))
}
