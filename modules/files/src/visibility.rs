//! What a client may see of files: exactly those whose items the kernel's predicate lets through
//! (T2), and of each the version that is shown: a client has no way to name another (P34); and of file
//! requests, those to them. Every statement of the client's side starts here.

use diesel::{dsl, prelude::*};
use portico_facts::{ApprovalId, EventKind, FileRequestId, ItemId, OrganizationId, PersonId, PortalId};
use portico_kernel::{
    Among, ClientTx, Error, Instant, NewEvent, Recorded, Result, client_items, granted, grants, items,
    people, portals, sent_by, sent_items,
};
use serde_json::json;

use crate::{
    approval::{Approval, Decision},
    archive::{Folder, Visible},
    file::{File, Item},
    file_name::FileName,
    request::{Request, Turn},
    schema::{approvals, file_request_slots, file_requests, file_versions, files, upload_folders},
    store::{
        NamedApproval, Neighbours, Place, Surroundings, archive::visible_among, named_requests,
        surroundings_among, their_portals, with_content, with_slots,
    },
};

/// # Errors
/// [`Error::NotFound`] for whatever this client may not see.
pub fn client_file(tx: &mut ClientTx, item: ItemId) -> Result<File> {
    client_files_among(tx, &[item])?.pop().ok_or(Error::NotFound)
}

