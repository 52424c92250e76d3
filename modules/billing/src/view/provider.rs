//! Settings: the account at Stripe that clients pay into.

use maud::{Markup, html};
use portico_kernel::{Instant, Problems};
use portico_ui::{
    Frame, Text,
    components::{
        Button, Column, Field, Form, NoticeKind, PageHeader, breadcrumb, button_form, form_actions, notice,
        page_header, section, table,
    },
};

use super::{amount, invoice_address, problem};
use crate::{
    provider::{KnownKeys, Source},
    reconciliation::Reconciled,
    store::Misfit,
};

pub const HERE: &str = "/staff/settings/payments";

/// What has to be chosen at Stripe for our address.
const EVENTS: [&str; 10] = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.processing",
    "payment_intent.payment_failed",
    "refund.created",
    "refund.updated",
    "refund.failed",
];

pub struct Shown<'a> {
    pub keys: Option<&'a KnownKeys>,
    pub problems: &'a Problems,
    /// What came of the button that checks the keys.
    pub checked: Option<(NoticeKind, String)>,
    pub reconciled: Option<&'a Reconciled>,
    pub misfits: &'a [Misfit],
    /// Of this organization, without a slash at the end.
    pub address: &'a str,
    pub zone: &'a str,
}

pub fn payments_page(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-online-payments"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("billing-all-settings"))])),
            ..PageHeader::default()
        }))
        div.stack {
            @if let Some((kind, words)) = &shown.checked { (notice(*kind, words)) }
            p { (standing(text, shown.keys)) }
            (keys_form(frame, shown))
        }
        (section(&text.say("billing-webhook"), html! {}, html! {
            p { (text.say("billing-webhook-about")) }
            p.billing-mark { code { (shown.address) "/webhooks/stripe" } }
            ul.billing-events { @for event in EVENTS { li { code { (event) } } } }
            @if let Some(keys) = shown.keys { p.billing-quiet { (heard(text, keys)) } }
        }))
        @if !shown.misfits.is_empty() { (misfits(frame, shown)) }
        @if shown.keys.is_some() { (reconciliation(frame, shown)) }
    }
}

fn standing(text: Text, keys: Option<&KnownKeys>) -> String {
    let Some(keys) = keys else { return text.say("billing-payments-off").into_owned() };
    let key = match (keys.source, keys.is_live) {
        (Source::Settings, true) => "billing-payments-live",
        (Source::Settings, false) => "billing-payments-test",
        (Source::Environment, true) => "billing-payments-environment-live",
        (Source::Environment, false) => "billing-payments-environment-test",
    };
    text.say(key).into_owned()
}

/// Whether Stripe reaches us: nobody can ask it whether a signing secret is right.
pub fn heard(text: Text, keys: &KnownKeys) -> String {
    match keys.heard_on {
        Some(day) => text.say_with("billing-webhook-heard", &[("day", text.date(day).into())]),
        None => text.say("billing-webhook-unheard").into_owned(),
    }
}

fn keys_form(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    let own = shown.keys.filter(|keys| keys.source == Source::Settings);
    let known = |end: Option<&str>| match end {
        Some(end) => text.say_with("billing-key-known", &[("end", end.into())]),
        None => String::new(),
    };
    let secret_hint = known(own.map(|keys| keys.secret_end.as_str()));
    let webhook_hint = known(own.map(|keys| keys.webhook_end.as_str()));
    let error = |field: &str| problem(frame, shown.problems, field);
    html! {
        (Form::post(&frame.form_token, HERE).body(html! {
            (Field::password(text, "secret", text.say("billing-field-secret-key")).autocomplete("off")
                .hint(secret_hint).error(error("secret")))
            (Field::password(text, "webhook", text.say("billing-field-webhook-secret")).autocomplete("off")
                .hint(webhook_hint).error(error("webhook")))
            (form_actions(html! { (Button::primary(text.say("billing-save"))) }))
        }))
        @if shown.keys.is_some() {
            div.form-actions {
                (button_form(&frame.form_token, &format!("{HERE}/check"),
                    Button::secondary(text.say("billing-check-keys"))))
                @if own.is_some() {
                    (button_form(&frame.form_token, &format!("{HERE}/removal"),
                        Button::quiet(text.say("billing-forget-keys")).icon("trash")))
                }
            }
        }
    }
}

fn misfits(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    let labels = ["invoice", "amount", "begun", "why", "answer"]
        .map(|name| text.say(&format!("billing-misfits-{name}")).into_owned());
    let [invoice, figure, begun, why, answer] = &labels;
    let columns = [
        Column::words(invoice),
        Column::numbers(figure),
        Column::words(begun),
        Column::words(why),
        Column::words(answer),
    ];
    let row = |misfit: &Misfit| {
        let settle = format!("{HERE}/misfits/{}/settlement", misfit.attempt);
        vec![
            html! { a href=(invoice_address(misfit.document)) { (misfit.number) } },
            html! { (amount(text, misfit.amount)) },
            html! { (text.moment(misfit.begun_at.in_zone(shown.zone))) },
            html! { (text.say(misfit.mismatch.key())) },
            button_form(&frame.form_token, &settle, Button::secondary(text.say("billing-misfits-settle"))),
        ]
    };
    let rows: Vec<Vec<Markup>> = shown.misfits.iter().map(row).collect();
    let title = text.say("billing-misfits");
    section(
        &title,
        html! {},
        html! {
            p { (text.say("billing-misfits-about")) }
            (table(&title, &columns, &rows))
        },
    )
}

fn reconciliation(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    let last = shown.reconciled.map(|reconciled| {
        let at = text.moment(Instant::from_micros(reconciled.at).in_zone(shown.zone));
        match &reconciled.problem {
            Some(problem) => text.say_with(
                "billing-reconciled-not",
                &[("moment", at.into()), ("problem", text.say(problem).into_owned().into())],
            ),
            None => text.say_with(
                "billing-reconciled",
                &[("moment", at.into()), ("changed", (reconciled.changed as i64).into())],
            ),
        }
    });
    section(
        &text.say("billing-reconciliation"),
        html! {},
        html! {
            p { (text.say("billing-reconciliation-about")) }
            @if let Some(last) = last { p.billing-quiet { (last) } }
            div.form-actions {
                (button_form(&frame.form_token, &format!("{HERE}/reconciliation"),
                    Button::secondary(text.say("billing-reconcile"))))
            }
        },
    )
}
