//! The backup that the server makes of itself every day. It is no row of the queue: a job belongs to an organization,
//! and whichever machine is free takes it, also one that was given no folder. Two rows of `installation` say when the
//! next is due and who is about it, so that of several machines one makes it.

use std::{
    fs::{self, DirBuilder},
    num::NonZeroUsize,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use diesel::{prelude::*, upsert::excluded};
use serde::{Deserialize, Serialize};

use super::{BackedUp, keeping::Keep, place::BackupPlace, progress::nobody};
use crate::{
    clock::Instant,
    connection::Db,
    error::{Error, Result},
    per_backend,
    schema::{installation, organizations},
    system::Kernel,
};

const DUE: &str = "backup-due";
const HELD: &str = "backup-held";
const LAST: &str = "backup-last";
const FAILED: &str = "backup-failed";

/// How often a machine looks whether one is due.
const LOOKED_AFTER: Duration = Duration::from_secs(5);
/// After this long another machine believes that the one which began has died over it.
const HELD_SECONDS: i64 = 6 * 3_600;
/// By how much the clocks of two machines may differ.
const APART_SECONDS: i64 = 3_600;
/// Until a failure is tried again.
const AGAIN_SECONDS: i64 = 3_600;

/// Where the server backs itself up, and how many backups it leaves there.
#[derive(Clone)]
pub struct DailyBackup {
    pub target: DailyTarget,
    pub keep: NonZeroUsize,
}

#[derive(Clone)]
pub enum DailyTarget {
    /// A file each day.
    Folder(PathBuf),
    /// What is new each day. Looked for when it is time: it may be away when the server starts.
    Place(OpenPlace),
}

type OpenPlace = Arc<dyn Fn() -> anyhow::Result<BackupPlace> + Send + Sync>;

/// A backup that was written whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    pub made_at: Instant,
    /// In bytes.
    pub size: u64,
    /// Objects that the store did not have.
    pub missing: u64,
    pub is_encrypted: bool,
}

/// What is known of backups, by the clock or by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupRecord {
    pub last: Option<LastBackup>,
    /// When the server last failed at one, if none succeeded since.
    pub failed_at: Option<Instant>,
}

/// Until the kernel stops; at once where no folder was named.
pub(crate) async fn back_up_daily(kernel: Kernel) {
    let Some(daily) = kernel.configuration().daily_backup.clone() else { return };
    while !kernel.stopping().is_cancelled() {
        if let Err(error) = back_up_if_due(&kernel, &daily).await {
            tracing::warn!(%error, "whether a backup is due cannot be read");
        }
        tokio::select! {
            () = kernel.stopping().cancelled() => {}
            () = tokio::time::sleep(LOOKED_AFTER) => {}
        }
    }
}

async fn back_up_if_due(kernel: &Kernel, daily: &DailyBackup) -> Result<()> {
    let began = kernel.now();
    let is_due = kernel.database().read(move |db| is_due(db, began)).await?;
    if !is_due || !kernel.database().write(move |db| hold(db, began)).await? {
        return Ok(());
    }
    let (due, failed_at) = match back_up_into(kernel, daily, began).await {
        Ok(()) => (began.plus_days(1), None),
        Err(error) => {
            let error = format!("{error:#}");
            tracing::error!(error, "the daily backup failed and will be tried again");
            (began.plus_seconds(AGAIN_SECONDS), Some(began))
        }
    };
    kernel.database().write(move |db| settle(db, due, failed_at)).await
}

async fn back_up_into(kernel: &Kernel, daily: &DailyBackup, began: Instant) -> anyhow::Result<()> {
    let written = match &daily.target {
        DailyTarget::Folder(folder) => write_file(kernel, folder, daily.keep, began).await?,
        DailyTarget::Place(open) => grow(kernel, open, daily.keep).await?,
    };
    if written.counts.missing > 0 {
        tracing::warn!(missing = written.counts.missing, "the daily backup lacks objects");
    }
    tracing::info!(size = written.size, "the daily backup was made");
    Ok(())
}

