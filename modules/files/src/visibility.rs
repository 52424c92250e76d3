//! What a client may see of files: exactly those whose items the kernel's predicate lets through
//! (T2), and of each the version that is shown: a client has no way to name another (P34). Every
//! statement of the client's side starts here.

use diesel::prelude::*;
use portico_facts::{ApprovalId, EventKind, ItemId, PortalId};
use portico_kernel::{
    Among, ClientTx, Error, Instant, NewEvent, Recorded, Result, client_items, items, people, portals,
};
use serde_json::json;

use crate::{
    approval::{Approval, Decision},
    archive::{Folder, Visible},
    file::File,
    schema::{approvals, file_versions, files},
    store::{archive::visible_among, their_portals, with_content},
};

/// # Errors
/// [`Error::NotFound`] for whatever this client may not see.
pub fn client_file(tx: &mut ClientTx, item: ItemId) -> Result<File> {
    client_files_among(tx, &[item])?.pop().ok_or(Error::NotFound)
}

/// Those of `wanted` that this client may see.
///
/// # Errors
/// The database's.
pub fn client_files_among(tx: &mut ClientTx, wanted: &[ItemId]) -> Result<Vec<File>> {
    let (organization, person) = tx.sight();
    Ok(with_content!(client_items(organization, person))
        .filter(items::id.among(wanted.iter().copied()))
        .select(File::as_select())
        .load(tx.db())?)
}

/// The requests that went to this client, about files that they may see.
macro_rules! their_approvals {
    ($organization:expr, $person:expr) => {
        client_items($organization, $person)
            .inner_join(approvals::table.on(
                approvals::organization_id.eq(items::organization_id).and(approvals::item_id.eq(items::id)),
            ))
            .filter(approvals::person_id.eq($person))
    };
}

/// A request that waits for this client.
#[derive(Clone, Debug, Queryable)]
pub struct Waiting {
    pub item: ItemId,
    pub name: String,
    pub portal: String,
    pub asked_at: Instant,
}

/// The oldest first.
///
/// # Errors
/// The database's.
pub fn waiting_approvals(tx: &mut ClientTx, limit: i64) -> Result<Vec<Waiting>> {
    let ((organization, person), theirs) = (tx.sight(), tx.portals());
    Ok(their_approvals!(organization, person)
        .inner_join(their_portals!())
        .filter(items::portal_id.among(theirs))
        .filter(approvals::decided_at.is_null())
        .filter(approvals::withdrawn_at.is_null())
        .order((approvals::asked_at, approvals::id))
        .limit(limit)
        .select((items::id, items::name, portals::name, approvals::asked_at))
        .load(tx.db())?)
}

/// What this client was asked about one file, the newest first, with who asked.
///
/// # Errors
/// The database's.
pub fn client_approvals(tx: &mut ClientTx, item: ItemId) -> Result<Vec<(Approval, Option<String>)>> {
    let (organization, person) = tx.sight();
    Ok(their_approvals!(organization, person)
        .left_join(
            people::table.on(people::organization_id
                .eq(items::organization_id)
                .and(people::id.nullable().eq(approvals::asked_by))),
        )
        .filter(items::id.eq(item))
        .order((approvals::asked_at.desc(), approvals::id.desc()))
        .select((Approval::as_select(), people::name.nullable()))
        .load(tx.db())?)
}

/// Writes down what the client says, for the bytes that they were asked about: who, when and from
/// where. Said once, it stands.
///
/// # Errors
/// [`Error::NotFound`] for a request that went to somebody else, and [`Error::Conflict`] when another
/// version is shown by now, or it was decided or withdrawn already.
pub fn decide(tx: &mut ClientTx, approval: ApprovalId, decision: &Decision) -> Result<Recorded<ItemId>> {
    let (organization, person) = tx.sight();
    let (item, asked): (ItemId, Approval) = their_approvals!(organization, person)
        .filter(approvals::id.eq(approval))
        .select((items::id, Approval::as_select()))
        .first(tx.db())?;
    let file = client_file(tx, item)?;
    if !asked.is_about(file.content.sha256()) {
        return Err(Error::Conflict("files-approval-outdated"));
    }
    let (kind, approved, reason) = match decision {
        Decision::Approve => (EventKind::APPROVAL_GIVEN, true, ""),
        Decision::Decline(reason) => (EventKind::APPROVAL_DECLINED, false, reason.as_str()),
    };
    let (now, address) = (tx.now(), tx.address().map(str::to_owned));
    let decided = diesel::update(approvals::table.find((organization, approval)))
        .filter(approvals::decided_at.is_null())
        .filter(approvals::withdrawn_at.is_null())
        .set((
            approvals::approved.eq(approved),
            approvals::reason.eq(reason),
            approvals::decided_at.eq(now),
            approvals::decided_from.eq(address),
        ))
        .execute(tx.db())?;
    if decided == 0 {
        return Err(Error::Conflict("files-approval-decided"));
    }
    let event = NewEvent::new(kind, approval).in_portal(file.item.portal).about(person).with_data(json!({
        "name": file.name(),
        "version": asked.number,
        "sha256": hex::encode(file.content.sha256()),
    }));
    Ok(tx.record(event)?.with(item))
}

/// The file that a request to this client is about.
///
/// # Errors
/// [`Error::NotFound`] for a request that went to somebody else.
pub fn file_of_approval(tx: &mut ClientTx, approval: ApprovalId) -> Result<File> {
    let (organization, person) = tx.sight();
    let item: ItemId = their_approvals!(organization, person)
        .filter(approvals::id.eq(approval))
        .select(items::id)
        .first(tx.db())?;
    client_file(tx, item)
}

/// For an archive of a portal, or of a part of it.
///
/// # Errors
/// [`Error::NotFound`] for a portal that is gone.
pub fn archive_of_portal(tx: &mut ClientTx, portal: PortalId) -> Result<Visible> {
    let (organization, person) = tx.sight();
    Ok(visible_among!(tx, client_items(organization, person), portal))
}
