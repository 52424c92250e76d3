//! The peer of searching: SQLite's FTS5, set up as well as it can be: stems, no accents, an index of
//! beginnings, everything merged.

use std::path::Path;

use anyhow::{Context, Result};
use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Text as SqlText},
};
// Links SQLite with FTS5 in it.
use libsqlite3_sys as _;

use crate::corpus::Text;

pub struct FullText(SqliteConnection);

#[derive(QueryableByName)]
pub struct Found {
    #[diesel(sql_type = BigInt)]
    pub _number: i64,
    #[diesel(sql_type = SqlText)]
    pub _title: String,
    #[diesel(sql_type = SqlText)]
    pub _snippet: String,
}

const TABLE: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;
    CREATE VIRTUAL TABLE documents USING fts5(title, body,
        tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4');";

const FIND: &str = "SELECT rowid AS _number, highlight(documents, 0, '[', ']') AS _title,
        snippet(documents, 1, '[', ']', '…', 24) AS _snippet
    FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT 20";

impl FullText {
    pub fn fill(file: &Path, documents: impl Iterator<Item = Text>) -> Result<Self> {
        let mut db = SqliteConnection::establish(file.to_str().context("a path in plain text")?)?;
        db.batch_execute(TABLE)?;
        db.transaction(|db| {
            documents.into_iter().try_for_each(|Text { title, body }| {
                let row = sql_query("INSERT INTO documents (title, body) VALUES (?, ?)");
                row.bind::<SqlText, _>(title).bind::<SqlText, _>(body).execute(db).map(drop)
            })
        })?;
        db.batch_execute("INSERT INTO documents (documents) VALUES ('optimize')")?;
        Ok(Self(db))
    }

    pub fn search(&mut self, question: &str) -> Result<Vec<Found>> {
        Ok(sql_query(FIND).bind::<SqlText, _>(question).load(&mut self.0)?)
    }
}