async fn write_file(
    kernel: &Kernel,
    folder: &Path,
    keep: NonZeroUsize,
    began: Instant,
) -> anyhow::Result<BackedUp> {
    let prepared = folder.to_owned();
    tokio::task::spawn_blocking(move || prepare(&prepared)).await??;
    let written = kernel.back_up(&folder.join(name_of(began)), nobody()).await?;
    let folder = folder.to_owned();
    // The backup is made all the same: another one an hour later would only take more room.
    if let Err(error) = tokio::task::spawn_blocking(move || remove_older(&folder, keep.get())).await? {
        tracing::error!(error = format!("{error:#}"), "older backups could not be removed");
    }
    Ok(written)
}

async fn grow(kernel: &Kernel, open: &OpenPlace, keep: NonZeroUsize) -> anyhow::Result<BackedUp> {
    let open = open.clone();
    let place = tokio::task::spawn_blocking(move || open()).await?.context("PORTICO_BACKUP")?;
    let grown = kernel.back_up_to(&place, Some(Keep::Newest(keep)), nobody()).await?;
    if let Some(reason) = &grown.forgotten.held_up_by {
        tracing::warn!(reason, "older backups stay for now");
    }
    tracing::info!(new = grown.new, "what is new was backed up");
    Ok(grown.backup)
}

/// As text they are in the order of time.
fn name_of(began: Instant) -> String {
    began.in_zone("UTC").strftime("portico-%Y%m%d-%H%M%S.backup").to_string()
}

/// Whether the server named this file; others lie there untouched.
fn is_ours(name: &str) -> bool {
    let stamp = name.strip_prefix("portico-").and_then(|name| name.strip_suffix(".backup"));
    stamp.and_then(|stamp| stamp.split_once('-')).is_some_and(|(day, time)| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        day.len() == 8 && time.len() == 6 && digits(day) && digits(time)
    })
}

/// Makes the folder, readable by its owner alone, and takes away what a machine that died left half written.
fn prepare(folder: &Path) -> anyhow::Result<()> {
    let context = || format!("PORTICO_BACKUP: {}", folder.display());
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(context)?;
    for name in names_in(folder).with_context(context)? {
        if name.strip_suffix(".part").is_some_and(is_ours) {
            fs::remove_file(folder.join(name)).with_context(context)?;
        }
    }
    Ok(())
}

/// What cannot be removed keeps nothing else.
fn remove_older(folder: &Path, keep: usize) -> anyhow::Result<()> {
    let mut ours = names_in(folder)?;
    ours.retain(|name| is_ours(name));
    ours.sort_unstable();
    ours.truncate(ours.len().saturating_sub(keep));
    let mut outcome = Ok(());
    for name in ours {
        let removed = fs::remove_file(folder.join(&name));
        outcome = outcome.and(removed.with_context(|| format!("{name} cannot be removed")));
    }
    outcome
}

fn names_in(folder: &Path) -> std::io::Result<Vec<String>> {
    fs::read_dir(folder)?
        .filter_map(|entry| entry.map(|entry| entry.file_name().into_string().ok()).transpose())
        .collect()
}

impl Kernel {
    /// # Errors
    /// The database's.
    pub async fn backup_record(&self) -> Result<BackupRecord> {
        self.database()
            .read(|db| {
                let last = noted(db, LAST)?.and_then(|last| serde_json::from_str(&last).ok());
                Ok(BackupRecord { last, failed_at: moment(db, FAILED)? })
            })
            .await
    }

    pub(super) async fn note_backup(&self, written: &BackedUp) -> Result<()> {
        let last = LastBackup {
            made_at: self.now(),
            size: written.size,
            missing: written.counts.missing,
            is_encrypted: self.configuration().backup_key.is_some(),
        };
        let last = serde_json::to_string(&last).map_err(anyhow::Error::from)?;
        self.database().write(move |db| note(db, LAST, &last)).await
    }
}

/// On one machine nobody else can be about one when the program starts.
pub(crate) fn release(db: &mut Db) -> Result<()> {
    diesel::delete(installation::table.find(HELD)).execute(db)?;
    Ok(())
}

