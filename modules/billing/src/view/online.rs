//! Paying online, as the client sees it, and giving it back, as staff do.

use maud::{Markup, html};
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{PaymentState, Problems};
use portico_ui::{
    Frame, Text,
    components::{
        Button, Field, Form, NoticeKind, PageHeader, breadcrumb, dialog, dialog_form, form_actions, notice,
        page_header,
    },
};

use super::{amount, client::why_changed, client_address, invoice_address, problem, title};
use crate::{
    account::Account,
    document::{Document, Kind},
    online::{Attempt, state_key},
    payment::RefundForm,
};

/// The one thing that most people come to an invoice for.
pub fn pay_form(frame: &Frame, id: DocumentId, due: &str) -> Markup {
    let action = format!("{}/payment", client_address(Kind::Invoice, id));
    let pay = frame.text.say_with("billing-pay", &[("amount", due.into())]);
    Form::post(&frame.form_token, &action).body(form_actions(html! { (Button::primary(pay).icon("pay")) }))
}

/// Between this site and the provider's, for browsers that do not go on by themselves.
pub fn leaving(text: Text, address: &str) -> Markup {
    html! {
        section.stack {
            h1 { (text.say("billing-leaving")) }
            p { (text.say("billing-leaving-about")) }
            (Button::primary(text.say("billing-leave")).icon("pay").href(address))
        }
    }
}

/// What is known of the latest attempt, and no more than that.
pub fn after_paying(text: Text, document: &Document, account: &Account, attempt: Option<&Attempt>) -> Markup {
    let invoice = client_address(Kind::Invoice, document.id);
    let (kind, key) = match (account.balance().is_positive(), attempt) {
        (false, _) if account.paid.is_positive() => (NoticeKind::Good, "billing-online-paid"),
        (false, _) => (NoticeKind::Information, "billing-online-settled"),
        (true, Some(attempt)) => (notice_kind(attempt.state), state_key(attempt.state)),
        (true, None) => (NoticeKind::Information, "billing-online-none"),
    };
    let waits = attempt.is_some_and(Attempt::is_pending) && account.balance().is_positive();
    html! {
        div.stack id="paying" data-live-topic={ "invoice:" (document.id) } data-live-href={ (invoice) "/payment" } {
            (page_header(&PageHeader {
                title: &title(text, document),
                breadcrumb: Some(breadcrumb(text, &[("/billing", &text.say("billing-navigation"))])),
                ..PageHeader::default()
            }))
            (notice(kind, &text.say(key)))
            dl.billing-totals {
                @if let Some(attempt) = attempt {
                    div { dt { (text.say("billing-payment")) } dd { (amount(text, attempt.amount)) } }
                }
                div.billing-total { dt { (text.say("billing-balance")) } dd { (amount(text, account.balance())) } }
            }
            (why_changed(text, account))
            div.form-actions {
                @if waits { (Button::secondary(text.say("billing-look-again")).href(format!("{invoice}/payment"))) }
                (Button::secondary(text.say("billing-to-invoice")).href(invoice))
            }
        }
    }
}

fn notice_kind(state: PaymentState) -> NoticeKind {
    match state {
        PaymentState::Open | PaymentState::Processing | PaymentState::Expired => NoticeKind::Information,
        PaymentState::Failed => NoticeKind::Error,
        PaymentState::Paid => NoticeKind::Good,
    }
}

pub fn refund_dialog(
    frame: &Frame,
    id: PaymentId,
    document: DocumentId,
    input: &RefundForm,
    problems: &Problems,
    failure: Option<&str>,
) -> Markup {
    let (text, back) = (frame.text, &invoice_address(document));
    let fields = html! {
        @if let Some(failure) = failure { (notice(NoticeKind::Error, failure)) }
        input type="hidden" name="refund" value=(input.refund);
        p.billing-quiet { (text.say("billing-refund-online-about")) }
        (Field::text("amount", text.say("billing-field-amount")).value(&input.amount).required().focus()
            .input_mode("decimal").autocomplete("off").error(problem(frame, problems, "amount")))
    };
    let submit = Button::primary(text.say("billing-refund-online"));
    let form = dialog_form(text, &frame.form_token, &refund_address(id), back, submit, fields);
    dialog(text, &text.say("billing-refund-online"), back, form)
}

pub fn refund_address(id: PaymentId) -> String {
    format!("/staff/payments/{id}/online-refund")
}
