//! What projects add to the pages of others.

use maud::{Markup, html};
use portico_facts::PersonId;
use portico_kernel::{ClientTx, Error, PortalPlace, Result, Tx};
use portico_ui::{
    Frame,
    components::{Button, list, section},
};

use crate::{
    project::Status,
    store,
    view::{
        self,
        projects::{Beside, may_add, new_button, project_row},
    },
};

/// How many of the projects under way the home page shows.
const AT_HOME: usize = 8;

pub fn client_portal(tx: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    if place.project.is_none() || place.folder.is_some() {
        return Ok(None);
    }
    let milestones = store::milestones_for_client(tx, place.portal)?;
    let track = view::milestones::client_track(place.frame.text, tx.today(), place.portal, &milestones);
    Ok(Some(place.under_its_name(track)))
}

pub fn staff_portal(tx: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    let (Some(id), None) = (place.project, place.folder) else { return Ok(None) };
    let project = match store::project(tx, id) {
        // The portal outlives its project.
        Err(Error::NotFound) => return Ok(None),
        project => project?,
    };
    let milestones = store::milestones_of(tx, id)?;
    let today = tx.today();
    Ok(Some(view::milestones::staff_track(place.frame.text, today, id, &project.name, &milestones)))
}

pub fn staff_home(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let text = frame.text;
    let found = store::find_projects(tx, Some(Status::Active), 1)?;
    if found.lines.is_empty() {
        return Ok(None);
    }
    let today = tx.today();
    let all = Button::quiet(text.say("projects-all-projects")).small().href("/staff/projects");
    let lines = found.lines.iter().take(AT_HOME);
    let rows = list(html! { @for line in lines { (project_row(text, today, line, Beside::Client)) } });
    Ok(Some(section(&text.say("projects-under-way"), html! { (all) }, rows)))
}

pub fn staff_client(tx: &mut Tx, client: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let text = frame.text;
    let lines = store::projects_of_client(tx, client)?;
    let today = tx.today();
    let new = new_button(text, Some(client));
    let rows = match lines.is_empty() {
        true => html! { p.field-hint { (text.say("projects-of-client-empty")) } },
        false => list(html! { @for line in &lines { (project_row(text, today, line, Beside::Status)) } }),
    };
    let actions = html! { @if may_add(frame) { (new) } };
    Ok(Some(section(&text.say("projects-projects"), actions, rows)))
}
