//! What a search is narrowed to, and what it could be narrowed to, as links: they work without a
//! script, and Back takes a step back.

use std::borrow::Cow;

use maud::{Markup, html};

use super::icon;
use crate::texts::Text;

/// Of one sort, under a word: "Kind".
pub struct ChipGroup {
    pub label: Cow<'static, str>,
    pub chips: Vec<Chip>,
}

pub struct Chip {
    label: String,
    href: String,
    state: State,
}

enum State {
    /// How many of the hits it would leave.
    Offered(usize),
    Chosen,
}

impl Chip {
    pub fn offered(label: String, count: usize, href: String) -> Self {
        Self { label, href, state: State::Offered(count) }
    }

    /// `href` takes it away.
    pub fn chosen(label: String, href: String) -> Self {
        Self { label, href, state: State::Chosen }
    }
}

/// Nothing where there is nothing to narrow.
pub fn search_chips(text: Text, groups: &[ChipGroup]) -> Markup {
    let groups: Vec<_> = groups.iter().filter(|group| !group.chips.is_empty()).collect();
    html! {
        @if !groups.is_empty() {
            nav.search-chips aria-label=(text.say("ui-search-narrow")) {
                @for group in groups {
                    div.chip-group {
                        span.chip-group-name aria-hidden="true" { (group.label) }
                        ul role="list" aria-label=(group.label) {
                            @for chip in &group.chips { li { (shown(text, chip)) } }
                        }
                    }
                }
            }
        }
    }
}

fn shown(text: Text, chip: &Chip) -> Markup {
    match chip.state {
        State::Offered(count) => html! {
            a.chip href=(chip.href) {
                span.chip-name { (chip.label) }
                " "
                span.chip-count { (text.number(i64::try_from(count).unwrap_or(i64::MAX))) }
            }
        },
        State::Chosen => html! {
            a.chip.chip-chosen href=(chip.href) {
                span.visually-hidden { (text.say("ui-search-widen")) " " }
                span.chip-name { (chip.label) }
                (icon("close"))
            }
        },
    }
}

pub fn sample() -> Markup {
    let link = |label: &str| (label.to_owned(), "#".to_owned());
    let offered = |label, count| {
        let (label, href) = link(label);
        Chip::offered(label, count, href)
    };
    let (kind, href) = link("Files");
    let groups = [
        ChipGroup {
            label: "Portal".into(),
            chips: vec![offered("Website redesign", 12), offered("Brand assets", 3)],
        },
        ChipGroup { label: "Kind".into(), chips: vec![Chip::chosen(kind, href)] },
        ChipGroup { label: "Added by".into(), chips: vec![offered("Ada", 11), offered("Ben", 4)] },
    ];
    search_chips(Text::default(), &groups)
}
