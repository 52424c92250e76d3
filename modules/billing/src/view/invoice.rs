//! An issued invoice or credit note as staff see it: the paper, with handles on it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{
        Button, PageHeader, Row, Tone, Undo, badge, breadcrumb, button_form, list, menu, menu_dialog,
        page_header, person_row, row, section, toast,
    },
};

use super::{
    account_standing, address, amount, client::due, download, electronic::lacking_hint, forms,
    invoice_address, online::refund_address, paper::paper, payment::receipt_button,
    reminders::reminders_section, seen_buttons, template::duplicate_entry, title,
};
use crate::{
    account::Account,
    document::{Document, Issued, Kind, Sheet},
    electronic::lacking,
    money::Money,
    payment::{Direction, Payment},
    store::{Entry, Recipient, Reminded},
};

pub struct Invoice<'a> {
    pub sheet: &'a Sheet,
    pub issued: &'a Issued,
    /// `None` for a credit note.
    pub account: Option<Account>,
    pub payments: &'a [Payment],
    /// Which of them have a receipt.
    pub receipted: &'a BTreeSet<PaymentId>,
    pub credit_notes: &'a [Entry],
    pub recipients: &'a [Recipient],
    pub onlookers: &'a [Recipient],
    pub reminded: &'a [Reminded],
    pub corrects: Option<&'a Entry>,
    pub today: Date,
}

pub fn invoice_page(frame: &Frame, invoice: &Invoice) -> Markup {
    let (text, document) = (frame.text, &invoice.sheet.document);
    let corrected = invoice.corrects.and_then(|entry| entry.document.issued.as_ref());
    html! {
        div id="invoice" data-live-topic={ "invoice:" (document.id) } data-live-href=(invoice_address(document.id)) {
            (page_header(&PageHeader {
                title: &title(text, document),
                breadcrumb: Some(breadcrumb(text, &[("/staff/invoices", &text.say("billing-invoices"))])),
                detail: Some(detail(frame, invoice)),
                actions: Some(actions(frame, document, invoice.account.as_ref())),
            }))
            @if let Some(account) = &invoice.account { (due(text, invoice.issued, account)) }
            (paper(text, invoice.sheet, invoice.issued, corrected.map(|issued| issued.number.as_str())))
            div.billing-beside {
                @if let Some(account) = &invoice.account { (account_section(frame, invoice, account)) }
                div {
                    (recipients_section(frame, document.id, invoice.recipients, invoice.onlookers))
                    @if let Some(account) = &invoice.account { @if let Some(section) = reminders_section(frame, invoice, account) { (section) } }
                }
            }
            (lacking_hint(text, &lacking(invoice.sheet, &invoice.issued.seller)))
        }
    }
}

fn detail(frame: &Frame, invoice: &Invoice) -> Markup {
    let (text, document) = (frame.text, &invoice.sheet.document);
    html! {
        @match &invoice.account {
            Some(account) => (account_standing(text, invoice.issued, account, invoice.today)),
            None => (badge(Tone::Neutral, &text.say("billing-credit-note"))),
        }
        a href=[frame.address("/staff/clients/", document.client.0)] { (document.client.1) }
        @if let Some((id, name)) = &document.project {
            a href=[frame.address("/staff/projects/", id)] { (name) }
        }
        @if let Some(quote) = document.quote {
            a href=(address(Kind::Quote, quote)) { (text.say("billing-its-quote")) }
        }
        @if let Some(corrects) = invoice.corrects {
            a href=(invoice_address(corrects.document.id)) { (title(text, &corrects.document)) }
        }
    }
}

fn actions(frame: &Frame, document: &Document, account: Option<&Account>) -> Markup {
    let (text, here) = (frame.text, invoice_address(document.id));
    html! {
        (Button::primary(text.say("billing-send")).icon("send").dialog(format!("{}/recipients", forms(document.id))))
        (download(text, &here))
        @if let Some(account) = account {
            (Button::secondary(text.say("billing-record-payment")).icon("pay").dialog(format!("{here}/payments/new")))
            (menu(&text.say("billing-more"), &text.say("billing-more"), html! {
                @if (account.invoiced - account.credited).is_positive() {
                    (menu_dialog(&format!("{here}/credit-notes/new"), Some("undo"), &text.say("billing-credit")))
                }
                @if account.kept().is_positive() {
                    (menu_dialog(&format!("{here}/refunds/new"), Some("pay"), &text.say("billing-record-refund")))
                }
                (duplicate_entry(frame, document.id))
            }))
        }
    }
}

