//! What an index promises, on a real folder.

mod audience;
mod counts;
mod folder;
mod histories;
mod hostile;
mod languages;
mod ranking;
mod rebuild;
mod words;

use tempfile::TempDir;

use crate::{Audience, Change, Document, DocumentId, Hit, Hits, Index, Only, Page, Piece, Query};

const NOTHING: [u8; 0] = [];
const STUDIO: [u8; 16] = [1; 16];
const RIVAL: [u8; 16] = [2; 16];
const ACME: Audience = Audience::Portal([11; 16]);
const GLOBEX: Audience = Audience::Portal([12; 16]);
const CAROL: Audience = Audience::Person([21; 16]);
const CYRIL: Audience = Audience::Person([22; 16]);

struct World {
    index: Index,
    folder: TempDir,
}

fn world(documents: Vec<Document>) -> World {
    let folder = TempDir::new().expect("a temporary folder");
    let index = Index::open(folder.path()).expect("a new index");
    index.apply(puts(documents), 1).expect("an empty disk");
    World { index, folder }
}

fn puts(documents: Vec<Document>) -> Vec<Change> {
    documents.into_iter().map(Change::Put).collect()
}

/// A note for the studio's staff.
fn note(id: u8, title: &str, text: &str) -> Document {
    Document {
        id: DocumentId([id; 16]),
        organization: STUDIO,
        audience: vec![Audience::Staff],
        portal: None,
        kind: "note".to_owned(),
        author: None,
        title: title.to_owned(),
        pages: vec![Page { number: None, text: text.to_owned() }],
        changed: 0,
    }
}

fn pdf(id: u8, title: &str, pages: &[&str]) -> Document {
    let numbered =
        pages.iter().zip(1..).map(|(text, number)| Page { number: Some(number), text: (*text).to_owned() });
    Document { kind: "file".to_owned(), pages: numbered.collect(), ..note(id, title, "") }
}

/// What the studio's staff ask.
fn staff(text: &str) -> Query<'_> {
    Query {
        organization: STUDIO,
        audience: &[Audience::Staff],
        text,
        only: Only::default(),
        moments: &[],
        limit: 20,
        offset: 0,
    }
}

fn by<'a>(audience: &'a [Audience], text: &'a str) -> Query<'a> {
    Query { audience, ..staff(text) }
}

impl World {
    fn hits(&self, query: Query) -> Hits {
        self.index.search(&query).expect("a readable index")
    }

    /// The first bytes of the ids found by staff, best first.
    fn found(&self, text: &str) -> Vec<u8> {
        let hits = self.hits(staff(text));
        assert_eq!(hits.total, hits.hits.len());
        hits.hits.iter().map(|hit| hit.id.0[0]).collect()
    }

    /// The same, in the order of the ids.
    fn found_unordered(&self, text: &str) -> Vec<u8> {
        let mut found = self.found(text);
        found.sort_unstable();
        found
    }

    fn first(&self, text: &str) -> Hit {
        self.hits(staff(text)).hits.remove(0)
    }
}

/// Marks in square brackets.
fn bracketed(pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Plain(text) => text.clone(),
        Piece::Marked(text) => format!("[{text}]"),
    });
    texts.collect()
}
