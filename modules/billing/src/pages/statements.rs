//! Statements of clients and companies for staff, and a client's own.

use maud::html;
use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{CompanyId, PersonId};
use portico_kernel::{Answer, Client, Partial, Result, Side, Staff};
use portico_ui::components::{PageHeader, breadcrumb, page_header};
use serde::Deserialize;

use crate::{
    store::{self, Whose},
    view::statement::statement,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    year: String,
}

#[handler]
pub async fn of_client(
    staff: Staff,
    Path(id): Path<PersonId>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer> {
    of(&staff, Whose::Client(id), &format!("/staff/clients/{id}"), wanted).await
}

#[handler]
pub async fn of_company(
    staff: Staff,
    Path(id): Path<CompanyId>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer> {
    of(&staff, Whose::Company(id), &format!("/staff/companies/{id}"), wanted).await
}

async fn of(staff: &Staff, whose: Whose, theirs: &str, wanted: Wanted) -> Result<Answer> {
    let year = wanted.year.parse().ok();
    let (name, year) =
        staff.read(move |tx| Ok((store::name_of(tx, whose)?, store::statement(tx, whose, year)?))).await?;
    let text = staff.text();
    let title = text.say_with("billing-statement-of", &[("name", name.as_str().into())]);
    let body = html! {
        (page_header(&PageHeader {
            title: &title,
            breadcrumb: Some(breadcrumb(text, &[(theirs, &name)])),
            ..PageHeader::default()
        }))
        (statement(text, &year, Side::Staff, &format!("{theirs}/statement")))
    };
    Ok(staff.page(&title, body))
}

#[handler]
pub async fn own(client: Client, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let year = wanted.year.parse().ok();
    let year = client.read(move |tx| store::own_statement(tx, year)).await?;
    let text = client.text();
    let title = text.say("billing-statement");
    let here = "/billing/statement";
    let body = html! {
        div id="statement" data-live-topic="invoice" data-live-href={ (here) "?year=" (year.year) } {
            (page_header(&PageHeader {
                title: &title,
                breadcrumb: Some(breadcrumb(text, &[("/billing", &text.say("billing-navigation"))])),
                ..PageHeader::default()
            }))
            (statement(text, &year, Side::Client, here))
        }
    };
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&title, body),
    })
}
