//! The form of a subscription: for whom, what it is called, how often, and who gets its invoices.

use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{
        Button, Checked, Choice, Field, Form, NoticeKind, PageHeader, PersonChoice, breadcrumb, form_actions,
        notice, page_header, person_choices,
    },
};

use super::{
    currency_choices,
    draft::{Choices, client_choices},
    problem, subscription_address,
};
use crate::{
    plan::State,
    schedule::Unit,
    subscription::{Subscription, SubscriptionForm},
};

/// As somebody left it.
pub struct Filled<'a> {
    pub input: &'a SubscriptionForm,
    pub problems: &'a Problems,
    pub choices: &'a Choices,
}

pub fn new_page(frame: &Frame, filled: &Filled) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-new-subscription"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/subscriptions", &text.say("billing-subscriptions"))])),
            ..PageHeader::default()
        }))
        (Form::post(&frame.form_token, "/staff/subscriptions").body(fields(frame, filled, "billing-field-starts-on")))
    }
}

pub fn edit_page(frame: &Frame, subscription: &Subscription, filled: &Filled) -> Markup {
    let text = frame.text;
    let here = subscription_address(subscription.sheet.document.id);
    let places = [
        ("/staff/subscriptions", &*text.say("billing-subscriptions")),
        (here.as_str(), subscription.name.as_str()),
    ];
    let is_draft = subscription.plan.state == State::Draft;
    let starts = if is_draft { "billing-field-starts-on" } else { "billing-field-goes-on" };
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-edit-subscription"),
            breadcrumb: Some(breadcrumb(text, &places)),
            ..PageHeader::default()
        }))
        @if !is_draft { (notice(NoticeKind::Information, &text.say("billing-edit-subscription-about"))) }
        (Form::post(&frame.form_token, &here).body(fields(frame, filled, starts)))
    }
}

/// `starts` names the day on which the next period begins.
fn fields(frame: &Frame, filled: &Filled, starts: &str) -> Markup {
    let (text, Filled { input, problems, choices }) = (frame.text, filled);
    let error = |field: &str| problem(frame, problems, field);
    let projects = std::iter::once(Choice::new("", text.say("billing-no-project")))
        .chain(choices.projects.iter().map(|(id, name)| Choice::new(id.to_string(), name)))
        .collect();
    let by_the_day = if input.prorates.is_some() { Checked::Yes } else { Checked::No };
    let units = Unit::ALL.map(|unit| Choice::new(unit.name(), text.say(unit.key()))).to_vec();
    html! {
        (Field::text("name", text.say("billing-field-name")).value(&input.name).required()
            .placeholder(text.say("billing-subscription-example")).error(error("name")))
        (Field::select("client", text.say("billing-field-client"), client_choices(&choices.clients))
            .value(&input.client).required().error(error("client")))
        (Field::select("project", text.say("billing-field-project"), projects).value(&input.project)
            .error(error("project")))
        div.billing-days {
            (Field::text("every", text.say("billing-field-every")).value(&input.every).required()
                .input_mode("numeric").autocomplete("off").error(error("every")))
            (Field::select("unit", text.say("billing-field-unit"), units).value(&input.unit).error(error("unit")))
            (Field::date("starts_on", text.say(starts)).value(&input.starts_on).required()
                .error(error("starts_on")))
            (Field::date("ends_on", text.say("billing-field-ends-on")).value(&input.ends_on).optional(text)
                .error(error("ends_on")))
        }
        p.field-hint { (text.say("billing-periods-hint")) }
        (Field::checkbox("prorates", text.say("billing-field-prorates"), by_the_day)
            .hint(text.say("billing-prorates-hint")))
        div.billing-days {
            (Field::select("currency", text.say("billing-field-currency"), currency_choices())
                .value(&input.currency).error(error("currency")))
            (Field::text("payment_days", text.say("billing-field-payment-days")).value(&input.payment_days)
                .optional(text).input_mode("numeric").autocomplete("off").error(error("payment_days")))
        }
        (recipients(frame, filled))
        p.field-hint { (text.say("billing-recipients-hint")) }
        (Field::area("buyer", text.say("billing-field-buyer")).value(&input.buyer).optional(text)
            .hint(text.say("billing-buyer-hint")).error(error("buyer")))
        (Field::text("buyer_tax_number", text.say("billing-field-buyer-tax-number")).value(&input.buyer_tax_number)
            .optional(text).error(error("buyer_tax_number")))
        (Field::text("buyer_country", text.say("billing-field-buyer-country")).value(&input.buyer_country)
            .max_length(2).optional(text).hint(text.say("billing-country-hint")).error(error("buyer_country")))
        (Field::area("words", text.say("billing-field-words")).value(&input.words).optional(text)
            .error(error("words")))
        (form_actions(html! { (Button::primary(text.say("billing-save"))) }))
    }
}

/// Those for whom it is come first: a list of hundreds is not to be searched.
fn recipients(frame: &Frame, filled: &Filled) -> Markup {
    let Filled { input, problems, choices } = filled;
    let mut clients: Vec<_> = choices.clients.iter().map(|client| (client.id.to_string(), client)).collect();
    clients.sort_by_key(|(id, _)| !(input.person.contains(id) || *id == input.client));
    let choices: Vec<PersonChoice> = clients
        .iter()
        .map(|(id, client)| PersonChoice {
            value: id,
            person_name: &client.name,
            email: &client.email,
            checked: if input.person.contains(id) { Checked::Yes } else { Checked::No },
            state: None,
        })
        .collect();
    let error = problem(frame, problems, "person");
    let legend = frame.text.say("billing-subscription-recipients");
    person_choices(&legend, "person", &choices, error.as_deref())
}
