//! What clients see of billing: what is due first.

use std::collections::BTreeSet;

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::PaymentId;
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{
        Button, NoticeKind, PageHeader, Row, Stat, breadcrumb, list, list_raised, notice, page_header, row,
        row_icon, section, stats,
    },
};

use super::{
    account_standing, amount, client_address, download,
    list::{invoice_row, other_pages},
    methods::method_section,
    online::pay_form,
    paper::paper,
    payment::receipt_button,
    standing,
    subscriptions::subscription_rows,
    title,
};
use crate::{
    account::Account,
    document::{Issued, Kind, Sheet},
    payment::{Direction, Payment},
    store::{self, Found, Saving},
    subscription::Subscription,
};

pub struct Billing {
    pub owed: Vec<store::Row>,
    pub subscriptions: Vec<Subscription>,
    /// Where subscriptions can be paid by themselves: with what they are.
    pub automatic: Option<Option<Saving>>,
    pub all: Found,
}

/// `problem`: the text that says why nothing could be saved just now.
pub fn billing_page(frame: &Frame, today: Date, billing: &Billing, problem: Option<&'static str>) -> Markup {
    let (text, Billing { owed, subscriptions, automatic, all }) = (frame.text, billing);
    let all_rows = html! { @for row in &all.rows { (invoice_row(text, today, row, Side::Client)) } };
    let owed_rows = html! { @for row in owed { (waiting_row(text, today, row)) } };
    html! {
        div data-live-topic="invoice subscription" data-live-href="/billing" id="billing" {
            (page_header(&PageHeader {
                title: &text.say("billing-navigation"),
                actions: Some(html! { (Button::secondary(text.say("billing-statement")).href("/billing/statement")) }),
                ..PageHeader::default()
            }))
            @if let Some(problem) = problem { (notice(NoticeKind::Error, &text.say(problem))) }
            @if owed.is_empty() {
                p.billing-quiet { (text.say("billing-nothing-due")) }
            } @else {
                (section(&text.say("billing-due"), html! {}, list(owed_rows)))
            }
            @if !subscriptions.is_empty() {
                (section(&text.say("billing-subscriptions"), html! {},
                    subscription_rows(text, today, subscriptions, Side::Client)))
            }
            @if let Some(saved) = automatic { (method_section(frame, saved.as_ref())) }
            @if !all.rows.is_empty() || all.page > 1 {
                (section(&text.say("billing-all-documents"), html! {}, html! {
                    (list(all_rows))
                    (other_pages(text, all, |page| format!("/billing?page={page}")))
                }))
            }
        }
    }
}

pub struct Shown<'a> {
    pub sheet: &'a Sheet,
    pub issued: &'a Issued,
    pub account: Option<Account>,
    pub payments: &'a [Payment],
    /// Which of them have a receipt.
    pub receipted: &'a BTreeSet<PaymentId>,
    pub corrects: Option<String>,
    pub today: Date,
    /// Online.
    pub can_pay: bool,
    /// The text that says why it could not be paid just now.
    pub problem: Option<&'static str>,
}

pub fn invoice_page(frame: &Frame, shown: &Shown) -> Markup {
    let (text, document) = (frame.text, &shown.sheet.document);
    html! {
        div.client-invoice id="invoice" data-live-topic={ "invoice:" (document.id) }
            data-live-href={ "/invoices/" (document.id) } {
            (page_header(&PageHeader {
                title: &title(text, document),
                breadcrumb: Some(breadcrumb(text, &[("/billing", &text.say("billing-navigation"))])),
                detail: shown.account.map(|account| account_standing(text, shown.issued, &account, shown.today)),
                actions: Some(html! { (download(text, &client_address(document.kind, document.id))) }),
            }))
            @if let Some(problem) = shown.problem { (notice(NoticeKind::Error, &text.say(problem))) }
            @if let Some(account) = &shown.account {
                (due(text, shown.issued, account))
                @if shown.can_pay && account.open().is_positive() {
                    (pay_form(frame, document.id, &amount(text, account.open())))
                }
            }
            (paper(text, shown.sheet, shown.issued, shown.corrects.as_deref()))
            @if !shown.payments.is_empty() { (payments_section(text, shown)) }
        }
    }
}

