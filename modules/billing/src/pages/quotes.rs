//! Quotes: for staff, and for the clients who accept or decline them.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Client, Error, Form, Partial, Problems, Result, Staff};
use serde::Deserialize;

use super::drafts::{self, Left};
use crate::{
    document::Kind,
    quote::{AcceptanceForm, RefusalForm},
    store,
    view::{
        self,
        answering::{Deciding, client_page},
        list::{deleted_toast, quotes_list, quotes_page},
        quote::{Quote, staff_page},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    page: String,
    /// The draft that was just deleted, so that the page can offer to undo it.
    deleted: String,
}

#[handler]
pub async fn list(staff: Staff, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let mut frame = staff.frame();
    let page = wanted.page.parse().unwrap_or(1);
    let (found, today, deleted) = staff
        .read(move |tx| {
            let deleted = store::just_deleted(tx, wanted.deleted)?;
            Ok((store::find_quotes(tx, page)?, tx.today(), deleted))
        })
        .await?;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(quotes_list(frame.text, today, &found)));
    }
    frame.toast = deleted.map(|id| deleted_toast(&frame, &id));
    let body = quotes_page(&frame, today, &found);
    Ok(Answer::page(portico_ui::staff_page(&frame, &frame.text.say("billing-quotes"), body)))
}

#[handler]
pub async fn new(staff: Staff, Query(whom): Query<drafts::ForWhom>) -> Result<Answer> {
    drafts::ask_new(&staff, Kind::Quote, whom).await
}

#[handler]
pub async fn create(
    staff: Staff,
    partial: Partial,
    Form(input): Form<crate::document::HeadForm>,
) -> Result<Answer> {
    drafts::add(&staff, partial, Kind::Quote, input).await
}

/// A draft to be written on, or what was sent and what became of it.
#[handler]
pub async fn show(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let frame = staff.frame();
    let may_become_project = staff.registry().project_founder().is_some();
    let sent = staff
        .read(move |tx| {
            let sheet = store::quote(tx, id)?;
            let Some(issued) = sheet.document.issued.clone() else { return Ok(None) };
            let quote = Quote {
                decision: store::decision(tx, id)?,
                recipients: store::recipients(tx, id)?,
                onlookers: store::onlookers(tx, id)?,
                invoices: store::invoices_of_quote(tx, &sheet.document)?,
                project: store::project_of(tx, &sheet.document)?,
                revision: store::revision_of(tx, id)?,
                replaces: store::replaced_by(tx, &sheet.document)?,
                template: store::template_name(tx, id)?,
                may_become_project,
                today: tx.today(),
                zone: tx.organization_profile().time_zone.clone(),
                issued,
                sheet,
            };
            Ok(Some((view::title(frame.text, &quote.sheet.document), staff_page(&frame, &quote))))
        })
        .await?;
    match (sent, partial) {
        (None, _) => drafts::show(&staff, id, Left::default()).await,
        (Some((_, body)), Partial::Fragment) => Ok(Answer::fragment(body)),
        (Some((title, body)), Partial::Page) => Ok(staff.page(&title, body)),
    }
}

#[handler]
pub async fn withdraw(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let name = staff.person().name.clone();
    staff.write(move |tx| store::withdraw(tx, id, &name)).await?;
    Ok(Answer::go(partial, &view::address(Kind::Quote, id)))
}

#[handler]
pub async fn invoice(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let invoice = staff.write(move |tx| store::invoice_quote(tx, id)).await?;
    Ok(Answer::go(partial, &view::invoice_address(invoice)))
}

#[handler]
pub async fn invoice_deposit(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let deposit = staff.write(move |tx| store::invoice_deposit(tx, id)).await?;
    Ok(Answer::go(partial, &view::invoice_address(deposit)))
}

#[handler]
pub async fn revise(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let revision = staff.write(move |tx| store::revise(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(Kind::Quote, revision)))
}

#[handler]
pub async fn found_project(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let found = staff.registry().project_founder().ok_or(Error::NotFound)?;
    let project = staff.write(move |tx| store::found_project(tx, found, id)).await?;
    let its_page = staff.frame().address("/staff/projects/", project);
    Ok(Answer::go(partial, &its_page.unwrap_or_else(|| view::address(Kind::Quote, id))))
}

#[handler]
pub async fn show_to_client(client: Client, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let input = AcceptanceForm { name: client.person().name.clone(), line: Vec::new() };
    answer(&client, partial, id, &input, "", &Problems::default()).await
}

#[handler]
pub async fn accept(
    client: Client,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(input): Form<AcceptanceForm>,
) -> Result<Answer> {
    let typed = input.clone();
    match client.write(move |tx| store::accept(tx, id, &typed)).await? {
        Ok(()) => Ok(Answer::go(partial, &view::client_address(Kind::Quote, id))),
        Err(problems) => Ok(answer(&client, partial, id, &input, "", &problems).await?.invalid()),
    }
}

#[handler]
pub async fn decline(
    client: Client,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(form): Form<RefusalForm>,
) -> Result<Answer> {
    let name = client.person().name.clone();
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(key) => {
            let mut problems = Problems::default();
            problems.add("reason", key);
            let input = AcceptanceForm { name, line: Vec::new() };
            return Ok(answer(&client, partial, id, &input, &form.reason, &problems).await?.invalid());
        }
    };
    client.write(move |tx| store::decline(tx, id, &name, &reason)).await?;
    Ok(Answer::go(partial, &view::client_address(Kind::Quote, id)))
}

async fn answer(
    client: &Client,
    partial: Partial,
    id: DocumentId,
    input: &AcceptanceForm,
    reason: &str,
    problems: &Problems,
) -> Result<Answer> {
    let frame = client.frame();
    let (sheet, decision, is_addressed, is_invoiced, today, zone, successor, predecessor) = client
        .read(move |tx| {
            let (sheet, decision) = store::quote_for_client(tx, id)?;
            let zone = tx.organization_profile().time_zone.clone();
            let successor = store::client::successor(tx, id)?;
            let predecessor = store::client::predecessor(tx, &sheet.document)?;
            let is_addressed = store::is_addressed(tx, id)?;
            let is_invoiced = store::client::is_invoiced(tx, id)?;
            Ok((sheet, decision, is_addressed, is_invoiced, tx.today(), zone, successor, predecessor))
        })
        .await?;
    let Some(issued) = &sheet.document.issued else { return Err(Error::NotFound) };
    let deciding = Deciding {
        sheet: &sheet,
        issued,
        decision: decision.as_ref(),
        is_addressed,
        is_invoiced,
        input,
        reason,
        problems,
        today,
        zone: &zone,
        successor,
        predecessor,
    };
    let body = client_page(&frame, &deciding);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&view::title(frame.text, &sheet.document), body),
    })
}
