//! What stands in the lists: which events concern whom. What has a number of its own in the navigation (messages,
//! announcements) is left to that.

use portico_facts::{EventKind, PersonId, PortalId, SubjectId};
use portico_kernel::{Access, Permission, Whereabouts};

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

/// Of what clients do in a portal, what stands on pages that are open to limited members.
const OPEN_TO_ALL: [EventKind; 3] =
    [EventKind::APPROVAL_GIVEN, EventKind::APPROVAL_DECLINED, EventKind::ITEM_ADDED];

/// Where it lies that a client did something, as far as limits ask. `None` for what leads to a page that is closed to
/// limited members, as answers to quotes do.
pub fn whereabouts(
    kind: &str,
    subject: SubjectId,
    portal: Option<PortalId>,
    client: Option<PersonId>,
) -> Option<Whereabouts> {
    if kind == EventKind::PERSON_JOINED.name() {
        return Some(Whereabouts::Client(subject.into()));
    }
    match (OPEN_TO_ALL.iter().any(|open| kind == open.name()), portal, client) {
        (true, Some(portal), Some(client)) => Some(Whereabouts::ClientIn(portal, client)),
        _ => None,
    }
}

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
        if self.list == STAFF.list { Access::Staff(Permission::Assigned) } else { Access::Client }
    }
}

/// Of live updates, for the lists and their numbers.
pub const TOPIC: &str = "notification";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_did_lies_with_that_client_and_what_is_billing_lies_nowhere() {
        let (subject, carol) = (SubjectId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let portal = PortalId::from_bytes([3; 16]);
        let place = |kind: EventKind| whereabouts(kind.name(), subject, Some(portal), Some(carol));
        for kind in OPEN_TO_ALL {
            assert_eq!(place(kind), Some(Whereabouts::ClientIn(portal, carol)), "{kind:?}");
            assert_eq!(whereabouts(kind.name(), subject, Some(portal), None), None, "{kind:?}");
            assert_eq!(whereabouts(kind.name(), subject, None, Some(carol)), None, "{kind:?}");
        }
        assert_eq!(place(EventKind::PERSON_JOINED), Some(Whereabouts::Client(subject.into())));
        for kind in BY_CLIENTS.iter().chain(&OF_ONE_CLIENT).filter(|kind| !OPEN_TO_ALL.contains(kind)) {
            let is_closed = *kind != EventKind::PERSON_JOINED;
            assert_eq!(place(*kind).is_none(), is_closed, "{kind:?}");
        }
    }
}
