//! The parts that match in any of several ways, each with its best score.

use tantivy::query::Scorer;
use tantivy::{DocId, Score, TERMINATED};

/// tantivy's own union reads thousands of entries ahead; the ways one word can
/// match are few, and most of its entries are skipped by the other words.
pub(super) struct AnyOf {
    ways: Vec<Way>,
    doc: DocId,
}

struct Way {
    scorer: Box<dyn Scorer>,
    /// Where the scorer stands: asking it costs a call through a table.
    at: DocId,
}

impl AnyOf {
    pub fn new(scorers: Vec<Box<dyn Scorer>>) -> AnyOf {
        let ways: Vec<Way> = scorers.into_iter().map(|scorer| Way { at: scorer.doc(), scorer }).collect();
        AnyOf { doc: ways.iter().map(|way| way.at).min().unwrap_or(TERMINATED), ways }
    }

    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// Moves to the first match at `target` or after it.
    pub fn seek(&mut self, target: DocId) {
        if self.doc >= target {
            return;
        }
        self.doc = TERMINATED;
        for way in &mut self.ways {
            if way.at + 1 == target {
                way.at = way.scorer.advance();
            } else if way.at < target {
                way.at = way.scorer.seek(target);
            }
            self.doc = self.doc.min(way.at);
        }
    }

    pub fn score(&mut self) -> Score {
        let here = self.doc;
        let matching = self.ways.iter_mut().filter(|way| way.at == here);
        matching.map(|way| way.scorer.score()).fold(0.0, Score::max)
    }
}