/// What stands around a file, as far as this client may see it: others may have sent files into the
/// same folder.
///
/// # Errors
/// The database's.
pub fn surroundings(tx: &mut ClientTx, file: &Item) -> Result<Surroundings> {
    let (organization, person) = tx.sight();
    Ok(surroundings_among!(tx, client_items(organization, person), file))
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

/// About what is shown, the oldest first.
///
/// # Errors
/// The database's.
pub fn waiting_approvals(tx: &mut ClientTx, limit: i64) -> Result<Vec<Waiting>> {
    let ((organization, person), theirs) = (tx.sight(), tx.portals());
    Ok(with_content!(their_approvals!(organization, person))
        .filter(items::portal_id.among(theirs))
        .filter(approvals::sha256.eq(file_versions::sha256))
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

/// What this client was asked about the files of a portal, the newest first, with their own name.
///
/// # Errors
/// The database's.
pub fn approvals_of_portal(tx: &mut ClientTx, portal: PortalId) -> Result<Vec<NamedApproval>> {
    let (organization, person) = tx.sight();
    Ok(their_approvals!(organization, person)
        .inner_join(
            people::table.on(people::organization_id
                .eq(items::organization_id)
                .and(people::id.eq(approvals::person_id))),
        )
        .filter(items::portal_id.eq(portal))
        .order((approvals::asked_at.desc(), approvals::id.desc()))
        .select((items::name, Approval::as_select(), people::name))
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

/// Where this client may put files: in folders that they see and that take files from clients.
///
/// # Errors
/// [`Error::NotFound`] for every other place.
pub fn open_folder(tx: &mut ClientTx, folder: ItemId) -> Result<Place> {
    let (organization, person) = tx.sight();
    let portal = client_items(organization, person)
        .inner_join(
            upload_folders::table.on(upload_folders::organization_id
                .eq(items::organization_id)
                .and(upload_folders::item_id.eq(items::id))),
        )
        .filter(items::id.eq(folder))
        .filter(items::kind.eq("folder"))
        .select(items::portal_id)
        .first(tx.db())?;
    Ok(Place { portal, folder: Some(folder) })
}

/// The names of the files that this client sees in a folder.
///
/// # Errors
/// The database's.
pub fn names_in(tx: &mut ClientTx, place: Place) -> Result<Vec<String>> {
    let (organization, person) = tx.sight();
    let here = client_items(organization, person)
        .filter(items::portal_id.eq(place.portal))
        .filter(items::kind.eq("file"))
        .select(items::name);
    Ok(match place.folder {
        Some(folder) => here.filter(items::folder_id.eq(folder)).load(tx.db())?,
        None => here.filter(items::folder_id.is_null()).load(tx.db())?,
    })
}

/// What this client sent into a folder under this name, unless staff have accepted it: an accepted file
/// stays as it was accepted.
///
/// # Errors
/// The database's.
pub fn own_file(tx: &mut ClientTx, place: Place, name: &FileName) -> Result<Option<ItemId>> {
    let (organization, person) = tx.sight();
    let own = sent_by(organization, person).filter(sent_items::item_id.eq(items::id));
    let accepted = file_request_slots::table
        .filter(file_request_slots::organization_id.eq(organization))
        .filter(file_request_slots::item_id.eq(items::id.nullable()))
        .filter(file_request_slots::accepted_at.is_not_null());
    let here = client_items(organization, person)
        .filter(items::portal_id.eq(place.portal))
        .filter(items::kind.eq("file"))
        .filter(items::name.eq(name.as_str()))
        .filter(dsl::exists(own))
        .filter(dsl::not(dsl::exists(accepted)))
        .order((items::position.desc(), items::id.desc()))
        .select(items::id);
    Ok(match place.folder {
        Some(folder) => here.filter(items::folder_id.eq(folder)).first(tx.db()).optional()?,
        None => here.filter(items::folder_id.is_null()).first(tx.db()).optional()?,
    })
}

/// THE predicate for file requests on the client side: what this client is asked for, in portals that
/// are granted to them, until it is withdrawn. A colleague with the same portal sees none of it (P8).
#[diesel::dsl::auto_type(no_type_alias)]
pub fn client_requests(organization: OrganizationId, person: PersonId) -> _ {
    let theirs: granted = granted(organization, person);
    file_requests::table
        .filter(file_requests::organization_id.eq(organization))
        .filter(file_requests::person_id.eq(person))
        .filter(file_requests::withdrawn_at.is_null())
        .filter(dsl::exists(theirs.filter(grants::portal_id.eq(file_requests::portal_id))))
}

/// # Errors
/// [`Error::NotFound`] for whatever this client is not asked for.
pub fn request(tx: &mut ClientTx, id: FileRequestId) -> Result<Request> {
    let (organization, person) = tx.sight();
    let asked = client_requests(organization, person).filter(file_requests::id.eq(id));
    let rows = named_requests!(asked).load(tx.db())?;
    with_slots(tx, rows)?.pop().ok_or(Error::NotFound)
}

/// Requests for which something is still to be sent, the first due first.
///
/// # Errors
/// The database's.
pub fn waiting_requests(tx: &mut ClientTx) -> Result<Vec<Request>> {
    let ((organization, person), theirs) = (tx.sight(), tx.portals());
    let asked = client_requests(organization, person)
        .filter(file_requests::portal_id.among(theirs))
        .filter(file_requests::completed_at.is_null())
        .order((file_requests::due_on, file_requests::id));
    let rows = named_requests!(asked).load(tx.db())?;
    let open = with_slots(tx, rows)?;
    Ok(open.into_iter().filter(|request| request.turn() == Turn::Client).collect())
}

/// All that this client is asked for in a portal, the newest first.
///
/// # Errors
/// The database's.
pub fn requests_of_portal(tx: &mut ClientTx, portal: PortalId) -> Result<Vec<Request>> {
    let (organization, person) = tx.sight();
    let asked = client_requests(organization, person)
        .filter(file_requests::portal_id.eq(portal))
        .order((file_requests::created_at.desc(), file_requests::id));
    let rows = named_requests!(asked).load(tx.db())?;
    with_slots(tx, rows)
}

/// For an archive of a portal, or of a part of it.
///
/// # Errors
/// [`Error::NotFound`] for a portal that is gone.
pub fn archive_of_portal(tx: &mut ClientTx, portal: PortalId) -> Result<Visible> {
    let (organization, person) = tx.sight();
    Ok(visible_among!(tx, client_items(organization, person), portal))
}
