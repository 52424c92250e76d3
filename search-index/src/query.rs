//! From a question to hits.
//!
//! Deliberately no query language beyond `"a phrase"` and `-without`: whatever
//! is typed is words.

mod any_of;
mod asked;
mod closeness;
mod counting;
mod expansion;
mod matching;
mod ranking;
mod search;
mod snippet;
mod source;
mod statistics;
mod wanted;

pub(crate) use search::search;

use crate::Audience;

/// A question and who asks it.
///
/// Every word must occur in the document, in its title or on any page; very
/// common words are only asked for when there are no others, and of five words
/// or more a quarter will do when hardly anything has them all. Words match without
/// regard to case, accents and endings; the last one, when nothing follows it,
/// also as the beginning of a longer one; and when few documents have the words
/// as typed, long words also with a slip or two.
///
/// First comes what is called what was typed, then what has the words in a row,
/// then the rest by how much of each word it has; among equals the latest.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    pub organization: [u8; 16],
    /// The viewer's grants as they are now. Empty finds nothing.
    pub audience: &'a [Audience],
    pub text: &'a str,
    pub only: Only<'a>,
    /// What was changed then or later is counted for each of these, in
    /// microseconds since the Unix epoch.
    pub moments: &'a [i64],
    pub limit: usize,
    pub offset: usize,
}

/// What a search is narrowed to. It gives nobody the right to find anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Only<'a> {
    /// What lies in this portal.
    pub portal: Option<[u8; 16]>,
    pub kind: Option<&'a str>,
    /// What this person added.
    pub author: Option<[u8; 16]>,
    /// What was changed then or later, in microseconds since the Unix epoch.
    pub since: Option<i64>,
}
