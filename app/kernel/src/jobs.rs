//! Work that a request leaves behind: mail, extraction. A job is a row, written in the transaction
//! of its cause, leased by one machine at a time and tried again with growing pauses for five
//! days (T31).

mod running;

use std::time::Duration;

use diesel::prelude::*;
use futures_util::FutureExt;
use portico_facts::OrganizationId;
use serde::Serialize;
use tracing::{Instrument, Span, field::Empty};

use self::running::Running;
use crate::{
    clock::Instant,
    connection::Db,
    daily::Daily,
    error::Result,
    module::Job,
    schema::jobs,
    system::Kernel,
    traced::{TRACED, went_wrong},
};

const LEASE_SECONDS: i64 = 300;
const GIVE_UP_AFTER_DAYS: i64 = 5;
const AT_ONCE: usize = 4;

/// Work for the handler registered under `kind`.
pub struct NewJob<P> {
    pub kind: &'static str,
    pub payload: P,
}

/// A job as the staff page for stuck work shows it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    pub id: i64,
    pub organization_id: OrganizationId,
    pub kind: String,
    pub payload: String,
    pub created_at: Instant,
    pub run_at: Instant,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub failed_at: Option<Instant>,
    pub daily: bool,
}

/// `due`: when it may run first, from which moment its five days count.
pub(crate) fn insert<P: Serialize>(
    db: &mut Db,
    organization: OrganizationId,
    due: Instant,
    job: NewJob<P>,
) -> Result<()> {
    let payload = serde_json::to_string(&job.payload).map_err(anyhow::Error::from)?;
    diesel::insert_into(jobs::table)
        .values((
            jobs::organization_id.eq(organization),
            jobs::kind.eq(job.kind),
            jobs::payload.eq(payload),
            jobs::created_at.eq(due),
            jobs::run_at.eq(due),
            jobs::attempts.eq(0),
        ))
        .execute(db)?;
    Ok(())
}

impl crate::Core<'_> {
    /// Whether the same work is in the queue already and was not given up.
    ///
    /// # Errors
    /// The database's, or a payload that is no JSON.
    pub fn is_to_come<P: Serialize>(&mut self, job: &NewJob<P>) -> Result<bool> {
        let organization = self.organization();
        let payload = serde_json::to_string(&job.payload).map_err(anyhow::Error::from)?;
        let same = jobs::table
            .filter(jobs::organization_id.eq(organization))
            .filter(jobs::kind.eq(job.kind))
            .filter(jobs::payload.eq(payload))
            .filter(jobs::finished_at.is_null())
            .filter(jobs::failed_at.is_null());
        Ok(diesel::select(diesel::dsl::exists(same)).get_result(self.db())?)
    }

    /// The payloads of what is in the queue of one kind and was not given up.
    ///
    /// # Errors
    /// The database's.
    pub fn payloads_to_come(&mut self, kind: &str) -> Result<Vec<String>> {
        let organization = self.organization();
        Ok(jobs::table
            .filter(jobs::organization_id.eq(organization))
            .filter(jobs::kind.eq(kind))
            .filter(jobs::finished_at.is_null())
            .filter(jobs::failed_at.is_null())
            .select(jobs::payload)
            .load(self.db())?)
    }
}

impl crate::Tx<'_> {
    /// What waits, is being tried again or was given up, the oldest first; nothing whose time has not
    /// come.
    ///
    /// # Errors
    /// The database's.
    pub fn unfinished_jobs(&mut self, limit: i64) -> Result<Vec<JobRow>> {
        let (organization, now) = (self.organization(), self.now());
        Ok(jobs::table
            .filter(jobs::organization_id.eq(organization))
            .filter(jobs::finished_at.is_null())
            .filter(jobs::run_at.le(now).or(jobs::attempts.gt(0)))
            .order(jobs::id)
            .limit(limit)
            .select(JobRow::as_select())
            .load(self.db())?)
    }

    /// Makes an unfinished job due at once and gives it five new days. One that was finished meanwhile stays so.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when it is not this organization's.
    pub fn try_job_again(&mut self, id: i64) -> Result<()> {
        let (organization, now) = (self.organization(), self.now());
        let job = jobs::table.filter(jobs::organization_id.eq(organization)).filter(jobs::id.eq(id));
        let _: i64 = job.select(jobs::id).first(self.db())?;
        diesel::update(job.filter(jobs::finished_at.is_null()))
            .set((jobs::run_at.eq(now), jobs::created_at.eq(now), jobs::failed_at.eq(None::<Instant>)))
            .execute(self.db())?;
        Ok(())
    }
}

