//! Covers: an uploaded image, or a quiet composition in the organization's colour.

use maud::{Markup, html};

use super::avatar::tone;
use crate::frame::CoverLook;

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

/// How wide a small and a large cover are, in pixels.
pub const COVER_WIDTHS: [u16; 2] = [800, 1600];

/// The organization's own, across the page, cut around its focus; or one that is made.
pub fn wide_cover(look: Option<&CoverLook>, name: &str) -> Markup {
    let Some(look) = look else { return cover(None, name) };
    let [small, large] = COVER_WIDTHS;
    // To the next tenth: the page's own policy allows no style in place, so that there is a class for each.
    let (x, y) = (look.focus.x.min(100) / 10, look.focus.y.min(100) / 10);
    html! {
        span class={ "cover focus-x-" (x) " focus-y-" (y) } {
            img src=(look.large) srcset={ (look.small) " " (small) "w, " (look.large) " " (large) "w" }
                sizes="(min-width: 66rem) 66rem, 100vw" alt="" decoding="async" fetchpriority="high";
        }
    }
}

pub fn sample() -> Markup {
    html! { (cover(None, "Website redesign")) (cover(None, "Annual report")) }
}
