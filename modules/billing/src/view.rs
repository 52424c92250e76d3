//! Fragments.

pub mod client;
pub mod credit;
pub mod draft;
pub mod invoice;
pub mod lines;
pub mod list;
pub mod paper;
pub mod payment;
pub mod sending;
pub mod settings;

use maud::{Markup, html};
use portico_facts::DocumentId;
use portico_kernel::Problems;
use portico_ui::{Frame, Text, components::badge};

use crate::{
    account::{Account, Standing},
    currency::Currency,
    document::{Document, Kind},
    money::Money,
};
use jiff::civil::Date;
use portico_ui::components::{Choice, Tone};

/// In the reader's format (P41).
pub fn amount(text: Text, money: Money) -> String {
    text.amount(money.minor(), money.currency().digits(), money.currency().code())
}

/// "Invoice INV-2026-0001", or "Draft invoice".
pub fn title(text: Text, document: &Document) -> String {
    match &document.issued {
        Some(issued) => text.say_with(document.kind.key(), &[("number", issued.number.as_str().into())]),
        None => text.say("billing-draft-invoice").into_owned(),
    }
}

/// On the staff side.
pub fn address(id: DocumentId) -> String {
    format!("/staff/invoices/{id}")
}

fn problem(frame: &Frame, problems: &Problems, field: &str) -> Option<String> {
    problems.of(field).map(|key| frame.text.say(key).into_owned())
}

/// How it stands, in a word or two; nothing is said of a credit note, which is what it is.
pub fn standing(text: Text, document: &Document, account: Option<&Account>, today: Date) -> Markup {
    html! {
        @match (&document.issued, account) {
            (None, _) => (badge(Tone::Neutral, &text.say("billing-standing-draft"))),
            (Some(issued), Some(account)) => {
                @let (overdue, standing) = (account.is_overdue(issued.due_on, today), account.standing());
                @if overdue { (badge(Tone::Bad, &text.say("billing-standing-overdue"))) " " }
                @if !overdue || standing != Standing::Open { (badge(standing.tone(), &text.say(standing.key()))) }
            },
            (Some(_), None) if document.kind == Kind::CreditNote => (badge(Tone::Neutral, &text.say("billing-credit-note"))),
            (Some(_), None) => {},
        }
    }
}

fn currency_choices() -> Vec<Choice> {
    Currency::all().into_iter().map(|currency| Choice::new(currency.code(), currency.code())).collect()
}
