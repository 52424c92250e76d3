//! The parts that match in any of several ways, each with its best score.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// tantivy's own union reads thousands of entries ahead; the ways one word can
/// match are few, and most of its entries are skipped by the other words.
pub(super) struct AnyOf {
    ways: Vec<Box<dyn Scorer>>,
    doc: DocId,
}

impl AnyOf {
    pub fn new(ways: Vec<Box<dyn Scorer>>) -> AnyOf {
        let mut any_of = AnyOf {
            ways,
            doc: TERMINATED,
        };
        any_of.settle();
        any_of
    }

    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// Moves to the first match at `target` or after it.
    pub fn seek(&mut self, target: DocId) {
        if self.doc >= target {
            return;
        }
        for way in &mut self.ways {
            if way.doc() < target {
                way.seek(target);
            }
        }
        self.settle();
    }

    pub fn score(&mut self) -> Score {
        let here = self.doc;
        let matching = self.ways.iter_mut().filter(|way| way.doc() == here);
        matching.map(|way| way.score()).fold(0.0, Score::max)
    }

    fn settle(&mut self) {
        self.ways.retain(|way| way.doc() != TERMINATED);
        self.doc = self
            .ways
            .iter()
            .map(|way| way.doc())
            .min()
            .unwrap_or(TERMINATED);
    }
}
