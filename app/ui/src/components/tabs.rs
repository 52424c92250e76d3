//! Tabs that are links: each has its own address.

use maud::{Markup, html};

use super::icon;

pub struct Tab<'a> {
    pub href: &'a str,
    pub label: &'a str,
    pub current: bool,
    pub count: Option<u64>,
}

pub fn tabs(label: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { span.tabs-count { (count) } }
                }
            }
        }
    }
}

/// Two or three ways to look at the same thing, each a link: (icon, tab).
pub fn switch(label: &str, ways: &[(&'static str, Tab<'_>)]) -> Markup {
    html! {
        nav.switch aria-label=(label) {
            @for (name, way) in ways {
                a href=(way.href) aria-current=[way.current.then_some("true")] { (icon(name)) span { (way.label) } }
            }
        }
    }
}

pub fn sample() -> Markup {
    let tab = |label, current| Tab { href: "#", label, current, count: Some(3) };
    html! {
        (tabs("Sections", &[tab("Files", true), tab("Notes", false), tab("Links", false)]))
        (switch("View", &[("list", tab("List", true)), ("grid", tab("Grid", false))]))
    }
}