/// Runs due jobs until the kernel stops. One that takes long holds its own place and no other.
pub(crate) async fn work(kernel: Kernel) {
    let mut wakings = kernel.wakings();
    let mut daily = Daily::default();
    let mut running = Running::default();
    while !kernel.stopping().is_cancelled() {
        if let Err(error) = daily.look_after(&kernel).await {
            tracing::warn!(%error, "the daily jobs cannot be looked after");
        }
        running.renew_leases(&kernel).await;
        if running.has_room() {
            match kernel.claim_jobs(AT_ONCE - running.ids().len(), running.ids()).await {
                Ok(claimed) => claimed.into_iter().for_each(|row| running.start(&kernel, row)),
                Err(error) => tracing::error!(%error, "the queue cannot be read"),
            }
        }
        let has_room = running.has_room();
        tokio::select! {
            () = kernel.stopping().cancelled() => {}
            Some(()) = running.end_one() => {}
            _ = wakings.changed(), if has_room => {}
            () = tokio::time::sleep(Duration::from_millis(500)) => {}
        }
    }
    while running.end_one().await.is_some() {}
}

async fn run_one(kernel: Kernel, row: JobRow) {
    // What no module handles can be called anything.
    let kind = kernel.registry().job(&row.kind).map_or("unknown", |_| &*row.kind);
    let span = tracing::info_span!(
        target: TRACED,
        "job",
        otel.kind = "consumer",
        portico.job.kind = kind,
        portico.job.attempt = i64::from(row.attempts),
        portico.job.outcome = Empty,
        otel.status_code = Empty,
    );
    attempt(kernel, row, &span).instrument(span.clone()).await;
}

async fn attempt(kernel: Kernel, row: JobRow, span: &Span) {
    let began = kernel.now();
    let outcome = match kernel.registry().job(&row.kind) {
        Some(run) => match kernel.system(row.organization_id).await {
            Ok(system) => {
                let job = Job { id: row.id, payload: row.payload.clone() };
                std::panic::AssertUnwindSafe(run(system, job))
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(anyhow::anyhow!("the job panicked").into()))
            }
            Err(error) => Err(error),
        },
        None => Err(anyhow::anyhow!("no module handles {:?}", row.kind).into()),
    };
    span.record("portico.job.outcome", if outcome.is_ok() { "done" } else { "failed" });
    if let Err(error) = &outcome {
        went_wrong(span);
        tracing::warn!(job = row.id, kind = row.kind, %error, "a job failed and will be tried again");
    }
    let failure = outcome.err().map(|error| error.to_string());
    if let Err(error) = kernel.settle_job(row, began, failure).await {
        tracing::error!(%error, "a job's end could not be written");
    }
}

/// What waits in the queue although its time has come: how many, and since when the longest of them does.
pub(crate) fn waiting(db: &mut Db, now: Instant) -> Result<(i64, Option<Instant>)> {
    Ok(jobs::table
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .filter(jobs::run_at.le(now))
        .select((diesel::dsl::count_star(), diesel::dsl::min(jobs::run_at)))
        .first(db)?)
}

/// How many were given up, and stay so until somebody tries them again.
pub(crate) fn given_up(db: &mut Db) -> Result<i64> {
    let given_up = jobs::table.filter(jobs::finished_at.is_null()).filter(jobs::failed_at.is_not_null());
    Ok(given_up.count().get_result(db)?)
}

/// Looked at before the writer is taken, which is mostly for nothing.
pub(crate) fn any_due(db: &mut Db, now: Instant) -> Result<bool> {
    let due: i64 = jobs::table
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .filter(jobs::run_at.le(now))
        .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(now)))
        .count()
        .get_result(db)?;
    Ok(due > 0)
}

/// Takes jobs that are due and that nobody holds. `ours` are under way here, also where the clock, which may have been
/// set or have stood still with the machine, says that their lease is over.
pub(crate) fn claim(db: &mut Db, now: Instant, limit: usize, ours: &[i64]) -> Result<Vec<JobRow>> {
    let free = jobs::leased_until.is_null().or(jobs::leased_until.lt(now));
    let due: Vec<i64> = jobs::table
        .filter(jobs::finished_at.is_null())
        .filter(jobs::failed_at.is_null())
        .filter(jobs::run_at.le(now))
        .filter(free)
        // The same for all, since two machines that took the same rows in different orders would block each other.
        .order((jobs::run_at, jobs::id))
        .limit((limit + ours.len()) as i64)
        .select(jobs::id)
        .load(db)?;
    let mut claimed = Vec::with_capacity(due.len());
    for id in due.into_iter().filter(|id| !ours.contains(id)).take(limit) {
        // One conditional update decides between machines.
        let taken = diesel::update(jobs::table)
            .filter(jobs::id.eq(id))
            .filter(jobs::leased_until.is_null().or(jobs::leased_until.lt(now)))
            .filter(jobs::finished_at.is_null())
            .set((
                jobs::leased_until.eq(now.plus_seconds(LEASE_SECONDS)),
                jobs::attempts.eq(jobs::attempts + 1),
            ))
            .execute(db)?;
        if taken == 1 {
            claimed.push(jobs::table.find(id).select(JobRow::as_select()).first(db)?);
        }
    }
    Ok(claimed)
}

