//! Every term of the dictionary that an automaton accepts.

use std::sync::Arc;

use anyhow::Result;
use tantivy::query::{BitSetDocSet, ConstScorer, DfaWrapper, FuzzyTermQuery, Scorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, Score, SegmentReader, Term};

use crate::text::Typos;

/// Terms taken from one segment. No natural text comes near it; it bounds what
/// a document made to be expensive can cost everybody else.
const MOST_TERMS: usize = 20_000;

#[derive(Clone)]
pub(super) struct Expansion(Arc<DfaWrapper>);

impl Expansion {
    pub fn prefix(text: &str, typos: Typos) -> Result<Expansion> {
        let term = Term::from_field_text(Field::from_field_id(0), text);
        let query = FuzzyTermQuery::new_prefix(term, typos.count(), true);
        Ok(Expansion(Arc::new(query.automaton()?)))
    }

    pub fn whole(text: &str, typos: Typos) -> Result<Expansion> {
        let term = Term::from_field_text(Field::from_field_id(0), text);
        let query = FuzzyTermQuery::new(term, typos.count(), true);
        Ok(Expansion(Arc::new(query.automaton()?)))
    }

    /// All parts with an accepted term in `field`, each with `score`.
    pub fn scorer(&self, segment: &SegmentReader, field: Field, score: Score) -> Result<Box<dyn Scorer>> {
        let inverted = segment.inverted_index(field)?;
        let mut parts = BitSet::with_max_value(segment.max_doc());
        let mut terms = inverted.terms().search(&*self.0).without_keys().into_stream()?;
        for _ in 0..MOST_TERMS {
            if !terms.advance() {
                break;
            }
            let mut block =
                inverted.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while !block.docs().is_empty() {
                for part in block.docs() {
                    parts.insert(*part);
                }
                block.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(parts), score)))
    }
}
