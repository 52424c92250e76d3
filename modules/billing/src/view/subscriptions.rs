//! Lists of subscriptions: what, how much, how often, and when next.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::PersonId;
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{
        Button, PageHeader, Row, Tab, Tone, badge, empty_state, list, page_header, row, row_icon, tabs,
    },
};

use super::{amount, list::other_pages, subscription_address};
use crate::{
    plan::{Plan, Standing},
    schedule::Interval,
    store::{Found, WhichSubscriptions},
    subscription::Subscription,
};

pub fn subscriptions_page(
    frame: &Frame,
    today: Date,
    found: &Found<Subscription>,
    which: WhichSubscriptions,
) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-subscriptions"),
            actions: Some(html! { (new_subscription_button(text, None)) }),
            ..PageHeader::default()
        }))
        (which_tabs(text, which))
        (subscriptions_list(text, today, found, which))
    }
}

fn which_tabs(text: Text, current: WhichSubscriptions) -> Markup {
    let entries = WhichSubscriptions::ALL.map(|which| (which, list_address(which, 1), text.say(which.key())));
    let entries: Vec<Tab> = entries
        .iter()
        .map(|(which, href, label)| Tab { href, label, current: *which == current, count: None })
        .collect();
    tabs(&text.say("billing-subscriptions-by-standing"), &entries)
}

fn list_address(which: WhichSubscriptions, page: i64) -> String {
    let which = (which != WhichSubscriptions::All).then(|| format!("which={}", which.name()));
    let page = (page > 1).then(|| format!("page={page}"));
    match which.into_iter().chain(page).collect::<Vec<_>>() {
        fields if fields.is_empty() => "/staff/subscriptions".to_owned(),
        fields => format!("/staff/subscriptions?{}", fields.join("&")),
    }
}

pub fn subscriptions_list(
    text: Text,
    today: Date,
    found: &Found<Subscription>,
    which: WhichSubscriptions,
) -> Markup {
    let is_all = which == WhichSubscriptions::All;
    html! {
        div id="subscriptions" data-live-topic="subscription" data-live-href=(list_address(which, found.page)) {
            @if found.rows.is_empty() {
                @let sentence = if is_all { "billing-subscriptions-empty" } else { "billing-none-of-these" };
                (empty_state("history", &text.say(sentence), is_all.then(|| new_subscription_button(text, None))))
            } @else {
                (subscription_rows(text, today, &found.rows, Side::Staff))
                (other_pages(text, found, |page| list_address(which, page)))
            }
        }
    }
}

pub fn new_subscription_button(text: Text, client: Option<PersonId>) -> Button {
    let href = match client {
        Some(client) => format!("/staff/subscriptions/new?client={client}"),
        None => "/staff/subscriptions/new".to_owned(),
    };
    Button::primary(text.say("billing-new-subscription")).icon("plus").href(href)
}

pub fn subscription_rows(text: Text, today: Date, rows: &[Subscription], side: Side) -> Markup {
    list(html! { @for each in rows { (subscription_row(text, today, each, side)) } })
}

/// Clients have no page of it, and see only what runs.
fn subscription_row(text: Text, today: Date, subscription: &Subscription, side: Side) -> Markup {
    let document = &subscription.sheet.document;
    let (href, client) = match side {
        Side::Staff => (Some(subscription_address(document.id)), Some(document.client.1.clone())),
        Side::Client => (None, None),
    };
    let plan = &subscription.plan;
    let often = rhythm(text, plan.schedule.interval);
    let detail = client.into_iter().chain([often]).chain(next(text, today, plan)).collect::<Vec<_>>();
    row(&Row {
        id: Some(format!("subscription-{}", document.id)),
        lead: Some(row_icon("history")),
        name: &subscription.name,
        href: href.as_deref(),
        detail: Some(html! { (detail.join(" · ")) }),
        meta: Some(html! {
            @if side == Side::Staff { (standing(text, subscription, today)) }
            span.billing-amount { (amount(text, subscription.sheet.totals.gross)) }
        }),
        ..Row::default()
    })
}

/// "Every 2 weeks"
pub fn rhythm(text: Text, interval: Interval) -> String {
    text.say_with(interval.unit.rhythm(), &[("count", i64::from(interval.every).into())])
}

/// When the next invoice comes, or when it ends for want of one.
fn next(text: Text, today: Date, plan: &Plan) -> Option<String> {
    match (plan.standing(today), plan.next_on(), plan.ends_on) {
        (Standing::Running, Some(day), _) => {
            Some(text.say_with("billing-next-invoice-on", &[("date", text.date(day).into())]))
        }
        (Standing::Running, None, Some(end)) => {
            Some(text.say_with("billing-ends-on", &[("date", text.date(end).into())]))
        }
        _ => None,
    }
}

pub fn standing(text: Text, subscription: &Subscription, today: Date) -> Markup {
    let standing = subscription.plan.standing(today);
    html! {
        @if subscription.holdup(today).is_some() { (badge(Tone::Bad, &text.say("billing-held"))) " " }
        (badge(standing.tone(), &text.say(standing.key())))
    }
}
