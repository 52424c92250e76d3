//! What a search gives back. There is no markup in here.

use std::collections::BTreeMap;

use crate::DocumentId;

/// One screenful of hits, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many documents match within the audience, pages not counted apart.
    pub total: usize,
    pub hits: Vec<Hit>,
    pub counts: Counts,
}

/// How all that matches is spread, like `total` within the audience.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub portals: BTreeMap<[u8; 16], usize>,
    pub kinds: BTreeMap<String, usize>,
    pub authors: BTreeMap<[u8; 16], usize>,
    /// For each of the query's moments, in their order.
    pub since: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: DocumentId,
    pub portal: Option<[u8; 16]>,
    pub kind: String,
    pub author: Option<[u8; 16]>,
    pub changed: i64,
    /// The number of the page that matches best, if it has one.
    pub page: Option<u32>,
    /// The whole title.
    pub title: Vec<Piece>,
    /// About 160 characters around the best place of that page.
    pub snippet: Vec<Piece>,
}

/// A stretch of the original text, for the caller to escape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    /// A word that matched.
    Marked(String),
}