/// What is due later than the longest pause was noted by a clock that was ahead, and counts as due.
fn has_come(due: Option<Instant>, now: Instant) -> bool {
    due.is_none_or(|due| due <= now || due > now.plus_days(1).plus_seconds(APART_SECONDS))
}

/// The same of whoever is about one.
fn is_held(until: Instant, now: Instant) -> bool {
    (now..=now.plus_seconds(HELD_SECONDS + APART_SECONDS)).contains(&until)
}

/// Of an installation without anybody in it there is nothing to keep.
fn is_due(db: &mut Db, now: Instant) -> Result<bool> {
    let is_held = moment(db, HELD)?.is_some_and(|until| is_held(until, now));
    if !has_come(moment(db, DUE)?, now) || is_held {
        return Ok(false);
    }
    Ok(organizations::table.count().get_result::<i64>(db)? > 0)
}

/// One conditional update decides between machines; whether it is due is asked once more behind it.
fn hold(db: &mut Db, now: Instant) -> Result<bool> {
    let free = (installation::name.eq(HELD), installation::value.eq("0"));
    per_backend!(db, |connection| {
        diesel::insert_into(installation::table).values(free).on_conflict_do_nothing().execute(connection)?
    });
    let held = noted(db, HELD)?.unwrap_or_default();
    if held.parse().is_ok_and(|until: i64| is_held(Instant::from_micros(until), now)) {
        return Ok(false);
    }
    let taken = diesel::update(installation::table)
        .filter(installation::name.eq(HELD))
        .filter(installation::value.eq(&held))
        .set(installation::value.eq(now.plus_seconds(HELD_SECONDS).micros().to_string()))
        .execute(db)?;
    if taken == 0 {
        return Ok(false);
    }
    if !has_come(moment(db, DUE)?, now) {
        note(db, HELD, "0")?;
        return Ok(false);
    }
    Ok(true)
}

fn settle(db: &mut Db, due: Instant, failed_at: Option<Instant>) -> Result<()> {
    note(db, DUE, &due.micros().to_string())?;
    match failed_at {
        Some(at) => note(db, FAILED, &at.micros().to_string())?,
        None => {
            diesel::delete(installation::table.find(FAILED)).execute(db)?;
        }
    }
    note(db, HELD, "0")
}

fn noted(db: &mut Db, name: &'static str) -> Result<Option<String>> {
    let found = installation::table.filter(installation::name.eq(name)).select(installation::value);
    Ok(found.first(db).optional()?)
}

fn moment(db: &mut Db, name: &'static str) -> Result<Option<Instant>> {
    let Some(micros) = noted(db, name)? else { return Ok(None) };
    let micros =
        micros.parse::<i64>().map_err(|_| Error::Internal(anyhow::anyhow!("{name} is no moment")))?;
    Ok(Some(Instant::from_micros(micros)))
}

