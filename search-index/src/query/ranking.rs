//! The best of what matches.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, Score};

use super::closeness::Closeness;
use crate::Counts;

/// A match placed among the others; the greater, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    closeness: Closeness,
    relevance: u32,
    pub changed: i64,
    /// The same in every index of the same documents, however it was built.
    tie: u64,
    pub first: DocAddress,
    pub best: DocAddress,
}

impl Ranked {
    pub fn new(
        closeness: Closeness,
        score: Score,
        changed: i64,
        tie: u64,
        [first, best]: [DocAddress; 2],
    ) -> Ranked {
        Ranked { closeness, relevance: steps(score), changed, tie, first, best }
    }
}

/// Scores within two or three per cent are taken as equal, so that the later
/// document comes first: the exponent and the first five bits after it, which
/// order positive numbers as the numbers themselves.
fn steps(score: Score) -> u32 {
    score.max(0.0).to_bits() >> 18
}

/// Counts all, keeps the best.
pub(super) struct Best {
    most: usize,
    pub total: usize,
    pub counts: Counts,
    kept: BinaryHeap<Reverse<Ranked>>,
}

impl Best {
    pub fn new(most: usize) -> Best {
        Best { most, total: 0, counts: Counts::default(), kept: BinaryHeap::new() }
    }

    pub fn add(&mut self, ranked: Ranked) {
        self.total += 1;
        if self.kept.len() < self.most {
            self.kept.push(Reverse(ranked));
            return;
        }
        if let Some(mut worst) = self.kept.peek_mut()
            && ranked > worst.0
        {
            *worst = Reverse(ranked);
        }
    }

    /// Best first.
    pub fn into_sorted(self) -> Vec<Ranked> {
        let sorted = self.kept.into_sorted_vec();
        sorted.into_iter().map(|Reverse(ranked)| ranked).collect()
    }
}
