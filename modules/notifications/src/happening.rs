//! What stands in the lists: which events concern whom. What has a number of its own in the navigation (messages,
//! announcements) is left to that.

use portico_facts::EventKind;
use portico_kernel::{Access, Permission};

/// Where the events of these kinds become lines, or end them.
pub const FOLLOWED: [EventKind; 13] = [
    EventKind::GRANT_GIVEN,
    EventKind::GRANT_REVOKED,
    EventKind::ITEM_ADDED,
    EventKind::ITEM_VERSION_ADDED,
    EventKind::APPROVAL_ASKED,
    EventKind::APPROVAL_GIVEN,
    EventKind::APPROVAL_DECLINED,
    EventKind::REQUEST_ADDED,
    EventKind::INVOICE_SENT,
    EventKind::QUOTE_SENT,
    EventKind::QUOTE_ACCEPTED,
    EventKind::QUOTE_DECLINED,
    EventKind::PERSON_JOINED,
];

/// What somebody is shown in a portal of theirs, with everybody else who sees it.
pub const OF_ITEMS: [EventKind; 2] = [EventKind::ITEM_ADDED, EventKind::ITEM_VERSION_ADDED];

/// What is about one client alone.
pub const OF_ONE_CLIENT: [EventKind; 5] = [
    EventKind::GRANT_GIVEN,
    EventKind::APPROVAL_ASKED,
    EventKind::REQUEST_ADDED,
    EventKind::INVOICE_SENT,
    EventKind::QUOTE_SENT,
];

/// What a client did, for staff.
pub const BY_CLIENTS: [EventKind; 5] = [
    EventKind::APPROVAL_GIVEN,
    EventKind::APPROVAL_DECLINED,
    EventKind::QUOTE_ACCEPTED,
    EventKind::QUOTE_DECLINED,
    EventKind::PERSON_JOINED,
];

/// With these a later event takes an earlier one of the same subject back.
pub const TAKING_BACK: [EventKind; 4] = [
    EventKind::APPROVAL_WITHDRAWN,
    EventKind::REQUEST_WITHDRAWN,
    EventKind::INVOICE_REVOKED,
    EventKind::QUOTE_REVOKED,
];

/// Days after which a line is not news to anybody.
pub const KEPT_DAYS: i64 = 90;

/// Where one side has its list.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    pub list: &'static str,
    /// Of the number beside the navigation's entry.
    pub unread: &'static str,
    pub reading: &'static str,
    pub choices: &'static str,
}

pub const STAFF: Places = Places {
    list: "/staff/notifications",
    unread: "/staff/notifications/unread",
    reading: "/staff/notifications/reading",
    choices: "/staff/account/notifications",
};

pub const CLIENTS: Places = Places {
    list: "/notifications",
    unread: "/notifications/unread",
    reading: "/notifications/reading",
    choices: "/account/notifications",
};

impl Places {
    pub fn access(&self) -> Access {
        if self.list == STAFF.list { Access::Staff(Permission::Work) } else { Access::Client }
    }
}

/// Of live updates, for the lists and their numbers.
pub const TOPIC: &str = "notification";
