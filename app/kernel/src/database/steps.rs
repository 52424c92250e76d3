//! The steps of the schema by name, for backups: a restore wants exactly those of its file before the rows come.

use anyhow::bail;
use diesel::{
    backend::Backend,
    migration::{Migration, MigrationSource},
    pg::Pg,
    sqlite::Sqlite,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use super::{POSTGRES_STEPS, SQLITE_STEPS, known};
use crate::connection::{Db, Either};

/// As diesel tells that a step went wrong.
pub(super) type Failure = Box<dyn std::error::Error + Send + Sync>;

pub(super) fn failed(error: Failure) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}

/// Those that this program knows, which are the same for both databases.
///
/// # Errors
/// When the steps that were built in cannot be read.
pub(crate) fn known_steps() -> anyhow::Result<Vec<String>> {
    let steps: Vec<Box<dyn Migration<Sqlite>>> = SQLITE_STEPS.migrations().map_err(failed)?;
    Ok(steps.iter().map(|step| step.name().version().to_string()).collect())
}

/// # Errors
/// Names a step that only a newer program knows.
pub(crate) fn refuse_unknown_steps(steps: &[String]) -> anyhow::Result<()> {
    let known = known_steps()?;
    match steps.iter().find(|step| !known.contains(step)) {
        Some(step) => bail!("it was written by a newer program (step {step}): use that one"),
        None => Ok(()),
    }
}

/// Their names begin with numbers of one length. Nothing where there are none.
pub(crate) fn newest_step(steps: &[String]) -> String {
    steps.iter().max().cloned().unwrap_or_default()
}

/// Takes a database that holds nothing yet through these steps and no others.
///
/// # Errors
/// Also when it is further already: what a step does is not taken back.
pub(crate) fn bring_to(db: &mut Db, wanted: &[String]) -> anyhow::Result<()> {
    match db.either() {
        Either::Postgres(connection) => {
            known::<Pg, _>(connection, POSTGRES_STEPS)?;
            bring::<Pg, _>(connection, POSTGRES_STEPS, wanted)
        }
        Either::Sqlite(connection) => {
            known::<Sqlite, _>(connection, SQLITE_STEPS)?;
            bring::<Sqlite, _>(connection, SQLITE_STEPS, wanted)
        }
    }
}

/// Those of this program that the database has not been through. Nothing is changed but that diesel's own list of steps
/// is made where there is none.
///
/// # Errors
/// When a newer program wrote the database, or it does not answer.
pub(crate) fn missing_steps(db: &mut Db) -> anyhow::Result<Vec<String>> {
    match db.either() {
        Either::Postgres(connection) => {
            known::<Pg, _>(connection, POSTGRES_STEPS)?;
            pending::<Pg, _>(connection, POSTGRES_STEPS)
        }
        Either::Sqlite(connection) => {
            known::<Sqlite, _>(connection, SQLITE_STEPS)?;
            pending::<Sqlite, _>(connection, SQLITE_STEPS)
        }
    }
}

fn pending<DB, C>(connection: &mut C, steps: EmbeddedMigrations) -> anyhow::Result<Vec<String>>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let pending = connection.pending_migrations(steps).map_err(failed)?;
    Ok(pending.iter().map(|step| step.name().version().to_string()).collect())
}

fn bring<DB, C>(connection: &mut C, steps: EmbeddedMigrations, wanted: &[String]) -> anyhow::Result<()>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    for applied in connection.applied_migrations().map_err(failed)? {
        if !wanted.contains(&applied.to_string()) {
            bail!(
                "the database is empty, but at step {applied} already, which is later than the file's: \
                 restore into one in which no newer program was started"
            );
        }
    }
    for step in connection.pending_migrations(steps).map_err(failed)? {
        if wanted.contains(&step.name().version().to_string()) {
            connection.run_migration(&step).map_err(failed)?;
        }
    }
    Ok(())
}
