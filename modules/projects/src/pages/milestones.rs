use maud::{Markup, html};
use poem::{handler, web::Path};
use portico_facts::{MilestoneId, ProjectId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Viewer, Within};
use portico_ui::components::{replace_partial, toast_partial};

use super::{dialog_page, projects};
use crate::{
    milestone::{Direction, Milestone, MilestoneForm, OrderForm},
    store,
    view::{
        milestones::{self as view, Adding, Focus, Plan},
        projects::address,
    },
};

#[handler]
pub async fn list(Within(staff): Within, partial: Partial, Path(project): Path<ProjectId>) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(Answer::fragment(section(&staff, project).await?)),
        Partial::Page => {
            staff.read(move |tx| store::project(tx, project)).await?;
            Ok(Answer::go(partial, &page_address(project)))
        }
    }
}

/// The part of the project's page that its milestones are.
async fn section(staff: &Staff, project: ProjectId) -> Result<Markup> {
    section_with(staff, project, Adding::default()).await
}

async fn section_with(staff: &Staff, project: ProjectId, adding: Adding) -> Result<Markup> {
    let (milestones, today) = staff
        .read(move |tx| {
            store::project(tx, project)?;
            Ok((store::milestones_of(tx, project)?, tx.today()))
        })
        .await?;
    let plan = Plan { project, milestones: &milestones, today, adding: &adding };
    Ok(view::milestones_section(&staff.frame(), &plan))
}

fn page_address(project: ProjectId) -> String {
    format!("{}#{}", address(project), view::MILESTONES)
}

/// After a change: the milestones as they are now, or their page.
async fn changed(staff: &Staff, partial: Partial, project: ProjectId) -> Result<Answer> {
    match partial {
        Partial::Fragment => Ok(Answer::fragment(section(staff, project).await?)),
        Partial::Page => Ok(Answer::go(partial, &page_address(project))),
    }
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(project): Path<ProjectId>,
    Form(input): Form<MilestoneForm>,
) -> Result<Answer> {
    let adding = match input.parse() {
        Ok(details) => {
            staff.write(move |tx| store::add_milestone(tx, project, &details)).await?;
            Adding { focus: Focus::Here, ..Adding::default() }
        }
        Err(problems) => Adding { input, problems, focus: Focus::AsBefore },
    };
    let is_wrong = !adding.problems.is_empty();
    let answer = match partial {
        Partial::Fragment => Answer::fragment(section_with(&staff, project, adding).await?),
        Partial::Page if is_wrong => projects::page(&staff, project, adding, None).await?,
        Partial::Page => Answer::go(partial, &page_address(project)),
    };
    Ok(if is_wrong { answer.invalid() } else { answer })
}

/// `reorder.js` wants no content back: its rows stand where they were dropped.
#[handler]
pub async fn order(
    Within(staff): Within,
    partial: Partial,
    Path(project): Path<ProjectId>,
    Form(input): Form<OrderForm>,
) -> Result<Answer> {
    let wanted: Vec<MilestoneId> = input.order.iter().filter_map(|id| id.parse().ok()).collect();
    staff.write(move |tx| store::order_milestones(tx, project, &wanted)).await?;
    Ok(Answer::told(partial, &page_address(project)))
}

#[handler]
pub async fn edit(Within(staff): Within, partial: Partial, Path(id): Path<MilestoneId>) -> Result<Answer> {
    let milestone = staff.read(move |tx| store::milestone(tx, id)).await?;
    Ok(edit_page(&staff, partial, &milestone, &milestone.form(), &Problems::default()))
}

