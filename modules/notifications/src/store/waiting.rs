//! What waits for the mail of the day.

use std::collections::BTreeSet;

use diesel::prelude::*;
use portico_facts::PersonId;
use portico_kernel::{
    Among, Core, Either, Error, Job, NewJob, Recorded, Result, Role, System, Tx, compose_for_reader, people,
    per_backend,
};
use portico_ui::Language;

use super::choices::{hour, timings};
use crate::{
    jobs::{DIGEST, Digest},
    schema::waiting_news,
    timing::Timing,
};

/// Pieces in one mail, the oldest; nobody reads more, and each is looked at by itself.
const MOST: i64 = 100;

/// What a job knew that had something to tell.
#[derive(Clone, Debug, Queryable)]
pub struct Waiting {
    pub job: i64,
    pub kind: String,
    /// JSON
    pub payload: String,
}

/// However often the job is run, it waits once.
///
/// # Errors
/// The database's.
pub fn keep_for_digest(tx: &mut Tx, reader: PersonId, waiting: &Waiting) -> Result<Recorded<()>> {
    let organization = tx.organization();
    hold(tx, reader)?;
    let is_first = !anything_waits(tx, reader)?;
    per_backend!(tx.db(), |c| diesel::insert_into(waiting_news::table)
        .values((
            waiting_news::organization_id.eq(organization),
            waiting_news::person_id.eq(reader),
            waiting_news::job.eq(waiting.job),
            waiting_news::kind.eq(waiting.kind.as_str()),
            waiting_news::payload.eq(waiting.payload.as_str()),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    if is_first {
        enqueue_digest(tx, reader)?;
    }
    // Nothing that anybody sees has changed.
    Ok(tx.unchanged(()))
}

/// What comes in and what goes out of one reader's, one after the other: each would believe that the other puts the mail
/// into the queue. SQLite has one writer; on PostgreSQL they queue at their reader's row.
pub(super) fn hold(tx: &mut Core, reader: PersonId) -> Result<()> {
    let organization = tx.organization();
    if let Either::Postgres(connection) = tx.db().either() {
        people::table
            .filter(people::organization_id.eq(organization))
            .filter(people::id.eq(reader))
            .select(people::id)
            .for_no_key_update()
            .load::<PersonId>(connection)?;
    }
    Ok(())
}

/// What was due at an hour that is not its reader's any more is due at the next of theirs, if it still waits.
///
/// # Errors
/// The database's.
pub fn put_off(tx: &mut Tx, reader: PersonId) -> Result<Recorded<()>> {
    hold(tx, reader)?;
    reschedule(tx, reader)?;
    Ok(tx.unchanged(()))
}

/// Whoever has something that waits and no job that will come for it, since theirs was given up, gets another.
///
/// # Errors
/// The database's.
pub fn revive(tx: &mut Tx) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let waiting: Vec<PersonId> = waiting_news::table
        .filter(waiting_news::organization_id.eq(organization))
        .select(waiting_news::person_id)
        .distinct()
        .load(tx.db())?;
    let to_come: BTreeSet<PersonId> = tx
        .payloads_to_come(DIGEST)?
        .iter()
        .filter_map(|payload| serde_json::from_str::<Digest>(payload).ok())
        .map(|digest| digest.reader)
        .collect();
    for reader in waiting.into_iter().filter(|reader| !to_come.contains(reader)) {
        hold(tx, reader)?;
        enqueue_digest(tx, reader)?;
    }
    Ok(tx.unchanged(()))
}

/// After another hour was chosen: what was put into the queue for the former one finds itself out of date.
///
/// # Errors
/// The database's.
pub fn reschedule(tx: &mut Core, reader: PersonId) -> Result<()> {
    match anything_waits(tx, reader)? {
        true => enqueue_digest(tx, reader),
        false => Ok(()),
    }
}

fn anything_waits(tx: &mut Core, reader: PersonId) -> Result<bool> {
    let organization = tx.organization();
    let first: Option<i64> = waiting_news::table
        .filter(waiting_news::organization_id.eq(organization))
        .filter(waiting_news::person_id.eq(reader))
        .select(waiting_news::job)
        .first(tx.db())
        .optional()?;
    Ok(first.is_some())
}

fn enqueue_digest(tx: &mut Core, reader: PersonId) -> Result<()> {
    let due = hour(tx, reader)?.next_after(tx.now());
    let job = NewJob { kind: DIGEST, payload: Digest { reader, due } };
    // Two for the same hour would both find what waits, and send it twice.
    match tx.is_to_come(&job)? {
        true => Ok(()),
        false => tx.enqueue_at(job, due),
    }
}

/// To whom a mail of the day goes.
#[derive(Clone, Debug)]
pub struct DigestReader {
    pub to: String,
    pub name: String,
    pub language: Option<Language>,
    pub is_staff: bool,
}

/// What is still true of what waited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// The portal's name.
    pub place: Option<String>,
    pub title: String,
    pub href: Option<String>,
}

pub struct Round {
    /// `None` for whoever was removed.
    pub reader: Option<DigestReader>,
    /// By places; nothing twice.
    pub news: Vec<Piece>,
    /// The jobs that do not wait any more afterwards.
    pub looked_at: Vec<i64>,
}

/// `None` where nothing waits, or the mail was due at an hour that is not theirs any more.
///
/// # Errors
/// The database's.
pub fn round(system: &System, tx: &mut Tx, digest: Digest) -> Result<Option<Round>> {
    let reader = digest.reader;
    if !hour(tx, reader)?.is(digest.due) {
        return Ok(None);
    }
    let organization = tx.organization();
    let waiting: Vec<Waiting> = waiting_news::table
        .filter(waiting_news::organization_id.eq(organization))
        .filter(waiting_news::person_id.eq(reader))
        .order(waiting_news::job)
        .limit(MOST)
        .select((waiting_news::job, waiting_news::kind, waiting_news::payload))
        .load(tx.db())?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let looked_at = waiting.iter().map(|each| each.job).collect();
    let chosen = timings(tx, reader)?;
    let kinds = system.kernel().registry().news_kinds();
    let mut news = Vec::new();
    for Waiting { job, kind, payload } in waiting {
        let is_wanted = chosen.get(&kind) != Some(&Timing::Never);
        let Some(kind) = kinds.iter().find(|each| is_wanted && each.key == kind) else { continue };
        let told = match compose_for_reader(kind.compose, system, tx, &Job { id: job, payload }) {
            // Written by another version of the program: nobody's other news wait for it.
            Err(error) if is_unreadable(&error) => {
                tracing::error!(job, kind = kind.key, %error, "a piece of news cannot be read and is left out");
                continue;
            }
            told => told?,
        };
        if let Some(told) = told {
            let href = told.letter.button.map(|(_, href)| href);
            news.push(Piece { place: told.place, title: told.letter.title, href });
        }
    }
    news.sort();
    news.dedup();
    Ok(Some(Round { reader: digest_reader(tx, reader)?, news, looked_at }))
}

fn is_unreadable(error: &Error) -> bool {
    matches!(error, Error::Internal(error) if error.is::<serde_json::Error>())
}

fn digest_reader(tx: &mut Tx, reader: PersonId) -> Result<Option<DigestReader>> {
    let organization = tx.organization();
    let row: Option<(String, String, Option<String>, String)> = people::table
        .find((organization, reader))
        .filter(people::removed_at.is_null())
        .select((people::email, people::name, people::language, people::role))
        .first(tx.db())
        .optional()?;
    Ok(row.map(|(to, name, language, role)| DigestReader {
        to,
        name,
        language: language.as_deref().and_then(Language::from_code),
        is_staff: role != Role::Client.name(),
    }))
}

/// What came in the meantime waits for tomorrow's.
///
/// # Errors
/// The database's.
pub fn settle(tx: &mut Tx, reader: PersonId, looked_at: Vec<i64>) -> Result<Recorded<()>> {
    let organization = tx.organization();
    hold(tx, reader)?;
    diesel::delete(
        waiting_news::table
            .filter(waiting_news::organization_id.eq(organization))
            .filter(waiting_news::person_id.eq(reader))
            .filter(waiting_news::job.among(looked_at)),
    )
    .execute(tx.db())?;
    reschedule(tx, reader)?;
    Ok(tx.unchanged(()))
}
