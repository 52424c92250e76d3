//! The two databases behind one connection type. The pools are private to the kernel: the only
//! way to a connection is a guard's transaction (T1).

mod door;
mod steps;
#[cfg(test)]
mod tests;

use std::sync::Once;

use anyhow::{Context, bail};
use diesel::{
    Connection, PgConnection, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    migration::{Migration, MigrationSource},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub(crate) use self::steps::{bring_to, known_steps, missing_steps, newest_step, refuse_unknown_steps};
use self::{
    door::{Door, at_hand},
    steps::failed,
};
use crate::{
    connection::{Db, Either},
    error::Result,
    gauges::Pool,
};

const SQLITE_STEPS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES_STEPS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Which database, read from `DATABASE_URL` at start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backend {
    Postgres(String),
    /// The path of the file.
    Sqlite(String),
}

impl Backend {
    /// `postgres://…`, or a path or `sqlite://path` for SQLite.
    pub fn from_url(url: &str) -> Self {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Backend::Postgres(url.to_owned())
        } else {
            Backend::Sqlite(url.strip_prefix("sqlite://").unwrap_or(url).to_owned())
        }
    }
}

/// What SQLite's busy timeout is there: nobody waits for ever for what somebody else holds.
const LOCK_TIMEOUT: &str = "SET lock_timeout = '10s'";

/// In seconds, and milliseconds for the last: a host that vanishes without a word is given up, where TCP by itself would
/// wait for hours (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS>).
const PATIENCE: [(&str, u32); 5] = [
    ("connect_timeout", 5),
    ("keepalives_idle", 5),
    ("keepalives_interval", 3),
    ("keepalives_count", 3),
    ("tcp_user_timeout", 15_000),
];

/// What the address says of these itself is left as it is.
fn with_patience(url: &str) -> String {
    PATIENCE.iter().filter(|(name, _)| !url.contains(&format!("{name}="))).fold(
        url.to_owned(),
        |url, (name, value)| {
            let and = if url.contains('?') { '&' } else { '?' };
            format!("{url}{and}{name}={value}")
        },
    )
}

/// Opens exactly the configured database. diesel's derived `establish` tries one variant after
/// the other, and with PostgreSQL down would create a SQLite file named after its address.
struct Connections(Backend);

impl r2d2::ManageConnection for Connections {
    type Connection = Db;
    type Error = ConnectionFailed;

    fn connect(&self) -> Result<Db, ConnectionFailed> {
        match &self.0 {
            Backend::Postgres(url) => {
                let mut connection = PgConnection::establish(&with_patience(url))?;
                connection.batch_execute(LOCK_TIMEOUT)?;
                Ok(Either::Postgres(connection).into())
            }
            Backend::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(path)?;
                // FULL, because NORMAL lost acknowledged commits under power loss (T30). Recursive triggers,
                // because without them REPLACE gets around those that keep what must not be deleted.
                connection.batch_execute(
                    "PRAGMA busy_timeout = 5000;
                     PRAGMA journal_mode = WAL;
                     PRAGMA synchronous = FULL;
                     PRAGMA foreign_keys = ON;
                     PRAGMA recursive_triggers = ON;
                     PRAGMA cache_size = -8000;",
                )?;
                Ok(Either::Sqlite(connection).into())
            }
        }
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), ConnectionFailed> {
        Ok(db.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, _: &mut Db) -> bool {
        std::thread::panicking()
    }
}

#[derive(Debug, thiserror::Error)]
enum ConnectionFailed {
    #[error(transparent)]
    Opening(#[from] diesel::ConnectionError),
    #[error(transparent)]
    Preparing(#[from] diesel::result::Error),
}

/// So many wait at most for a connection to read by; others are turned away.
pub const MOST_READING: usize = 512;

/// The pools: one writer and a few readers on SQLite, which allows one writer at a time anyway;
/// eight and eight on PostgreSQL.
pub(crate) struct Database {
    backend: Backend,
    readers: Door,
    writers: Door,
}

impl Database {
    pub fn open(backend: Backend) -> anyhow::Result<Self> {
        if let Backend::Sqlite(_) = backend {
            spare_needless_locks();
        }
        let (readers, writers) = match backend {
            Backend::Sqlite(_) => (4, 1),
            Backend::Postgres(_) => (8, 8),
        };
        let database = Self {
            readers: Door::open(&backend, "read", readers, MOST_READING)?,
            writers: Door::open(&backend, "write", writers, 256)?,
            backend,
        };
        database.check_version()?;
        Ok(database)
    }

    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// How many wait for a reading and for a writing connection.
    pub fn waiting(&self) -> (usize, usize) {
        (self.readers.waiting(), self.writers.waiting())
    }

    pub fn pools(&self) -> [Pool; 2] {
        [self.readers.pool(), self.writers.pool()]
    }

    /// Older bundled SQLite can corrupt its log when a checkpoint resets it (T30).
    fn check_version(&self) -> anyhow::Result<()> {
        if let Backend::Sqlite(_) = self.backend {
            let version = libsqlite3_sys::SQLITE_VERSION_NUMBER;
            if version < 3_051_003 {
                bail!("the bundled SQLite is {version}, older than 3.51.3");
            }
        }
        Ok(())
    }

    /// Applies the steps that are missing.
    ///
    /// # Errors
    /// When the database was written by a newer program, whose steps this one does not know.
    pub fn migrate(&self) -> anyhow::Result<usize> {
        let mut db = self.writers.connection()?;
        match db.either() {
            Either::Postgres(c) => {
                // Several machines may start at once: one of them applies the steps.
                c.batch_execute("SET lock_timeout = 0; SELECT pg_advisory_lock(7423)")?;
                let applied = known(c, POSTGRES_STEPS)
                    .and_then(|()| Ok(c.run_pending_migrations(POSTGRES_STEPS).map_err(failed)?.len()));
                c.batch_execute("SELECT pg_advisory_unlock(7423)")?;
                c.batch_execute(LOCK_TIMEOUT)?;
                applied
            }
            Either::Sqlite(c) => {
                known(c, SQLITE_STEPS)?;
                Ok(c.run_pending_migrations(SQLITE_STEPS).map_err(failed)?.len())
            }
        }
    }

    /// Runs `work` on a reading connection, off the async threads.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        match at_hand(move |db| reading(db, work)) {
            Ok(value) => value,
            Err(reading) => self.readers.enter(reading).await,
        }
    }

