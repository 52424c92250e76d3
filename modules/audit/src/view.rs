use maud::{Markup, html};
use portico_kernel::{Problems, problem};
use portico_ui::{
    Frame,
    components::{
        Button, Choice, Column, Field, PageHeader, breadcrumb, empty_state, form_actions, page_header, table,
    },
};
use url::form_urlencoded::Serializer;

use crate::{asked::AskedForm, entry::Entry, topic::Topic};

const HERE: &str = "/staff/settings/audit";

pub struct Shown<'a> {
    pub form: &'a AskedForm,
    pub problems: &'a Problems,
    pub entries: &'a [Entry],
    /// The last line that is shown, where older ones follow.
    pub older: Option<i64>,
    pub zone: &'a str,
}

pub fn log(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("audit-title"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("audit-all-settings"))])),
            detail: Some(html! { (text.say("audit-about")) }),
            actions: Some(html! {
                (Button::secondary(text.say("audit-download")).icon("download").download(address("/audit.csv", shown.form, None)))
            }),
        }))
        (narrowing(frame, shown))
        @if shown.problems.is_empty() {
            @if shown.entries.is_empty() {
                (empty_state("history", &text.say("audit-nothing"), None))
            } @else {
                (lines(frame, shown))
            }
            @if let Some(last) = shown.older {
                div.form-actions {
                    (Button::secondary(text.say("audit-older")).href(address("", shown.form, Some(last))))
                }
            }
        }
    }
}

fn narrowing(frame: &Frame, shown: &Shown) -> Markup {
    let (text, form) = (frame.text, shown.form);
    let error = |field| problem(frame, shown.problems, field);
    let everything = Choice::new("", text.say("audit-topic-all"));
    let topics =
        Topic::ALL.map(|topic| Choice::new(topic.name(), text.say(&format!("audit-topic-{}", topic.name()))));
    let topics = std::iter::once(everything).chain(topics).collect();
    html! {
        form.form.form-row method="get" action=(HERE) {
            (Field::select("topic", text.say("audit-topic"), topics).value(&form.topic))
            (Field::text("who", text.say("audit-who")).value(&form.who).placeholder(text.say("audit-who-example")))
            (Field::date("from", text.say("audit-from")).value(&form.from).error(error("from")))
            (Field::date("to", text.say("audit-to")).value(&form.to).error(error("to")))
            (form_actions(html! { (Button::secondary(text.say("audit-show"))) }))
        }
    }
}

fn lines(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    let labels = ["when", "who", "what", "address"].map(|name| text.say(&format!("audit-column-{name}")));
    let columns = labels.each_ref().map(|label| Column::words(label));
    let rows: Vec<Vec<Markup>> = shown
        .entries
        .iter()
        .map(|entry| {
            vec![
                html! { time datetime=(entry.at.in_zone("UTC").timestamp()) { (text.moment(entry.at.in_zone(shown.zone))) } },
                html! { (entry.doer.say(text)) },
                what(frame, entry),
                html! { @if let Some(address) = &entry.address { (address) } },
            ]
        })
        .collect();
    table(&text.say("audit-title"), &columns, &rows)
}

fn what(frame: &Frame, entry: &Entry) -> Markup {
    let is_new = |name: &String| entry.about.as_ref() != Some(name);
    html! {
        (frame.text.say(&entry.words()))
        @if let Some(about) = &entry.about { ": " strong { (about) } }
        @if let Some(person) = entry.person.as_ref().filter(|name| is_new(name)) { " · " (person) }
        @if let Some(portal) = entry.portal.as_ref().filter(|portal| is_new(&portal.name)) {
            " · "
            @if portal.is_deleted { (portal.name) }
            @else { a href=[frame.address("/staff/portals/", portal.id)] { (portal.name) } }
        }
    }
}

fn address(below: &str, form: &AskedForm, before: Option<i64>) -> String {
    let before = before.map(|id| id.to_string()).unwrap_or_default();
    let fields = [
        ("topic", &form.topic),
        ("who", &form.who),
        ("from", &form.from),
        ("to", &form.to),
        ("before", &before),
    ];
    let mut query = Serializer::new(String::new());
    query.extend_pairs(fields.into_iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{HERE}{below}{mark}{query}")
}
