//! A subscription as staff see it: what every invoice of it holds, which come next, and which came of it.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Choice, Field, NoticeKind, PageHeader, Row, Stat, Tone, badge, breadcrumb, button_form,
        dialog, dialog_form, list, notice, notice_with, page_header, person_row, row, row_icon, section,
        stats,
    },
};

use super::{
    amount, forms,
    lines::{Adding, lines_section},
    list::invoice_row,
    seen_buttons, subscription_address,
    subscriptions::{rhythm, standing},
};
use crate::{
    plan::{Standing, State},
    store::{Period, Recipient},
    subscription::{CancellationForm, Subscription},
};

/// How many of the next invoices are shown.
const AHEAD: usize = 6;

pub struct Shown<'a> {
    pub subscription: &'a Subscription,
    pub periods: &'a [Period],
    /// The lines, and the form for one more.
    pub adding: &'a Adding<'a>,
    /// With what its client pays by themselves.
    pub method: Option<&'a str>,
    pub today: Date,
}

pub fn subscription_page(frame: &Frame, shown: &Shown) -> Markup {
    let (text, Shown { subscription, today, .. }) = (frame.text, shown);
    let here = subscription_address(subscription.sheet.document.id);
    html! {
        div id="subscription" data-live-topic={ "subscription:" (subscription.sheet.document.id) }
            data-live-href=(here) {
            (page_header(&PageHeader {
                title: &subscription.name,
                breadcrumb: Some(breadcrumb(text, &[("/staff/subscriptions", &text.say("billing-subscriptions"))])),
                detail: Some(detail(frame, shown)),
                actions: Some(actions(frame, subscription, *today)),
            }))
            (word_of_warning(frame, subscription, *today))
            (figures(text, subscription))
            (lines_section(frame, shown.adding))
            div.billing-beside {
                (next_section(text, subscription, *today))
                (recipients_section(frame, subscription))
            }
            (history_section(text, shown))
        }
    }
}

fn detail(frame: &Frame, shown: &Shown) -> Markup {
    let (text, document) = (frame.text, &shown.subscription.sheet.document);
    html! {
        (standing(text, shown.subscription, shown.today))
        a href=[frame.address("/staff/clients/", document.client.0)] { (document.client.1) }
        @if let Some((id, name)) = &document.project {
            a href=[frame.address("/staff/projects/", id)] { (name) }
        }
        @if let Some(method) = shown.method {
            span { (text.say_with("billing-charged-automatically", &[("method", method.into())])) }
        }
    }
}

fn actions(frame: &Frame, subscription: &Subscription, today: Date) -> Markup {
    let (text, id) = (frame.text, subscription.sheet.document.id);
    let here = subscription_address(id);
    let button =
        |what: &str, button: Button| button_form(&frame.form_token, &format!("{here}/{what}"), button);
    let edit =
        Button::secondary(text.say("billing-edit-subscription")).icon("pencil").href(format!("{here}/edit"));
    let cancel =
        Button::quiet(text.say("billing-cancel-subscription")).dialog(format!("{here}/cancellation"));
    html! {
        @match subscription.plan.standing(today) {
            Standing::Draft => {
                (button("start", Button::primary(text.say("billing-start-subscription")).icon("check")))
                (edit)
                (button_form(&frame.form_token, &format!("{}/deletion", forms(id)),
                    Button::quiet(text.say("billing-delete")).icon("trash")))
            }
            Standing::Running => {
                (edit)
                (button("pause", Button::quiet(text.say("billing-pause")).icon("clock")))
                (cancel)
            }
            Standing::Paused => {
                (button("resumption", Button::primary(text.say("billing-resume")).icon("check")))
                (edit)
                (cancel)
            }
            // Over by its end, which can be moved.
            Standing::Ended if subscription.plan.state == State::Running => (edit),
            Standing::Ended => {}
        }
    }
}

/// What keeps it from being invoiced, and how to go on.
fn word_of_warning(frame: &Frame, subscription: &Subscription, today: Date) -> Markup {
    let (text, plan) = (frame.text, &subscription.plan);
    let say = |key: &str| notice(NoticeKind::Information, &text.say(key));
    match (plan.standing(today), subscription.obstacle()) {
        (Standing::Draft, obstacle) => say(obstacle.unwrap_or("billing-subscription-ready")),
        (Standing::Paused, _) => say("billing-paused-about"),
        (Standing::Running, obstacle) if plan.due(today).is_some() => {
            due_notice(frame, subscription, obstacle)
        }
        (Standing::Running | Standing::Ended, _) => html! {},
    }
}

fn due_notice(frame: &Frame, subscription: &Subscription, obstacle: Option<&str>) -> Markup {
    let text = frame.text;
    let invoices = format!("{}/invoices", subscription_address(subscription.sheet.document.id));
    let (kind, about) = match obstacle {
        Some(_) => (NoticeKind::Error, "billing-held-about"),
        None => (NoticeKind::Information, "billing-due-about"),
    };
    notice_with(
        kind,
        html! {
            p { (text.say(about)) @if let Some(obstacle) = obstacle { " " (text.say(obstacle)) } }
            div { (button_form(&frame.form_token, &invoices, Button::secondary(text.say("billing-invoice-now")).small())) }
        },
    )
}

