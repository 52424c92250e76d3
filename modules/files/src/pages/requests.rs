//! File requests for staff.

use maud::{Markup, html};
use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{FileRequestId, ItemId, PortalId, PreparedRequestId, VersionId};
use portico_kernel::{Answer, Error, Form, Partial, Problems, Result, Side, Staff, Tx, Within};
use portico_ui::components::{Undo, toast, toast_partial};
use serde::Deserialize;

use crate::{
    request::{RequestForm, parse_due, parse_reason},
    store::{self, Place},
    view::{
        place_href,
        request_dialog::{Choices, request_dialog},
        requests::{self as view, Reading, Wrong, address},
    },
};

/// As many as a portal's page shows.
pub const BESIDE_PORTAL: i64 = 8;

fn reading<'a>(staff: &'a Staff, frame: &'a portico_ui::Frame) -> Reading<'a> {
    Reading { frame, zone: &staff.organization().time_zone, now: staff.now() }
}

#[handler]
pub async fn new(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Query(beginning): Query<Beginning>,
) -> Result<Answer> {
    let place = Place { portal, folder: beginning.folder()? };
    let folder = place.folder.map(|folder| folder.to_string()).unwrap_or_default();
    let form = match beginning.prepared()? {
        Some(prepared) => {
            // What a template prepared is shown to whoever sees everything.
            let found = staff.read(move |tx| match tx.is_limited() {
                true => Err(Error::NotFound),
                false => store::prepared::find(tx, portal, prepared),
            });
            let found = found.await?;
            found.request.form(prepared, reading(&staff, &staff.frame()).today())
        }
        None => RequestForm::default(),
    };
    ask(&staff, partial, place, &RequestForm { folder, ..form }, &Problems::default()).await
}

/// What may follow the `?`: where the files go, and what was prepared.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Beginning {
    folder: Option<String>,
    prepared: Option<String>,
}

impl Beginning {
    fn folder(&self) -> Result<Option<ItemId>> {
        self.folder.as_deref().map(|id| id.parse().map_err(|_| Error::NotFound)).transpose()
    }

    fn prepared(&self) -> Result<Option<PreparedRequestId>> {
        self.prepared.as_deref().map(|id| id.parse().map_err(|_| Error::NotFound)).transpose()
    }
}

#[handler]
pub async fn remove_prepared(
    staff: Staff,
    partial: Partial,
    Path(prepared): Path<PreparedRequestId>,
) -> Result<Answer> {
    let (portal, title) = staff.write(move |tx| store::prepared::remove(tx, prepared)).await?;
    let frame = staff.frame();
    let message = frame.text.say_with("files-prepared-removed", &[("title", title.into())]);
    let action = format!("/staff/prepared-requests/{prepared}/restoration");
    let undo = Undo { token: &frame.form_token, action: &action };
    let toast = toast_partial(toast(frame.text, &message, Some(undo)));
    prepared_changed(&staff, partial, portal, toast).await
}

#[handler]
pub async fn restore_prepared(
    staff: Staff,
    partial: Partial,
    Path(prepared): Path<PreparedRequestId>,
) -> Result<Answer> {
    let (portal, _) = staff.write(move |tx| store::prepared::restore(tx, prepared)).await?;
    prepared_changed(&staff, partial, portal, html! {}).await
}

async fn prepared_changed(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    toast: Markup,
) -> Result<Answer> {
    match partial {
        Partial::Page => Ok(Answer::go(partial, &place_href(Side::Staff, Place { portal, folder: None }))),
        Partial::Fragment => {
            let left = staff.read(move |tx| store::prepared::of_portal(tx, portal)).await?;
            let panel = view::prepared_panel(&staff.frame(), portal, &left);
            Ok(Answer::fragment(html! { (panel) (toast) }))
        }
    }
}

async fn ask(
    staff: &Staff,
    partial: Partial,
    place: Place,
    form: &RequestForm,
    problems: &Problems,
) -> Result<Answer> {
    let choices = staff.read(move |tx| choices(tx, place)).await?;
    let frame = staff.frame();
    let dialog = request_dialog(&frame, place, form, problems, &choices);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&frame.text.say("files-request"), dialog),
    })
}

fn choices(tx: &mut Tx, place: Place) -> Result<Choices> {
    store::check_place(tx, place)?;
    Ok(Choices {
        people: store::clients_of_portal(tx, place.portal)?,
        folders: store::folders_of_portal(tx, place.portal)?,
    })
}

