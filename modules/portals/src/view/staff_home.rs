//! The first page of staff: what modules add, then what happened lately.

use portico_ui::{
    Frame, Markup,
    components::{PageHeader, Row, avatar, empty_state, list, page_header, row, section},
    html,
};

use super::{
    Moments,
    client::first_word,
    portal_list::{may_add, new_portal, portal_rows},
    staff_place,
};
use crate::store::{
    activity::{Deed, Happening},
    portals::{Counts, Portal},
};

pub fn staff_home(frame: &Frame, sections: &[Markup]) -> Markup {
    let text = frame.text;
    let name = frame.person.as_ref().map_or("", |person| first_word(&person.name));
    html! {
        (page_header(&PageHeader {
            title: &text.say_with("portals-hello", &[("name", name.into())]),
            ..PageHeader::default()
        }))
        div.staff-home { @for section in sections { (section) } }
    }
}

pub fn recent_portals(frame: &Frame, portals: &[Portal], counts: &Counts) -> Markup {
    let text = frame.text;
    let body = match portals.is_empty() {
        true => {
            let new = may_add(frame).then(|| new_portal(frame));
            empty_state("portal", &text.say("portals-none-yet"), new)
        }
        false => portal_rows(frame, portals, counts),
    };
    let actions = html! { @if !portals.is_empty() && may_add(frame) { (new_portal(frame).small()) } };
    section(&text.say("portals-recent"), actions, body)
}

/// Refetched with the page: what clients do is news, not an alarm.
pub fn activity(frame: &Frame, happenings: &[Happening], moments: &Moments) -> Markup {
    let text = frame.text;
    let body = match happenings.is_empty() {
        true => empty_state("history", &text.say("portals-nothing-happened"), None),
        false => list(html! { @for each in happenings { (happening(frame, each, moments)) } }),
    };
    section(&text.say("portals-lately"), html! {}, body)
}

fn happening(frame: &Frame, happening: &Happening, moments: &Moments) -> Markup {
    let text = frame.text;
    let say = |key: &str, values: &[(&str, portico_ui::Value)]| text.say_with(key, values);
    let (who, words, href) = match &happening.deed {
        Deed::Viewed { person, portal, portal_name } => {
            let values = [("person", person.into()), ("portal", portal_name.into())];
            (person, say("portals-did-view", &values), Some(staff_place(*portal, None)))
        }
        Deed::Wrote { person, id, portal, portal_name } => {
            let values = [("person", person.into()), ("portal", portal_name.into())];
            let page = frame.pages.find("/staff/portals/:portal/messages/:client");
            let href = page.map(|_| format!("/staff/portals/{portal}/messages/{id}"));
            (person, say("portals-did-write", &values), href)
        }
        Deed::Downloaded { person, item } => {
            (person, say("portals-did-download", &[("person", person.into()), ("item", item.into())]), None)
        }
        Deed::Joined { person, id } => {
            let href = frame.address("/staff/clients/", id);
            (person, say("portals-did-join", &[("person", person.into())]), href)
        }
        Deed::Invited { by: Some(by), person } => {
            (person, say("portals-did-invite", &[("by", by.into()), ("person", person.into())]), None)
        }
        Deed::Invited { by: None, person } => {
            (person, say("portals-was-invited", &[("person", person.into())]), None)
        }
    };
    row(&Row {
        lead: Some(avatar(who)),
        name: &words,
        href: href.as_deref(),
        meta: Some(html! { (moments.ago(happening.at)) }),
        ..Row::default()
    })
}
