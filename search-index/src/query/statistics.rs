//! The numbers BM25 weighs a word with.

use anyhow::Result;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Score, Searcher, Term};

use crate::store::{Fields, TextFields};

/// A usual title. Only the first part of a document has one, so the average
/// over all parts says nothing about titles.
const TITLE_WORDS: u64 = 8;

/// One rarity for a word in all its forms and in both fields. Otherwise a rare
/// ending would count for more than the word as typed.
pub(super) struct Statistics<'a> {
    searcher: &'a Searcher,
    title: TextFields,
    body: TextFields,
    parts: u64,
    frequency: Option<u64>,
}

impl<'a> Statistics<'a> {
    /// Each term weighed by its own rarity.
    pub fn of_each_term(searcher: &'a Searcher, fields: &Fields) -> Statistics<'a> {
        let parts = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc()));
        Statistics { searcher, title: fields.title, body: fields.body, parts: parts.sum(), frequency: None }
    }

    /// All `terms` weighed as one, by the most frequent of them.
    pub fn of_one_word(searcher: &'a Searcher, fields: &Fields, terms: &[Term]) -> Result<Statistics<'a>> {
        let mut most = 0;
        for term in terms {
            most = most.max(searcher.doc_freq(term)?);
        }
        Ok(Statistics { frequency: Some(most), ..Statistics::of_each_term(searcher, fields) })
    }

    pub fn searcher(&self) -> &Searcher {
        self.searcher
    }

    /// What BM25 gives for one occurrence in a text of average length:
    /// the inverse document frequency alone.
    pub fn rarity(&self) -> Score {
        let with = self.frequency.unwrap_or(0) as Score;
        let without = self.parts as Score - with;
        (1.0 + (without + 0.5) / (with + 0.5)).ln()
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        if self.title.ranks_by(field) {
            return Ok(self.parts * TITLE_WORDS);
        }
        // A text in a language that few others are in is not a long one.
        self.searcher.total_num_tokens(self.body.whole)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.parts)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.frequency {
            Some(frequency) => Ok(frequency),
            None => self.searcher.doc_freq(term),
        }
    }
}
