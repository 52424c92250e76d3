//! The people that the answers of the modules mean, and the team.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId, SubjectId};
use portico_kernel::{Among, Error, Instant, NewEvent, Recorded, Result, Role, Sight, Tx, people};
use portico_ui::Text;

use crate::audience::{Audience, Someone};

/// Things of one piece of the file.
const CHUNK: i64 = 50;

/// # Errors
/// [`Error::NotFound`] for what is not this organization's.
pub fn audience(tx: &mut Tx, sight: Sight, thing: SubjectId, text: Text) -> Result<Audience> {
    audiences(tx, sight, &[thing], text)?.pop().ok_or(Error::NotFound)
}

/// The next ones, and the last of them where others may follow.
///
/// # Errors
/// The database's.
pub fn next_audiences(
    tx: &mut Tx,
    sight: Sight,
    after: Option<SubjectId>,
    text: Text,
) -> Result<(Vec<Audience>, Option<SubjectId>)> {
    let ids = (sight.all)(tx, after, CHUNK)?;
    let last = ids.last().copied().filter(|_| ids.len() as i64 == CHUNK);
    Ok((audiences(tx, sight, &ids, text)?, last))
}

fn audiences(tx: &mut Tx, sight: Sight, ids: &[SubjectId], text: Text) -> Result<Vec<Audience>> {
    let seen = (sight.seen)(tx, ids, text)?;
    let reasons = seen.iter().flat_map(|thing| thing.by.iter().chain(&thing.not_by));
    let clients = clients(tx, reasons.map(|reason| reason.person).collect())?;
    Ok(seen.into_iter().map(|thing| Audience::of(thing, &clients)).collect())
}

type Row = (PersonId, String, String, String, Option<Instant>);

fn someone((id, name, email, role, joined_at): Row) -> Result<Someone> {
    Ok(Someone { id, name, email, role: Role::from_name(&role)?, joined_at })
}

fn clients(tx: &mut Tx, meant: BTreeSet<PersonId>) -> Result<BTreeMap<PersonId, Someone>> {
    let organization = tx.organization();
    let rows: Vec<Row> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .filter(people::id.among(meant))
        .select((people::id, people::name, people::email, people::role, people::joined_at))
        .load(tx.db())?;
    rows.into_iter().map(|row| someone(row).map(|someone| (someone.id, someone))).collect()
}

/// They see everything.
///
/// # Errors
/// The database's.
pub fn team(tx: &mut Tx) -> Result<Vec<Someone>> {
    let (mut staff, limited) = (staff(tx)?, tx.limited_members()?);
    staff.retain(|someone| !limited.contains(&someone.id));
    Ok(staff)
}

/// They see what was chosen for them.
///
/// # Errors
/// The database's.
pub fn limited(tx: &mut Tx) -> Result<Vec<Someone>> {
    let (mut staff, limited) = (staff(tx)?, tx.limited_members()?);
    staff.retain(|someone| limited.contains(&someone.id));
    Ok(staff)
}

fn staff(tx: &mut Tx) -> Result<Vec<Someone>> {
    let organization = tx.organization();
    let rows: Vec<Row> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .order((people::name, people::id))
        .select((people::id, people::name, people::email, people::role, people::joined_at))
        .load(tx.db())?;
    rows.into_iter().map(someone).collect()
}

/// # Errors
/// The database's.
pub fn record_export(tx: &mut Tx) -> Result<Recorded<()>> {
    let organization = tx.organization();
    tx.record(NewEvent::new(EventKind::AUDIENCE_EXPORTED, organization))
}
