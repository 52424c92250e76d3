//! What billing adds to the pages of others.

use maud::{Markup, html};
use portico_facts::{CompanyId, PersonId};
use portico_kernel::{ClientTx, PortalPlace, ProjectPlace, Result, Side, Tx};
use portico_ui::{
    Frame,
    components::{Button, list, section},
};

use crate::{
    store::{self, Filter, Which},
    view::{
        client::waiting,
        company::company_section,
        list::{invoice_row, new_button, owed_in_all},
        subscriptions::{new_subscription_button, subscription_rows},
    },
};

/// How many quotes, and how many of the invoices that are due, the home page shows.
const AT_HOME: i64 = 8;

/// What waits for this client: to be accepted or declined, and to be paid.
pub fn client_home(tx: &mut ClientTx, frame: &Frame) -> Result<Option<Markup>> {
    let mut rows = store::client::open_quotes(tx)?;
    rows.extend(store::client::owed(tx)?);
    let today = tx.today();
    Ok((!rows.is_empty()).then(|| waiting(frame.text, today, &rows)))
}

/// The documents of the portal's project that are addressed to the viewer (P14).
pub fn client_portal(tx: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    let (Some(project), None) = (place.project, place.folder) else { return Ok(None) };
    let rows = store::client::of_project(tx, project)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let (text, today) = (place.frame.text, tx.today());
    let rows = list(html! { @for row in &rows { (invoice_row(text, today, row, Side::Client)) } });
    Ok(Some(section(place.title.unwrap_or(&text.say("billing-navigation")), html! {}, rows)))
}

pub fn staff_home(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let text = frame.text;
    let due = store::find_invoices(tx, Filter { which: Which::Due, ..Filter::default() }, 1)?;
    if due.rows.is_empty() {
        return Ok(None);
    }
    let today = tx.today();
    let totals = match due.rows.len() {
        1 => Vec::new(),
        _ => store::owed_totals(tx)?,
    };
    let all = Button::quiet(text.say("billing-all-invoices")).small().href("/staff/invoices?which=due");
    let body = html! {
        @if !totals.is_empty() { (owed_in_all(text, &totals)) }
        (list(html! {
            @for row in due.rows.iter().take(AT_HOME as usize) { (invoice_row(text, today, row, Side::Staff)) }
        }))
    };
    Ok(Some(section(&text.say("billing-money-due"), html! { (all) }, body)))
}

/// Quotes that clients accepted and nobody invoiced; whom staff wait for is said elsewhere.
pub fn quotes_at_home(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let text = frame.text;
    let rows = store::quotes_to_follow(tx, AT_HOME)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let today = tx.today();
    let all = Button::quiet(text.say("billing-all-quotes")).small().href("/staff/quotes");
    let rows = list(html! { @for row in &rows { (invoice_row(text, today, row, Side::Staff)) } });
    Ok(Some(section(&text.say("billing-quotes-to-follow"), html! { (all) }, rows)))
}

pub fn staff_client(tx: &mut Tx, client: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let text = frame.text;
    let rows = store::invoices_of_client(tx, client)?;
    let today = tx.today();
    let body = match rows.is_empty() {
        true => html! { p.billing-quiet { (text.say("billing-of-client-empty")) } },
        false => list(html! { @for row in &rows { (invoice_row(text, today, row, Side::Staff)) } }),
    };
    let statement = format!("/staff/clients/{client}/statement");
    let actions = html! {
        @if !rows.is_empty() { (Button::quiet(text.say("billing-statement")).small().href(statement)) }
        (new_button(text, Some(client)))
    };
    Ok(Some(section(&text.say("billing-invoices"), actions, body)))
}

pub fn staff_company(tx: &mut Tx, company: CompanyId, frame: &Frame) -> Result<Option<Markup>> {
    let is_open = store::is_open(tx, company)?;
    Ok(Some(company_section(frame, company, is_open)))
}

pub fn quotes_of_project(tx: &mut Tx, place: &ProjectPlace) -> Result<Option<Markup>> {
    let text = place.frame.text;
    let rows = store::quotes_of_project(tx, place.project, AT_HOME)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let today = tx.today();
    let rows = list(html! { @for row in &rows { (invoice_row(text, today, row, Side::Staff)) } });
    Ok(Some(section(&text.say("billing-quotes"), html! {}, rows)))
}

pub fn staff_project(tx: &mut Tx, place: &ProjectPlace) -> Result<Option<Markup>> {
    let text = place.frame.text;
    let rows = store::invoices_of_project(tx, place.project)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let today = tx.today();
    let rows = list(html! { @for row in &rows { (invoice_row(text, today, row, Side::Staff)) } });
    Ok(Some(section(&text.say("billing-invoices"), html! {}, rows)))
}

/// Subscriptions whose invoice is due and cannot be made: nobody else would notice.
pub fn staff_home_held(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let (text, today) = (frame.text, tx.today());
    let held = store::held_subscriptions(tx)?;
    if held.is_empty() {
        return Ok(None);
    }
    let body = html! {
        p.billing-quiet { (text.say("billing-held-at-home")) }
        (subscription_rows(text, today, &held, Side::Staff))
    };
    Ok(Some(section(&text.say("billing-subscriptions"), html! {}, body)))
}

pub fn staff_client_subscriptions(tx: &mut Tx, client: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let (text, today) = (frame.text, tx.today());
    let rows = store::subscriptions_of_client(tx, client)?;
    let add = new_subscription_button(text, Some(client)).small();
    Ok((!rows.is_empty()).then(|| {
        let rows = subscription_rows(text, today, &rows, Side::Staff);
        section(&text.say("billing-subscriptions"), html! { (add) }, rows)
    }))
}

pub fn staff_project_subscriptions(tx: &mut Tx, place: &ProjectPlace) -> Result<Option<Markup>> {
    let (text, today) = (place.frame.text, tx.today());
    let rows = store::subscriptions_of_project(tx, place.project)?;
    Ok((!rows.is_empty()).then(|| {
        let rows = subscription_rows(text, today, &rows, Side::Staff);
        section(&text.say("billing-subscriptions"), html! {}, rows)
    }))
}

/// What runs for the portal's project and brings the viewer its invoices (P14).
pub fn client_portal_subscriptions(tx: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    let (Some(project), None) = (place.project, place.folder) else { return Ok(None) };
    let (text, today) = (place.frame.text, tx.today());
    let rows = store::client::subscriptions_of_project(tx, project)?;
    Ok((!rows.is_empty()).then(|| {
        let rows = subscription_rows(text, today, &rows, Side::Client);
        section(place.title.unwrap_or(&text.say("billing-subscriptions")), html! {}, rows)
    }))
}
