//! Rooms in lists, beside conversations.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, PortalId, RoomId};
use portico_kernel::{Among, Core, Error, Result, Side, Tx, granted_portals, people, portals};

use super::RoomRow;
use crate::{
    room_visibility::rooms_of,
    schema::{room_members, room_messages, rooms},
    store::{Latest, Line},
};

/// Rooms in a list.
const MOST: i64 = 100;

/// What of others was written since this member has read; whoever writes has read what was there.
macro_rules! unread_in_room {
    ($organization:expr, $person:expr) => {
        room_messages::table
            .filter(room_messages::organization_id.eq($organization))
            .filter(room_messages::room_id.eq(rooms::id))
            .filter(room_messages::number.gt(room_members::number))
            .filter(room_messages::deleted_at.is_null())
            .filter(room_messages::author_id.ne($person))
    };
}

/// The rooms in which something is new to whoever acts.
///
/// # Errors
/// The database's.
pub fn unread_rooms(tx: &mut Core, side: Side) -> Result<Vec<RoomId>> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    let onlooker = tx.onlooker();
    let new = dsl::exists(unread_in_room!(organization, person));
    Ok(match side {
        Side::Staff => rooms_of!(Staff, organization, person).filter(new).select(rooms::id).load(tx.db())?,
        Side::Client => {
            rooms_of!(Client, organization, person, onlooker).filter(new).select(rooms::id).load(tx.db())?
        }
    })
}

/// In how many rooms whoever acts is, as a client.
///
/// # Errors
/// The database's.
pub fn count_rooms(tx: &mut Core) -> Result<i64> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    let onlooker = tx.onlooker();
    Ok(rooms_of!(Client, organization, person, onlooker).select(dsl::count_star()).first(tx.db())?)
}

/// The rooms of whoever acts among these lines: what waits for staff first, then the latest. `portal`: those that belong
/// to it alone.
///
/// # Errors
/// The database's.
pub fn with_rooms(
    tx: &mut Core,
    side: Side,
    portal: Option<PortalId>,
    mut lines: Vec<Line>,
) -> Result<Vec<Line>> {
    let mut entered = entered_rooms(tx, side)?;
    entered.retain(|room| portal.is_none() || room.portal_id == portal);
    if entered.is_empty() {
        return Ok(lines);
    }
    let unread: HashSet<RoomId> = unread_rooms(tx, side)?.into_iter().collect();
    let mut latest = latest_in_rooms(tx, &entered)?;
    let names = names_of_portals(tx, entered.iter().filter_map(|room| room.portal_id).collect())?;
    lines.extend(entered.into_iter().map(|room| Line {
        id: ConversationId::from_bytes(room.id.bytes()),
        place: room.id.into(),
        about: room.portal_id.and_then(|portal| names.get(&portal).cloned()),
        latest: match latest.remove(&room.id) {
            Some((author, words)) => Latest::Words(author, words),
            None if room.last_number == 0 => Latest::Nothing,
            None => Latest::Deleted,
        },
        latest_at: room.latest_at,
        is_unread: unread.contains(&room.id),
        name: room.name,
    }));
    lines.sort_by_key(|line| (side == Side::Staff && !line.is_unread, Reverse(line.latest_at)));
    Ok(lines)
}

fn entered_rooms(tx: &mut Core, side: Side) -> Result<Vec<RoomRow>> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    let onlooker = tx.onlooker();
    let order = (rooms::latest_at.desc(), rooms::id);
    Ok(match side {
        Side::Staff => rooms_of!(Staff, organization, person)
            .order(order)
            .limit(MOST)
            .select(RoomRow::as_select())
            .load(tx.db())?,
        Side::Client => rooms_of!(Client, organization, person, onlooker)
            .order(order)
            .limit(MOST)
            .select(RoomRow::as_select())
            .load(tx.db())?,
    })
}

/// Who wrote last, and what, where it is still there.
fn latest_in_rooms(tx: &mut Core, wanted: &[RoomRow]) -> Result<HashMap<RoomId, (String, String)>> {
    let organization = tx.organization();
    let rows: Vec<(RoomId, String, String)> = rooms::table
        .inner_join(
            room_messages::table.on(room_messages::organization_id
                .eq(rooms::organization_id)
                .and(room_messages::room_id.eq(rooms::id))
                .and(room_messages::number.eq(rooms::last_number))),
        )
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_messages::organization_id)
                .and(people::id.eq(room_messages::author_id))),
        )
        .filter(rooms::organization_id.eq(organization))
        .filter(rooms::id.among(wanted.iter().map(|room| room.id)))
        .filter(room_messages::deleted_at.is_null())
        .select((rooms::id, people::name, room_messages::words))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(room, author, words)| (room, (author, words))).collect())
}

/// Of portals to which rooms belong.
///
/// # Errors
/// The database's.
pub fn names_of_portals(tx: &mut Core, wanted: Vec<PortalId>) -> Result<HashMap<PortalId, String>> {
    let organization = tx.organization();
    let rows: Vec<(PortalId, String)> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.among(wanted))
        .select((portals::id, portals::name))
        .load(tx.db())?;
    Ok(rows.into_iter().collect())
}

/// A room as an owner or admin learns that it is there: nothing of what is written in it.
pub struct OtherRoom {
    pub id: RoomId,
    pub name: String,
    pub people: Vec<String>,
}

/// The rooms in which this owner or admin is not, the latest first.
///
/// # Errors
/// The database's.
pub fn other_rooms(tx: &mut Tx) -> Result<Vec<OtherRoom>> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    let theirs = room_members::table
        .filter(room_members::organization_id.eq(rooms::organization_id))
        .filter(room_members::room_id.eq(rooms::id))
        .filter(room_members::person_id.eq(person))
        .filter(room_members::left_at.is_null());
    let kept = granted_portals::table
        .filter(granted_portals::organization_id.eq(organization))
        .filter(granted_portals::id.nullable().eq(rooms::portal_id))
        .filter(granted_portals::deleted_at.is_null());
    let found: Vec<(RoomId, String)> = rooms::table
        .filter(rooms::organization_id.eq(organization))
        .filter(rooms::portal_id.is_null().or(dsl::exists(kept)))
        .filter(dsl::not(dsl::exists(theirs)))
        .order((rooms::made_at.desc(), rooms::id))
        .limit(MOST)
        .select((rooms::id, rooms::name))
        .load(tx.db())?;
    let mut names = names_in_rooms(tx, found.iter().map(|(id, _)| *id).collect())?;
    let room =
        |(id, name): (RoomId, String)| OtherRoom { id, name, people: names.remove(&id).unwrap_or_default() };
    Ok(found.into_iter().map(room).collect())
}

fn names_in_rooms(tx: &mut Core, wanted: Vec<RoomId>) -> Result<HashMap<RoomId, Vec<String>>> {
    let organization = tx.organization();
    let rows: Vec<(RoomId, String)> = room_members::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_members::organization_id)
                .and(people::id.eq(room_members::person_id))),
        )
        .filter(room_members::organization_id.eq(organization))
        .filter(room_members::room_id.among(wanted))
        .filter(room_members::left_at.is_null())
        .filter(people::removed_at.is_null())
        .order((people::name, people::id))
        .select((room_members::room_id, people::name))
        .load(tx.db())?;
    let mut names: HashMap<RoomId, Vec<String>> = HashMap::new();
    for (room, name) in rows {
        names.entry(room).or_default().push(name);
    }
    Ok(names)
}
