//! What `portico doctor` asks the database. Nothing here changes anything.

use diesel::{dsl, prelude::*, sql_types::BigInt};

use crate::{
    backup,
    clock::Instant,
    connection::Either,
    database::{connect, missing_steps},
    error::Result,
    schema::events,
    system::Kernel,
};

impl Kernel {
    /// The steps of this program that the database has not been through.
    ///
    /// # Errors
    /// When a newer program wrote the database, or it does not answer.
    pub fn missing_steps(&self) -> anyhow::Result<Vec<String>> {
        missing_steps(&mut connect(&self.configuration().database)?)
    }

    /// Which tables hold rows that lead to others that are not there, as "portals to organizations".
    ///
    /// # Errors
    /// The database's.
    pub fn orphaned_rows(&self) -> anyhow::Result<Vec<String>> {
        backup::orphans(&mut connect(&self.configuration().database)?)
    }

    /// What the database takes for now; `None` for SQLite, which has no clock of its own.
    ///
    /// # Errors
    /// The database's.
    pub async fn database_clock(&self) -> Result<Option<Instant>> {
        self.database()
            .read(|db| match db.either() {
                Either::Postgres(connection) => {
                    let now = dsl::sql::<BigInt>("(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint");
                    Ok(Some(Instant::from_micros(diesel::select(now).get_result(connection)?)))
                }
                Either::Sqlite(_) => Ok(None),
            })
            .await
    }

    /// When the newest event happened, by the clock of whoever wrote it.
    ///
    /// # Errors
    /// The database's.
    pub async fn newest_event_at(&self) -> Result<Option<Instant>> {
        self.database().read(|db| Ok(events::table.select(dsl::max(events::at)).first(db)?)).await
    }
}
