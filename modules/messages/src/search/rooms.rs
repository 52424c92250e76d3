//! Messages in rooms of chosen people: a document of theirs has the room's term and no other, so that it is in no hit, count
//! or snippet of anybody who is not in it at the moment of asking.

use diesel::{dsl, prelude::*};
use portico_facts::{MessageId, PortalId, RoomId, SubjectId};
use portico_kernel::{
    Among, Core, Error, Instant, Reach, Result, SearchDocument, SearchLine, Side, Tx, portals,
};

use super::document_of;
use crate::{
    room_visibility::rooms_of,
    schema::{room_messages, rooms},
    store::{names_of_portals, room_names_of_files},
    view::message_address,
};

pub fn messages_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    Ok(room_messages::table
        .inner_join(
            rooms::table.on(rooms::organization_id
                .eq(room_messages::organization_id)
                .and(rooms::id.eq(room_messages::room_id))),
        )
        .filter(room_messages::organization_id.eq(organization))
        .filter(rooms::portal_id.eq(portal))
        .select(room_messages::id)
        .load(tx.db())?)
}

/// A deleted portal takes its rooms along.
pub fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let organization = tx.organization();
    let found: Option<(String, Instant, RoomId, Option<PortalId>)> = room_messages::table
        .inner_join(
            rooms::table.on(rooms::organization_id
                .eq(room_messages::organization_id)
                .and(rooms::id.eq(room_messages::room_id))),
        )
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::id.eq(subject))
        .filter(room_messages::deleted_at.is_null())
        .select((room_messages::words, room_messages::written_at, rooms::id, rooms::portal_id))
        .first(tx.db())
        .optional()?;
    let Some((words, changed, room, portal)) = found else { return Ok(None) };
    if let Some(portal) = portal
        && !is_there(tx, portal)?
    {
        return Ok(None);
    }
    let files = room_names_of_files(tx, subject.into())?;
    Ok(Some(SearchDocument { portal, ..document_of(&words, &files, changed, Reach::Room(room.into())) }))
}

fn is_there(tx: &mut Core, portal: PortalId) -> Result<bool> {
    let organization = tx.organization();
    let there = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .filter(portals::deleted_at.is_null());
    Ok(diesel::select(dsl::exists(there)).get_result(tx.db())?)
}

pub fn all(tx: &mut Tx, after: SubjectId, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    Ok(room_messages::table
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::deleted_at.is_null())
        .filter(room_messages::id.gt(after))
        .order(room_messages::id)
        .limit(limit)
        .select(room_messages::id)
        .load(tx.db())?)
}

type Found = (MessageId, RoomId, String, Option<PortalId>);

pub fn lines(tx: &mut Core, side: Side, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let (organization, person) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
    let onlooker = tx.onlooker();
    let selection = (room_messages::id, rooms::id, rooms::name, rooms::portal_id);
    let among = room_messages::id.among(subjects.iter().copied());
    let of_room =
        room_messages::organization_id.eq(rooms::organization_id).and(room_messages::room_id.eq(rooms::id));
    let rows: Vec<Found> = match side {
        Side::Staff => rooms_of!(Staff, organization, person)
            .inner_join(room_messages::table.on(of_room))
            .filter(among)
            .filter(room_messages::deleted_at.is_null())
            .select(selection)
            .load(tx.db())?,
        Side::Client => rooms_of!(Client, organization, person, onlooker)
            .inner_join(room_messages::table.on(of_room))
            .filter(among)
            .filter(room_messages::deleted_at.is_null())
            .select(selection)
            .load(tx.db())?,
    };
    let names = names_of_portals(tx, rows.iter().filter_map(|row| row.3).collect())?;
    Ok(rows
        .into_iter()
        .map(|(message, room, name, portal)| SearchLine {
            subject: message.into(),
            href: message_address(side, room, message),
            icon: "messages",
            // What lies in a portal stands under its name.
            place: portal.and_then(|portal| names.get(&portal).cloned()).or(Some(name)),
        })
        .collect())
}
