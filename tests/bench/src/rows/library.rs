//! The search page of a client, whole, where a hundred thousand notes lie in 200 portals, five of which the client may
//! open: the same documents and questions as those of the index alone. It has an installation of its own, of which the
//! start is measured, too.

use std::{ops::Range, path::Path};

use anyhow::{Context, Result};
use diesel::{
    Connection, RunQueryDsl, SqliteConnection, sql_query,
    sql_types::{BigInt, Binary, Text as SqlText},
};

use super::{office, office::LAST, search_page, start};
use crate::{
    corpus::{Corpus, Text},
    load::Load,
    portals,
    portico::Portico,
    questions::Class,
    settings::Settings,
    table::{Limit, Row},
};

pub async fn measure(folder: &Path, settings: &Settings) -> Result<Vec<Row>> {
    let (corpus, documents) = (Corpus::new(), settings.documents);
    let portico = Portico::fill(folder, &[])?;
    let mut shelves = Shelves::open(&portico)?;
    shelves.set_up()?;
    shelves.fill(&corpus, 0..documents)?;
    drop(shelves);
    portico.reindex()?;
    let server = portico.serve()?;
    let carol = portico.sign_in(&server, "carol@acme.test").await?;
    office::wait_until_found(&server, &carol, LAST).await?;
    let mut rows = Vec::new();
    for class in Class::ALL {
        let questions = class.questions(&corpus, documents);
        let requests = questions.iter().map(|question| search_page::request(&carol, question)).collect();
        let times = Load::put_on(&server, requests, 1, settings.duration).await?.times;
        let what = format!("search page, {documents} documents: {}, p50", class.name());
        rows.push(Row::new(what, times.percentile(50)));
        rows.push(Row::new("  p99", times.percentile(99)).limit(Limit::AtMost(25.0)));
    }
    // One at a time has the index.
    drop(server);
    rows.extend(start::measure(&portico, documents).await?);
    Ok(rows)
}

/// More than there are documents.
const NUMBER_OF_LAST: usize = 10_000_000;

/// What the product's own addresses would take too long to fill.
pub struct Shelves(SqliteConnection);

impl Shelves {
    pub fn open(portico: &Portico) -> Result<Self> {
        let file = portico.database();
        let mut connection = SqliteConnection::establish(file.to_str().context("a path in plain text")?)?;
        sql_query("PRAGMA foreign_keys = ON").execute(&mut connection)?;
        Ok(Self(connection))
    }

    /// The portals, and the note by which one knows that all can be found.
    pub fn set_up(&mut self) -> Result<()> {
        self.0.transaction(|connection| {
            for portal in 0..portals::COUNT {
                add_portal(connection, portal)?;
            }
            for portal in portals::granted() {
                grant(connection, portal)?;
            }
            let last = Text { title: "The last one".to_owned(), body: LAST.to_owned() };
            let first_of_carols = portals::granted().next().unwrap_or_default();
            add_note(connection, NUMBER_OF_LAST, first_of_carols, &last)
        })
    }

    pub fn fill(&mut self, corpus: &Corpus, documents: Range<usize>) -> Result<()> {
        self.0.transaction(|connection| {
            for number in documents {
                add_note(connection, number, portals::of(number), &corpus.document(number))?;
            }
            Ok(())
        })
    }
}

/// What the demo has with the same key starts with the time.
fn id(kind: u8, number: usize) -> Vec<u8> {
    let mut id = (number as u128).to_be_bytes();
    id[0] = kind;
    id.to_vec()
}

fn portal(number: usize) -> Vec<u8> {
    id(1, number)
}

const CAROL: &str = "FROM people WHERE email = 'carol@acme.test'";

fn add_portal(connection: &mut SqliteConnection, number: usize) -> Result<()> {
    sql_query(format!(
        "INSERT INTO portals (organization_id, id, name, created_at) SELECT organization_id, ?, ?, 0 {CAROL}"
    ))
    .bind::<Binary, _>(portal(number))
    .bind::<SqlText, _>(format!("Portal number {number}"))
    .execute(connection)?;
    Ok(())
}

fn grant(connection: &mut SqliteConnection, number: usize) -> Result<()> {
    let grant = "INSERT INTO grants (organization_id, portal_id, person_id, granted_at) SELECT organization_id, ?, id, 0";
    sql_query(format!("{grant} {CAROL}")).bind::<Binary, _>(portal(number)).execute(connection)?;
    Ok(())
}

fn add_note(connection: &mut SqliteConnection, number: usize, in_portal: usize, text: &Text) -> Result<()> {
    sql_query(format!(
        "INSERT INTO items (organization_id, id, portal_id, kind, name, position, created_at, changed_at)
         SELECT organization_id, ?, ?, 'note', ?, ?, ?, ? {CAROL}"
    ))
    .bind::<Binary, _>(id(2, number))
    .bind::<Binary, _>(portal(in_portal))
    .bind::<SqlText, _>(&text.title)
    .bind::<BigInt, _>(number as i64)
    .bind::<BigInt, _>(number as i64)
    .bind::<BigInt, _>(number as i64)
    .execute(connection)?;
    sql_query(format!(
        "INSERT INTO notes (organization_id, item_id, body) SELECT organization_id, ?, ? {CAROL}"
    ))
    .bind::<Binary, _>(id(2, number))
    .bind::<SqlText, _>(&text.body)
    .execute(connection)?;
    Ok(())
}