#[handler]
pub async fn create(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<RequestForm>,
) -> Result<Answer> {
    let top = Place { portal, folder: None };
    let problems = match form.parse(reading(&staff, &staff.frame()).today()) {
        Ok(wanted) => match staff.write(move |tx| store::add_request(tx, portal, &wanted)).await? {
            Ok(request) => return Ok(Answer::go(partial, &address(request))),
            Err(key) => {
                let mut problems = Problems::default();
                problems.add("person", key);
                problems
            }
        },
        Err(problems) => problems,
    };
    Ok(ask(&staff, partial, top, &form, &problems).await?.invalid())
}

#[handler]
pub async fn show(
    Within(staff): Within,
    partial: Partial,
    Path(request): Path<FileRequestId>,
) -> Result<Answer> {
    page(&staff, partial, request, Wrong::Nothing).await
}

async fn page(staff: &Staff, partial: Partial, id: FileRequestId, wrong: Wrong) -> Result<Answer> {
    let request = staff.read(move |tx| store::request(tx, id)).await?;
    let frame = staff.frame();
    let body = view::request_page(&reading(staff, &frame), &request, &wrong);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => staff.page(&request.title, body),
    })
}

/// After a change: the request as it is now, or its page.
async fn changed(staff: &Staff, partial: Partial, id: FileRequestId) -> Result<Answer> {
    match partial {
        Partial::Fragment => page(staff, partial, id, Wrong::Nothing).await,
        Partial::Page => Ok(Answer::go(partial, &address(id))),
    }
}

/// The requests of a portal, for whoever shows it.
#[handler]
pub async fn of_portal(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
) -> Result<Answer> {
    let place = Place { portal, folder: None };
    let requests = staff
        .read(move |tx| {
            store::check_place(tx, place)?;
            store::requests_of_portal(tx, portal, BESIDE_PORTAL)
        })
        .await?;
    Ok(match partial {
        Partial::Fragment => {
            let frame = staff.frame();
            Answer::fragment(view::requests_panel(&reading(&staff, &frame), portal, &requests))
        }
        Partial::Page => Answer::go(partial, &place_href(Side::Staff, place)),
    })
}

#[handler]
pub async fn withdraw(Within(staff): Within, Path(request): Path<FileRequestId>) -> Result<Answer> {
    let withdrawn = staff.write(move |tx| store::withdraw_request(tx, request)).await?;
    let place = Place { portal: withdrawn.portal, folder: None };
    Ok(Answer::go(Partial::Page, &place_href(Side::Staff, place)))
}

#[handler]
pub async fn remind(
    Within(staff): Within,
    partial: Partial,
    Path(request): Path<FileRequestId>,
) -> Result<Answer> {
    staff.write(move |tx| store::remind(tx, request)).await?;
    changed(&staff, partial, request).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueDate {
    due_on: String,
}

#[handler]
pub async fn move_due_date(
    Within(staff): Within,
    partial: Partial,
    Path(request): Path<FileRequestId>,
    Form(form): Form<DueDate>,
) -> Result<Answer> {
    match parse_due(&form.due_on, reading(&staff, &staff.frame()).today()) {
        Ok(day) => {
            staff.write(move |tx| store::move_due_date(tx, request, day)).await?;
            changed(&staff, partial, request).await
        }
        Err(key) => Ok(page(&staff, partial, request, Wrong::DueDate(form.due_on, key)).await?.invalid()),
    }
}

#[handler]
pub async fn accept(
    Within(staff): Within,
    partial: Partial,
    Path((request, version)): Path<(FileRequestId, VersionId)>,
) -> Result<Answer> {
    staff.write(move |tx| store::accept_file(tx, request, version)).await?;
    changed(&staff, partial, request).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}

#[handler]
pub async fn ask_again(
    Within(staff): Within,
    partial: Partial,
    Path((request, version)): Path<(FileRequestId, VersionId)>,
    Form(form): Form<Reason>,
) -> Result<Answer> {
    match parse_reason(&form.reason) {
        Ok(reason) => {
            staff.write(move |tx| store::return_file(tx, request, version, &reason)).await?;
            changed(&staff, partial, request).await
        }
        Err(key) => {
            let wrong = Wrong::Reason(version, form.reason, key);
            Ok(page(&staff, partial, request, wrong).await?.invalid())
        }
    }
}
