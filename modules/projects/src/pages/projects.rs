use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{MilestoneId, ProjectId};
use portico_kernel::{Answer, Form, Partial, Problems, ProjectPlace, Result, Staff, Within};
use portico_ui::components::replace_partial;
use serde::Deserialize;

use super::dialog_page;
use crate::{
    project::{ProjectForm, Status},
    store,
    view::{
        milestones::{self, Adding, Plan},
        projects as view,
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    status: String,
    page: String,
    /// What was just deleted, so that the page can offer to undo it.
    deleted: String,
}

#[handler]
pub async fn list(Within(staff): Within, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let mut frame = staff.frame();
    let status = Status::from_name(&wanted.status);
    let page = wanted.page.parse().unwrap_or(1);
    let (found, today, deleted) = staff
        .read(move |tx| {
            let deleted = match wanted.deleted.parse() {
                Ok(id) if tx.sees_project(id) => store::deleted_project(tx, id)?.map(|name| (id, name)),
                _ => None,
            };
            Ok((store::find_projects(tx, status, page)?, tx.today(), deleted))
        })
        .await?;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(view::projects_list(&frame, today, &found, status)));
    }
    frame.toast = deleted.map(|(id, name)| view::deleted_toast(&frame, id, &name));
    let title = frame.text.say("projects-projects");
    let body = view::projects_page(&frame, today, &found, status);
    Ok(Answer::page(portico_ui::staff_page(&frame, &title, body)))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ForWhom {
    client: String,
}

#[handler]
pub async fn new(staff: Staff, partial: Partial, Query(whom): Query<ForWhom>) -> Result<Answer> {
    let input = ProjectForm { client: whom.client, ..ProjectForm::default() };
    new_page(&staff, partial, &input, &Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<ProjectForm>) -> Result<Answer> {
    let added = match input.parse() {
        Ok(details) => staff.write(move |tx| store::add_project(tx, &details)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(id) => Ok(Answer::go(partial, &view::address(id))),
        Err(problems) => Ok(new_page(&staff, partial, &input, &problems).await?.invalid()),
    }
}

async fn new_page(
    staff: &Staff,
    partial: Partial,
    input: &ProjectForm,
    problems: &Problems,
) -> Result<Answer> {
    let clients = staff.read(|tx| store::client_choices(tx, None)).await?;
    let frame = staff.frame();
    let dialog = view::new_dialog(&frame, &view::Fields { input, problems, clients });
    Ok(dialog_page(staff, partial, &frame.text.say("projects-new"), dialog))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The milestone that was just deleted.
    deleted: String,
}

#[handler]
pub async fn show(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ProjectId>,
    Query(left): Query<Left>,
) -> Result<Answer> {
    if partial == Partial::Fragment {
        let (project, today) = staff.read(move |tx| Ok((store::project(tx, id)?, tx.today()))).await?;
        return Ok(Answer::fragment(view::project_header(&staff.frame(), today, &project)));
    }
    page(&staff, id, Adding::default(), left.deleted.parse().ok()).await
}

/// The whole page, with the form that adds a milestone as it was left.
pub(super) async fn page(
    staff: &Staff,
    id: ProjectId,
    adding: Adding,
    deleted: Option<MilestoneId>,
) -> Result<Answer> {
    let (mut frame, kernel) = (staff.frame(), staff.kernel().clone());
    staff
        .read(move |tx| {
            let project = store::project(tx, id)?;
            let (milestones, today) = (store::milestones_of(tx, id)?, tx.today());
            if let Some(milestone) = deleted
                && let Some((of, name)) = store::deleted_milestone(tx, milestone)?
                && of == id
            {
                frame.toast = Some(milestones::deleted_toast(&frame, milestone, &name));
            }
            let client = project.client.as_ref().map(|(id, _)| *id);
            let place = ProjectPlace { project: id, name: &project.name, client, frame: &frame };
            let sections = kernel.registry().staff_project(tx, &place);
            let plan = Plan { project: id, milestones: &milestones, today, adding: &adding };
            let body = view::project_page(
                view::project_header(&frame, today, &project),
                &sections,
                milestones::milestones_section(&frame, &plan),
            );
            Ok(Answer::page(portico_ui::staff_page(&frame, &project.name, body)))
        })
        .await
}

#[handler]
pub async fn edit(staff: Staff, partial: Partial, Path(id): Path<ProjectId>) -> Result<Answer> {
    let project = staff.read(move |tx| store::project(tx, id)).await?;
    edit_page(&staff, partial, id, &project.form(), &Problems::default()).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(id): Path<ProjectId>,
    Form(input): Form<ProjectForm>,
) -> Result<Answer> {
    let changed = match input.parse() {
        Ok(details) => staff.write(move |tx| store::change_project(tx, id, &details)).await?,
        Err(problems) => Err(problems),
    };
    match (changed, partial) {
        (Err(problems), _) => Ok(edit_page(&staff, partial, id, &input, &problems).await?.invalid()),
        (Ok(()), Partial::Page) => Ok(Answer::go(partial, &view::address(id))),
        (Ok(()), Partial::Fragment) => {
            let (project, today) = staff.read(move |tx| Ok((store::project(tx, id)?, tx.today()))).await?;
            let header = view::project_header(&staff.frame(), today, &project);
            Ok(Answer::fragment(replace_partial(view::HEADER, header)).trigger("dialog:close"))
        }
    }
}

async fn edit_page(
    staff: &Staff,
    partial: Partial,
    id: ProjectId,
    input: &ProjectForm,
    problems: &Problems,
) -> Result<Answer> {
    let clients = staff
        .read(move |tx| {
            let own = store::project(tx, id)?.client.map(|(client, _)| client);
            store::client_choices(tx, own)
        })
        .await?;
    let frame = staff.frame();
    let dialog = view::edit_dialog(&frame, id, &view::Fields { input, problems, clients });
    Ok(dialog_page(staff, partial, &frame.text.say("projects-edit-title"), dialog))
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(id): Path<ProjectId>) -> Result<Answer> {
    staff.write(move |tx| store::delete_project(tx, id)).await?;
    Ok(Answer::go(partial, &format!("/staff/projects?deleted={id}")))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(id): Path<ProjectId>) -> Result<Answer> {
    staff.write(move |tx| store::restore_project(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(id)))
}
