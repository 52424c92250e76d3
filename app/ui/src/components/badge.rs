//! Badges: one word about the state of a thing.

use maud::{Markup, html};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Good,
    Waiting,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "badge",
            Tone::Good => "badge badge-good",
            Tone::Waiting => "badge badge-waiting",
            Tone::Bad => "badge badge-bad",
        }
    }
}

pub fn badge(tone: Tone, word: &str) -> Markup {
    html! { span class=(tone.class()) { (word) } }
}

/// In the organization's colour, for what is new.
pub fn badge_accent(word: &str) -> Markup {
    html! { span.badge.badge-accent { (word) } }
}

pub fn sample() -> Markup {
    html! {
        div.cluster {
            (badge(Tone::Neutral, "Draft")) (badge(Tone::Good, "Paid")) (badge(Tone::Waiting, "Processing"))
            (badge(Tone::Bad, "Overdue")) (badge_accent("3 new"))
        }
    }
}
