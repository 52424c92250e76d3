//! Asking for approval, and what came of it, on the staff's side.

use diesel::{dsl, prelude::*};
use portico_facts::{ApprovalId, EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{
    Error, Instant, NewEvent, NewJob, Recorded, Result, Sent, Tx, Whereabouts, grants, items, people,
    portals, shown_items,
};
use serde_json::json;

use crate::{
    approval::{self, Approval, Standing},
    approval_mail::{APPROVAL_MAIL, ApprovalLetter, Occasion},
    file::{File, Item},
    schema::{approvals, file_versions, files},
    store::{self, adding::await_other_uploads, their_portals, with_content},
};

/// Somebody who can be asked: a client to whom the portal is granted.
#[derive(Clone, Debug, Queryable)]
pub struct Askable {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// The clients whom the reader sees and who can see a file: those with its portal while it is not archived, unless one of
/// them sent it and nobody else was shown it.
///
/// # Errors
/// The database's.
pub fn askable(tx: &mut Tx, file: &Item) -> Result<Vec<Askable>> {
    let (organization, only) = (tx.organization(), tx.sent(file.id)?.and_then(Sent::sole_reader));
    let same_portal =
        portals::organization_id.eq(grants::organization_id).and(portals::id.eq(grants::portal_id));
    let with_portal: Vec<Askable> =
        grants::table
            .inner_join(people::table.on(
                people::organization_id.eq(grants::organization_id).and(people::id.eq(grants::person_id)),
            ))
            .inner_join(portals::table.on(same_portal))
            .filter(grants::organization_id.eq(organization))
            .filter(grants::portal_id.eq(file.portal))
            .filter(grants::revoked_at.is_null())
            .filter(portals::archived_at.is_null())
            .filter(people::role.eq("client"))
            .filter(people::removed_at.is_null())
            .order((people::name, people::id))
            .select((people::id, people::name, people::email))
            .load(tx.db())?;
    let can_be_asked = |each: &Askable| only.is_none_or(|only| only == each.id) && tx.sees_client(each.id);
    Ok(with_portal.into_iter().filter(can_be_asked).collect())
}

/// All requests about one file that the reader sees, with the names of whom they went to, the newest first.
///
/// # Errors
/// The database's.
pub fn approvals_of(tx: &mut Tx, item: ItemId) -> Result<Vec<(Approval, String)>> {
    let organization = tx.organization();
    let mut all: Vec<(Approval, String)> = approvals::table
        .inner_join(people::table.on(
            people::organization_id.eq(approvals::organization_id).and(people::id.eq(approvals::person_id)),
        ))
        .filter(approvals::organization_id.eq(organization))
        .filter(approvals::item_id.eq(item))
        .order((approvals::asked_at.desc(), approvals::id.desc()))
        .select((Approval::as_select(), people::name))
        .load(tx.db())?;
    all.retain(|(approval, _)| tx.sees_client(approval.person));
    Ok(all)
}

/// For limits.
///
/// # Errors
/// The database's.
pub fn whereabouts_of_approval(tx: &mut Tx, approval: SubjectId) -> Result<Option<Whereabouts>> {
    let organization = tx.organization();
    let found: Option<(ItemId, PersonId)> = approvals::table
        .filter(approvals::organization_id.eq(organization))
        .filter(approvals::id.eq(ApprovalId::from(approval)))
        .select((approvals::item_id, approvals::person_id))
        .first(tx.db())
        .optional()?;
    let Some((item, client)) = found else { return Ok(None) };
    let portal: Option<PortalId> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::id.eq(item))
        .select(items::portal_id)
        .first(tx.db())
        .optional()?;
    Ok(portal.map(|portal| Whereabouts::ClientIn(portal, client)))
}

/// A file's name, what was asked about it, and of whom.
pub type NamedApproval = (String, Approval, String);

/// About all files of a portal that are there, the newest first, with whoever was asked.
///
/// # Errors
/// The database's.
pub fn approvals_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<NamedApproval>> {
    let organization = tx.organization();
    Ok(shown_items(organization)
        .inner_join(
            approvals::table.on(approvals::organization_id
                .eq(items::organization_id)
                .and(approvals::item_id.eq(items::id))),
        )
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

/// Asks about the version that is shown. Whoever was asked about it already is not asked twice.
///
/// # Errors
/// [`Error::NotFound`] for somebody to whom the portal is not granted.
pub fn ask(tx: &mut Tx, item: ItemId, wanted: &[PersonId]) -> Result<Recorded<()>> {
    let file = lock(tx, item)?;
    let askable = askable(tx, &file.item)?;
    if !wanted.iter().all(|person| askable.iter().any(|each| each.id == *person)) {
        return Err(Error::NotFound);
    }
    let all = requests(tx, item)?;
    let counting = approval::that_count(&all, file.content.sha256());
    // Somebody who declined may be asked again: they were talked to.
    let is_settled =
        |person| counting.iter().any(|each| each.person == person && each.standing() != Standing::Declined);
    let actor = tx.actor();
    let mut recorded = tx.unchanged(());
    for person in wanted.iter().filter(|person| !is_settled(**person)) {
        recorded = insert(tx, &file, *person, actor, None)?;
    }
    Ok(recorded)
}

/// After another version came to be shown: asks everyone again who was asked about an earlier one
/// and still has the portal.
///
/// # Errors
/// The database's.
pub fn ask_again(tx: &mut Tx, item: ItemId, actor: Option<PersonId>) -> Result<()> {
    let file = match lock(tx, item) {
        Err(Error::NotFound) => return Ok(()),
        found => found?,
    };
    let all = requests(tx, item)?;
    let askable = askable(tx, &file.item)?;
    for earlier in approval::to_ask_again(&all, file.content.sha256()) {
        if earlier.standing() == Standing::Waiting {
            mark_withdrawn(tx, earlier.id)?;
        }
        if askable.iter().any(|each| each.id == earlier.person) {
            let _ = insert(tx, &file, earlier.person, actor, Some(earlier.id))?;
        }
    }
    Ok(())
}

/// # Errors
/// [`Error::NotFound`] for what is no request of this organization.
pub fn withdraw(tx: &mut Tx, approval: ApprovalId) -> Result<Recorded<ItemId>> {
    let organization = tx.organization();
    let (item, person): (ItemId, PersonId) = approvals::table
        .find((organization, approval))
        .select((approvals::item_id, approvals::person_id))
        .first(tx.db())?;
    let file = store::file(tx, item)?;
    if mark_withdrawn(tx, approval)? == 0 {
        return Err(Error::Conflict("files-approval-decided"));
    }
    let event = NewEvent::new(EventKind::APPROVAL_WITHDRAWN, approval)
        .in_portal(file.item.portal)
        .about(person)
        .with_data(json!({ "name": file.name() }));
    Ok(tx.record(event)?.with(item))
}

/// Owes another mail to whoever has not answered yet.
///
/// # Errors
/// [`Error::NotFound`] for what is no request of this organization, [`Error::Conflict`] when nobody is asked any more.
pub fn remind_of_approval(tx: &mut Tx, approval: ApprovalId) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let person: PersonId =
        approvals::table.find((organization, approval)).select(approvals::person_id).first(tx.db())?;
    let Some(facts) = approval_facts(tx, approval)? else {
        return Err(Error::Conflict("files-approval-not-awaited"));
    };
    let portal = store::file(tx, facts.item)?.item.portal;
    let letter = ApprovalLetter { approval, occasion: Occasion::Reminder };
    tx.enqueue(NewJob { kind: APPROVAL_MAIL, payload: letter })?;
    tx.record(
        NewEvent::new(EventKind::APPROVAL_REMINDED, approval)
            .in_portal(portal)
            .about(person)
            .with_data(json!({ "name": facts.file })),
    )
}

/// A request that is still open, for whoever waits.
#[derive(Clone, Debug, Queryable)]
pub struct Open {
    pub id: ApprovalId,
    pub item: ItemId,
    pub name: String,
    pub person: String,
    pub asked_at: Instant,
}

/// What waits for clients who can still see it, of what is shown, the longest first.
///
/// # Errors
/// The database's.
pub fn open_approvals(tx: &mut Tx, limit: i64) -> Result<Vec<Open>> {
    let organization = tx.organization();
    let granted = grants::table
        .filter(grants::organization_id.eq(organization))
        .filter(grants::portal_id.eq(items::portal_id))
        .filter(grants::person_id.eq(approvals::person_id))
        .filter(grants::revoked_at.is_null());
    let of_items = approvals::table.inner_join(
        items::table
            .on(items::organization_id.eq(approvals::organization_id).and(items::id.eq(approvals::item_id))),
    );
    Ok(with_content!(of_items)
        .inner_join(people::table.on(
            people::organization_id.eq(approvals::organization_id).and(people::id.eq(approvals::person_id)),
        ))
        .filter(approvals::organization_id.eq(organization))
        .filter(approvals::sha256.eq(file_versions::sha256))
        .filter(approvals::decided_at.is_null())
        .filter(approvals::withdrawn_at.is_null())
        .filter(items::deleted_at.is_null())
        .filter(portals::deleted_at.is_null())
        .filter(portals::archived_at.is_null())
        .filter(people::removed_at.is_null())
        .filter(dsl::exists(granted))
        .order((approvals::asked_at, approvals::id))
        .limit(limit)
        .select((approvals::id, items::id, items::name, people::name, approvals::asked_at))
        .load(tx.db())?)
}

fn lock(tx: &mut Tx, item: ItemId) -> Result<File> {
    let portal = store::file(tx, item)?.item.portal;
    await_other_uploads(tx, portal)?;
    store::file(tx, item)
}

fn requests(tx: &mut Tx, item: ItemId) -> Result<Vec<Approval>> {
    Ok(approvals_of(tx, item)?.into_iter().map(|(approval, _)| approval).collect())
}

fn insert(
    tx: &mut Tx,
    file: &File,
    person: PersonId,
    asked_by: Option<PersonId>,
    replaces: Option<ApprovalId>,
) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    let approval = tx.new_id(ApprovalId::from_bytes);
    diesel::insert_into(approvals::table)
        .values((
            approvals::organization_id.eq(organization),
            approvals::id.eq(approval),
            approvals::item_id.eq(file.id()),
            approvals::version_number.eq(file.content.number),
            approvals::sha256.eq(file.content.sha256()),
            approvals::person_id.eq(person),
            approvals::asked_at.eq(now),
            approvals::asked_by.eq(asked_by),
            approvals::replaces_id.eq(replaces),
            approvals::reason.eq(""),
        ))
        .execute(tx.db())?;
    let letter = ApprovalLetter { approval, occasion: Occasion::Asked };
    tx.enqueue(NewJob { kind: APPROVAL_MAIL, payload: letter })?;
    let data = json!({ "name": file.name(), "version": file.content.number, "item": file.id() });
    tx.record(
        NewEvent::new(EventKind::APPROVAL_ASKED, approval)
            .in_portal(file.item.portal)
            .about(person)
            .with_data(data),
    )
}

fn mark_withdrawn(tx: &mut Tx, approval: ApprovalId) -> Result<usize> {
    let (organization, now) = (tx.organization(), tx.now());
    Ok(diesel::update(approvals::table.find((organization, approval)))
        .filter(approvals::decided_at.is_null())
        .filter(approvals::withdrawn_at.is_null())
        .set(approvals::withdrawn_at.eq(now))
        .execute(tx.db())?)
}

/// What the mail about a request says, as it is when it is sent.
#[derive(Clone, Debug)]
pub struct ApprovalFacts {
    pub reader: PersonId,
    pub to_name: String,
    pub to_email: String,
    pub language: Option<String>,
    pub sender: Option<String>,
    pub item: ItemId,
    pub file: String,
    pub portal: String,
    pub number: i32,
    pub replaces: Option<(i32, Standing)>,
}

/// `None` when there is nothing to ask any more: it was decided or withdrawn, another version is shown,
/// or the client cannot see the file any longer.
///
/// # Errors
/// The database's.
pub fn approval_facts(tx: &mut Tx, approval: ApprovalId) -> Result<Option<ApprovalFacts>> {
    type Row = (ItemId, PersonId, Option<PersonId>, Option<ApprovalId>, i32);
    let organization = tx.organization();
    let row: Option<Row> = approvals::table
        .find((organization, approval))
        .filter(approvals::decided_at.is_null())
        .filter(approvals::withdrawn_at.is_null())
        .select((
            approvals::item_id,
            approvals::person_id,
            approvals::asked_by,
            approvals::replaces_id,
            approvals::version_number,
        ))
        .first(tx.db())
        .optional()?;
    let Some((item, person, asked_by, replaces, number)) = row else { return Ok(None) };
    let Some(file) = store::among(tx, &[item])?.pop() else { return Ok(None) };
    if file.content.number != number {
        return Ok(None);
    }
    let Some(to) = askable(tx, &file.item)?.into_iter().find(|each| each.id == person) else {
        return Ok(None);
    };
    let of_person = |person: PersonId| people::table.find((organization, person));
    let language = of_person(person).select(people::language).first(tx.db())?;
    let sender = match asked_by {
        Some(sender) => of_person(sender).select(people::name).first(tx.db()).optional()?,
        None => None,
    };
    let earlier: Option<Approval> = match replaces {
        Some(earlier) => approvals::table
            .find((organization, earlier))
            .select(Approval::as_select())
            .first(tx.db())
            .optional()?,
        None => None,
    };
    Ok(Some(ApprovalFacts {
        reader: person,
        to_name: to.name,
        to_email: to.email,
        language,
        sender,
        item,
        file: file.item.name,
        portal: file.item.portal_name,
        number,
        replaces: earlier.map(|earlier| (earlier.number, earlier.standing())),
    }))
}
