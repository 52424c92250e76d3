//! PostgreSQL's full text: a stored `tsvector` with weights under a GIN index, and an index of the
//! portals. The cluster is the one of the tests, which does not wait for the disk.

use anyhow::Result;
use diesel::{
    Connection, PgConnection, RunQueryDsl,
    connection::SimpleConnection,
    sql_query,
    sql_types::{Array, BigInt, Text as SqlText},
};

use super::Found;
use crate::{corpus::Text, portals};

pub struct Postgres {
    db: PgConnection,
    granted: Vec<i64>,
}

const TABLE: &str = "DROP TABLE IF EXISTS bench_documents;
    CREATE UNLOGGED TABLE bench_documents (
        number BIGINT PRIMARY KEY, portal BIGINT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
        words TSVECTOR GENERATED ALWAYS AS (
            setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'D')) STORED)";

const INDEXES: &str = "CREATE INDEX ON bench_documents USING gin (words);
    CREATE INDEX ON bench_documents (portal)";

const INSERT: &str = "INSERT INTO bench_documents (number, portal, title, body)
    SELECT * FROM unnest($1, $2, $3, $4)";

/// Only what is shown is marked: that costs more than finding.
const FIND: &str = "WITH asked AS (SELECT to_tsquery('english', $1) AS words),
    best AS (
        SELECT number, title, body, ts_rank_cd(bench_documents.words, asked.words) AS rank
        FROM bench_documents, asked
        WHERE bench_documents.words @@ asked.words AND portal = ANY($2)
        ORDER BY rank DESC LIMIT 20)
    SELECT number AS _number, ts_headline('english', title, asked.words) AS _title,
        ts_headline('english', body, asked.words, 'MaxFragments=1') AS _snippet
    FROM best, asked ORDER BY rank DESC";

const BATCH: usize = 1_000;

impl Postgres {
    /// `None` where `make bench` found no PostgreSQL.
    pub fn fill(documents: impl Iterator<Item = Text>) -> Result<Option<Self>> {
        let Ok(address) = std::env::var("PORTICO_TEST_POSTGRES") else { return Ok(None) };
        let mut db = PgConnection::establish(&format!("{address}/postgres"))?;
        db.batch_execute(TABLE)?;
        let mut documents = documents.enumerate().peekable();
        while documents.peek().is_some() {
            let batch: Vec<(usize, Text)> = documents.by_ref().take(BATCH).collect();
            let numbers: Vec<i64> = batch.iter().map(|(number, _)| *number as i64).collect();
            let portals: Vec<i64> = batch.iter().map(|(number, _)| portals::of(*number) as i64).collect();
            let titles: Vec<&str> = batch.iter().map(|(_, text)| text.title.as_str()).collect();
            let bodies: Vec<&str> = batch.iter().map(|(_, text)| text.body.as_str()).collect();
            let insert =
                sql_query(INSERT).bind::<Array<BigInt>, _>(numbers).bind::<Array<BigInt>, _>(portals);
            insert.bind::<Array<SqlText>, _>(titles).bind::<Array<SqlText>, _>(bodies).execute(&mut db)?;
        }
        db.batch_execute(INDEXES)?;
        db.batch_execute("VACUUM ANALYZE bench_documents")?;
        Ok(Some(Self { db, granted: portals::granted().map(|portal| portal as i64).collect() }))
    }

    /// `question` as `to_tsquery` reads it.
    pub fn search(&mut self, question: &str) -> Result<Vec<Found>> {
        let find = sql_query(FIND).bind::<SqlText, _>(question);
        Ok(find.bind::<Array<BigInt>, _>(&self.granted).load(&mut self.db)?)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // What stays behind is dropped by the next run.
        let _ = self.db.batch_execute("DROP TABLE bench_documents");
    }
}
