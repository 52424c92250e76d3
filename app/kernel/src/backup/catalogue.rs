//! What tables there are, by the database's own account, so that a module's new table is in the next backup without a
//! line here. diesel's list of steps is not among them: it stands in the file's head.

use std::collections::BTreeMap;

use anyhow::bail;
use diesel::{
    QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text},
};

use super::{
    contents::{Column, Holds, Table},
    dialect::Dialect,
};
use crate::{connection::Db, per_backend};

/// Without generated columns, which nobody can write: `table_info` does not tell of them.
const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS declared
    FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND m.name <> '__diesel_schema_migrations'
    ORDER BY m.name, c.cid";

const POSTGRES_COLUMNS: &str = "SELECT c.table_name::text AS table_name, c.column_name::text AS column_name,
        c.data_type::text AS declared
    FROM information_schema.columns c JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
    AND c.table_name <> '__diesel_schema_migrations'
    ORDER BY c.table_name::text, c.ordinal_position";

const SQLITE_COUNTERS: &str = "SELECT name AS table_name, seq AS value FROM sqlite_sequence ORDER BY name";

const POSTGRES_COUNTERS: &str = "SELECT c.table_name::text AS table_name, COALESCE((
        SELECT s.last_value FROM pg_sequences s WHERE s.schemaname = current_schema()
        AND format('%I.%I', s.schemaname, s.sequencename)
            = pg_get_serial_sequence(format('%I', c.table_name::text), c.column_name::text)), 0)::bigint AS value
    FROM information_schema.columns c
    WHERE c.table_schema = current_schema() AND c.column_default LIKE 'nextval(%'
    ORDER BY c.table_name::text";

#[derive(QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    declared: String,
}

#[derive(QueryableByName)]
struct Counter {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// By name.
///
/// # Errors
/// The database's, or a column of a type that a backup cannot hold.
pub(super) fn tables(db: &mut Db) -> anyhow::Result<Vec<Table>> {
    let question = match Dialect::of(db) {
        Dialect::Sqlite => SQLITE_COLUMNS,
        Dialect::Postgres => POSTGRES_COLUMNS,
    };
    let described: Vec<Described> = per_backend!(db, |connection| sql_query(question).load(connection))?;
    let mut tables: Vec<Table> = Vec::new();
    for Described { table_name, column_name, declared } in described {
        let Some(holds) = Holds::declared_as(&declared) else {
            bail!("{table_name}.{column_name} is a column of type {declared}, which a backup cannot hold");
        };
        let column = Column { name: column_name, holds };
        match tables.last_mut() {
            Some(table) if table.name == table_name => table.columns.push(column),
            _ => tables.push(Table { name: table_name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

impl Holds {
    fn declared_as(declared: &str) -> Option<Self> {
        match declared.to_lowercase().as_str() {
            "blob" | "bytea" => Some(Self::Bytes),
            "text" => Some(Self::Text),
            "integer" | "bigint" | "smallint" => Some(Self::Integer),
            "boolean" => Some(Self::Flag),
            _ => None,
        }
    }
}

/// The last number that was given in each table that numbers its rows, also where that row is gone.
///
/// # Errors
/// The database's.
pub(super) fn counters(db: &mut Db) -> anyhow::Result<BTreeMap<String, i64>> {
    let question = match Dialect::of(db) {
        Dialect::Sqlite => SQLITE_COUNTERS,
        Dialect::Postgres => POSTGRES_COUNTERS,
    };
    let counters: Vec<Counter> = per_backend!(db, |connection| sql_query(question).load(connection))?;
    Ok(counters.into_iter().map(|each| (each.table_name, each.value)).collect())
}

/// The column `line` of what the statement finds.
///
/// # Errors
/// The database's.
pub(super) fn lines(db: &mut Db, question: &str) -> anyhow::Result<Vec<String>> {
    let lines: Vec<Line> = per_backend!(db, |connection| sql_query(question).load(connection))?;
    Ok(lines.into_iter().map(|each| each.line).collect())
}
