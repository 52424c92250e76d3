//! Who is in a room, and who says so.

use std::collections::BTreeSet;

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, RoomId};
use portico_kernel::{
    Among, Core, Error, Instant, NewEvent, Problems, Recorded, Result, Role, Tx, people, per_backend,
};
use serde_json::json;

use super::{
    RoomRow,
    choosing::{holding, unfit},
};
use crate::{
    room::{MOST_PEOPLE, NewRoom, may_manage},
    schema::{room_members, rooms},
};

/// Somebody in a room.
#[derive(Clone, Debug)]
pub struct RoomMember {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub number: i32,
    pub read_at: Option<Instant>,
    pub mailed_number: i32,
}

/// Those who are in it now: staff first, then by name.
///
/// # Errors
/// The database's.
pub fn members(tx: &mut Core, room: RoomId) -> Result<Vec<RoomMember>> {
    let organization = tx.organization();
    type Row = (PersonId, String, String, String, i32, Option<Instant>, i32);
    let rows: Vec<Row> = room_members::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_members::organization_id)
                .and(people::id.eq(room_members::person_id))),
        )
        .filter(room_members::organization_id.eq(organization))
        .filter(room_members::room_id.eq(room))
        .filter(room_members::left_at.is_null())
        .filter(people::removed_at.is_null())
        .order((people::name, people::id))
        .select((
            people::id,
            people::name,
            people::email,
            people::role,
            room_members::number,
            room_members::read_at,
            room_members::mailed_number,
        ))
        .load(tx.db())?;
    let mut members = Vec::new();
    for (person, name, email, role, number, read_at, mailed_number) in rows {
        let role = Role::from_name(&role)?;
        members.push(RoomMember { person, name, email, role, number, read_at, mailed_number });
    }
    members.sort_by_key(|member| !member.role.is_staff());
    Ok(members)
}

/// Those of them who can come in now: neither limited members nor clients who lost the portal. These stay members, and are
/// back with what they lack; until then nobody is told that they read, and they hear of nothing.
///
/// # Errors
/// The database's.
pub fn present(tx: &mut Core, room: &RoomRow, mut members: Vec<RoomMember>) -> Result<Vec<RoomMember>> {
    let limited = tx.limited_members()?;
    members.retain(|member| !limited.contains(&member.person));
    if let Some(portal) = room.portal_id {
        let holders = holding(tx, portal)?;
        members.retain(|member| member.role.is_staff() || holders.contains(&member.person));
    }
    Ok(members)
}

/// Whoever makes it is in it.
///
/// # Errors
/// The database's.
pub fn make_room(tx: &mut Tx, new: &NewRoom) -> Result<Recorded<Result<RoomId, Problems>>> {
    let maker = tx.actor().ok_or(Error::NotFound)?;
    if let Some(problems) = unfit(tx, new.portal, &new.people)? {
        return Ok(tx.unchanged(Err(problems)));
    }
    let mut chosen = new.people.clone();
    chosen.insert(maker);
    if chosen.len() > MOST_PEOPLE {
        return Ok(tx.unchanged(Err(Problems::at("person", "messages-error-many"))));
    }
    let (organization, now) = (tx.organization(), tx.now());
    let id = tx.new_id(RoomId::from_bytes);
    diesel::insert_into(rooms::table)
        .values((
            rooms::organization_id.eq(organization),
            rooms::id.eq(id),
            rooms::name.eq(new.name.as_str()),
            rooms::portal_id.eq(new.portal),
            rooms::made_by.eq(maker),
            rooms::made_at.eq(now),
            rooms::last_number.eq(0),
            rooms::latest_at.eq(now),
        ))
        .execute(tx.db())?;
    let event = NewEvent::new(EventKind::ROOM_MADE, id)
        .in_portal_if_any(new.portal)
        .with_data(json!({ "name": new.name.as_str() }));
    tx.record(event)?.into_value();
    let row = RoomRow {
        id,
        name: new.name.as_str().to_owned(),
        portal_id: new.portal,
        made_by: maker,
        last_number: 0,
        latest_at: now,
    };
    Ok(put_in(tx, &row, &chosen)?.with(Ok(id)))
}

