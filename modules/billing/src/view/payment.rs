//! The dialogs in which money is recorded by hand, and the receipts of what was.

use std::borrow::Cow;

use maud::{Markup, html};
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{Problems, Side};
use portico_ui::{
    Frame, Text,
    components::{Button, Field, dialog, dialog_form},
};

use super::{invoice_address, problem};
use crate::payment::{Direction, PaymentForm};

pub fn payment_dialog(
    frame: &Frame,
    id: DocumentId,
    direction: Direction,
    input: &PaymentForm,
    problems: &Problems,
) -> Markup {
    let text = frame.text;
    let back = invoice_address(id);
    let action = match direction {
        Direction::Payment => format!("{back}/payments"),
        Direction::Refund => format!("{back}/refunds"),
    };
    let hint = (direction == Direction::Refund).then(|| text.say("billing-refund-hint"));
    let error = |field: &str| problem(frame, problems, field);
    let fields = html! {
        input type="hidden" name="payment" value=(input.payment);
        @if let Some(hint) = &hint { p.billing-quiet { (hint) } }
        (Field::text("amount", text.say("billing-field-amount")).value(&input.amount).required().focus()
            .input_mode("decimal").autocomplete("off").error(error("amount")))
        (Field::date("paid_on", text.say("billing-field-paid-on")).value(&input.paid_on).required()
            .error(error("paid_on")))
        (Field::text("words", text.say("billing-field-remarks")).value(&input.words).optional(text)
            .placeholder(text.say("billing-remarks-example")).error(error("words")))
    };
    let title = payment_title(text, direction);
    let save = Button::primary(title.clone());
    let form = dialog_form(text, &frame.form_token, &action, &back, save, fields);
    dialog(text, &title, &back, form)
}

pub fn payment_title(text: Text, direction: Direction) -> Cow<'static, str> {
    text.say(match direction {
        Direction::Payment => "billing-record-payment",
        Direction::Refund => "billing-record-refund",
    })
}

/// Staff have less room for it: beside it stands the button that removes the payment.
pub fn receipt_button(text: Text, side: Side, payment: PaymentId) -> Button {
    let button = Button::quiet(text.say("billing-receipt")).small();
    match side {
        Side::Staff => button.icon_only("download").download(format!("/staff/payments/{payment}/receipt")),
        Side::Client => button.icon("download").download(format!("/payments/{payment}/receipt")),
    }
}
