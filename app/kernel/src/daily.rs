//! Jobs that come back every day, for each organization: clearing up, reminding, renewing. Each is a
//! row in the queue like any other, for the day after the last; the database itself sees to it that
//! only one waits, however many machines there are.

use std::collections::HashSet;

use diesel::prelude::*;
use portico_facts::OrganizationId;

use crate::{
    clock::Instant,
    connection::Db,
    error::Result,
    per_backend,
    schema::{jobs, organizations},
    system::Kernel,
};

/// How soon a new organization gets its first.
const LOOKED_AFTER_SECONDS: i64 = 600;

/// Which daily jobs this machine last saw to, and when.
#[derive(Default)]
pub(crate) struct Daily(Option<Instant>);

impl Daily {
    /// Puts into the queue what is missing there: for a module or an organization that is new.
    ///
    /// # Errors
    /// The database's.
    pub async fn look_after(&mut self, kernel: &Kernel) -> Result<()> {
        let now = kernel.now();
        let is_fresh =
            self.0.is_some_and(|last| (0..LOOKED_AFTER_SECONDS).contains(&now.seconds_since(last)));
        let kinds: Vec<&'static str> = kernel.registry().daily_jobs().to_vec();
        if is_fresh || kinds.is_empty() {
            return Ok(());
        }
        let missing = kernel.database().read(move |db| missing(db, &kinds)).await?;
        if !missing.is_empty() {
            kernel.database().write(move |db| insert(db, now, &missing)).await?;
        }
        self.0 = Some(now);
        Ok(())
    }
}

type Missing = (OrganizationId, &'static str);

fn missing(db: &mut Db, kinds: &[&'static str]) -> Result<Vec<Missing>> {
    let waiting: Vec<(OrganizationId, String)> = jobs::table
        .filter(jobs::daily.eq(true))
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .select((jobs::organization_id, jobs::kind))
        .load(db)?;
    let waiting: HashSet<_> =
        waiting.iter().map(|(organization, kind)| (*organization, kind.as_str())).collect();
    let all: Vec<OrganizationId> = organizations::table.select(organizations::id).load(db)?;
    let wanted = all.into_iter().flat_map(|each| kinds.iter().map(move |kind| (each, *kind)));
    Ok(wanted.filter(|each| !waiting.contains(each)).collect())
}

/// Another machine may have been faster; its row is as good.
fn insert(db: &mut Db, due: Instant, missing: &[Missing]) -> Result<()> {
    let row = |(organization, kind): &Missing| {
        (
            jobs::organization_id.eq(*organization),
            jobs::kind.eq(*kind),
            jobs::payload.eq("null"),
            jobs::created_at.eq(due),
            jobs::run_at.eq(due),
            jobs::attempts.eq(0),
            jobs::daily.eq(true),
        )
    };
    let rows: Vec<_> = missing.iter().map(row).collect();
    per_backend!(db, |connection| {
        diesel::insert_into(jobs::table).values(&rows).on_conflict_do_nothing().execute(connection)?
    });
    Ok(())
}

/// After today's is done, or given up: a day after it began, however long it took.
pub(crate) fn insert_next(
    db: &mut Db,
    began: Instant,
    organization: OrganizationId,
    kind: &'static str,
) -> Result<()> {
    insert(db, began.plus_days(1), &[(organization, kind)])
}