/// Whoever comes back finds what they have read as they left it.
fn put_in(tx: &mut Tx, room: &RoomRow, chosen: &BTreeSet<PersonId>) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    let known: Vec<PersonId> = room_members::table
        .filter(room_members::organization_id.eq(organization))
        .filter(room_members::room_id.eq(room.id))
        .select(room_members::person_id)
        .load(tx.db())?;
    let rows: Vec<_> = chosen
        .iter()
        .filter(|person| !known.contains(person))
        .map(|person| {
            (
                room_members::organization_id.eq(organization),
                room_members::room_id.eq(room.id),
                room_members::person_id.eq(*person),
                room_members::added_at.eq(now),
                room_members::number.eq(0),
                // Nobody is mailed of what was written before they came.
                room_members::mailed_number.eq(room.last_number),
            )
        })
        .collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(room_members::table).values(&rows).execute(c))?;
    }
    diesel::update(
        room_members::table
            .filter(room_members::organization_id.eq(organization))
            .filter(room_members::room_id.eq(room.id))
            .filter(room_members::person_id.among(chosen.iter().copied())),
    )
    .set((room_members::left_at.eq(None::<Instant>), room_members::mailed_number.eq(room.last_number)))
    .execute(tx.db())?;
    let mut recorded = tx.unchanged(());
    for person in chosen {
        recorded = tell(tx, EventKind::ROOM_MEMBER_ADDED, room, *person)?;
    }
    Ok(recorded)
}

fn tell(tx: &mut Tx, kind: EventKind, room: &RoomRow, person: PersonId) -> Result<Recorded<()>> {
    let event = NewEvent::new(kind, room.id)
        .in_portal_if_any(room.portal_id)
        .about(person)
        .with_data(json!({ "name": room.name.as_str() }));
    tx.record(event)
}

/// A room of which whoever acts may say who is in it, and those who are.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub fn managed_room(tx: &mut Tx, role: Role, room: RoomId) -> Result<(RoomRow, Vec<RoomMember>)> {
    let person = tx.actor().ok_or(Error::NotFound)?;
    let (row, members) = room_with_members(tx, room)?;
    let is_member = members.iter().any(|member| member.person == person);
    match may_manage(role, row.made_by == person, is_member) {
        true => Ok((row, members)),
        false => Err(Error::NotFound),
    }
}

fn room_with_members(tx: &mut Tx, room: RoomId) -> Result<(RoomRow, Vec<RoomMember>)> {
    let organization = tx.organization();
    let row = rooms::table.find((organization, room)).select(RoomRow::as_select()).first(tx.db())?;
    Ok((row, members(tx, room)?))
}

/// # Errors
/// As [`managed_room`].
pub fn add_people(
    tx: &mut Tx,
    role: Role,
    room: RoomId,
    chosen: &BTreeSet<PersonId>,
) -> Result<Recorded<Result<(), Problems>>> {
    let (row, members) = managed_room(tx, role, room)?;
    if let Some(problems) = unfit(tx, row.portal_id, chosen)? {
        return Ok(tx.unchanged(Err(problems)));
    }
    let is_in = |person: &PersonId| members.iter().any(|member| member.person == *person);
    let new: BTreeSet<PersonId> = chosen.iter().copied().filter(|person| !is_in(person)).collect();
    if new.is_empty() {
        return Ok(tx.unchanged(Ok(())));
    }
    if members.len() + new.len() > MOST_PEOPLE {
        return Ok(tx.unchanged(Err(Problems::at("person", "messages-error-many"))));
    }
    let hearing = present(tx, &row, members)?;
    stir_room(tx, &row, &hearing)?;
    Ok(put_in(tx, &row, &new)?.with(Ok(())))
}

/// Members of the staff may take themselves out, too. Their next request finds nothing (P12).
///
/// # Errors
/// As [`managed_room`]; [`Error::NotFound`] for whoever is not in it.
pub fn remove_person(tx: &mut Tx, role: Role, room: RoomId, person: PersonId) -> Result<Recorded<()>> {
    let (row, members) = match tx.actor() == Some(person) {
        true => room_with_members(tx, room)?,
        false => managed_room(tx, role, room)?,
    };
    let (organization, now) = (tx.organization(), tx.now());
    let removed = diesel::update(room_members::table.find((organization, room, person)))
        .filter(room_members::left_at.is_null())
        .set((room_members::left_at.eq(Some(now)), room_members::reply_mac.eq(None::<Vec<u8>>)))
        .execute(tx.db())?;
    if removed == 0 {
        return Err(Error::NotFound);
    }
    let left: Vec<RoomMember> = members.into_iter().filter(|member| member.person != person).collect();
    let hearing = present(tx, &row, left)?;
    stir_room(tx, &row, &hearing)?;
    tell(tx, EventKind::ROOM_MEMBER_REMOVED, &row, person)
}

/// Pages of clients hear of what is about them alone, whatever they have lost, so each of those who can come in is told.
pub(super) fn stir_room(tx: &mut Core, room: &RoomRow, members: &[RoomMember]) -> Result<()> {
    for member in members.iter().filter(|member| !member.role.is_staff()) {
        let event = NewEvent::new(EventKind::ROOM_STIRRED, room.id)
            .in_portal_if_any(room.portal_id)
            .about(member.person);
        tx.record(event)?.into_value();
    }
    Ok(())
}
