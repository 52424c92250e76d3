//! All portals; a new one; the name and the settings of one; taking one away and back.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::PortalId;
use portico_kernel::{Answer, Form, Name, Partial, Problems, Result, Staff, Within};
use portico_ui::components::{Undo, toast};
use serde::Deserialize;

use super::{Page, Place, dialog_page, portal::find, staff_page};
use crate::{
    portal::{NameForm, PortalForm},
    store,
    template::NewPortalForm,
    view::{
        dialogs::{Asked, name_dialog, new_portal_dialog, portal_dialog},
        portal_list::portals_page,
        staff_place,
    },
};

#[handler]
pub async fn list(Within(staff): Within, Query(place): Query<Place>) -> Result<Answer> {
    let deleted: Option<PortalId> = place.deleted();
    staff_page(&staff, move |tx, frame, _| {
        let portals = store::portals::all(tx)?;
        let ids: Vec<PortalId> = portals.iter().map(|portal| portal.id).collect();
        let counts = store::portals::counts(tx, &ids)?;
        let name = match deleted {
            Some(portal) if !tx.is_limited() => store::portals::deleted_name(tx, portal)?,
            _ => None,
        };
        let toast = deleted.zip(name).map(|(portal, name)| {
            let message = frame.text.say_with("portals-was-deleted", &[("name", name.into())]);
            let action = format!("/staff/portals/{portal}/restoration");
            toast(frame.text, &message, Some(Undo { token: &frame.form_token, action: &action }))
        });
        let title = frame.text.say("portals-navigation").into_owned();
        Ok(Page { title, body: portals_page(frame, &portals, &counts), toast })
    })
    .await
}

/// What may follow the `?`: what a new portal begins with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Beginning {
    template: String,
}

#[handler]
pub async fn new(staff: Staff, partial: Partial, Query(beginning): Query<Beginning>) -> Result<Answer> {
    let form = NewPortalForm { template: beginning.template, ..NewPortalForm::default() };
    ask_for_new(&staff, partial, &form, &Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(form): Form<NewPortalForm>) -> Result<Answer> {
    let portal = match form.parse() {
        Ok(portal) => portal,
        Err(problems) => return Ok(ask_for_new(&staff, partial, &form, &problems).await?.invalid()),
    };
    let kernel = staff.kernel().clone();
    let added = staff.write(move |tx| store::templates::add_portal(tx, kernel.registry(), &portal)).await?;
    match added {
        Ok(portal) => Ok(Answer::go(partial, &staff_place(portal, None))),
        Err(problems) => Ok(ask_for_new(&staff, partial, &form, &problems).await?.invalid()),
    }
}

async fn ask_for_new(
    staff: &Staff,
    partial: Partial,
    form: &NewPortalForm,
    problems: &Problems,
) -> Result<Answer> {
    let (projects, templates) =
        staff.read(|tx| Ok((store::portals::free_projects(tx, None)?, store::templates::all(tx)?))).await?;
    let frame = staff.frame();
    let title = frame.text.say("portals-new-portal");
    let (action, back) = ("/staff/portals", "/staff/portals");
    let asked = Asked { frame: &frame, title: &title, action, back, problems };
    Ok(dialog_page(staff, partial, &title, new_portal_dialog(&asked, form, &projects, &templates)))
}

#[handler]
pub async fn ask_name(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    let name = find(&staff, portal).await?.name;
    Ok(ask_for_name(&staff, partial, portal, &name, &Problems::default()))
}

#[handler]
pub async fn rename(
    staff: Staff,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<NameForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&form.name)) else {
        return Ok(ask_for_name(&staff, partial, portal, &form.name, &problems).invalid());
    };
    staff.write(move |tx| store::portals::rename(tx, portal, &name)).await?;
    Ok(Answer::go(partial, &staff_place(portal, None)))
}

fn ask_for_name(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    name: &str,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-rename-portal");
    let (action, back) = (format!("/staff/portals/{portal}/name"), staff_place(portal, None));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, name_dialog(&asked, name))
}

#[handler]
pub async fn ask_settings(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    let found = find(&staff, portal).await?;
    let project = found.project.map(|project| project.to_string()).unwrap_or_default();
    let form = PortalForm { name: found.name, project };
    ask_for_settings(&staff, partial, portal, &form, &Problems::default()).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<PortalForm>,
) -> Result<Answer> {
    let wishes = match form.parse() {
        Ok(wishes) => wishes,
        Err(problems) => {
            return Ok(ask_for_settings(&staff, partial, portal, &form, &problems).await?.invalid());
        }
    };
    match staff.write(move |tx| store::portals::change(tx, portal, &wishes)).await? {
        Ok(()) => Ok(Answer::go(partial, &staff_place(portal, None))),
        Err(refused) => {
            let mut problems = Problems::default();
            problems.add("project", refused.key());
            Ok(ask_for_settings(&staff, partial, portal, &form, &problems).await?.invalid())
        }
    }
}

async fn ask_for_settings(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    form: &PortalForm,
    problems: &Problems,
) -> Result<Answer> {
    let projects = staff
        .read(move |tx| {
            let own = store::portals::find(tx, portal)?.project;
            store::portals::free_projects(tx, own)
        })
        .await?;
    let frame = staff.frame();
    let title = frame.text.say("portals-portal-settings");
    let (action, back) = (format!("/staff/portals/{portal}/settings"), staff_place(portal, None));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    Ok(dialog_page(staff, partial, &title, portal_dialog(&asked, form, &projects)))
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    staff.write(move |tx| store::portals::delete(tx, portal)).await?;
    Ok(Answer::go(partial, &format!("/staff/portals?deleted={portal}")))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    staff.write(move |tx| store::portals::restore(tx, portal)).await?;
    Ok(Answer::go(partial, &staff_place(portal, None)))
}
