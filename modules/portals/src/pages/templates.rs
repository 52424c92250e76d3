//! Templates: keeping a portal as one, their list, their names, taking one away and back.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{PortalId, TemplateId};
use portico_kernel::{Answer, Form, Name, Partial, Problems, Result, Staff};
use portico_ui::components::{Undo, toast};

use super::{Page, Place, dialog_page, portal::find, staff_page};
use crate::{
    portal::NameForm,
    store,
    view::{
        Moments,
        dialogs::{Asked, name_dialog},
        staff_place,
        templates::templates_page,
    },
};

const LIST: &str = "/staff/templates";

#[handler]
pub async fn list(staff: Staff, Query(place): Query<Place>) -> Result<Answer> {
    let deleted: Option<TemplateId> = place.deleted();
    staff_page(&staff, move |tx, frame, _| {
        let templates = store::templates::all(tx)?;
        let name = match deleted {
            Some(template) => store::templates::deleted_name(tx, template)?,
            None => None,
        };
        let toast = deleted.zip(name).map(|(template, name)| {
            let message = frame.text.say_with("portals-was-deleted", &[("name", name.into())]);
            let action = format!("{LIST}/{template}/restoration");
            toast(frame.text, &message, Some(Undo { token: &frame.form_token, action: &action }))
        });
        let title = frame.text.say("portals-templates").into_owned();
        let body = templates_page(frame, &templates, &Moments::new(tx, frame.text));
        Ok(Page { title, body, toast })
    })
    .await
}

#[handler]
pub async fn new(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    let name = find(&staff, portal).await?.name;
    Ok(ask_to_keep(&staff, partial, portal, &name, &Problems::default()))
}

#[handler]
pub async fn create(
    staff: Staff,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<NameForm>,
) -> Result<Answer> {
    find(&staff, portal).await?;
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&form.name)) else {
        return Ok(ask_to_keep(&staff, partial, portal, &form.name, &problems).invalid());
    };
    let kernel = staff.kernel().clone();
    let kept = staff.write(move |tx| store::templates::keep(tx, kernel.registry(), portal, &name)).await?;
    match kept {
        Ok(_) => Ok(Answer::go(partial, LIST)),
        Err(key) => {
            problems.add("name", key);
            Ok(ask_to_keep(&staff, partial, portal, &form.name, &problems).invalid())
        }
    }
}

fn ask_to_keep(staff: &Staff, partial: Partial, portal: PortalId, name: &str, problems: &Problems) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-keep-template");
    let (action, back) = (format!("/staff/portals/{portal}/templates"), staff_place(portal, None));
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems };
    dialog_page(staff, partial, &title, name_dialog(&asked, name))
}

#[handler]
pub async fn ask_name(staff: Staff, partial: Partial, Path(template): Path<TemplateId>) -> Result<Answer> {
    let name = staff.read(move |tx| store::templates::find(tx, template)).await?.name;
    Ok(ask_for_name(&staff, partial, template, &name, &Problems::default()))
}

#[handler]
pub async fn rename(
    staff: Staff,
    partial: Partial,
    Path(template): Path<TemplateId>,
    Form(form): Form<NameForm>,
) -> Result<Answer> {
    staff.read(move |tx| store::templates::find(tx, template)).await?;
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&form.name)) else {
        return Ok(ask_for_name(&staff, partial, template, &form.name, &problems).invalid());
    };
    match staff.write(move |tx| store::templates::rename(tx, template, &name)).await? {
        Ok(()) => Ok(Answer::go(partial, LIST)),
        Err(key) => {
            problems.add("name", key);
            Ok(ask_for_name(&staff, partial, template, &form.name, &problems).invalid())
        }
    }
}

fn ask_for_name(
    staff: &Staff,
    partial: Partial,
    template: TemplateId,
    name: &str,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("portals-rename-template");
    let action = format!("{LIST}/{template}/name");
    let asked = Asked { frame: &frame, title: &title, action: &action, back: LIST, problems };
    dialog_page(staff, partial, &title, name_dialog(&asked, name))
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(template): Path<TemplateId>) -> Result<Answer> {
    staff.write(move |tx| store::templates::delete(tx, template)).await?;
    Ok(Answer::go(partial, &format!("{LIST}?deleted={template}")))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(template): Path<TemplateId>) -> Result<Answer> {
    staff.write(move |tx| store::templates::restore(tx, template)).await?;
    Ok(Answer::go(partial, LIST))
}
