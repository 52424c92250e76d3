//! Who was reminded of an invoice, and the button that reminds them now.

use maud::{Markup, html};
use portico_ui::{
    Frame,
    components::{Button, button_form, list, person_row, section},
};

use super::{invoice::Invoice, invoice_address};
use crate::{account::Account, store::Reminded};

/// Nothing where nobody can be reminded and nobody was.
pub fn reminders_section(frame: &Frame, invoice: &Invoice, account: &Account) -> Option<Markup> {
    let text = frame.text;
    let was_today =
        |person| invoice.reminded.iter().any(|each| each.person == person && each.on == invoice.today);
    let can_be_now = account.balance().is_positive()
        && invoice.recipients.iter().any(|recipient| !was_today(recipient.person));
    if !can_be_now && invoice.reminded.is_empty() {
        return None;
    }
    let action = format!("{}/reminders", invoice_address(invoice.sheet.document.id));
    let remind = Button::secondary(text.say("billing-remind-now")).icon("mail").small();
    let actions = html! { @if can_be_now { (button_form(&frame.form_token, &action, remind)) } };
    let body = html! {
        @if invoice.reminded.is_empty() {
            p.billing-quiet { (text.say("billing-reminded-nobody")) }
        } @else {
            (list(html! { @for reminded in invoice.reminded { (reminded_row(frame, reminded)) } }))
        }
    };
    Some(section(&text.say("billing-reminders"), actions, body))
}

fn reminded_row(frame: &Frame, reminded: &Reminded) -> Markup {
    let key = if reminded.asked { "billing-reminded-on" } else { "billing-reminded-by-itself" };
    let when = frame.text.say_with(key, &[("date", frame.text.date(reminded.on).into())]);
    let href = frame.address("/staff/clients/", reminded.person);
    person_row(None, &reminded.name, &reminded.name, href.as_deref(), html! { (when) }, None)
}
