//! What staff reminded somebody of by pressing the button, at most once a day for each thing: the row of a day is there
//! before anything is sent, and whoever comes second finds it.

use std::collections::HashMap;

use diesel::{dsl, prelude::*};
use portico_facts::SubjectId;
use portico_kernel::{
    Among, Awaited, AwaitedLine, Error, Instant, Recorded, Result, Secret, Tx, per_backend,
};

use crate::schema::reminders;

/// # Errors
/// [`Error::Conflict`] on a day on which it was done already; the module's.
pub fn remind(tx: &mut Tx, awaited: Awaited, secret: &Secret, subject: SubjectId) -> Result<Recorded<()>> {
    let row = (
        reminders::organization_id.eq(tx.organization()),
        reminders::noun.eq(awaited.noun),
        reminders::subject_id.eq(subject),
        reminders::day.eq(tx.today().to_string()),
        reminders::reminded_at.eq(tx.now()),
    );
    let added = per_backend!(tx.db(), |c| diesel::insert_into(reminders::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    // Whether there is such a thing at all is said first, and takes the row back.
    let reminded = (awaited.remind)(tx, secret, subject)?;
    match added {
        0 => Err(Error::Conflict("portals-reminded-today")),
        _ => Ok(reminded),
    }
}

type Last = HashMap<(String, SubjectId), Instant>;

/// When each of these was reminded of last.
///
/// # Errors
/// The database's.
pub fn last(tx: &mut Tx, lines: &[(&'static str, AwaitedLine)]) -> Result<Last> {
    if lines.is_empty() {
        return Ok(Last::new());
    }
    let rows: Vec<(String, SubjectId, Option<Instant>)> = reminders::table
        .filter(reminders::organization_id.eq(tx.organization()))
        .filter(reminders::noun.among(lines.iter().map(|(noun, _)| *noun)))
        .filter(reminders::subject_id.among(lines.iter().map(|(_, line)| line.subject)))
        .group_by((reminders::noun, reminders::subject_id))
        .select((reminders::noun, reminders::subject_id, dsl::max(reminders::reminded_at)))
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(|(noun, subject, at)| Some(((noun, subject), at?))).collect())
}
