//! Something under way, and something used up.

use maud::{Markup, html};

/// `done` of `total`; without a total it is only known to be running.
pub fn progress(label: &str, done: u64, total: Option<u64>) -> Markup {
    html! {
        div.progress {
            span.progress-label { (label) }
            progress aria-label=(label) value=[total.map(|_| done)] max=[total] {}
        }
    }
}

/// A share of a whole, such as the storage space in use; `words` says it in full.
pub fn meter(label: &str, words: &str, used: u64, whole: u64) -> Markup {
    html! {
        div.meter {
            span.meter-label { (label) }
            span.meter-words { (words) }
            meter aria-label=(label) min="0" max=(whole) high=(whole.saturating_mul(9) / 10) value=(used) { (words) }
        }
    }
}

pub fn sample() -> Markup {
    html! { (progress("Reading the text", 3, Some(12))) (meter("Storage space", "4.2 GB of 10 GB", 42, 100)) }
}
