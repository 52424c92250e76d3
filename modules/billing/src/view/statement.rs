//! A year of somebody's account, as a table for each currency.

use maud::{Markup, html};
use portico_kernel::Side;
use portico_ui::{
    Text,
    components::{Column, Tab, empty_state, table, tabs},
};

use super::{address, amount, client_address};
use crate::{
    statement::{Happened, Movement, Statement},
    store::Year,
};

/// `here` is the address of the page, without a year.
pub fn statement(text: Text, year: &Year, side: Side, here: &str) -> Markup {
    html! {
        (years(text, year, here))
        @if year.statements.is_empty() {
            (empty_state("billing", &text.say("billing-statement-empty"), None))
        } @else {
            @for statement in &year.statements { (of_currency(text, statement, side)) }
        }
    }
}

fn years(text: Text, year: &Year, here: &str) -> Markup {
    let entries: Vec<(String, String, bool)> = year
        .known
        .iter()
        .map(|known| (format!("{here}?year={known}"), known.to_string(), *known == year.year))
        .collect();
    let entries: Vec<Tab> = entries
        .iter()
        .map(|(href, label, current)| Tab { href, label, current: *current, count: None })
        .collect();
    tabs(&text.say("billing-statement-years"), &entries)
}

fn of_currency(text: Text, statement: &Statement, side: Side) -> Markup {
    let labels = ["on", "what", "more", "less", "balance"]
        .map(|name| text.say(&format!("billing-statement-{name}")).into_owned());
    let [on, what, more, less, balance] = &labels;
    let columns = [
        Column::words(on),
        Column::words(what),
        Column::numbers(more),
        Column::numbers(less),
        Column::numbers(balance),
    ];
    let opening = (!statement.opening.is_zero()).then(|| {
        let brought = text.say("billing-statement-opening");
        vec![html! {}, html! { (brought) }, html! {}, html! {}, html! { (amount(text, statement.opening)) }]
    });
    let steps = statement.steps.iter().map(|(movement, balance)| {
        let figure = amount(text, movement.amount);
        let (more, less) = match movement.happened {
            Happened::Invoiced | Happened::Refunded => (figure, String::new()),
            Happened::Credited | Happened::Paid => (String::new(), figure),
        };
        vec![
            html! { (text.date(movement.on)) },
            what_happened(text, movement, side),
            html! { (more) },
            html! { (less) },
            html! { (amount(text, *balance)) },
        ]
    });
    let rows: Vec<Vec<Markup>> = opening.into_iter().chain(steps).collect();
    let closing = statement.closing();
    html! {
        (table(&text.say_with("billing-statement-in", &[("currency", closing.currency().code().into())]), &columns, &rows))
        dl.billing-totals {
            div.billing-total { dt { (text.say("billing-balance")) } dd { (amount(text, closing)) } }
        }
    }
}

/// What staff wrote about a payment is theirs.
fn what_happened(text: Text, movement: &Movement, side: Side) -> Markup {
    let (kind, id) = movement.document;
    let (href, words) = match side {
        Side::Staff => (address(kind, id), movement.words.as_str()),
        Side::Client => (client_address(kind, id), ""),
    };
    let key = match movement.happened {
        Happened::Invoiced | Happened::Credited => kind.key(),
        Happened::Paid => "billing-statement-payment",
        Happened::Refunded => "billing-statement-refund",
    };
    html! {
        a href=(href) { (text.say_with(key, &[("number", movement.number.as_str().into())])) }
        @if !words.is_empty() { " " small { (words) } }
    }
}
