//! Pages of a long list.

use maud::{Markup, html};

use super::Button;
use crate::texts::Text;

/// `place` says where we are ("21 to 40 of 512").
pub fn pagination(text: Text, previous: Option<&str>, next: Option<&str>, place: &str) -> Markup {
    html! {
        nav.pagination aria-label=(text.say("ui-pages")) {
            @if let Some(href) = previous { (Button::secondary(text.say("ui-previous")).icon("chevron-left").small().href(href)) }
            span.pagination-place { (place) }
            @if let Some(href) = next { (Button::secondary(text.say("ui-next")).icon_after("chevron-right").small().href(href)) }
        }
    }
}

pub fn sample() -> Markup {
    pagination(Text::default(), Some("#"), Some("#"), "21 to 40 of 512")
}
