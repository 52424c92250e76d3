//! Whether a document has the words as they were typed: as its name, or in a row.

use anyhow::Result;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, Term};

use super::asked::Asked;
use super::matching::Match;
use crate::store::Fields;

/// The greater, the better, whatever the words are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    Words,
    /// All words follow each other as typed, in the title or on a page.
    Row,
    /// They are the whole title.
    Name,
}

/// What was typed, as terms.
pub(super) struct AsTyped {
    name: Term,
    /// None for a single word, which is in a row by itself.
    title: Vec<Term>,
    body: Vec<Term>,
}

impl AsTyped {
    pub fn new(fields: &Fields, asked: &Asked) -> AsTyped {
        let terms = |field| asked.in_a_row.iter().map(|word| Term::from_field_text(field, word)).collect();
        AsTyped {
            name: Term::from_field_text(fields.name, &asked.name),
            title: terms(fields.title.whole),
            body: terms(fields.body.whole),
        }
    }

    pub fn in_segment(&self, segment: &SegmentReader) -> Result<Near> {
        let name = postings(segment, self.name.field(), &self.name, IndexRecordOption::Basic)?;
        Ok(Near { name, title: Row::new(segment, &self.title)?, body: Row::new(segment, &self.body)? })
    }
}

/// Moves through one segment, document by document.
pub(super) struct Near {
    name: Option<SegmentPostings>,
    title: Option<Row>,
    body: Option<Row>,
}

impl Near {
    /// How close a match is, and the part to show.
    pub fn judge(&mut self, found: Match) -> (Closeness, DocId) {
        let on_page = self.body.as_mut().and_then(|row| row.find(found.first, found.first + found.parts));
        let shown = on_page.unwrap_or(found.best);
        if self.name.as_mut().is_some_and(|name| at_or_after(name, found.first) == found.first) {
            return (Closeness::Name, shown);
        }
        let in_title = self.title.as_mut().and_then(|row| row.find(found.first, found.first + 1));
        match on_page.or(in_title) {
            Some(_) => (Closeness::Row, shown),
            None => (Closeness::Words, shown),
        }
    }
}

/// Words that are to follow each other.
struct Row {
    words: Vec<SegmentPostings>,
    /// Where the words so far end, and where the next one stands: kept for their memory.
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Row {
    /// Nothing where one of the words is nowhere in the segment.
    fn new(segment: &SegmentReader, terms: &[Term]) -> Result<Option<Row>> {
        let mut words = Vec::new();
        for term in terms {
            match postings(segment, term.field(), term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(word) => words.push(word),
                None => return Ok(None),
            }
        }
        Ok((!words.is_empty()).then_some(Row { words, ends: Vec::new(), places: Vec::new() }))
    }

    /// The first part of `first..end` that has them in a row.
    fn find(&mut self, first: DocId, end: DocId) -> Option<DocId> {
        let mut part = self.with_all(first, end)?;
        while !self.is_in_a_row() {
            part = self.with_all(part + 1, end)?;
        }
        Some(part)
    }

    fn with_all(&mut self, first: DocId, end: DocId) -> Option<DocId> {
        let mut part = first;
        while part < end {
            let furthest = self.words.iter_mut().map(|word| at_or_after(word, part)).max()?;
            if furthest == part {
                return Some(part);
            }
            part = furthest;
        }
        None
    }

    /// Of the part at which all words stand.
    fn is_in_a_row(&mut self) -> bool {
        let Some((first, others)) = self.words.split_first_mut() else { return false };
        first.positions_with_offset(1, &mut self.ends);
        for word in others {
            word.positions(&mut self.places);
            self.places.retain(|place| self.ends.binary_search(place).is_ok());
            if self.places.is_empty() {
                return false;
            }
            self.places.iter_mut().for_each(|place| *place += 1);
            std::mem::swap(&mut self.ends, &mut self.places);
        }
        true
    }
}

fn postings(
    segment: &SegmentReader,
    field: Field,
    term: &Term,
    record: IndexRecordOption,
) -> Result<Option<SegmentPostings>> {
    Ok(segment.inverted_index(field)?.read_postings(term, record)?)
}

fn at_or_after(postings: &mut SegmentPostings, target: DocId) -> DocId {
    match postings.doc() < target {
        true => postings.seek(target),
        false => postings.doc(),
    }
}
