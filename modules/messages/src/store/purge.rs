use diesel::prelude::*;
use portico_facts::{ConversationId, MessageId, PortalId, RoomId};
use portico_kernel::{Among, Purge, Result, Tx};

use super::{files::of_conversations as files, forget_in_rooms, mentions::of_conversations as mentions};
use crate::schema::{
    conversations, message_reads, messages, reply_addresses, room_members, room_messages, rooms,
};

pub fn purge() -> Purge {
    Purge { items: |_, _| Ok(()), portal: purge_portal }
}

/// Files of messages that lose their words, and whom they name.
///
/// # Errors
/// The database's.
pub fn forget(tx: &mut Tx, written: &[MessageId]) -> Result<()> {
    files::remove(tx, written)?;
    mentions::forget(tx, written)
}

/// What was written about a portal goes with it.
fn purge_portal(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    let gone = conversations::table
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::portal_id.eq(portal));
    let ids: Vec<ConversationId> = gone.select(conversations::id).load(tx.db())?;
    let of = || ids.iter().copied();
    let written: Vec<MessageId> = messages::table
        .filter(messages::organization_id.eq(organization))
        .filter(messages::conversation_id.among(of()))
        .select(messages::id)
        .load(tx.db())?;
    forget(tx, &written)?;
    diesel::delete(
        reply_addresses::table
            .filter(reply_addresses::organization_id.eq(organization))
            .filter(reply_addresses::conversation_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::delete(
        message_reads::table
            .filter(message_reads::organization_id.eq(organization))
            .filter(message_reads::conversation_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::delete(
        messages::table
            .filter(messages::organization_id.eq(organization))
            .filter(messages::conversation_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::delete(
        conversations::table
            .filter(conversations::organization_id.eq(organization))
            .filter(conversations::id.among(of())),
    )
    .execute(tx.db())?;
    purge_rooms(tx, portal)
}

/// Rooms that belong to it, too.
fn purge_rooms(tx: &mut Tx, portal: PortalId) -> Result<()> {
    let organization = tx.organization();
    let ids: Vec<RoomId> = rooms::table
        .filter(rooms::organization_id.eq(organization))
        .filter(rooms::portal_id.eq(portal))
        .select(rooms::id)
        .load(tx.db())?;
    let of = || ids.iter().copied();
    let written: Vec<MessageId> = room_messages::table
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.among(of()))
        .select(room_messages::id)
        .load(tx.db())?;
    forget_in_rooms(tx, &written)?;
    diesel::delete(
        room_messages::table
            .filter(room_messages::organization_id.eq(organization))
            .filter(room_messages::room_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::delete(
        room_members::table
            .filter(room_members::organization_id.eq(organization))
            .filter(room_members::room_id.among(of())),
    )
    .execute(tx.db())?;
    diesel::delete(
        rooms::table.filter(rooms::organization_id.eq(organization)).filter(rooms::id.among(of())),
    )
    .execute(tx.db())?;
    Ok(())
}