/// Whoever is still about it keeps it, though the lease may have run out meanwhile, but not once another machine has
/// begun an attempt of its own.
pub(crate) fn renew(db: &mut Db, now: Instant, id: i64, attempt: i32) -> Result<()> {
    diesel::update(jobs::table)
        .filter(jobs::id.eq(id))
        .filter(jobs::attempts.eq(attempt))
        .filter(jobs::finished_at.is_null())
        .filter(jobs::leased_until.is_not_null())
        .set(jobs::leased_until.eq(now.plus_seconds(LEASE_SECONDS)))
        .execute(db)?;
    Ok(())
}

/// Whether that was its last attempt. Whose lease ran out says nothing about a failure any more: the job is another's,
/// or done.
pub(crate) fn settle(
    db: &mut Db,
    now: Instant,
    chance: u8,
    row: &JobRow,
    failure: Option<String>,
) -> Result<bool> {
    let this = jobs::table.filter(jobs::id.eq(row.id)).filter(jobs::finished_at.is_null());
    match failure {
        None => {
            diesel::update(this)
                // The payload may hold what only the job needed to know.
                .set((jobs::finished_at.eq(Some(now)), jobs::payload.eq("null")))
                .execute(db)?;
            Ok(true)
        }
        Some(error) => {
            let given_up = now > row.created_at.plus_days(GIVE_UP_AFTER_DAYS);
            let settled = diesel::update(this.filter(jobs::attempts.eq(row.attempts)))
                .set((
                    jobs::leased_until.eq(None::<Instant>),
                    jobs::run_at.eq(now.plus_seconds(pause(row.attempts, chance))),
                    jobs::last_error.eq(Some(error)),
                    jobs::failed_at.eq(given_up.then_some(now)),
                ))
                .execute(db)?;
            Ok(given_up && settled > 0)
        }
    }
}

/// On one machine nobody else can hold a lease when the program starts.
pub(crate) fn release_all(db: &mut Db) -> Result<()> {
    diesel::update(jobs::table)
        .filter(jobs::finished_at.is_null())
        .set(jobs::leased_until.eq(None::<Instant>))
        .execute(db)?;
    Ok(())
}

/// Finished jobs are kept a week for whoever looks into a complaint.
pub(crate) fn sweep(db: &mut Db, now: Instant) -> Result<()> {
    diesel::delete(jobs::table.filter(jobs::finished_at.lt(now.plus_days(-7)))).execute(db)?;
    Ok(())
}

