//! What the database keeps true of each change, and would be in the way of rows that are true already: triggers that
//! freeze and add up, and keys that want the parent first, which a folder in a folder cannot promise. They are taken
//! away and put back within the transaction of the rows, and the keys are looked at then.

use anyhow::{Context, bail};
use diesel::connection::SimpleConnection;

use super::{
    catalogue::lines,
    contents::Table,
    dialect::{Dialect, quoted},
};
use crate::connection::Db;

const SQLITE_DROP: &str = "SELECT 'DROP TRIGGER \"' || replace(name, '\"', '\"\"') || '\"' AS line
    FROM sqlite_master WHERE type = 'trigger' ORDER BY name";
const SQLITE_CREATE: &str = "SELECT sql AS line FROM sqlite_master WHERE type = 'trigger' ORDER BY name";

/// Whoever owns the tables may do this; to overlook keys while they stand, one would have to be the superuser.
const POSTGRES_DROP: &str =
    "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname) AS line
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE n.nspname = current_schema() AND c.contype = 'f' ORDER BY c.conname, c.oid";
const POSTGRES_CREATE: &str =
    "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
        pg_get_constraintdef(c.oid)) AS line
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE n.nspname = current_schema() AND c.contype = 'f' ORDER BY c.conname, c.oid";

const ORPHANS: &str =
    "SELECT DISTINCT f.\"table\" || ' to ' || f.parent AS line FROM pragma_foreign_key_check f";

const POSTGRES_UNPROVEN: &str =
    "SELECT c.conrelid::regclass::text || ' to ' || c.confrelid::regclass::text AS line
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE n.nspname = current_schema() AND c.contype = 'f' AND NOT c.convalidated ORDER BY 1";

pub(super) struct Keepers {
    dialect: Dialect,
    put_back: Vec<String>,
}

impl Keepers {
    /// Before the transaction: SQLite hears of its keys only there.
    pub fn loosen(db: &mut Db) -> anyhow::Result<()> {
        if Dialect::of(db) == Dialect::Sqlite {
            db.batch_execute("PRAGMA foreign_keys = OFF")?;
        }
        Ok(())
    }

    /// # Errors
    /// The database's, with the statement that it refused.
    pub fn take_away(db: &mut Db, tables: &[Table]) -> anyhow::Result<Self> {
        let dialect = Dialect::of(db);
        let triggers = |way: &str| -> Vec<String> {
            let names = tables.iter().map(|table| quoted(&table.name));
            names.map(|name| format!("ALTER TABLE {name} {way} TRIGGER USER")).collect()
        };
        let (away, put_back) = match dialect {
            Dialect::Sqlite => (lines(db, SQLITE_DROP)?, lines(db, SQLITE_CREATE)?),
            Dialect::Postgres => (
                [triggers("DISABLE"), lines(db, POSTGRES_DROP)?].concat(),
                [lines(db, POSTGRES_CREATE)?, triggers("ENABLE")].concat(),
            ),
        };
        execute(db, &away)?;
        Ok(Self { dialect, put_back })
    }

    /// # Errors
    /// Names the tables of which a row leads nowhere.
    pub fn put_back(self, db: &mut Db) -> anyhow::Result<()> {
        execute(db, &self.put_back)?;
        if self.dialect == Dialect::Sqlite {
            let orphans = lines(db, ORPHANS)?;
            if !orphans.is_empty() {
                bail!("rows lead to others that are not there: {}", orphans.join(", "));
            }
        }
        Ok(())
    }
}

/// Which tables hold rows that lead nowhere, without touching any. PostgreSQL keeps its keys true by itself, but for
/// those that somebody left unproven.
///
/// # Errors
/// The database's.
pub(crate) fn orphans(db: &mut Db) -> anyhow::Result<Vec<String>> {
    let question = match Dialect::of(db) {
        Dialect::Sqlite => ORPHANS,
        Dialect::Postgres => POSTGRES_UNPROVEN,
    };
    lines(db, question)
}

fn execute(db: &mut Db, statements: &[String]) -> anyhow::Result<()> {
    statements.iter().try_for_each(|statement| db.batch_execute(statement).with_context(|| statement.clone()))
}
