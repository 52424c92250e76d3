//! The sections of a client's portal page, as staff arrange them.

use portico_facts::PortalId;
use portico_kernel::{NamedSection, SectionPlan};
use portico_ui::{
    Frame, Markup,
    components::{
        Button, NoticeKind, PageHeader, ReorderRow, Row, Tone, badge, menu, menu_dialog, notice, page_header,
        reorder_list,
    },
    html,
};

use super::staff_portal::staff_places;

/// What this module's own section, the items, is called in the portals' rows: never change it.
pub const ITEMS: &str = "items";
/// After where the work stands and what is asked of the client, before billing and messages.
pub const ITEMS_ORDER: i16 = 25;
const LIST: &str = "portal-sections";

pub fn sections_page(
    frame: &Frame,
    portal: PortalId,
    name: &str,
    known: &[NamedSection],
    plan: &SectionPlan,
) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("portals-sections"),
            breadcrumb: Some(staff_places(text, portal, name, &[])),
            detail: Some(html! { (text.say("portals-sections-about")) }),
            actions: None,
        }))
        div.stack {
            (notice(NoticeKind::Information, &text.say("portals-sections-protect-nothing")))
            (section_list(frame, portal, known, plan))
        }
    }
}

/// Fetched again when something about the portal changes.
pub fn section_list(frame: &Frame, portal: PortalId, known: &[NamedSection], plan: &SectionPlan) -> Markup {
    let (text, here) = (frame.text, address(portal));
    let planned: Vec<NamedSection> =
        plan.names().filter_map(|name| known.iter().copied().find(|section| section.name == name)).collect();
    let last = planned.len().saturating_sub(1);
    let shown: Vec<Shown> = planned
        .iter()
        .enumerate()
        .map(|(index, section)| {
            let of = |what: &str| format!("{here}/{}/{what}", section.name);
            let own = text.say(section.label).into_owned();
            Shown {
                title: plan.title(section.name).map_or_else(|| own.clone(), str::to_owned),
                own: plan.title(section.name).is_some().then_some(own),
                up: (index > 0).then(|| of("place/earlier")),
                down: (index < last).then(|| of("place/later")),
                section: *section,
            }
        })
        .collect();
    let rows: Vec<ReorderRow> = shown.iter().map(|shown| row(frame, &here, shown, plan)).collect();
    html! {
        div id=(LIST) data-live-topic={ "portal:" (portal) } data-live-href=(here) {
            (reorder_list(text, &frame.form_token, "portal-section-rows", &format!("{here}/order"), &rows))
        }
    }
}

pub fn address(portal: PortalId) -> String {
    format!("/staff/portals/{portal}/sections")
}

struct Shown {
    section: NamedSection,
    title: String,
    /// What it would be called otherwise, where it has another name.
    own: Option<String>,
    up: Option<String>,
    down: Option<String>,
}

fn row<'a>(frame: &Frame, here: &str, shown: &'a Shown, plan: &SectionPlan) -> ReorderRow<'a> {
    let (text, name) = (frame.text, shown.section.name);
    let hidden = plan.hides(name);
    let of = |what: &str| format!("{here}/{name}/{what}");
    let (noun, icon, label) = match hidden {
        true => ("hiding/removal", "eye", "portals-section-show"),
        false => ("hiding", "lock", "portals-section-hide"),
    };
    ReorderRow {
        key: name,
        row: Row {
            id: Some(format!("section-{name}")),
            name: &shown.title,
            detail: shown.own.as_ref().map(|own| html! { (own) }),
            meta: hidden.then(|| badge(Tone::Neutral, &text.say("portals-section-hidden"))),
            actions: Some(menu(
                &text.say("portals-more"),
                &text.say_with("portals-actions-of", &[("name", shown.title.as_str().into())]),
                html! {
                    (menu_dialog(&of("name"), Some("pencil"), &text.say("portals-rename")))
                    (hiding(frame, &of(noun), Button::quiet(text.say(label)).icon(icon).wide()))
                },
            )),
            ..Row::default()
        },
        up: shown.up.as_deref(),
        down: shown.down.as_deref(),
    }
}

fn hiding(frame: &Frame, action: &str, button: Button) -> Markup {
    portico_ui::components::Form::post(&frame.form_token, action)
        .inline()
        .replaces(format!("#{LIST}"))
        .body(html! { (button) })
}

/// What takes the place of the list.
pub fn list_id() -> &'static str {
    LIST
}
