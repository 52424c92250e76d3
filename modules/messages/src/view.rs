//! Fragments.

pub mod dialogs;
pub mod lists;
pub mod rooms;
pub mod thread;

use jiff::civil::Date;
use portico_facts::MessageId;
use portico_kernel::{Core, Instant, Side, problem};
use portico_ui::{Frame, Text};

use crate::{conversation::Where, day::Named};

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
        self.moment_under(self.day(self.now), then)
    }

    /// The time, and the day unless it is the one under which this stands.
    pub fn moment_under(&self, day: Date, then: Instant) -> String {
        let then = then.in_zone(&self.zone);
        match then.date() == day {
            true => format!("{:02}:{:02}", then.hour(), then.minute()),
            false => self.text().moment(then),
        }
    }

    pub fn day(&self, then: Instant) -> Date {
        then.in_zone(&self.zone).date()
    }

    pub fn day_words(&self, day: Date) -> String {
        match Named::of(day, self.day(self.now)) {
            Named::Today => self.text().say("messages-today").into_owned(),
            Named::Yesterday => self.text().say("messages-yesterday").into_owned(),
            Named::Other(day) => self.text().date(day),
        }
    }
}

/// Where a message stands among those around it.
pub fn message_address(side: Side, place: impl Into<Where>, message: MessageId) -> String {
    format!("{}?at={message}#{}", place.into().address(side), message_id(message))
}

/// Of what is done to it.
fn own_address(side: Side, place: Where, message: MessageId) -> String {
    format!("{}/{message}", place.address(side))
}

/// Where the form is with which one writes on.
pub fn latest_address(side: Side, place: impl Into<Where>) -> String {
    format!("{}#{LATEST}", place.into().address(side))
}

pub fn message_id(message: MessageId) -> String {
    format!("message-{message}")
}
