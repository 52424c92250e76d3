//! Fragments.

pub mod answering;
pub mod client;
pub mod company;
pub mod credit;
pub mod draft;
pub mod electronic;
pub mod export;
pub mod invoice;
pub mod lines;
pub mod list;
pub mod methods;
pub mod online;
pub mod paper;
pub mod payment;
pub mod provider;
pub mod quote;
pub mod reminders;
pub mod sending;
pub mod settings;
pub mod statement;
pub mod subscription;
pub mod subscription_form;
pub mod subscriptions;
pub mod template;
pub mod turnover;

use maud::{Markup, html};
use portico_facts::DocumentId;
use portico_kernel::problem;
use portico_ui::{
    Frame, Text,
    components::{Button, badge},
};

use crate::{
    account::{Account, Standing},
    currency::Currency,
    deposit::Deposit,
    document::{Document, Issued, Kind},
    money::Money,
    store::Row,
};
use jiff::civil::Date;
use portico_ui::components::{Choice, Tone};

/// In the reader's format (P41).
pub fn amount(text: Text, money: Money) -> String {
    text.amount(money.minor(), money.currency().digits(), money.currency().code())
}

/// "Invoice INV-2026-0001", or "Draft invoice".
pub fn title(text: Text, document: &Document) -> String {
    title_of(text, document.kind, document.issued.as_ref().map(|issued| issued.number.as_str()))
}

pub fn title_of(text: Text, kind: Kind, number: Option<&str>) -> String {
    match (number, kind) {
        (Some(number), _) => text.say_with(kind.key(), &[("number", number.into())]),
        (None, Kind::Quote) => text.say("billing-draft-quote").into_owned(),
        (None, Kind::Subscription) => text.say(kind.key()).into_owned(),
        (None, Kind::Invoice | Kind::CreditNote) => text.say("billing-draft-invoice").into_owned(),
    }
}

/// To who can see a document, and why, and to who looked.
pub fn seen_buttons(frame: &Frame, id: DocumentId) -> Markup {
    html! {
        @if let Some(audience) = frame.audience("document", id) {
            (Button::quiet(frame.text.say("ui-audience")).icon("eye").small().dialog(audience))
        }
        @if let Some(activity) = frame.activity("document", id) {
            (Button::quiet(frame.text.say("ui-activity")).icon("history").small().href(activity))
        }
    }
}

/// On the staff side.
pub fn address(kind: Kind, id: DocumentId) -> String {
    match kind {
        Kind::Quote => format!("/staff/quotes/{id}"),
        Kind::Subscription => subscription_address(id),
        Kind::Invoice | Kind::CreditNote => invoice_address(id),
    }
}

pub fn invoice_address(id: DocumentId) -> String {
    format!("/staff/invoices/{id}")
}

pub fn subscription_address(id: DocumentId) -> String {
    format!("/staff/subscriptions/{id}")
}

/// On the client's. A subscription has no page of its own there.
pub fn client_address(kind: Kind, id: DocumentId) -> String {
    match kind {
        Kind::Subscription => "/billing".to_owned(),
        Kind::Quote => format!("/quotes/{id}"),
        Kind::Invoice | Kind::CreditNote => format!("/invoices/{id}"),
    }
}

/// The file of a document, from its page on either side.
pub fn download(text: Text, page: &str) -> Button {
    Button::secondary(text.say("billing-download-pdf")).icon("download").download(format!("{page}/paper"))
}

/// Where the forms that documents of all kinds have go, and by which those lead back.
pub fn forms(id: DocumentId) -> String {
    format!("/staff/documents/{id}")
}

/// "Deposit of 30 %", or "Deposit" where it is an amount.
pub fn deposit_words(text: Text, deposit: Deposit) -> String {
    match deposit {
        Deposit::Share(share) => {
            text.say_with("billing-deposit-of", &[("percent", text.decimal(&share.plain()).into())])
        }
        Deposit::Amount(_) => text.say("billing-deposit").into_owned(),
    }
}

/// What the lines of a deposit's invoice say.
pub fn deposit_line(text: Text, deposit: Deposit, number: &str) -> String {
    let words = deposit_words(text, deposit);
    text.say_with("billing-deposit-on-quote", &[("deposit", words.into()), ("number", number.into())])
}

/// What the lines of a final invoice say that take its deposit off, and that give back what was credited of it.
pub fn deposit_taken_off(text: Text, deposit: &Document) -> [String; 2] {
    let (number, date) = match &deposit.issued {
        Some(issued) => (issued.number.as_str(), text.date(issued.issue_on)),
        None => ("", String::new()),
    };
    let values = [("number", number.into()), ("date", date.into())];
    ["billing-deposit-invoiced", "billing-deposit-credited"].map(|key| text.say_with(key, &values))
}

/// How it stands, in a word or two.
pub fn standing(text: Text, row: &Row, today: Date) -> Markup {
    let document = &row.entry.document;
    html! {
        @match (&document.issued, row.account, row.quote) {
            (None, ..) => (badge(Tone::Neutral, &text.say("billing-standing-draft"))),
            (Some(issued), Some(account), _) => (account_standing(text, issued, &account, today)),
            (Some(_), None, Some(quote)) => (badge(quote.tone(), &text.say(quote.key()))),
            (Some(_), None, None) => (badge(Tone::Neutral, &text.say("billing-credit-note"))),
        }
    }
}

pub fn account_standing(text: Text, issued: &Issued, account: &Account, today: Date) -> Markup {
    let (overdue, standing) = (account.is_overdue(issued.due_on, today), account.standing());
    html! {
        @if overdue { (badge(Tone::Bad, &text.say("billing-standing-overdue"))) " " }
        @if !overdue || standing != Standing::Open { (badge(standing.tone(), &text.say(standing.key()))) }
    }
}

fn currency_choices() -> Vec<Choice> {
    Currency::all().into_iter().map(|currency| Choice::new(currency.code(), currency.code())).collect()
}