fn note(db: &mut Db, name: &'static str, value: &str) -> Result<()> {
    let row = (installation::name.eq(name), installation::value.eq(value));
    per_backend!(db, |connection| diesel::insert_into(installation::table)
        .values(row)
        .on_conflict(installation::name)
        .do_update()
        .set(installation::value.eq(excluded(installation::value)))
        .execute(connection))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::connection::Either;

    const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

    fn installation_with(rows: &str) -> Db {
        let mut connection = SqliteConnection::establish(":memory:").unwrap();
        connection
            .batch_execute(include_str!("../../../../migrations/sqlite/0001_foundation/up.sql"))
            .unwrap();
        connection.batch_execute(rows).unwrap();
        Db::from(Either::Sqlite(connection))
    }

    const STUDIO: &str = "INSERT INTO organizations (id, slug, name, colour, language, time_zone, created_at)
        VALUES (x'01010101010101010101010101010101', 'acme', 'Acme', '#123456', 'en', 'UTC', 0)";

    #[test]
    fn t35_one_machine_makes_the_backup_and_the_next_is_due_a_day_later() {
        let mut db = installation_with(STUDIO);
        assert!(is_due(&mut db, NOW).unwrap() && hold(&mut db, NOW).unwrap());
        assert!(!is_due(&mut db, NOW).unwrap() && !hold(&mut db, NOW).unwrap(), "another took it too");

        settle(&mut db, NOW.plus_days(1), None).unwrap();
        let early = NOW.plus_days(1).plus_seconds(-1);
        assert!(!is_due(&mut db, early).unwrap() && !hold(&mut db, early).unwrap());
        assert!(is_due(&mut db, NOW.plus_days(1)).unwrap() && hold(&mut db, NOW.plus_days(1)).unwrap());
    }

    #[test]
    fn t35_whoever_dies_over_a_backup_is_replaced() {
        let mut db = installation_with(STUDIO);
        assert!(hold(&mut db, NOW).unwrap());
        let over = NOW.plus_seconds(HELD_SECONDS);
        assert!(!hold(&mut db, over).unwrap());
        assert!(hold(&mut db, over.plus_seconds(1)).unwrap());
        release(&mut db).unwrap();
        assert!(hold(&mut db, over.plus_seconds(1)).unwrap(), "its machine started again");
    }

    #[test]
    fn a_clock_that_was_ahead_does_not_end_backups() {
        let mut db = installation_with(STUDIO);
        let ahead = NOW.plus_days(27_000);
        assert!(is_due(&mut db, ahead).unwrap() && hold(&mut db, ahead).unwrap());
        assert!(is_due(&mut db, NOW).unwrap() && hold(&mut db, NOW).unwrap(), "held in the future");
        settle(&mut db, ahead.plus_days(1), None).unwrap();
        assert!(is_due(&mut db, NOW).unwrap() && hold(&mut db, NOW).unwrap(), "due in the future");
        settle(&mut db, NOW.plus_days(1), None).unwrap();
        assert!(!is_due(&mut db, NOW).unwrap());
    }

    #[test]
    fn what_cannot_be_removed_keeps_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let [stuck, old, new] = [1, 2, 3].map(|day| name_of(NOW.plus_days(day)));
        fs::create_dir(folder.path().join(&stuck)).unwrap();
        fs::write(folder.path().join(&old), "").unwrap();
        fs::write(folder.path().join(&new), "").unwrap();
        assert!(remove_older(folder.path(), 1).is_err());
        let mut left = names_in(folder.path()).unwrap();
        left.sort_unstable();
        assert_eq!(left, [stuck, new]);
    }

    #[test]
    fn a_failure_is_remembered_until_one_succeeds() {
        let mut db = installation_with(STUDIO);
        settle(&mut db, NOW.plus_seconds(AGAIN_SECONDS), Some(NOW)).unwrap();
        assert_eq!(moment(&mut db, FAILED).unwrap(), Some(NOW));
        assert!(!is_due(&mut db, NOW).unwrap());
        settle(&mut db, NOW.plus_days(1), None).unwrap();
        assert_eq!(moment(&mut db, FAILED).unwrap(), None);
    }

    #[test]
    fn an_installation_without_anybody_in_it_is_not_backed_up() {
        assert!(!is_due(&mut installation_with(""), NOW).unwrap());
    }

    #[test]
    fn only_the_newest_of_our_own_files_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let ours = [1, 2, 3].map(|day| name_of(NOW.plus_days(day)));
        let half = format!("{}.part", name_of(NOW));
        let others = ["monday.backup", "portico-20261128.backup", "portico-2026112x-000000.backup"];
        for name in ours.iter().map(String::as_str).chain(others).chain([half.as_str()]) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        prepare(folder.path()).unwrap();
        remove_older(folder.path(), 2).unwrap();
        let mut left = names_in(folder.path()).unwrap();
        left.sort_unstable();
        let mut expected = [others[0], others[1], others[2], &ours[1], &ours[2]];
        expected.sort_unstable();
        assert_eq!(left, expected);
        assert_eq!(name_of(NOW), "portico-20261118-110640.backup");
    }
}
