//! Who may enter a room of chosen people: those who are in it at this moment, clients only while they have the portal to
//! which it belongs, if it belongs to one. Every statement about rooms, of staff and of clients, starts here (T2), but for
//! the list of names in which owners and admins see that there is one.

use diesel::prelude::*;
use portico_facts::{PersonId, RoomId, SubjectId};
use portico_kernel::{Core, Error, Result, Side};

use crate::{
    schema::{room_members, rooms},
    store::RoomRow,
};

/// THE predicate: the rooms that `$person` of `$side` may enter, joined with their row as a member.
macro_rules! rooms_of {
    (Staff, $organization:expr, $person:expr) => {{
        use portico_kernel::{Role, granted_portals, people};
        use $crate::schema::rooms;
        // Limited members are in no room, whoever put them there before.
        let limited = people::table
            .filter(people::organization_id.eq($organization))
            .filter(people::id.eq($person))
            .filter(people::role.eq(Role::Member.name()))
            .filter(people::limited_at.is_not_null());
        let kept = granted_portals::table
            .filter(granted_portals::organization_id.eq($organization))
            .filter(granted_portals::id.nullable().eq(rooms::portal_id))
            .filter(granted_portals::deleted_at.is_null());
        $crate::room_visibility::entered_by!($organization, $person)
            .filter(rooms::portal_id.is_null().or(diesel::dsl::exists(kept)))
            .filter(diesel::dsl::not(diesel::dsl::exists(limited)))
    }};
    // Staff who see as a client see of their rooms only those in which they are themselves.
    (Client, $organization:expr, $person:expr, $onlooker:expr) => {{
        use portico_kernel::{granted, grants};
        use $crate::schema::{onlooking_members, rooms};
        let theirs =
            granted($organization, $person).filter(grants::portal_id.nullable().eq(rooms::portal_id));
        let looking = onlooking_members::table
            .filter(onlooking_members::organization_id.eq(rooms::organization_id))
            .filter(onlooking_members::room_id.eq(rooms::id))
            .filter(onlooking_members::person_id.eq($onlooker.unwrap_or($person)))
            .filter(onlooking_members::left_at.is_null());
        $crate::room_visibility::entered_by!($organization, $person)
            .filter(rooms::portal_id.is_null().or(diesel::dsl::exists(theirs)))
            .filter(diesel::dsl::exists(looking))
    }};
}
pub(crate) use rooms_of;

/// Whatever becomes of the portal.
macro_rules! entered_by {
    ($organization:expr, $person:expr) => {{
        use $crate::schema::{room_members, rooms};
        rooms::table
            .inner_join(
                room_members::table.on(room_members::organization_id
                    .eq(rooms::organization_id)
                    .and(room_members::room_id.eq(rooms::id))),
            )
            .filter(rooms::organization_id.eq($organization))
            .filter(room_members::person_id.eq($person))
            .filter(room_members::left_at.is_null())
    }};
}
pub(crate) use entered_by;

/// # Errors
/// [`Error::NotFound`] for whoever is not in it (P11).
pub fn enter(tx: &mut Core, side: Side, person: PersonId, room: RoomId) -> Result<(RoomRow, i32)> {
    let (organization, onlooker) = (tx.organization(), tx.onlooker());
    let found: Option<(RoomRow, i32)> = match side {
        Side::Staff => rooms_of!(Staff, organization, person)
            .filter(rooms::id.eq(room))
            .select((RoomRow::as_select(), room_members::number))
            .first(tx.db())
            .optional()?,
        Side::Client => rooms_of!(Client, organization, person, onlooker)
            .filter(rooms::id.eq(room))
            .select((RoomRow::as_select(), room_members::number))
            .first(tx.db())
            .optional()?,
    };
    found.ok_or(Error::NotFound)
}

/// For search: the rooms in which whoever acts is, at the moment of asking (P12).
///
/// # Errors
/// The database's.
pub fn entered(tx: &mut Core, side: Side) -> Result<Vec<SubjectId>> {
    let Some(person) = tx.actor() else { return Ok(Vec::new()) };
    let (organization, onlooker) = (tx.organization(), tx.onlooker());
    Ok(match side {
        Side::Staff => rooms_of!(Staff, organization, person).select(rooms::id).load(tx.db())?,
        Side::Client => rooms_of!(Client, organization, person, onlooker).select(rooms::id).load(tx.db())?,
    })
}
