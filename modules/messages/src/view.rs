//! Fragments.

pub mod lists;
pub mod rooms;
pub mod thread;

use portico_facts::MessageId;
use portico_kernel::{Core, Instant, Side, problem};
use portico_ui::{Frame, Text};

use crate::conversation::Where;

/// Of live updates, for everything that messages change.
pub const TOPIC: &str = "message";
/// The id of the place where one writes on, under the latest message.
pub const LATEST: &str = "latest";

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

    /// The time, and the day unless it is today.
    pub fn moment(&self, then: Instant) -> String {
        let (then, now) = (then.in_zone(&self.zone), self.now.in_zone(&self.zone));
        match then.date() == now.date() {
            true => format!("{:02}:{:02}", then.hour(), then.minute()),
            false => self.text().moment(then),
        }
    }
}

/// Where a message stands among those around it.
pub fn message_address(side: Side, place: impl Into<Where>, message: MessageId) -> String {
    format!("{}?at={message}#{}", place.into().address(side), message_id(message))
}

/// Where the form is with which one writes on.
pub fn latest_address(side: Side, place: impl Into<Where>) -> String {
    format!("{}#{LATEST}", place.into().address(side))
}

pub fn message_id(message: MessageId) -> String {
    format!("message-{message}")
}