/// What is due, and why this amount.
fn account_section(frame: &Frame, invoice: &Invoice, account: &Account) -> Markup {
    let text = frame.text;
    let step =
        |key: &str, money: Money| html! { div { dt { (text.say(key)) } dd { (amount(text, money)) } } };
    let body = html! {
        dl.billing-totals {
            (step("billing-invoiced", account.invoiced))
            @if account.credited.is_positive() { (step("billing-credited", -account.credited)) }
            @if account.paid.is_positive() { (step("billing-paid", -account.paid)) }
            @if account.refunded.is_positive() { (step("billing-refunded", account.refunded)) }
            div.billing-total { dt { (text.say("billing-balance")) } dd { (amount(text, account.balance())) } }
        }
        @if !invoice.payments.is_empty() || !invoice.credit_notes.is_empty() {
            (list(html! {
                @for payment in invoice.payments { (payment_row(frame, payment, invoice.receipted)) }
                @for entry in invoice.credit_notes { (credit_note_row(text, entry)) }
            }))
        }
    };
    section(&text.say("billing-account"), html! {}, body)
}

fn payment_row(frame: &Frame, payment: &Payment, receipted: &BTreeSet<PaymentId>) -> Markup {
    let text = frame.text;
    let (key, money) = match payment.direction {
        Direction::Payment => ("billing-payment", payment.amount),
        Direction::Refund => ("billing-refund", -payment.amount),
    };
    let words = (!payment.words.is_empty()).then(|| payment.words.clone());
    let online = payment.provider_name.is_some().then(|| text.say("billing-online").into_owned());
    let detail = std::iter::once(text.date(payment.paid_on))
        .chain(online)
        .chain(words)
        .collect::<Vec<_>>()
        .join(" · ");
    row(&Row {
        name: &text.say(key),
        detail: Some(html! { (detail) }),
        meta: Some(html! { span.billing-amount { (amount(text, money)) } }),
        actions: Some(html! {
            @if receipted.contains(&payment.id) { (receipt_button(text, Side::Staff, payment.id)) }
            (payment_action(frame, payment))
        }),
        ..Row::default()
    })
}

/// What somebody recorded can be taken back; what the provider reported happened.
fn payment_action(frame: &Frame, payment: &Payment) -> Markup {
    let text = frame.text;
    match (&payment.provider_name, payment.direction) {
        (None, _) => {
            let remove = Button::quiet(text.say("billing-remove")).icon("trash").small();
            button_form(&frame.form_token, &format!("/staff/payments/{}/deletion", payment.id), remove)
        }
        (Some(_), Direction::Payment) => html! {
            (Button::quiet(text.say("billing-refund-online")).small().dialog(refund_address(payment.id)))
        },
        (Some(_), Direction::Refund) => html! {},
    }
}

fn credit_note_row(text: Text, entry: &Entry) -> Markup {
    let document = &entry.document;
    row(&Row {
        name: &title(text, document),
        href: Some(&invoice_address(document.id)),
        detail: document.issued.as_ref().map(|issued| html! { (text.date(issued.issue_on)) }),
        meta: entry.sums.map(|(_, gross)| html! { span.billing-amount { (amount(text, gross)) } }),
        ..Row::default()
    })
}

/// Who can see it, and why: it was sent to them, or to a colleague (P15).
pub fn recipients_section(
    frame: &Frame,
    id: DocumentId,
    recipients: &[Recipient],
    onlookers: &[Recipient],
) -> Markup {
    let text = frame.text;
    let body = html! {
        @if recipients.is_empty() {
            p.billing-quiet { (text.say("billing-recipients-empty")) }
        } @else {
            (list(html! {
                @for recipient in recipients { (recipient_row(frame, id, recipient)) }
                @for onlooker in onlookers { (onlooker_row(frame, onlooker)) }
            }))
        }
    };
    section(&text.say("billing-recipients"), seen_buttons(frame, id), body)
}

fn recipient_row(frame: &Frame, id: DocumentId, recipient: &Recipient) -> Markup {
    let text = frame.text;
    let revocation = format!("{}/recipients/{}/revocation", forms(id), recipient.person);
    let revoke = Button::quiet(text.say("billing-revoke")).small();
    person_row(
        None,
        &recipient.name,
        &recipient.email,
        frame.address("/staff/clients/", recipient.person).as_deref(),
        html! { (text.say("billing-sent")) },
        Some(button_form(&frame.form_token, &revocation, revoke)),
    )
}

fn onlooker_row(frame: &Frame, onlooker: &Recipient) -> Markup {
    person_row(
        None,
        &onlooker.name,
        &onlooker.email,
        frame.address("/staff/clients/", onlooker.person).as_deref(),
        html! { (frame.text.say("billing-as-colleague")) },
        None,
    )
}

pub fn payment_deleted_toast(frame: &Frame, payment: &str) -> Markup {
    let undo = Undo { token: &frame.form_token, action: &format!("/staff/payments/{payment}/restoration") };
    toast(frame.text, &frame.text.say("billing-payment-removed"), Some(undo))
}
