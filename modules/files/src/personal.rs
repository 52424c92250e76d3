//! What is known of a person: what they sent, what they were asked for, and what they approved.

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId, PortalId, UploadId};
use portico_kernel::{
    Erasure, Fate, NewEvent, NewJob, PersonalData, PersonalObject, PersonalTable, Registry, Result,
    THEIR_OWN, Tx, Work, items, sent_items,
};

use crate::{
    schema::{file_versions, uploads},
    tus::{Expire, UPLOAD_EXPIRES},
};

pub fn data() -> PersonalData {
    PersonalData { name: "files", tables: TABLES, objects, erase }
}

const TABLES: &[PersonalTable] = &[
    PersonalTable::of("sent_items", &["person_id"], THEIR_OWN, Fate::Decided)
        .showing(&["item_id", "shown_at"])
        .labelled("files-personal-sent"),
    PersonalTable::of(
        "items",
        &[],
        "id IN (SELECT item_id FROM sent_items WHERE organization_id = $1 AND person_id = $2)",
        Fate::Decided,
    )
    .showing(&["id", "portal_id", "name", "created_at", "deleted_at"]),
    PersonalTable::of("file_versions", &["added_by"], "added_by = $2", Fate::Decided).showing(&[
        "item_id",
        "number",
        "id",
        "size",
        "media_type",
        "added_at",
    ]),
    PersonalTable::of("uploads", &["person_id"], THEIR_OWN, Fate::Decided).showing(&[
        "id",
        "path",
        "length",
        "received",
        "created_at",
        "finished_at",
    ]),
    PersonalTable::of(
        "file_request_slots",
        &[],
        "request_id IN (SELECT id FROM file_requests WHERE organization_id = $1 AND person_id = $2)",
        Fate::Deleted,
    )
    .showing(&["request_id", "position", "title", "hint", "item_id", "sent_at", "accepted_at", "reason"]),
    PersonalTable::of("file_requests", &["person_id", "created_by"], THEIR_OWN, Fate::Deleted)
        .showing(&[
            "id",
            "portal_id",
            "title",
            "message",
            "due_on",
            "created_at",
            "completed_at",
            "withdrawn_at",
        ])
        .labelled("files-personal-requests"),
    PersonalTable::of(
        "approvals",
        &["person_id", "asked_by"],
        THEIR_OWN,
        Fate::Changed(
            "reason = '', decided_from = NULL, withdrawn_at = CASE WHEN decided_at IS NULL
             THEN COALESCE(withdrawn_at, asked_at) ELSE withdrawn_at END",
        ),
    )
    .showing(&[
        "id",
        "item_id",
        "version_number",
        "asked_at",
        "approved",
        "reason",
        "decided_at",
        "decided_from",
    ]),
];

fn objects(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonalObject>> {
    let organization = tx.organization();
    let rows: Vec<(String, String, i64)> = file_versions::table
        .inner_join(
            items::table.on(items::organization_id
                .eq(file_versions::organization_id)
                .and(items::id.eq(file_versions::item_id))),
        )
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::added_by.eq(person))
        .order(file_versions::id)
        .select((file_versions::object_key, items::name, file_versions::size))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(key, name, size)| PersonalObject::stored(key, name, size)).collect())
}

fn erase(tx: &mut Tx, registry: &Registry, erasure: &Erasure) -> Result<()> {
    let (organization, person) = (tx.organization(), erasure.person);
    let under_way: Vec<UploadId> = uploads::table
        .filter(uploads::organization_id.eq(organization))
        .filter(uploads::person_id.eq(person))
        .select(uploads::id)
        .load(tx.db())?;
    for upload in under_way {
        tx.enqueue(NewJob { kind: UPLOAD_EXPIRES, payload: Expire { upload } })?;
    }
    if erasure.work == Work::Kept {
        return Ok(());
    }
    tx.mark_sent_erased(person)?;
    let sent: Vec<(ItemId, PortalId)> = items::table
        .inner_join(sent_items::table.on(
            sent_items::organization_id.eq(items::organization_id).and(sent_items::item_id.eq(items::id)),
        ))
        .filter(items::organization_id.eq(organization))
        .filter(sent_items::person_id.eq(person))
        .select((items::id, items::portal_id))
        .load(tx.db())?;
    let ids: Vec<ItemId> = sent.iter().map(|(item, _)| *item).collect();
    registry.purge_items(tx, &ids)?;
    tx.delete_items(&ids)?;
    for (item, portal) in sent {
        let _ = tx.record(NewEvent::new(EventKind::ITEM_DELETED, item).in_portal(portal).about(person))?;
    }
    Ok(())
}
