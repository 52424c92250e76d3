//! Which documents of one segment match. tantivy would answer for its own
//! documents, our parts; a document's words may stand on different pages.

use std::sync::Arc;

use anyhow::Result;
use tantivy::columnar::ColumnValues;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::any_of::AnyOf;
use super::source::Source;

/// How much of the score needs the words to be on one page.
const TOGETHER: Score = 0.5;

/// A matching document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Its first part, which holds what is known of the document as a whole.
    pub first: DocId,
    /// The part to show.
    pub best: DocId,
    /// Up to how many parts further the words are.
    pub parts: DocId,
    pub score: Score,
}

/// From a part to the first part of its document.
struct Runs {
    places: Arc<dyn ColumnValues<u64>>,
    /// Whether any document has a second part here.
    any: bool,
}

impl Runs {
    fn new(segment: &SegmentReader) -> Result<Runs> {
        // Every part has a place, so a part's row is its number.
        let places = segment.fast_fields().u64("place")?.values;
        Ok(Runs { any: places.max_value() > 0, places })
    }

    fn first(&self, part: DocId) -> DocId {
        match part {
            TERMINATED => TERMINATED,
            _ if self.any => part - self.places.get_val(part) as DocId,
            _ => part,
        }
    }
}

/// One wanted thing, moving through the segment document by document.
struct Cursor {
    title: AnyOf,
    body: AnyOf,
    /// The first part of the document it stands at.
    at: DocId,
}

impl Cursor {
    fn new(source: &Source, segment: &SegmentReader, runs: &Runs) -> Result<Cursor> {
        let mut cursor =
            Cursor { title: source.in_titles(segment)?, body: source.in_bodies(segment)?, at: 0 };
        cursor.arrive(runs);
        Ok(cursor)
    }

    /// To the first document at `first` or after it.
    fn seek(&mut self, first: DocId, runs: &Runs) {
        self.title.seek(first);
        self.body.seek(first);
        self.arrive(runs);
    }

    /// Past the document it stands at.
    fn leave(&mut self, runs: &Runs) {
        let left = self.at;
        self.title.seek(left + 1);
        self.body.seek(left + 1);
        while runs.first(self.body.doc()) == left {
            self.body.seek(self.body.doc() + 1);
        }
        self.arrive(runs);
    }

    fn arrive(&mut self, runs: &Runs) {
        self.at = self.title.doc().min(runs.first(self.body.doc()));
    }
}

/// A question put to one segment.
pub(super) struct Matching<'a> {
    segment: &'a SegmentReader,
    runs: Runs,
    /// Each holds first parts only; all must agree.
    within: Vec<Box<dyn Scorer>>,
    wanted: Vec<Cursor>,
    unwanted: Vec<Cursor>,
    /// How many of `wanted` a document must have.
    needed: usize,
    /// Scores of the parts of the document at hand, by place.
    parts: Vec<Score>,
    /// Where the cursors stand, kept for its memory.
    nearest: Vec<DocId>,
}

impl<'a> Matching<'a> {
    pub fn new(
        segment: &'a SegmentReader,
        within: Vec<Box<dyn Scorer>>,
        wanted: &[Source],
        unwanted: &[Source],
        needed: usize,
    ) -> Result<Matching<'a>> {
        let runs = Runs::new(segment)?;
        let cursors = |sources: &[Source]| {
            let sources = sources.iter();
            sources.map(|source| Cursor::new(source, segment, &runs)).collect::<Result<Vec<_>>>()
        };
        Ok(Matching {
            wanted: cursors(wanted)?,
            unwanted: cursors(unwanted)?,
            segment,
            within,
            needed: needed.max(1),
            parts: Vec::new(),
            nearest: Vec::new(),
            runs,
        })
    }

    pub fn for_each(mut self, mut found: impl FnMut(Match)) {
        while let Some(candidate) = self.candidate() {
            if let Some(later) = self.refused_until(candidate) {
                let runs = &self.runs;
                let behind = self.wanted.iter_mut().filter(|cursor| cursor.at < later);
                behind.for_each(|cursor| cursor.seek(later, runs));
                continue;
            }
            let runs = &self.runs;
            let behind = self.wanted.iter_mut().filter(|cursor| cursor.at < candidate);
            behind.for_each(|cursor| cursor.seek(candidate, runs));
            let having = self.wanted.iter().filter(|cursor| cursor.at == candidate).count();
            if having >= self.needed && self.is_open(candidate) {
                found(self.score(candidate));
            }
            let runs = &self.runs;
            let here = self.wanted.iter_mut().filter(|cursor| cursor.at == candidate);
            here.for_each(|cursor| cursor.leave(runs));
        }
    }

    /// No document before the `needed`-th nearest has as many of the wanted.
    fn candidate(&mut self) -> Option<DocId> {
        self.nearest.clear();
        self.nearest.extend(self.wanted.iter().map(|cursor| cursor.at));
        self.nearest.sort_unstable();
        let nearest = self.nearest.get(self.needed - 1).copied();
        nearest.filter(|first| *first != TERMINATED)
    }

    /// The next document that might be allowed, if this one is not.
    fn refused_until(&mut self, candidate: DocId) -> Option<DocId> {
        for allowed in &mut self.within {
            if allowed.doc() < candidate {
                allowed.seek(candidate);
            }
            if allowed.doc() > candidate {
                return Some(allowed.doc());
            }
        }
        None
    }

    fn is_open(&mut self, candidate: DocId) -> bool {
        let runs = &self.runs;
        let deleted = self.segment.is_deleted(candidate);
        !deleted
            && !self.unwanted.iter_mut().any(|cursor| {
                if cursor.at < candidate {
                    cursor.seek(candidate, runs);
                }
                cursor.at == candidate
            })
    }

    /// The best of each word, and the best page of all of them.
    fn score(&mut self, first: DocId) -> Match {
        self.parts.clear();
        let mut apart = 0.0;
        let mut title = 0.0;
        for cursor in self.wanted.iter_mut().filter(|cursor| cursor.at == first) {
            if cursor.title.doc() == first {
                title += cursor.title.score();
            }
            let mut best = 0.0;
            while self.runs.first(cursor.body.doc()) == first {
                let part = cursor.body.doc();
                let place = (part - first) as usize;
                let score = cursor.body.score();
                best = Score::max(best, score);
                if self.parts.len() <= place {
                    self.parts.resize(place + 1, 0.0);
                }
                self.parts[place] += score;
                cursor.body.seek(part + 1);
            }
            apart += best;
        }
        let mut shown = (0, 0.0);
        for (place, score) in self.parts.iter().enumerate() {
            if *score > shown.1 {
                shown = (place, *score);
            }
        }
        Match {
            first,
            best: first + shown.0 as DocId,
            parts: self.parts.len() as DocId,
            score: title + apart * (1.0 - TOGETHER) + shown.1 * TOGETHER,
        }
    }
}
