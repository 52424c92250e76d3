//! Every row out of one database and into another, in bounded memory.

use anyhow::Context;
use diesel::{
    QueryResult, RunQueryDsl,
    backend::Backend,
    connection::DefaultLoadingMode,
    pg::{Pg, PgRowByRowLoadingMode},
    query_builder::{BoxedSqlQuery, SqlQuery},
    serialize::ToSql,
    sql_query,
    sql_types::{Binary, HasSqlType, Nullable},
    sqlite::Sqlite,
};

use super::{
    contents::{Column, Table},
    dialect::Dialect,
    row::{Cell, Row},
};
use crate::connection::{Db, Either};

/// Values of one statement; SQLite takes 32,766 and PostgreSQL 65,535.
const MOST_VALUES: usize = 2_000;

/// Hands on the rows one by one, as the database brings them. Returns how many there were.
///
/// # Errors
/// The database's, or what `take` returns.
pub(super) fn each_row(
    db: &mut Db,
    table: &Table,
    mut take: impl FnMut(&Row) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let query = sql_query(Dialect::of(db).select(table));
    let mut rows = 0;
    let mut count = |row: QueryResult<Row>| -> anyhow::Result<()> {
        rows += 1;
        take(&row?)
    };
    let outcome = match db.either() {
        // Otherwise the whole answer would be fetched before its first row is seen.
        Either::Postgres(connection) => {
            query.load_iter::<Row, PgRowByRowLoadingMode>(connection)?.try_for_each(&mut count)
        }
        Either::Sqlite(connection) => {
            query.load_iter::<Row, DefaultLoadingMode>(connection)?.try_for_each(&mut count)
        }
    };
    outcome.with_context(|| format!("table {}", table.name))?;
    Ok(rows)
}

/// A table that rows are written to.
pub(super) struct Filling {
    table: String,
    /// Those that the rows have, in their order, as the table here holds them.
    columns: Vec<Column>,
}

impl Filling {
    /// # Errors
    /// When the file has what this database has no place for.
    pub fn new(written: &Table, here: &[Table]) -> anyhow::Result<Self> {
        let nowhere = || format!("the database has no place for {}", written.name);
        let table = here.iter().find(|table| table.name == written.name).with_context(nowhere)?;
        let place = |column: &Column| {
            let found = table.columns.iter().find(|each| each.name == column.name);
            found.cloned().with_context(|| format!("{}.{}", nowhere(), column.name))
        };
        let columns = written.columns.iter().map(place).collect::<anyhow::Result<Vec<Column>>>()?;
        Ok(Self { table: table.name.clone(), columns })
    }

    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// # Errors
    /// The database's.
    pub fn add(&self, db: &mut Db, rows: Vec<Row>) -> anyhow::Result<()> {
        let dialect = Dialect::of(db);
        let most = (MOST_VALUES / self.width().max(1)).max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<Row> = rows.by_ref().take(most).collect();
            let statement = dialect.insert(&self.table, &self.columns, some.len());
            let values: Vec<Cell> = some.into_iter().flat_map(|row| row.0).collect();
            let added = match db.either() {
                Either::Postgres(connection) => bound::<Pg>(statement, values).execute(connection),
                Either::Sqlite(connection) => bound::<Sqlite>(statement, values).execute(connection),
            };
            added.with_context(|| format!("table {}", self.table))?;
        }
        Ok(())
    }
}

fn bound<DB>(statement: String, values: Vec<Cell>) -> BoxedSqlQuery<'static, DB, SqlQuery>
where
    DB: Backend + HasSqlType<Nullable<Binary>>,
    Cell: ToSql<Nullable<Binary>, DB>,
{
    let statement = sql_query(statement).into_boxed::<DB>();
    values.into_iter().fold(statement, |statement, value| statement.bind::<Nullable<Binary>, Cell>(value))
}
