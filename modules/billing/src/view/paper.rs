//! A document as the paper it will be: the same for staff, for clients and for the printer.

use maud::{Markup, html};
use portico_ui::{
    MarkedWords, Text,
    components::{Column, table},
    markdown::{Under, prose},
};

use super::{amount, deposit_words, lines::figures};
use crate::{
    document::{Document, Issued, Kind, Sheet},
    tax::{Tax, Treatment},
    totals::{TaxTotal, Totals},
};

/// `corrects` is the number of the invoice that a credit note takes back.
pub fn paper(text: Text, sheet: &Sheet, issued: &Issued, corrects: Option<&str>) -> Markup {
    paper_with_deposit(text, sheet, issued, corrects, None)
}

/// A quote, with what is to be paid in advance where it asks for that.
pub fn quote_paper(text: Text, sheet: &Sheet, issued: &Issued, deposit: Option<&Totals>) -> Markup {
    paper_with_deposit(text, sheet, issued, None, deposit)
}

fn paper_with_deposit(
    text: Text,
    sheet: &Sheet,
    issued: &Issued,
    corrects: Option<&str>,
    deposit: Option<&Totals>,
) -> Markup {
    let document = &sheet.document;
    // A quote bills nobody yet.
    let to = if document.kind == Kind::Quote { "billing-paper-for" } else { "billing-paper-to" };
    html! {
        div.paper {
            div.paper-parties {
                div {
                    p.paper-seller { (issued.seller.name) }
                    p.paper-address { (issued.seller.address) }
                    @if !issued.seller.tax_number.is_empty() {
                        p { (labelled(text, "billing-paper-tax-number", &issued.seller.tax_number)) }
                    }
                }
                div {
                    p.paper-label { (text.say(to)) }
                    p.paper-address { (document.buyer) }
                    @if !document.buyer_tax_number.is_empty() {
                        p { (labelled(text, "billing-paper-tax-number", &document.buyer_tax_number)) }
                    }
                }
            }
            dl.paper-facts {
                (fact(text, "billing-field-number", &issued.number))
                (fact(text, "billing-field-issue-on", &text.date(issued.issue_on)))
                @match document.kind {
                    Kind::Invoice => (fact(text, "billing-field-due-on", &text.date(issued.due_on))),
                    Kind::Quote => (fact(text, "billing-field-valid-until", &text.date(issued.due_on))),
                    Kind::CreditNote | Kind::Subscription => {},
                }
                @if let Some((on, country)) = sheet.delivery() {
                    (fact(text, "billing-field-delivered-on", &text.date(on)))
                    (fact(text, "billing-field-delivery-country", country))
                }
                @if let Some(invoice) = corrects { (fact(text, "billing-paper-corrects", invoice)) }
                @if let Some((_, project)) = &document.project { (fact(text, "billing-field-project", project)) }
            }
            @if !document.words.is_empty() { (words(document)) }
            (lines(text, sheet))
            (totals_list(text, &sheet.totals))
            @if let (Some(deposit), Some(totals)) = (document.deposit, deposit) {
                dl.billing-totals.paper-deposit {
                    div {
                        dt { (deposit_words(text, deposit)) small { (text.say("billing-deposit-about")) } }
                        dd { (amount(text, totals.gross)) }
                    }
                }
            }
            @if document.kind == Kind::Invoice && !issued.seller.bank.is_empty() {
                div.paper-bank {
                    p.paper-label { (text.say("billing-paper-bank")) }
                    p.paper-address { (issued.seller.bank) }
                    p { (labelled(text, "billing-paper-reference", &issued.number)) }
                }
            }
            @let footer = issued.seller.footer(text.language);
            @if !footer.is_empty() { p.paper-footer { (footer) } }
        }
    }
}

/// A quote is introduced at some length; above an invoice stands a sentence.
fn words(document: &Document) -> Markup {
    match document.kind {
        Kind::Quote => html! {
            div.paper-introduction { (prose(&document.words, Under::PageTitle, &MarkedWords::default())) }
        },
        Kind::Invoice | Kind::CreditNote | Kind::Subscription => html! { p.paper-words { (document.words) } },
    }
}

fn labelled(text: Text, key: &str, value: &str) -> String {
    text.say_with(key, &[("value", value.into())])
}

fn fact(text: Text, key: &str, value: &str) -> Markup {
    html! { div { dt { (text.say(key)) } dd { (value) } } }
}

/// The place of its column among those of a line.
const DISCOUNT: usize = 3;

fn lines(text: Text, sheet: &Sheet) -> Markup {
    let labels = ["description", "quantity", "unit-price", "discount", "tax"]
        .map(|name| text.say(&format!("billing-field-{name}")));
    let net = text.say("billing-net");
    let [what, how_much, price, discount, tax] = &labels;
    let mut columns = vec![
        Column::words(what),
        Column::numbers(how_much),
        Column::numbers(price),
        Column::numbers(discount),
        Column::words(tax),
        Column::numbers(&net),
    ];
    let mut rows: Vec<Vec<Markup>> = sheet.lines.iter().map(|line| figures(text, line)).collect();
    // As on the paper that is printed: an empty column would only push the figures apart.
    if sheet.lines.iter().all(|line| line.discount.is_none()) {
        columns.remove(DISCOUNT);
        for row in &mut rows {
            row.remove(DISCOUNT);
        }
    }
    table(&text.say("billing-lines"), &columns, &rows)
}

/// The sum of the lines, the tax of each rate, and what it all comes to.
pub fn totals_list(text: Text, totals: &Totals) -> Markup {
    html! {
        dl.billing-totals {
            div { dt { (text.say("billing-net")) } dd { (amount(text, totals.net)) } }
            @for row in &totals.taxes {
                div {
                    dt {
                        (tax_label(text, row))
                        @let exemption = exemption_words(text, &row.tax);
                        @if !exemption.is_empty() { small { (exemption) } }
                    }
                    dd { (amount(text, row.amount)) }
                }
            }
            div.billing-total { dt { (text.say("billing-total")) } dd { (amount(text, totals.gross)) } }
        }
    }
}

/// Why nothing is charged; empty where something is.
pub fn exemption_words(text: Text, tax: &Tax) -> String {
    let special = tax.treatment.key().map(|key| text.say(key).into_owned());
    let reason = (!tax.exemption.is_empty()).then(|| tax.exemption.clone());
    special.into_iter().chain(reason).collect::<Vec<_>>().join(" · ")
}

/// "VAT 20 %: 20 % on €100.00". What is outside of the tax has no rate.
pub fn tax_label(text: Text, row: &TaxTotal) -> String {
    if row.tax.treatment == Treatment::NotSubject {
        let values = [("tax", row.tax.name.as_str().into()), ("base", amount(text, row.base).into())];
        return text.say_with("billing-tax-without-rate", &values);
    }
    text.say_with(
        "billing-tax-on",
        &[
            ("tax", row.tax.name.as_str().into()),
            ("percent", text.decimal(&row.tax.percent.plain()).into()),
            ("base", amount(text, row.base).into()),
        ],
    )
}
