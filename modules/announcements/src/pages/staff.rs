//! What staff write, and who has read it.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::AnnouncementId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Tx};
use portico_ui::Markup;
use serde::Deserialize;

use super::Sought;
use crate::{
    announcement::{CorrectionForm, DraftForm},
    store,
    view::{
        Reading,
        form::{self, Drafting},
        staff::{self as view, LIST, Lists, Shown},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Left {
    /// What was just deleted, so that the page can offer to undo it.
    deleted: String,
}

#[handler]
pub async fn list(staff: Staff, partial: Partial, Query(left): Query<Left>) -> Result<Answer> {
    let mut frame = staff.frame();
    staff
        .read(move |tx| {
            let lists = lists(tx)?;
            if partial == Partial::Fragment {
                return Ok(Answer::fragment(view::announcement_lists(&Reading::of(tx, &frame), &lists)));
            }
            if let Ok(id) = left.deleted.parse::<AnnouncementId>()
                && let Some(title) = store::deleted_title(tx, id)?
            {
                frame.toast = Some(view::deleted_toast(&frame, id, &title));
            }
            let body = view::list_page(&Reading::of(tx, &frame), &lists);
            let title = frame.text.say("announcements-announcements");
            Ok(Answer::page(portico_ui::staff_page(&frame, &title, body)))
        })
        .await
}

fn lists(tx: &mut Tx) -> Result<Lists> {
    let published = store::published(tx)?;
    let ids: Vec<AnnouncementId> = published.iter().map(|each| each.id).collect();
    Ok(Lists {
        drafts: store::drafts(tx)?,
        progress: store::progress_of(tx, &ids)?,
        published,
        deleted: store::deleted(tx)?,
        portals: store::portal_choices(tx)?,
    })
}

#[handler]
pub async fn new(staff: Staff, partial: Partial) -> Result<Answer> {
    draft_answer(&staff, partial, None, DraftForm::default(), Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<DraftForm>) -> Result<Answer> {
    let added = match input.parse() {
        Ok(draft) => staff.write(move |tx| store::add_draft(tx, &draft)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(id) => Ok(Answer::go(partial, &view::address(id))),
        Err(problems) => Ok(draft_answer(&staff, partial, None, input, problems).await?.invalid()),
    }
}

/// The form as it was left; what is published or gone has none.
async fn draft_answer(
    staff: &Staff,
    partial: Partial,
    id: Option<AnnouncementId>,
    input: DraftForm,
    problems: Problems,
) -> Result<Answer> {
    let frame = staff.frame();
    let form = staff
        .read(move |tx| {
            if let Some(id) = id {
                store::draft(tx, id)?;
            }
            let portals = store::portal_choices(tx)?;
            let drafting = Drafting { id, input: &input, problems: &problems, portals: &portals };
            Ok(form::draft_form(&frame, &drafting))
        })
        .await?;
    let title = if id.is_none() { "announcements-new-announcement" } else { "announcements-edit-title" };
    Ok(form_answer(staff, partial, title, form))
}

/// The form by itself for htmx, or a page around it.
fn form_answer(staff: &Staff, partial: Partial, title: &str, form: Markup) -> Answer {
    let title = staff.text().say(title);
    match partial {
        Partial::Fragment => Answer::fragment(form),
        Partial::Page => staff.page(&title, form::form_page(&staff.frame(), &title, form)),
    }
}

/// A draft as it will look, and what was published with who has read it.
#[handler]
pub async fn show(
    staff: Staff,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
    Query(sought): Query<Sought>,
) -> Result<Answer> {
    let (frame, words) = (staff.frame(), sought.words());
    staff
        .read(move |tx| {
            let announcement = store::announcement(tx, id)?;
            let portals = store::portal_choices(tx)?;
            let receipts = match announcement.published_at {
                Some(_) => Some(store::receipts(tx, id)?),
                None => None,
            };
            let shown = Shown {
                announcement: &announcement,
                portals: &portals,
                receipts: receipts.as_ref(),
                words: &words,
            };
            let body = view::announcement(&Reading::of(tx, &frame), &shown);
            Ok(match partial {
                Partial::Fragment => Answer::fragment(body),
                Partial::Page => Answer::page(portico_ui::staff_page(&frame, &announcement.title, body)),
            })
        })
        .await
}

#[handler]
pub async fn edit(staff: Staff, partial: Partial, Path(id): Path<AnnouncementId>) -> Result<Answer> {
    let draft = staff.read(move |tx| store::draft(tx, id)).await?;
    draft_answer(&staff, partial, Some(id), draft.draft_form(), Problems::default()).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
    Form(input): Form<DraftForm>,
) -> Result<Answer> {
    let changed = match input.parse() {
        Ok(draft) => staff.write(move |tx| store::change_draft(tx, id, &draft)).await?,
        Err(problems) => Err(problems),
    };
    match changed {
        Ok(()) => Ok(Answer::go(partial, &view::address(id))),
        Err(problems) => Ok(draft_answer(&staff, partial, Some(id), input, problems).await?.invalid()),
    }
}

#[handler]
pub async fn ask_publication(
    staff: Staff,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
) -> Result<Answer> {
    let (draft, readers) =
        staff.read(move |tx| Ok((store::announcement(tx, id)?, store::count_of_readers(tx, id)?))).await?;
    if draft.published_at.is_some() {
        return Ok(Answer::go(partial, &view::address(id)));
    }
    let dialog = view::publication_dialog(&staff.frame(), &draft, readers);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&staff.text().say("announcements-publish-title"), dialog),
    })
}

#[handler]
pub async fn publish(staff: Staff, partial: Partial, Path(id): Path<AnnouncementId>) -> Result<Answer> {
    staff.write(move |tx| store::publish(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(id)))
}

#[handler]
pub async fn edit_published(
    staff: Staff,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
) -> Result<Answer> {
    let published = staff.read(move |tx| store::published_announcement(tx, id)).await?;
    Ok(correction_answer(&staff, partial, id, &published.correction_form(), &Problems::default()))
}

fn correction_answer(
    staff: &Staff,
    partial: Partial,
    id: AnnouncementId,
    input: &CorrectionForm,
    problems: &Problems,
) -> Answer {
    let form = form::correction_form(&staff.frame(), id, input, problems);
    form_answer(staff, partial, "announcements-edit-title", form)
}

#[handler]
pub async fn correct(
    staff: Staff,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
    Form(input): Form<CorrectionForm>,
) -> Result<Answer> {
    match input.parse() {
        Ok(wording) => {
            staff.write(move |tx| store::correct(tx, id, &wording)).await?;
            Ok(Answer::go(partial, &view::address(id)))
        }
        Err(problems) => {
            staff.read(move |tx| store::published_announcement(tx, id)).await?;
            Ok(correction_answer(&staff, partial, id, &input, &problems).invalid())
        }
    }
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(id): Path<AnnouncementId>) -> Result<Answer> {
    staff.write(move |tx| store::delete(tx, id)).await?;
    Ok(Answer::go(partial, &format!("{LIST}?deleted={id}")))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(id): Path<AnnouncementId>) -> Result<Answer> {
    staff.write(move |tx| store::restore(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(id)))
}