fn figures(text: Text, subscription: &Subscription) -> Markup {
    let often = rhythm(text, subscription.plan.schedule.interval);
    let gross = amount(text, subscription.sheet.totals.gross);
    let plan = &subscription.plan;
    let end = plan.ends_on.map(|end| text.say_with("billing-ends-on", &[("date", text.date(end).into())]));
    let by_the_day = plan.prorates.then(|| text.say("billing-prorates").into_owned());
    let detail = std::iter::once(often).chain(end).chain(by_the_day).collect::<Vec<_>>().join(" · ");
    stats(&[Stat {
        label: &text.say("billing-each-invoice"),
        figure: &gross,
        detail: Some(&detail),
        href: None,
    }])
}

fn next_section(text: Text, subscription: &Subscription, today: Date) -> Markup {
    let plan = &subscription.plan;
    let next: Vec<(i32, Date)> = plan.upcoming().take(AHEAD).collect();
    let line = |(number, day): (i32, Date)| {
        let gross = amount(text, subscription.totals(plan.share(number)).gross);
        row(&Row {
            name: &text.date(day),
            meta: Some(html! {
                @if day <= today { (badge(Tone::Waiting, &text.say("billing-due-now"))) " " }
                span.billing-amount { (gross) }
            }),
            ..Row::default()
        })
    };
    let body = html! {
        @if next.is_empty() {
            p.billing-quiet { (text.say("billing-no-more-invoices")) }
        } @else {
            (list(html! { @for period in next { (line(period)) } }))
        }
    };
    section(&text.say("billing-next-invoices"), html! {}, body)
}

/// Who can see its invoices, and why: they are sent to them (P15).
fn recipients_section(frame: &Frame, subscription: &Subscription) -> Markup {
    let (text, recipients) = (frame.text, &subscription.recipients);
    let line = |recipient: &Recipient| {
        let href = frame.address("/staff/clients/", recipient.person);
        person_row(None, &recipient.name, &recipient.email, href.as_deref(), html! {}, None)
    };
    let body = html! {
        @if recipients.is_empty() {
            p.billing-quiet { (text.say("billing-held-recipients")) }
        } @else {
            (list(html! { @for recipient in recipients { (line(recipient)) } }))
        }
    };
    let audience = seen_buttons(frame, subscription.sheet.document.id);
    section(&text.say("billing-subscription-recipients"), audience, body)
}

fn history_section(text: Text, shown: &Shown) -> Markup {
    let body = html! {
        @if shown.periods.is_empty() {
            p.billing-quiet { (text.say("billing-no-invoices-yet")) }
        } @else {
            (list(html! {
                @for period in shown.periods {
                    @match &period.invoice {
                        Some(invoice) => (invoice_row(text, shown.today, invoice, Side::Staff)),
                        None => (passed_over(text, period)),
                    }
                }
            }))
        }
    };
    section(&text.say("billing-its-invoices"), html! {}, body)
}

fn passed_over(text: Text, period: &Period) -> Markup {
    let days = [("from", text.date(period.begins_on).into()), ("until", text.date(period.ends_on).into())];
    row(&Row {
        lead: Some(row_icon("clock")),
        name: &text.say("billing-passed-over"),
        detail: Some(html! { (text.say_with("billing-period", &days)) }),
        ..Row::default()
    })
}

pub fn cancellation_dialog(
    frame: &Frame,
    subscription: &Subscription,
    today: Date,
    input: &CancellationForm,
    problem: Option<&'static str>,
) -> Markup {
    let text = frame.text;
    let back = subscription_address(subscription.sheet.document.id);
    let plan = &subscription.plan;
    let end = text.date(plan.end_of_current(today));
    let at_end = Choice::new("end", text.say_with("billing-cancel-at-end", &[("date", end.into())]));
    let now = if plan.prorates { "billing-cancel-now-credited" } else { "billing-cancel-now" };
    let now = Choice::new("now", text.say(now));
    let waits = plan.standing(today) == Standing::Running && plan.has_begun(today);
    let (choices, usual) = if waits { (vec![at_end, now], &*input.when) } else { (vec![now], "now") };
    let fields = html! {
        p { (text.say("billing-cancel-about")) }
        (Field::radios("when", text.say("billing-field-when"), choices).value(usual)
            .error(problem.map(|key| text.say(key).into_owned())))
    };
    let submit = Button::danger(text.say("billing-cancel-subscription"));
    let form = dialog_form(text, &frame.form_token, &format!("{back}/cancellation"), &back, submit, fields);
    dialog(text, &text.say("billing-cancel-subscription"), &back, form)
}
