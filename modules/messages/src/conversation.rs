//! A conversation: what staff and one client write to each other about one portal.

use portico_facts::{PersonId, PortalId, RoomId};
use portico_kernel::{Side, Whereabouts};

/// Which conversation. Nobody else who has the portal is in it (P10).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub portal: PortalId,
    pub client: PersonId,
}

impl Place {
    /// Of a portal that several clients share, a limited member sees what is written with theirs.
    pub fn whereabouts(self) -> Whereabouts {
        Whereabouts::ClientIn(self.portal, self.client)
    }

    /// Where it is read on this side.
    pub fn address(self, side: Side) -> String {
        let Self { portal, client } = self;
        match side {
            Side::Staff => format!("/staff/portals/{portal}/messages/{client}"),
            Side::Client => format!("/portals/{portal}/messages"),
        }
    }
}

/// Where somebody reads and writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Where {
    Conversation(Place),
    /// Of chosen people.
    Room(RoomId),
}

impl Where {
    /// As far as limits ask; rooms are closed to limited members.
    pub fn whereabouts(self) -> Option<Whereabouts> {
        match self {
            Self::Conversation(place) => Some(place.whereabouts()),
            Self::Room(_) => None,
        }
    }

    /// On this side.
    pub fn address(self, side: Side) -> String {
        match (self, side) {
            (Self::Conversation(place), _) => place.address(side),
            (Self::Room(room), Side::Staff) => format!("/staff/messages/rooms/{room}"),
            (Self::Room(room), Side::Client) => format!("/messages/rooms/{room}"),
        }
    }
}

impl From<Place> for Where {
    fn from(place: Place) -> Self {
        Self::Conversation(place)
    }
}

impl From<RoomId> for Where {
    fn from(room: RoomId) -> Self {
        Self::Room(room)
    }
}

/// The number of the last message of each side that is still there; 0 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ends {
    pub client: i32,
    pub staff: i32,
}

impl Ends {
    /// Up to which number nothing is new to somebody of this side who has read up to `read`. What one of the
    /// staff has answered is settled for all of them.
    pub fn settled(self, side: Side, read: i32) -> i32 {
        match side {
            Side::Staff => read.max(self.staff),
            Side::Client => read,
        }
    }

    /// The number of the last message that is new to them, if one is.
    pub fn unread(self, side: Side, read: i32) -> Option<i32> {
        let others = match side {
            Side::Staff => self.client,
            Side::Client => self.staff,
        };
        (others > self.settled(side, read)).then_some(others)
    }
}

/// Whether anything can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Open,
    /// The portal was taken back from the client.
    Closed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_colleague_answered_is_new_to_nobody_of_the_staff() {
        let ends = |client, staff| Ends { client, staff };
        assert_eq!(ends(3, 0).unread(Side::Staff, 0), Some(3));
        assert_eq!(ends(3, 0).unread(Side::Staff, 3), None);
        assert_eq!(ends(3, 4).unread(Side::Staff, 0), None);
        assert_eq!(ends(5, 4).unread(Side::Staff, 3), Some(5));
        assert_eq!(ends(0, 0).unread(Side::Staff, 0), None);
    }

    #[test]
    fn a_client_has_read_what_they_have_read() {
        let ends = Ends { client: 5, staff: 4 };
        assert_eq!(ends.unread(Side::Client, 3), Some(4));
        assert_eq!(ends.unread(Side::Client, 4), None);
    }
}