/// Seconds to wait after the nth attempt: doubling from 5 s to almost 6 h, with up to a quarter more by chance, so
/// that what failed together does not come back together.
fn pause(attempts: i32, chance: u8) -> i64 {
    let doublings = attempts.clamp(1, 13) - 1;
    let base = 5_i64 << doublings;
    let jitter = i64::from(chance) * base / 1024;
    base + jitter
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use crate::connection::Either;

    use super::*;

    const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

    fn queue_with(due: Instant) -> Db {
        let mut connection = SqliteConnection::establish(":memory:").unwrap();
        connection
            .batch_execute(concat!(
                include_str!("../../../migrations/sqlite/0001_foundation/up.sql"),
                include_str!("../../../migrations/sqlite/0031_daily_jobs/up.sql"),
            ))
            .unwrap();
        connection
            .batch_execute(
                "INSERT INTO organizations (id, slug, name, colour, language, time_zone, created_at)
                 VALUES (x'01010101010101010101010101010101', 'acme', 'Acme', '#123456', 'en', 'UTC', 0)",
            )
            .unwrap();
        let mut db = Db::from(Either::Sqlite(connection));
        insert(&mut db, OrganizationId::from_bytes([1; 16]), due, NewJob { kind: "reminder", payload: 3 })
            .unwrap();
        db
    }

    #[test]
    fn a_job_for_later_is_taken_from_its_moment_on() {
        let due = NOW.plus_days(3);
        let mut db = queue_with(due);
        for early in [NOW, due.plus_seconds(-1)] {
            assert!(!any_due(&mut db, early).unwrap());
            assert!(claim(&mut db, early, 4, &[]).unwrap().is_empty());
        }
        assert!(any_due(&mut db, due).unwrap());
        assert_eq!(claim(&mut db, due, 4, &[]).unwrap().len(), 1);
    }

    #[test]
    fn a_job_for_later_has_its_five_days_from_then_on() {
        let due = NOW.plus_days(30);
        let mut db = queue_with(due);
        for (at, given_up) in
            [(due, false), (due.plus_days(5), false), (due.plus_days(5).plus_seconds(1), true)]
        {
            // The pause after a failure may have moved it on.
            diesel::update(jobs::table).set(jobs::run_at.eq(at)).execute(&mut db).unwrap();
            let row = claim(&mut db, at, 4, &[]).unwrap().remove(0);
            settle(&mut db, at, 0, &row, Some("no answer".to_owned())).unwrap();
            let failed_at: Option<Instant> = jobs::table.select(jobs::failed_at).first(&mut db).unwrap();
            assert_eq!(failed_at.is_some(), given_up);
        }
    }

    /// T31
    #[test]
    fn t31_one_machine_holds_a_job_until_its_lease_is_over() {
        let mut db = queue_with(NOW);
        let ours = claim(&mut db, NOW, 4, &[]).unwrap().remove(0);
        let lease_ends = NOW.plus_seconds(LEASE_SECONDS);
        for at in [NOW, lease_ends] {
            assert!(!any_due(&mut db, at).unwrap());
            assert!(claim(&mut db, at, 4, &[]).unwrap().is_empty(), "another machine took it too");
        }
        let later = lease_ends.plus_seconds(1);
        assert!(claim(&mut db, later, 4, &[ours.id]).unwrap().is_empty(), "it is still under way here");
        let theirs = claim(&mut db, later, 4, &[]).unwrap().remove(0);
        assert_eq!((theirs.id, theirs.attempts), (ours.id, 2));

        // What became of our attempt is no word on theirs.
        settle(&mut db, later, 0, &ours, Some("no answer".to_owned())).unwrap();
        let soon = later.plus_seconds(60);
        assert!(claim(&mut db, soon, 4, &[]).unwrap().is_empty(), "it was freed under those who hold it");
        settle(&mut db, soon, 0, &theirs, None).unwrap();
        settle(&mut db, soon, 0, &ours, Some("no answer".to_owned())).unwrap();
        let last_error: Option<String> = jobs::table.select(jobs::last_error).first(&mut db).unwrap();
        assert_eq!(last_error, None);
        assert!(claim(&mut db, soon.plus_days(1), 4, &[]).unwrap().is_empty(), "it is done");
    }

    /// T31
    #[test]
    fn t31_a_job_that_takes_longer_than_a_lease_stays_with_whoever_is_about_it() {
        let mut db = queue_with(NOW);
        let ours = claim(&mut db, NOW, 4, &[]).unwrap().remove(0);
        let mut renewed_at = NOW;
        for _ in 0..20 {
            renewed_at = renewed_at.plus_seconds(LEASE_SECONDS - 1);
            renew(&mut db, renewed_at, ours.id, ours.attempts).unwrap();
            assert!(
                claim(&mut db, renewed_at.plus_seconds(2), 4, &[]).unwrap().is_empty(),
                "it was taken away"
            );
        }

        let lease_ends = renewed_at.plus_seconds(LEASE_SECONDS);
        let theirs = claim(&mut db, lease_ends.plus_seconds(1), 4, &[]).unwrap().remove(0);
        let lease =
            |db: &mut Db| jobs::table.select(jobs::leased_until).first::<Option<Instant>>(db).unwrap();
        let held = lease(&mut db);
        renew(&mut db, lease_ends.plus_seconds(100), ours.id, ours.attempts).unwrap();
        assert_eq!(lease(&mut db), held, "the lease of whoever took over was made ours");
        settle(&mut db, lease_ends.plus_seconds(101), 0, &theirs, Some("no answer".to_owned())).unwrap();
        renew(&mut db, lease_ends.plus_seconds(102), theirs.id, theirs.attempts).unwrap();
        assert_eq!(lease(&mut db), None, "what was given back was taken again");
    }

    #[test]
    fn pauses_grow_from_seconds_to_hours() {
        for (attempts, least, most) in [
            (1, 5, 6),
            (2, 10, 12),
            (4, 40, 49),
            (13, 20_480, 25_580),
            (14, 20_480, 25_580),
            (500, 20_480, 25_580),
        ] {
            assert_eq!((pause(attempts, 0), pause(attempts, 255)), (least, most), "{attempts}");
        }
    }
}
