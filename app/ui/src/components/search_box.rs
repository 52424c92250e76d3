//! The search box, and what leads to it.

use maud::{Markup, html};

use super::icon;
use crate::texts::Text;

/// A form that searches on its own page, and while typing with `search.js`: the results at `action`
/// asked for as a fragment land in `#results`.
pub fn search_box(text: Text, action: &str, query: &str, placeholder: Option<&str>) -> Markup {
    search_box_within(text, action, query, placeholder, &[])
}

/// The same where the address says more than the question, such as the one portal to search in:
/// names and values that need no escaping.
pub fn search_box_within(
    text: Text,
    action: &str,
    query: &str,
    placeholder: Option<&str>,
    within: &[(&str, &str)],
) -> Markup {
    let mut while_typing = action.to_owned();
    for (place, (name, value)) in within.iter().enumerate() {
        while_typing.extend([if place == 0 { "?" } else { "&" }, *name, "=", *value]);
    }
    html! {
        search {
            form.search-box action=(action) method="get" data-search data-search-href=(while_typing) data-search-target="#results" {
                (icon("search"))
                input.search-input type="search" name="q" value=(query) aria-label=(text.say("ui-search"))
                    placeholder=(placeholder.map_or_else(|| text.say("ui-search-placeholder"), |words| words.to_owned().into()))
                    autocomplete="off" spellcheck="false" autocapitalize="none" enterkeyhint="search";
                @for (name, value) in within { input type="hidden" name=(name) value=(value); }
                button.visually-hidden type="submit" { (text.say("ui-search")) }
                // There from the start: a live region that arrives together with its words stays unread.
                p.visually-hidden role="status" data-search-status {}
            }
        }
    }
}

/// A link to the search page that `search.js` opens as an overlay.
pub fn search_trigger(text: Text, href: &str) -> Markup {
    html! {
        a.search-trigger href=(href) data-search-open data-search-href=(href) aria-keyshortcuts="Control+K Meta+K" {
            (icon("search"))
            span.search-trigger-word { (text.say("ui-search")) }
            kbd aria-hidden="true" { "Ctrl K" }
        }
    }
}

pub fn sample() -> Markup {
    html! { (search_trigger(Text::default(), "#")) (search_box(Text::default(), "#", "invoice", None)) }
}
