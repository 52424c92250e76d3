//! The dot of a grant. Its word is always there and its shape differs too: colour alone says nothing.

use maud::{Markup, html};

use crate::texts::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dot {
    /// Yellow: the invitation is out, nobody came yet.
    Invited,
    /// Green: the person has set up an account.
    Joined,
    /// Still yellow: the invitation ran out.
    Expired,
    Revoked,
}

impl Dot {
    pub const ALL: [Dot; 4] = [Dot::Invited, Dot::Joined, Dot::Expired, Dot::Revoked];

    pub fn word(self, text: Text) -> std::borrow::Cow<'static, str> {
        text.say(match self {
            Dot::Invited => "ui-dot-invited",
            Dot::Joined => "ui-dot-joined",
            Dot::Expired => "ui-dot-expired",
            Dot::Revoked => "ui-dot-revoked",
        })
    }

    fn class(self) -> &'static str {
        match self {
            Dot::Invited => "dot dot-invited",
            Dot::Joined => "dot dot-joined",
            Dot::Expired => "dot dot-expired",
            Dot::Revoked => "dot dot-revoked",
        }
    }

    /// Half full while waiting, full with a tick when joined, broken when expired, crossed when revoked.
    fn shape(self) -> Markup {
        match self {
            Dot::Invited => {
                html! { circle.dot-line cx="8" cy="8" r="6" {} path.dot-full d="M8 2a6 6 0 0 0 0 12z" {} }
            }
            Dot::Joined => {
                html! { circle.dot-full cx="8" cy="8" r="7" {} path.dot-tick d="m4.8 8.2 2.2 2.2 4.2-4.6" {} }
            }
            Dot::Expired => {
                html! { circle.dot-line.dot-broken cx="8" cy="8" r="6" {} path.dot-line d="M8 5v3.2l2 1.3" {} }
            }
            Dot::Revoked => {
                html! { circle.dot-line cx="8" cy="8" r="6" {} path.dot-line d="m3.8 12.2 8.4-8.4" {} }
            }
        }
    }
}

pub fn dot(text: Text, state: Dot) -> Markup {
    html! {
        span class=(state.class()) {
            svg viewBox="0 0 16 16" aria-hidden="true" { (state.shape()) }
            span { (state.word(text)) }
        }
    }
}

pub fn sample() -> Markup {
    html! { div.cluster { @for state in Dot::ALL { (dot(Text::default(), state)) } } }
}
