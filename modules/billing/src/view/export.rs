//! What an accountant takes home: a period, what it comes to, and the files.

use maud::{Markup, html};
use portico_billing_paper::Category;
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Column, Field, PageHeader, Row, breadcrumb, empty_state, form_actions, list, page_header,
        row, row_icon, section, table,
    },
};

use super::{amount, problem};
use crate::{
    export::{PeriodForm, Table},
    money::Money,
    store::Sums,
};

const HERE: &str = "/staff/invoices/export";
/// The file of all papers.
pub const PAPERS: &str = "papers.zip";

pub struct Asked<'a> {
    pub form: &'a PeriodForm,
    pub problems: &'a Problems,
    pub sums: &'a [Sums],
}

pub fn export_page(frame: &Frame, asked: &Asked) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-export"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/invoices", &text.say("billing-invoices"))])),
            ..PageHeader::default()
        }))
        form.form.form-row method="get" action=(HERE) {
            (Field::date("from", text.say("billing-export-from")).value(&asked.form.from).required()
                .error(problem(frame, asked.problems, "from")))
            (Field::date("to", text.say("billing-export-to")).value(&asked.form.to).required()
                .error(problem(frame, asked.problems, "to")))
            (form_actions(html! { (Button::secondary(text.say("billing-export-show"))) }))
        }
        @if asked.problems.is_empty() {
            @if asked.sums.is_empty() {
                (empty_state("billing", &text.say("billing-export-empty"), None))
            } @else {
                @for sums in asked.sums { (of_currency(text, sums)) }
            }
            (section(&text.say("billing-export-files"), html! {}, files(text, asked.form)))
        }
    }
}

/// The taxes add up to the documents: whatever bears no tax has a row of its own.
fn of_currency(text: Text, sums: &Sums) -> Markup {
    let currency = sums.net.currency();
    let (label, base, tax) =
        (text.say("billing-field-tax"), text.say("billing-net"), text.say("billing-export-tax"));
    let columns = [Column::words(&label), Column::numbers(&base), Column::numbers(&tax)];
    let taxed = Money::sum(currency, sums.taxes.iter().map(|tax| tax.base));
    let untaxed = sums.net - taxed;
    let mut rows: Vec<Vec<Markup>> = sums
        .taxes
        .iter()
        .map(|tax| {
            let percent = text.decimal(&tax.percent);
            vec![
                html! { (tax.name) @if !tax.name.contains('%') { " " (percent) "\u{a0}%" } @if !tax.exemption.is_empty() { " " small { (tax.exemption) } } },
                html! { (amount(text, tax.base)) },
                html! { (amount(text, tax.amount)) },
            ]
        })
        .collect();
    if !untaxed.is_zero() {
        rows.push(vec![
            html! { (text.say("billing-export-untaxed")) },
            html! { (amount(text, untaxed)) },
            html! {},
        ]);
    }
    let total = |key: &str, money| html! { div { dt { (text.say(key)) } dd { (amount(text, money)) } } };
    let title = text.say_with(
        "billing-export-in",
        &[("currency", currency.code().into()), ("count", sums.documents.into())],
    );
    section(
        &title,
        html! {},
        html! {
            (table(&title, &columns, &rows))
            (of_categories(text, sums))
            dl.billing-totals {
                (total("billing-net", sums.net))
                (total("billing-export-tax", sums.gross - sums.net))
                div.billing-total { dt { (text.say("billing-total")) } dd { (amount(text, sums.gross)) } }
            }
        },
    )
}

/// The same once more as EN 16931 sorts it, in which several rates may be one.
fn of_categories(text: Text, sums: &Sums) -> Markup {
    let title =
        text.say_with("billing-export-by-category", &[("currency", sums.net.currency().code().into())]);
    let (label, base, tax) =
        (text.say("billing-export-category"), text.say("billing-net"), text.say("billing-export-tax"));
    let columns = [Column::words(&label), Column::numbers(&base), Column::numbers(&tax)];
    let row = |(category, base, tax): (Category, Money, Money)| {
        vec![
            html! { (category.code()) " " small { (text.say(category_key(category))) } },
            html! { (amount(text, base)) },
            html! { (amount(text, tax)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = by_category(sums).into_iter().map(row).collect();
    html! { @if !rows.is_empty() { (table(&title, &columns, &rows)) } }
}

fn by_category(sums: &Sums) -> Vec<(Category, Money, Money)> {
    let mut rows: Vec<(Category, Money, Money)> = Vec::new();
    for tax in &sums.taxes {
        match rows.iter_mut().find(|(category, ..)| *category == tax.category) {
            Some((_, base, amount)) => (*base, *amount) = (*base + tax.base, *amount + tax.amount),
            None => rows.push((tax.category, tax.base, tax.amount)),
        }
    }
    rows
}

fn category_key(category: Category) -> &'static str {
    match category {
        Category::Standard => "billing-category-standard",
        Category::Zero => "billing-category-zero",
        Category::Exempt => "billing-category-exempt",
        Category::ReverseCharge => "billing-category-reverse-charge",
        Category::IntraCommunity => "billing-category-intra-community",
        Category::Export => "billing-category-export",
        Category::NotSubject => "billing-category-not-subject",
    }
}

fn files(text: Text, form: &PeriodForm) -> Markup {
    let tables =
        Table::ALL.map(|table| (format!("{}.csv", table.name()), format!("billing-export-{}", table.name())));
    let everything = ("billing.json".to_owned(), "billing-export-everything".to_owned());
    let papers = (PAPERS.to_owned(), "billing-export-papers".to_owned());
    list(html! {
        @for (name, key) in tables.iter().chain([&everything, &papers]) {
            @let href = format!("{HERE}/{name}?from={}&to={}", form.from, form.to);
            (row(&Row {
                lead: Some(row_icon("file")),
                name: &text.say(key),
                detail: Some(html! { (name) }),
                actions: Some(html! { (Button::secondary(text.say("billing-export-download")).icon("download").small().download(href)) }),
                ..Row::default()
            }))
        }
    })
}