/// What staff wrote about a payment is theirs.
fn payments_section(text: Text, shown: &Shown) -> Markup {
    let rows = html! { @for payment in shown.payments { (payment_row(text, payment, shown.receipted)) } };
    section(&text.say("billing-payments"), html! {}, list(rows))
}

fn payment_row(text: Text, payment: &Payment, receipted: &BTreeSet<PaymentId>) -> Markup {
    let (key, money) = match payment.direction {
        Direction::Payment => ("billing-payment", payment.amount),
        Direction::Refund => ("billing-refund", -payment.amount),
    };
    let receipt = receipted.contains(&payment.id).then(|| receipt_button(text, Side::Client, payment.id));
    row(&Row {
        lead: Some(row_icon("pay")),
        name: &text.say(key),
        detail: Some(html! { (text.date(payment.paid_on)) }),
        meta: Some(html! { span.billing-amount { (amount(text, money)) } }),
        actions: receipt.map(|button| html! { (button) }),
        ..Row::default()
    })
}

/// The first thing to see: how much, and until when.
pub fn due(text: Text, issued: &Issued, account: &Account) -> Markup {
    let figure = amount(text, account.balance());
    let until = text.say_with("billing-due-on", &[("date", text.date(issued.due_on).into())]);
    html! {
        @if account.balance().is_positive() {
            (stats(&[Stat { label: &text.say("billing-amount-due"), figure: &figure, detail: Some(&until), href: None }]))
        }
        (why_changed(text, account))
    }
}

/// Beside a balance that is not what was invoiced.
pub fn why_changed(text: Text, account: &Account) -> Markup {
    let why = (account.balance() != account.invoiced).then(|| why(text, account));
    html! { @if let Some(why) = why { p.billing-quiet { (why) } } }
}

/// "€100.00 invoiced, €40.00 paid."
pub fn why(text: Text, account: &Account) -> String {
    let steps = [
        ("billing-why-invoiced", account.invoiced),
        ("billing-why-credited", account.credited),
        ("billing-why-paid", account.paid),
        ("billing-why-refunded", account.refunded),
    ];
    let happened = steps.into_iter().filter(|(_, money)| money.is_positive());
    happened
        .map(|(key, money)| text.say_with(key, &[("amount", amount(text, money).into())]))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// On a client's home: one line for each quote to decide about and each invoice that is due.
pub fn waiting(text: Text, today: Date, owed: &[store::Row]) -> Markup {
    list_raised(html! { @for row in owed { (waiting_row(text, today, row)) } })
}

fn waiting_row(text: Text, today: Date, line: &store::Row) -> Markup {
    let document = &line.entry.document;
    // How an invoice can be paid stands on its page: where it cannot be online, nothing offers that (P27).
    let (key, way) = match document.kind {
        Kind::Quote => ("billing-valid-until", Button::primary(text.say("billing-waits-for-answer"))),
        Kind::Invoice | Kind::CreditNote | Kind::Subscription => {
            ("billing-due-on", Button::secondary(text.say("billing-waits-for-payment")))
        }
    };
    let (id, href) = (format!("waiting-{}", document.id), client_address(document.kind, document.id));
    let due = document
        .issued
        .as_ref()
        .map(|issued| text.say_with(key, &[("date", text.date(issued.due_on).into())]));
    let changed = line.account.as_ref().filter(|account| account.balance() != account.invoiced);
    let detail: Vec<String> = due.into_iter().chain(changed.map(|account| why(text, account))).collect();
    row(&Row {
        id: Some(id.clone()),
        lead: Some(row_icon("billing")),
        name: &title(text, document),
        href: Some(&href),
        detail: (!detail.is_empty()).then(|| html! { (detail.join(" · ")) }),
        meta: Some(html! {
            (standing(text, line, today))
            @if let Some(account) = line.account {
                strong.billing-amount { (amount(text, account.balance())) }
            } @else if let Some((_, gross)) = line.entry.sums {
                strong.billing-amount { (amount(text, gross)) }
            }
        }),
        actions: Some(html! { (way.small().href(href.as_str()).described_by(id.as_str())) }),
        ..Row::default()
    })
}