#[handler]
pub async fn change(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<MilestoneId>,
    Form(input): Form<MilestoneForm>,
) -> Result<Answer> {
    let details = match input.parse() {
        Ok(details) => details,
        Err(problems) => {
            let milestone = staff.read(move |tx| store::milestone(tx, id)).await?;
            return Ok(edit_page(&staff, partial, &milestone, &input, &problems).invalid());
        }
    };
    let project = staff.write(move |tx| store::change_milestone(tx, id, &details)).await?;
    match partial {
        Partial::Fragment => {
            let section = section(&staff, project).await?;
            Ok(Answer::fragment(replace_partial(view::MILESTONES, section)).trigger("dialog:close"))
        }
        Partial::Page => changed(&staff, partial, project).await,
    }
}

fn edit_page(
    staff: &Staff,
    partial: Partial,
    milestone: &Milestone,
    input: &MilestoneForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let title = frame.text.say("projects-milestone-edit-title");
    dialog_page(staff, partial, &title, view::edit_dialog(&frame, milestone, input, problems))
}

#[handler]
pub async fn complete(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<MilestoneId>,
) -> Result<Answer> {
    let project = staff.write(move |tx| store::complete_milestone(tx, id)).await?;
    changed(&staff, partial, project).await
}

#[handler]
pub async fn reopen(Within(staff): Within, partial: Partial, Path(id): Path<MilestoneId>) -> Result<Answer> {
    let project = staff.write(move |tx| store::reopen_milestone(tx, id)).await?;
    changed(&staff, partial, project).await
}

#[handler]
pub async fn move_up(Within(staff): Within, partial: Partial, Path(id): Path<MilestoneId>) -> Result<Answer> {
    let project = staff.write(move |tx| store::move_milestone(tx, id, Direction::Up)).await?;
    changed(&staff, partial, project).await
}

#[handler]
pub async fn move_down(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<MilestoneId>,
) -> Result<Answer> {
    let project = staff.write(move |tx| store::move_milestone(tx, id, Direction::Down)).await?;
    changed(&staff, partial, project).await
}

#[handler]
pub async fn delete(Within(staff): Within, partial: Partial, Path(id): Path<MilestoneId>) -> Result<Answer> {
    let milestone = staff.write(move |tx| store::delete_milestone(tx, id)).await?;
    match partial {
        Partial::Fragment => {
            let section = section(&staff, milestone.project).await?;
            let toast = toast_partial(view::deleted_toast(&staff.frame(), id, &milestone.name));
            Ok(Answer::fragment(html! { (section) (toast) }))
        }
        Partial::Page => Ok(Answer::go(partial, &format!("{}?deleted={id}", address(milestone.project)))),
    }
}

#[handler]
pub async fn restore(Within(staff): Within, partial: Partial, Path(id): Path<MilestoneId>) -> Result<Answer> {
    let project = staff.write(move |tx| store::restore_milestone(tx, id)).await?;
    changed(&staff, partial, project).await
}

/// The milestones on a portal's page for staff, as a fragment; their page otherwise.
#[handler]
pub async fn staff_track(
    Within(staff): Within,
    partial: Partial,
    Path(id): Path<ProjectId>,
) -> Result<Answer> {
    let text = staff.text();
    let track = staff
        .read(move |tx| {
            let project = store::project(tx, id)?;
            let milestones = store::milestones_of(tx, id)?;
            Ok(view::staff_track(text, tx.today(), id, &project.name, &milestones))
        })
        .await?;
    match partial {
        Partial::Fragment => Ok(Answer::fragment(track)),
        Partial::Page => Ok(Answer::go(partial, &address(id))),
    }
}

/// The same for a client who holds a grant for the portal.
#[handler]
pub async fn client_track(viewer: Viewer, partial: Partial) -> Result<Answer> {
    let Viewer { client, portal } = viewer;
    if partial == Partial::Page {
        return Ok(Answer::go(partial, &format!("/portals/{portal}")));
    }
    let text = client.text();
    client
        .read(move |tx| {
            let milestones = store::milestones_for_client(tx, portal)?;
            Ok(Answer::fragment(view::client_track(text, tx.today(), portal, &milestones)))
        })
        .await
}
