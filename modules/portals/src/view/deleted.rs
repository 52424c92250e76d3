//! What was deleted lately.

use std::collections::HashMap;

use portico_facts::SubjectId;
use portico_kernel::KEPT_DAYS;
use portico_ui::{
    Frame, Markup,
    components::{
        Button, PageHeader, Row, breadcrumb, button_form, empty_state, list, page_header, pagination, row,
        row_icon,
    },
    html,
};

use super::Moments;
use crate::store::deleted::Deleted;

pub struct Shown {
    pub found: Vec<Deleted>,
    pub by: HashMap<SubjectId, String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// From 1.
    pub page: i64,
}

pub fn deleted_page(frame: &Frame, shown: &Shown, moments: &Moments) -> Markup {
    let text = frame.text;
    let days = [("days", KEPT_DAYS.into())];
    html! {
        (page_header(&PageHeader {
            title: &text.say("portals-deleted"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/portals", &text.say("portals-navigation"))])),
            detail: Some(html! { (text.say_with("portals-deleted-about", &days)) }),
            actions: None,
        }))
        @if shown.found.is_empty() {
            (empty_state("trash", &text.say("portals-nothing-deleted"), None))
        } @else {
            (list(html! { @for each in &shown.found { (deleted_row(frame, each, shown, moments)) } }))
        }
        @if shown.previous.is_some() || shown.next.is_some() {
            (pagination(text, shown.previous.as_deref(), shown.next.as_deref(),
                &text.say_with("portals-page", &[("page", shown.page.into())])))
        }
    }
}

fn deleted_row(frame: &Frame, deleted: &Deleted, shown: &Shown, moments: &Moments) -> Markup {
    let text = frame.text;
    let is_portal = deleted.kind == "portal";
    let noun = if is_portal { "portals" } else { "items" };
    let action = format!("/staff/{noun}/{}/restoration", deleted.id);
    let until = [("date", moments.day(deleted.deleted_at.plus_days(KEPT_DAYS)).into())];
    let when = moments.ago(deleted.deleted_at);
    let id = format!("deleted-{}", deleted.id);
    row(&Row {
        lead: Some(row_icon(icon_of(&deleted.kind))),
        name: &deleted.name,
        detail: Some(html! {
            @match shown.by.get(&deleted.id) {
                Some(person) => (text.say_with("portals-deleted-by", &[("person", person.into()), ("when", when.into())])),
                None => (text.say_with("portals-deleted-when", &[("when", when.into())])),
            }
            " · " (text.say_with("portals-deleted-until", &until))
            @if !is_portal { " · " (deleted.portal_name) }
        }),
        actions: Some(button_form(
            &frame.form_token,
            &action,
            Button::secondary(text.say("portals-restore")).icon("undo").small().described_by(id.clone()),
        )),
        id: Some(id),
        ..Row::default()
    })
}

fn icon_of(kind: &str) -> &'static str {
    match kind {
        "portal" => "portal",
        "folder" => "folder",
        "note" => "note",
        "link" => "link",
        "embed" => "embed",
        _ => "file",
    }
}
