//! Covers: an uploaded image, or a quiet composition in the organization's colour.

use maud::{Markup, html};

use super::avatar::tone;

/// Decoration: the name stands beside it as text.
pub fn cover(image: Option<&str>, name: &str) -> Markup {
    html! {
        @match image {
            Some(href) => span.cover { img src=(href) alt="" loading="lazy" decoding="async"; }
            // Two soft discs on a gradient; which one depends on the name, so that neighbours differ.
            None => span class={ "cover cover-made cover-" (tone(name)) } aria-hidden="true" {
                svg viewBox="0 0 320 140" preserveAspectRatio="xMidYMid slice" {
                    circle.cover-disc-a cx="262" cy="26" r="96" {}
                    circle.cover-disc-b cx="70" cy="150" r="74" {}
                }
            },
        }
    }
}

pub fn sample() -> Markup {
    html! { (cover(None, "Website redesign")) (cover(None, "Annual report")) }
}
