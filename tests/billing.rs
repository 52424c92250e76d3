//! Invoices: written, numbered, frozen, sent, paid, and credited.

mod answers;
mod arithmetic;
mod charging;
mod conformance;
mod credits;
mod deposits;
mod export;
mod founding;
mod issuing;
mod lists;
mod measures;
mod online;
mod papers;
mod provider;
mod quotes;
mod receipts;
mod reminders;
mod revisions;
mod seeing;
mod settings;
mod statements;
mod subscribers;
mod subscriptions;
mod sums;
mod templates;
mod treatments;
mod turnover;
mod writing;

use std::collections::{BTreeMap, BTreeSet};

use crate::world::{Page, Person, World};

/// A draft for Carol, from the page that the button opens.
#[track_caller]
pub fn new_invoice(staff: &Person, client: &str, currency: &str) -> Page {
    let form = staff.visit("/staff/invoices").press("New invoice").form_with_field("Client");
    let draft = form.fill("Client", client).fill("Currency", currency).submit().follow();
    draft.assert_ok().assert_shows("Draft invoice");
    draft
}

/// Description, quantity, unit price, discount, tax.
#[track_caller]
pub fn add_line(draft: &Page, [description, quantity, price, discount, tax]: [&str; 5]) -> Page {
    let form = draft.form_with_button("Add line").fill("Description", description);
    let form = form.fill("Quantity", quantity).fill("Unit price", price).fill("Discount", discount);
    let page = form.fill("Tax", tax).submit().follow();
    page.assert_ok().assert_shows(description);
    page
}

/// One line of this price, without tax.
#[track_caller]
pub fn issued(staff: &Person, client: &str, price: &str) -> Page {
    let draft = add_line(&new_invoice(staff, client, "EUR"), ["Design", "1", price, "", "No tax"]);
    let invoice = draft.press("Issue invoice");
    invoice.assert_ok();
    invoice
}

#[track_caller]
fn sent(staff: &Person, client: &str, price: &str) -> Page {
    let invoice = issued(staff, client, price).press("Send").form_with_button("Send").submit().follow();
    invoice.assert_ok();
    invoice
}

/// Its address on the client's side.
fn of_client(invoice: &Page) -> String {
    invoice.path().replace("/staff", "")
}

/// Where a document's forms go, whatever its kind.
fn forms(document: &Page, what: &str) -> String {
    format!("/staff/documents/{}/{what}", document.path().rsplit('/').next().unwrap())
}

pub fn number(invoice: &Page) -> String {
    invoice.texts("h1").remove(0).rsplit(' ').next().unwrap().to_owned()
}

/// P23: of all that were issued in the studio, whoever or whatever did it.
#[track_caller]
pub fn assert_no_number_is_missing(world: &World) {
    let find = "SELECT d.number AS row FROM billing_documents d JOIN organizations o ON o.id = d.organization_id \
                WHERE o.slug = 'studio' AND d.kind = 'invoice' AND d.number IS NOT NULL";
    let mut series: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for number in world.database().texts(find, find) {
        let (year, count) = number.rsplit_once('-').unwrap();
        let is_new = series.entry(year.to_owned()).or_default().insert(count.parse().unwrap());
        assert!(is_new, "{number} was given twice");
    }
    for (year, numbers) in series {
        let all = *numbers.first().unwrap()..=*numbers.last().unwrap();
        assert_eq!(numbers, all.collect(), "a number of {year} is missing");
    }
}

#[track_caller]
fn add_tax(world: &World, name: &str, percent: &str) {
    let form = world.ada().visit("/staff/settings/billing").form_with_button("Add tax rate");
    form.fill("Name of the tax", name).fill("Percent", percent).submit().follow().assert_shows(name);
}
