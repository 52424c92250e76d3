//! Both pages: who looked, for staff, and what happened, for clients.

use std::borrow::Cow;

use maud::{Markup, html};
use portico_facts::{ItemId, PortalId};
use portico_kernel::Instant;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Column, PageHeader, Row, Tone, avatar, badge, breadcrumb, empty_state, form_actions, list,
        page_header, row, row_icon, section, table,
    },
};

use crate::activity::{Activity, Doer, Happened, Look, News, Noun};

/// The organization's clocks.
pub struct Clock<'a> {
    pub zone: &'a str,
    pub now: Instant,
}

pub struct Page<'a> {
    pub clock: Clock<'a>,
    /// Below which line older ones follow.
    pub older: Option<i64>,
    pub is_first: bool,
}

pub fn title(text: Text, activity: &Activity) -> String {
    text.say_with("activity-of", &[("name", activity.name.as_str().into())])
}

pub fn activity(frame: &Frame, activity: &Activity, page: &Page) -> Markup {
    let text = frame.text;
    // What is deleted has no page of its own.
    let is_file = activity.kind == "file" && activity.href.starts_with("/staff/portals/");
    let of_file = frame.address("/staff/files/", activity.subject).filter(|_| is_file);
    let href = of_file.as_deref().unwrap_or(&activity.href);
    let noun = match activity.noun {
        Noun::Portal => "portal",
        Noun::Item => "item",
        Noun::Document => "document",
    };
    html! {
        (page_header(&PageHeader {
            title: &title(text, activity),
            breadcrumb: Some(breadcrumb(text, &[(href, activity.name.as_str())])),
            detail: Some(html! { (about(text, activity.noun)) }),
            actions: None,
        }))
        @if page.is_first { (missing(frame, activity)) }
        (section(&text.say("activity-looks"), Markup::default(), looks(text, activity, page)))
        (older(text, &format!("/staff/activity/{noun}/{}", activity.subject), page))
    }
}

/// What counts, and what nobody can know.
fn about(text: Text, noun: Noun) -> Cow<'static, str> {
    match noun {
        Noun::Document => text.say("activity-about-document"),
        Noun::Portal | Noun::Item => text.say("activity-about"),
    }
}

/// Those who have it and of whom nothing is known.
fn missing(frame: &Frame, activity: &Activity) -> Markup {
    let text = frame.text;
    let heading = match activity.noun {
        Noun::Document => text.say("activity-not-downloaded"),
        Noun::Portal | Noun::Item => text.say("activity-not-opened"),
    };
    if activity.missing.is_empty() {
        return Markup::default();
    }
    let rows = list(html! {
        @for someone in &activity.missing {
            (row(&Row {
                lead: Some(avatar(&someone.name)),
                name: &someone.name,
                href: frame.address("/staff/clients/", someone.id).as_deref(),
                detail: Some(html! { @if someone.email != someone.name { (someone.email) } }),
                ..Row::default()
            }))
        }
    });
    section(&heading, Markup::default(), rows)
}

fn looks(text: Text, activity: &Activity, page: &Page) -> Markup {
    if activity.looks.is_empty() {
        return empty_state("history", &text.say("activity-none"), None);
    }
    let labels = ["activity-when", "activity-who", "activity-what"].map(|key| text.say(key));
    let columns = labels.each_ref().map(|label| Column::words(label));
    let rows: Vec<Vec<Markup>> = activity
        .looks
        .iter()
        .map(|look| vec![moment(text, look.at, &page.clock), html! { (look.who) }, what(text, look)])
        .collect();
    table(&text.say("activity-looks"), &columns, &rows)
}

fn moment(text: Text, at: Instant, clock: &Clock) -> Markup {
    html! { time datetime=(at.in_zone("UTC").timestamp()) { (text.moment(at.in_zone(clock.zone))) } }
}

fn what(text: Text, look: &Look) -> Markup {
    html! {
        span {
            (text.say(look.deed.words()))
            @if let Some(what) = &look.what { ": " strong { (what) } }
            @if let Some(version) = look.details.version {
                " · " (text.say_with("activity-version", &[("number", version.into())]))
            }
            @if look.details.by_program { " " (badge(Tone::Neutral, &text.say("activity-by-program"))) }
        }
    }
}

fn older(text: Text, here: &str, page: &Page) -> Markup {
    html! {
        @if let Some(last) = page.older {
            (form_actions(html! {
                (Button::secondary(text.say("activity-older")).href(format!("{here}?before={last}")))
            }))
        }
    }
}

pub fn what_happened(
    frame: &Frame,
    (portal, name): (PortalId, &str),
    happened: &[Happened],
    page: &Page,
) -> Markup {
    let text = frame.text;
    let here = format!("/portals/{portal}");
    html! {
        (page_header(&PageHeader {
            title: &text.say("activity-what-happened"),
            breadcrumb: Some(breadcrumb(text, &[("/", &text.say("ui-home")), (&here, name)])),
            detail: Some(html! { (text.say("activity-what-happened-about")) }),
            actions: None,
        }))
        @if happened.is_empty() {
            (empty_state("history", &text.say("activity-nothing-happened"), None))
        } @else {
            (list(html! { @for line in happened { (happened_row(frame, portal, line, &page.clock)) } }))
        }
        (older(text, &format!("{here}/activity"), page))
    }
}

fn happened_row(frame: &Frame, portal: PortalId, line: &Happened, clock: &Clock) -> Markup {
    let text = frame.text;
    let (words, icon) = said(&line.news, line.by);
    row(&Row {
        lead: Some(row_icon(icon)),
        name: &line.name,
        href: href(frame, portal, &line.news).as_deref(),
        detail: Some(html! { (text.say(words)) }),
        meta: Some(html! {
            time datetime=(line.at.in_zone("UTC").timestamp()) {
                (text.ago(line.at.in_zone(clock.zone), clock.now.in_zone(clock.zone)))
            }
        }),
        ..Row::default()
    })
}

/// The key of the words, and an icon.
fn said(news: &News, by: Doer) -> (&'static str, &'static str) {
    match (news, by) {
        (News::Other { words, icon }, _) => (*words, *icon),
        (News::Renewed { .. }, Doer::Reader) => ("activity-renewed-by-you", "history"),
        (News::Renewed { .. }, Doer::SomebodyElse) => ("activity-renewed", "history"),
        (News::Added { .. }, Doer::Reader) => ("activity-sent-by-you", "upload"),
        (News::Added { kind, .. }, Doer::SomebodyElse) => match kind.as_str() {
            "file" => ("activity-new-file", "file"),
            "note" => ("activity-new-note", "note"),
            "folder" => ("activity-new-folder", "folder"),
            "link" => ("activity-new-link", "link"),
            _ => ("activity-new-item", "plus"),
        },
    }
}

/// A link lies on the portal's page alone.
fn href(frame: &Frame, portal: PortalId, news: &News) -> Option<String> {
    let of_item = |item: ItemId, kind: &str| match kind {
        "file" => frame.address("/files/", item),
        "note" => frame.address("/notes/", item),
        "embed" => frame.address("/embeds/", item),
        "folder" => Some(format!("/portals/{portal}?folder={item}")),
        _ => Some(format!("/portals/{portal}")),
    };
    match news {
        News::Added { item, kind } => of_item(*item, kind),
        News::Renewed { item } => of_item(*item, "file"),
        News::Other { .. } => Some(format!("/portals/{portal}")),
    }
}