    /// Runs `work` as [`Database::read`] does, and goes on with what it found. What that reads at once, before it waits
    /// for anything, it reads on the same connection and thread.
    pub async fn read_and_go_on<T, F, N, A>(&self, work: F, then: N) -> Result<A::Output>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
        N: FnOnce(T) -> A + Send + 'static,
        A: Future<Output: Send> + Send + 'static,
    {
        self.readers.enter_and_go_on(move |db| reading(db, work), then).await
    }

    /// Runs `work` in a transaction on a writing connection, off the async threads.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        // A transaction that began as a reader and then writes would fail at once when another
        // writer was faster, whatever the busy timeout.
        self.writers
            .enter(move |db| {
                let begin = if let Either::Sqlite(_) = db.either() { "BEGIN IMMEDIATE" } else { "BEGIN" };
                in_transaction(db, begin, work)
            })
            .await
    }
}

/// On SQLite all of `work` sees one state, and takes and gives back the lock of the log once instead of for every
/// statement.
fn reading<T>(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    match db.either() {
        Either::Sqlite(_) => in_transaction(db, "BEGIN", work),
        Either::Postgres(_) => work(db),
    }
}

/// SQLite would take a lock at every call, since two threads might share a connection, and one at every
/// piece of memory, to count it. A connection from the pool has one user, and nobody reads the counts. Without
/// effect once a connection is open.
fn spare_needless_locks() {
    static ONCE: Once = Once::new();
    #[expect(
        unsafe_code,
        reason = "sqlite3_config has no safe wrapper; here it takes numbers and keeps no pointer"
    )]
    // SAFETY: SQLite wants no other thread in it meanwhile; whatever opens a connection calls this before.
    ONCE.call_once(|| unsafe {
        libsqlite3_sys::sqlite3_config(libsqlite3_sys::SQLITE_CONFIG_MULTITHREAD);
        libsqlite3_sys::sqlite3_config(libsqlite3_sys::SQLITE_CONFIG_MEMSTATUS, 0);
    });
}

/// A connection beside the pools, for a command that reads or writes everything.
pub(crate) fn connect(backend: &Backend) -> anyhow::Result<Db> {
    if let Backend::Sqlite(_) = backend {
        spare_needless_locks();
    }
    let connections = Connections(backend.clone());
    r2d2::ManageConnection::connect(&connections).context("the database does not answer")
}

/// Begun through diesel's own manager, so that what diesel nests (a batch of rows on SQLite) becomes
/// a savepoint.
pub(crate) fn in_transaction<T>(
    db: &mut Db,
    begin: &str,
    work: impl FnOnce(&mut Db) -> Result<T>,
) -> Result<T> {
    AnsiTransactionManager::begin_transaction_sql(db, begin)?;
    db.forget_full();
    let mut open = OpenTransaction { db, finished: false };
    let value = work(open.db).map_err(|error| open.db.cause_of(error))?;
    open.finished = true;
    AnsiTransactionManager::commit_transaction(open.db)?;
    Ok(value)
}

/// Rolls back when it is dropped unfinished, by an error or a panic.
struct OpenTransaction<'c> {
    db: &'c mut Db,
    finished: bool,
}

impl Drop for OpenTransaction<'_> {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = AnsiTransactionManager::rollback_transaction(self.db)
        {
            tracing::warn!(%error, "rollback");
        }
    }
}

/// Refuses a database that holds steps unknown to this program (T35).
fn known<DB, C>(connection: &mut C, steps: EmbeddedMigrations) -> anyhow::Result<()>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let steps: Vec<Box<dyn Migration<DB>>> = steps.migrations().map_err(failed)?;
    for applied in connection.applied_migrations().map_err(failed)? {
        if !steps.iter().any(|step| step.name().version() == applied) {
            bail!("the database was written by a newer program (step {applied}): use that one");
        }
    }
    Ok(())
}

/// The newest step that this program knows, by name.
pub fn schema_version() -> String {
    MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE_STEPS)
        .ok()
        .and_then(|steps| steps.iter().map(|step| step.name().to_string()).max())
        .unwrap_or_default()
}
