//! The way here.

use maud::{Markup, html};

use super::icon;
use crate::texts::Text;

/// Places above this one, outermost first; the page itself is its heading and not repeated.
pub fn breadcrumb(text: Text, places: &[(&str, &str)]) -> Markup {
    html! {
        @if !places.is_empty() {
            nav.breadcrumb aria-label=(text.say("ui-breadcrumb")) {
                ol {
                    @for (href, name) in places {
                        li { a href=(href) { (name) } (icon("chevron-right")) }
                    }
                }
            }
        }
    }
}

pub fn sample() -> Markup {
    breadcrumb(Text::default(), &[("#", "Projects"), ("#", "Website redesign")])
}
