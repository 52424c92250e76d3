//! What somebody chose.

use std::collections::BTreeMap;

use diesel::{prelude::*, upsert::excluded};
use portico_facts::{EventKind, PersonId};
use portico_kernel::{Core, NewEvent, NewsKind, Recorded, Result, VisitorTx, people, per_backend};
use serde_json::json;

use super::waiting::{hold, reschedule};
use crate::{
    choice::Choices,
    hour::{Hour, USUAL},
    schema::{news_choices, news_hours},
    timing::Timing,
    way_out::{ALL_DAILY, WayOut},
};

/// At once, where nothing was chosen.
///
/// # Errors
/// The database's.
pub fn timing(tx: &mut Core, person: PersonId, kind: &str) -> Result<Timing> {
    let organization = tx.organization();
    let chosen: Option<String> = news_choices::table
        .find((organization, person, kind))
        .select(news_choices::timing)
        .first(tx.db())
        .optional()?;
    Ok(chosen.as_deref().and_then(Timing::from_name).unwrap_or(Timing::AtOnce))
}

/// # Errors
/// The database's.
pub fn timings(tx: &mut Core, person: PersonId) -> Result<BTreeMap<String, Timing>> {
    let organization = tx.organization();
    let rows: Vec<(String, String)> = news_choices::table
        .filter(news_choices::organization_id.eq(organization))
        .filter(news_choices::person_id.eq(person))
        .select((news_choices::kind, news_choices::timing))
        .load(tx.db())?;
    let chosen = |(kind, timing): (String, String)| Some((kind, Timing::from_name(&timing)?));
    Ok(rows.into_iter().filter_map(chosen).collect())
}

/// The hour, and the zone where one was chosen.
fn chosen_hour(tx: &mut Core, person: PersonId) -> Result<(i32, Option<String>)> {
    let organization = tx.organization();
    let row: Option<(i32, Option<String>)> = news_hours::table
        .find((organization, person))
        .select((news_hours::hour, news_hours::time_zone))
        .first(tx.db())
        .optional()?;
    Ok(row.unwrap_or((USUAL, None)))
}

/// When somebody gets the mail of the day.
///
/// # Errors
/// The database's.
pub fn hour(tx: &mut Core, person: PersonId) -> Result<Hour> {
    let (hour, zone) = chosen_hour(tx, person)?;
    Ok(Hour { hour, zone: zone.unwrap_or_else(|| tx.organization_profile().time_zone.clone()) })
}

/// # Errors
/// The database's.
pub fn choices(tx: &mut Core, person: PersonId, kinds: &[NewsKind]) -> Result<Choices> {
    let chosen = timings(tx, person)?;
    let (hour, time_zone) = chosen_hour(tx, person)?;
    let timing = |kind: &NewsKind| (kind.key, chosen.get(kind.key).copied().unwrap_or(Timing::AtOnce));
    Ok(Choices { timings: kinds.iter().map(timing).collect(), hour, time_zone })
}

/// # Errors
/// The database's.
pub fn choose(tx: &mut Core, person: PersonId, choices: &Choices) -> Result<Recorded<()>> {
    hold(tx, person)?;
    let kinds: Vec<(&str, Timing)> = choices.timings.clone();
    put_timings(tx, person, &kinds)?;
    let organization = tx.organization();
    let row = (
        news_hours::organization_id.eq(organization),
        news_hours::person_id.eq(person),
        news_hours::hour.eq(choices.hour),
        news_hours::time_zone.eq(choices.time_zone.as_deref()),
    );
    per_backend!(tx.db(), |connection| diesel::insert_into(news_hours::table)
        .values(row)
        .on_conflict((news_hours::organization_id, news_hours::person_id))
        .do_update()
        .set((
            news_hours::hour.eq(excluded(news_hours::hour)),
            news_hours::time_zone.eq(excluded(news_hours::time_zone)),
        ))
        .execute(connection))?;
    reschedule(tx, person)?;
    let told: BTreeMap<&str, &str> = kinds.iter().map(|(kind, timing)| (*kind, timing.name())).collect();
    tx.record(NewEvent::new(EventKind::NEWS_CHOSEN, person).with_data(told))
}

fn put_timings(tx: &mut Core, person: PersonId, kinds: &[(&str, Timing)]) -> Result<()> {
    if kinds.is_empty() {
        return Ok(());
    }
    let organization = tx.organization();
    let row = |(kind, timing): &(&str, Timing)| {
        (
            news_choices::organization_id.eq(organization),
            news_choices::person_id.eq(person),
            news_choices::kind.eq((*kind).to_owned()),
            news_choices::timing.eq(timing.name()),
        )
    };
    let rows: Vec<_> = kinds.iter().map(row).collect();
    per_backend!(tx.db(), |connection| diesel::insert_into(news_choices::table)
        .values(&rows)
        .on_conflict((news_choices::organization_id, news_choices::person_id, news_choices::kind))
        .do_update()
        .set(news_choices::timing.eq(excluded(news_choices::timing)))
        .execute(connection))?;
    Ok(())
}

/// By the way out of a mail; a second press changes nothing.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) once the person was removed.
pub fn stop(tx: &mut VisitorTx, way_out: &WayOut) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let person: PersonId = people::table
        .find((organization, way_out.person))
        .filter(people::removed_at.is_null())
        .select(people::id)
        .first(tx.db())?;
    let chosen = timings(tx, person)?;
    let is_stopped = |kind: &str| chosen.get(kind) == Some(&Timing::Never);
    let stopped: Vec<(&str, Timing)> = match way_out.kind.as_str() {
        ALL_DAILY => chosen
            .iter()
            .filter(|(_, timing)| **timing == Timing::Daily)
            .map(|(kind, _)| (kind.as_str(), Timing::Never))
            .collect(),
        kind if is_stopped(kind) => Vec::new(),
        kind => vec![(kind, Timing::Never)],
    };
    if stopped.is_empty() {
        return Ok(tx.unchanged(()));
    }
    put_timings(tx, person, &stopped)?;
    let kinds: Vec<&str> = stopped.iter().map(|(kind, _)| *kind).collect();
    tx.record(NewEvent::new(EventKind::NEWS_STOPPED, person).with_data(json!({ "kinds": kinds })))
}

/// Whose mails a way out ends, and in which language they read.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) once the person was removed.
pub fn reader_language(tx: &mut VisitorTx, person: PersonId) -> Result<Option<String>> {
    let organization = tx.organization();
    Ok(people::table
        .find((organization, person))
        .filter(people::removed_at.is_null())
        .select(people::language)
        .first(tx.db())?)
}
