//! SQLite's FTS5: stems, no accents, an index of beginnings, everything merged. The portal is a
//! word of the index: comparing a column afterwards would read every row that matches.

use std::path::Path;

use anyhow::{Context, Result};
use diesel::{
    Connection, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text as SqlText,
};
// Links SQLite with FTS5 in it.
use libsqlite3_sys as _;

use super::Found;
use crate::{corpus::Text, portals};

pub struct Fts5 {
    db: SqliteConnection,
    /// What every question is narrowed to.
    within: String,
}

const TABLE: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;
    CREATE VIRTUAL TABLE documents USING fts5(title, body, portal,
        tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4');
    INSERT INTO documents (documents, rank) VALUES ('rank', 'bm25(1.5, 1.0, 0.0)')";

const FIND: &str = "SELECT rowid AS _number, highlight(documents, 0, '[', ']') AS _title,
        snippet(documents, 1, '[', ']', '…', 24) AS _snippet
    FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT 20";

impl Fts5 {
    pub fn fill(file: &Path, documents: impl Iterator<Item = Text>) -> Result<Self> {
        let mut db = SqliteConnection::establish(file.to_str().context("a path in plain text")?)?;
        db.batch_execute(TABLE)?;
        db.transaction(|db| {
            documents.enumerate().try_for_each(|(number, Text { title, body })| {
                let row = sql_query("INSERT INTO documents (title, body, portal) VALUES (?, ?, ?)");
                let row = row.bind::<SqlText, _>(title).bind::<SqlText, _>(body);
                row.bind::<SqlText, _>(portal(portals::of(number))).execute(db).map(drop)
            })
        })?;
        db.batch_execute("INSERT INTO documents (documents) VALUES ('optimize')")?;
        let granted: Vec<_> = portals::granted().map(portal).collect();
        Ok(Self { db, within: format!("portal : ({}) AND {{title body}}", granted.join(" OR ")) })
    }

    pub fn search(&mut self, question: &str) -> Result<Vec<Found>> {
        let question = format!("{} : ({question})", self.within);
        Ok(sql_query(FIND).bind::<SqlText, _>(question).load(&mut self.db)?)
    }
}

/// A word that no document has.
fn portal(number: usize) -> String {
    format!("portal{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_in_the_portals_of_the_client_alone() -> Result<()> {
        let texts = (0..3 * portals::COUNT)
            .map(|number| Text { title: format!("t{number}"), body: "bano feri".to_owned() });
        let folder = tempfile::tempdir()?;
        let mut peer = Fts5::fill(&folder.path().join("documents.sqlite"), texts)?;
        let granted = portals::granted().count();
        assert_eq!(peer.search("\"bano feri\"")?.len(), 3 * granted);
        assert_eq!(peer.search("\"fe\"*")?.len(), 3 * granted);
        assert_eq!(peer.search("\"portal0\"")?.len(), 0);
        Ok(())
    }
}
