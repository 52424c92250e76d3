//! Fragments.

pub mod client;
pub mod form;
pub mod staff;

use maud::{Markup, html};
use portico_kernel::{Core, Instant};
use portico_ui::{Frame, Text};

/// Of live updates, for everything that announcements change.
pub const TOPIC: &str = "announcement";

/// A reader's words and the organization's clocks.
pub struct Reading<'a> {
    pub frame: &'a Frame,
    zone: String,
    now: Instant,
}

impl<'a> Reading<'a> {
    pub fn of(tx: &Core, frame: &'a Frame) -> Self {
        Self { frame, zone: tx.organization_profile().time_zone.clone(), now: tx.now() }
    }

    pub fn text(&self) -> Text {
        self.frame.text
    }

    pub fn ago(&self, then: Instant) -> String {
        self.text().ago(then.in_zone(&self.zone), self.now.in_zone(&self.zone))
    }

    pub fn moment(&self, then: Instant) -> String {
        self.text().moment(then.in_zone(&self.zone))
    }
}

/// Who published it and when, and that its words are others by now.
fn byline(reading: &Reading, author: &str, published_at: Instant, edited_at: Option<Instant>) -> Markup {
    let on = |key: &str, at: Instant| reading.text().say_with(key, &[("moment", reading.moment(at).into())]);
    html! {
        span { (author) }
        span { (on("announcements-published-on", published_at)) }
        @if let Some(at) = edited_at { span.announcement-edited { (on("announcements-edited-on", at)) } }
    }
}
