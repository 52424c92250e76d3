//! Rooms of chosen people, in tables of their own. Whoever calls has found out by `room_visibility.rs` that the reader may
//! enter.

mod choosing;
mod lists;
mod mailing;
mod people;
mod reading;
mod replies;
mod writing;

use diesel::prelude::*;
use portico_facts::{PersonId, PortalId, RoomId};
use portico_kernel::{Core, Error, Instant, Result, Side, portals};

use crate::{conversation::Standing, room_visibility::enter, schema::rooms};

pub use choosing::{Candidate, candidates, portals_for_rooms};
pub use lists::{OtherRoom, count_rooms, names_of_portals, other_rooms, unread_rooms, with_rooms};
pub(crate) use mailing::token_of;
pub use mailing::{count_room_as_mailed, room_letter_facts, settle_due_room};
pub use people::{RoomMember, add_people, make_room, managed_room, members, present, remove_person};
pub use reading::{record_room_reading, room_thread};
pub use replies::{replying_in_room, was_taken_in_room};
pub use writing::{
    add_to_room, change_in_room, delete_in_room, forget_in_rooms, own_words_in_room, send_to_room,
};

/// A room's row.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = rooms)]
pub struct RoomRow {
    pub id: RoomId,
    pub name: String,
    pub portal_id: Option<PortalId>,
    pub made_by: PersonId,
    pub last_number: i32,
    pub latest_at: Instant,
}

/// A room as one of its members enters it.
#[derive(Clone, Debug)]
pub struct EnteredRoom {
    pub row: RoomRow,
    pub reader: PersonId,
    /// Up to which number they have read.
    pub read: i32,
    /// The name of the portal that it belongs to.
    pub portal: Option<String>,
    pub standing: Standing,
    /// Those who can come in now.
    pub members: Vec<RoomMember>,
}

/// As whoever acts enters it.
///
/// # Errors
/// [`Error::NotFound`] for whoever is not in it.
pub fn entered_room(tx: &mut Core, side: Side, room: RoomId) -> Result<EnteredRoom> {
    let reader = tx.actor().ok_or(Error::NotFound)?;
    entered_by(tx, side, reader, room)
}

fn entered_by(tx: &mut Core, side: Side, reader: PersonId, room: RoomId) -> Result<EnteredRoom> {
    let (row, read) = enter(tx, side, reader, room)?;
    let (portal, standing) = standing(tx, &row)?;
    let members = members(tx, room)?;
    let members = present(tx, &row, members)?;
    Ok(EnteredRoom { row, reader, read, portal, standing, members })
}

/// The same, for whoever wants to write.
///
/// # Errors
/// [`Error::Conflict`] for one that is closed.
pub fn open_room(tx: &mut Core, side: Side, room: RoomId) -> Result<EnteredRoom> {
    let entered = entered_room(tx, side, room)?;
    match entered.standing {
        Standing::Open => Ok(entered),
        Standing::Closed => Err(Error::Conflict("messages-room-closed")),
    }
}

/// The name of its portal, and whether anything can be added.
fn standing(tx: &mut Core, row: &RoomRow) -> Result<(Option<String>, Standing)> {
    let Some(portal) = row.portal_id else { return Ok((None, Standing::Open)) };
    let (name, archived_at) = portal_of_room(tx, portal)?;
    Ok((Some(name), if archived_at.is_some() { Standing::Closed } else { Standing::Open }))
}

fn portal_of_room(tx: &mut Core, portal: PortalId) -> Result<(String, Option<Instant>)> {
    let organization = tx.organization();
    Ok(portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null())
        .select((portals::name, portals::archived_at))
        .first(tx.db())?)
}
