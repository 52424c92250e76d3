//! Answers by mail that become messages of a room.

use diesel::prelude::*;
use portico_facts::{PersonId, RoomId};
use portico_kernel::{Error, Instant, Result, Role, Tx, people};

use super::entered_by;
use crate::{
    conversation::Standing,
    schema::{room_members, room_messages},
    store::Replying,
};

/// Before the mail that says it goes out.
pub(super) fn keep_reply_mac(tx: &mut Tx, room: RoomId, person: PersonId, mac: &[u8]) -> Result<()> {
    let organization = tx.organization();
    diesel::update(room_members::table.find((organization, room, person)))
        .set(room_members::reply_mac.eq(Some(mac)))
        .execute(tx.db())?;
    Ok(())
}

type Row = (RoomId, PersonId, String, String, Option<Instant>);

/// Whose address it is that an answer came to; whoever left the room has none any more.
///
/// # Errors
/// The database's.
pub fn replying_in_room(tx: &mut Tx, mac: &[u8]) -> Result<Option<Replying>> {
    let organization = tx.organization();
    let row: Option<Row> = room_members::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(room_members::organization_id)
                .and(people::id.eq(room_members::person_id))),
        )
        .filter(room_members::organization_id.eq(organization))
        .filter(room_members::reply_mac.eq(mac))
        .select((room_members::room_id, people::id, people::email, people::role, people::removed_at))
        .first(tx.db())
        .optional()?;
    let Some((room, person, email, role, removed_at)) = row else { return Ok(None) };
    let side = Role::from_name(&role)?.side();
    let entered = match entered_by(tx, side, person, room) {
        Err(Error::NotFound) => None,
        entered => Some(entered?),
    };
    let may_write =
        removed_at.is_none() && entered.as_ref().is_some_and(|entered| entered.standing == Standing::Open);
    Ok(Some(Replying {
        about: room.into(),
        place: room.into(),
        portal: entered.and_then(|entered| entered.row.portal_id),
        person,
        email,
        side: may_write.then_some(side),
    }))
}

/// Whether this mail is a message already.
///
/// # Errors
/// The database's.
pub fn was_taken_in_room(tx: &mut Tx, mac: &[u8]) -> Result<bool> {
    let organization = tx.organization();
    let taken = room_messages::table
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::mail_mac.eq(mac));
    Ok(taken.count().get_result::<i64>(tx.db())? > 0)
}
