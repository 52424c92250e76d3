//! Tabs that are links: each has its own address.

use maud::{Markup, html};

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

pub fn sample() -> Markup {
    let tab = |label, current| Tab {
        href: "#",
        label,
        current,
        count: Some(3),
    };
    tabs(
        "Sections",
        &[tab("Files", true), tab("Notes", false), tab("Links", false)],
    )
}
