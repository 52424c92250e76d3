//! The few words in which the databases differ. Either writes a column as bytes and reads it from bytes by itself, so
//! that nothing here knows a value.

use super::contents::{Column, Holds, Table};
use crate::connection::{Db, Either};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub fn of(db: &mut Db) -> Self {
        match db.either() {
            Either::Sqlite(_) => Self::Sqlite,
            Either::Postgres(_) => Self::Postgres,
        }
    }

    /// Begins a transaction all of whose reads find the same state.
    pub fn begin_reading(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        }
    }

    pub fn begin_writing(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// All rows, each column as bytes.
    pub fn select(self, table: &Table) -> String {
        let columns: Vec<String> = table.columns.iter().map(|column| self.read_column(column)).collect();
        format!("SELECT {} FROM {}", columns.join(", "), quoted(&table.name))
    }

    fn read_column(self, column: &Column) -> String {
        let name = quoted(&column.name);
        match (self, column.holds) {
            (Self::Sqlite, _) => format!("CAST({name} AS BLOB)"),
            (Self::Postgres, Holds::Bytes) => name,
            (Self::Postgres, Holds::Text) => format!("convert_to({name}, 'UTF8')"),
            (Self::Postgres, Holds::Integer) => format!("convert_to({name}::text, 'UTF8')"),
            (Self::Postgres, Holds::Flag) => format!("convert_to({name}::integer::text, 'UTF8')"),
        }
    }

    /// Adds so many rows of these columns, in this order.
    pub fn insert(self, table: &str, columns: &[Column], rows: usize) -> String {
        let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
        let mut number = 0;
        let mut row = || {
            let cells = columns.iter().map(|column| {
                number += 1;
                self.bound_value(column.holds, number)
            });
            format!("({})", cells.collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<String> = (0..rows).map(|_| row()).collect();
        format!("INSERT INTO {} ({}) VALUES {}", quoted(table), names.join(", "), rows.join(", "))
    }

    /// `number`: of the value among those of the statement, from 1.
    fn bound_value(self, holds: Holds, number: usize) -> String {
        match (self, holds) {
            (Self::Sqlite, Holds::Bytes) => "?".to_owned(),
            (Self::Sqlite, Holds::Text) => "CAST(? AS TEXT)".to_owned(),
            (Self::Sqlite, Holds::Integer | Holds::Flag) => "CAST(? AS INTEGER)".to_owned(),
            (Self::Postgres, Holds::Bytes) => format!("${number}"),
            (Self::Postgres, Holds::Text) => format!("convert_from(${number}, 'UTF8')"),
            (Self::Postgres, Holds::Integer) => format!("convert_from(${number}, 'UTF8')::bigint"),
            (Self::Postgres, Holds::Flag) => format!("convert_from(${number}, 'UTF8')::integer::boolean"),
        }
    }

    /// The next row that the table numbers gets a higher number than `last`.
    pub fn go_on_after(self, table: &str, last: i64) -> String {
        let table = literal(table);
        match self {
            Self::Sqlite => format!(
                "DELETE FROM sqlite_sequence WHERE name = {table};
                 INSERT INTO sqlite_sequence (name, seq) VALUES ({table}, {last})"
            ),
            Self::Postgres => format!(
                "SELECT setval(pg_get_serial_sequence(format('%I', c.table_name::text), c.column_name::text), {last})
                 FROM information_schema.columns c WHERE c.table_schema = current_schema()
                 AND c.table_name = {table} AND c.column_default LIKE 'nextval(%'"
            ),
        }
    }
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, holds: Holds) -> Column {
        Column { name: name.to_owned(), holds }
    }

    #[test]
    fn a_statement_takes_the_cells_of_its_rows_one_after_the_other() {
        let columns = [column("id", Holds::Bytes), column("order", Holds::Integer)];
        assert_eq!(
            Dialect::Postgres.insert("items", &columns, 2),
            "INSERT INTO \"items\" (\"id\", \"order\") VALUES ($1, convert_from($2, 'UTF8')::bigint), \
             ($3, convert_from($4, 'UTF8')::bigint)"
        );
        assert_eq!(
            Dialect::Sqlite.insert("items", &columns, 1),
            "INSERT INTO \"items\" (\"id\", \"order\") VALUES (?, CAST(? AS INTEGER))"
        );
    }

    #[test]
    fn names_and_words_end_where_they_end() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(literal("it's"), "'it''s'");
    }
}
