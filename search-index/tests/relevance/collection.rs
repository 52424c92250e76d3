//! Documents, and questions that people judged them by.

use std::collections::HashMap;

use anyhow::Result;

pub struct Collection {
    pub abstracts: Vec<Abstract>,
    /// Only those that were judged.
    pub questions: Vec<Question>,
}

pub struct Abstract {
    pub number: u64,
    pub title: String,
    pub text: String,
}

pub struct Question {
    pub text: String,
    /// By the number of the abstract.
    pub gains: HashMap<u64, f64>,
}

impl Collection {
    /// The mean nDCG@10 of what `find` returns.
    pub fn mean_gain(&self, find: impl Fn(&str) -> Result<Vec<u64>>) -> Result<f64> {
        let mut sum = 0.0;
        for question in &self.questions {
            sum += question.ndcg(&find(&question.text)?);
        }
        Ok(sum / self.questions.len() as f64)
    }
}

impl Question {
    pub fn ndcg(&self, found: &[u64]) -> f64 {
        let mut ideal: Vec<f64> = self.gains.values().copied().collect();
        ideal.sort_by(|one, other| other.total_cmp(one));
        let best = discounted(ideal.into_iter());
        let gained = discounted(found.iter().map(|number| self.gains.get(number).copied().unwrap_or(0.0)));
        if best > 0.0 { gained / best } else { 0.0 }
    }
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(10).enumerate().map(|(place, gain)| gain / (place as f64 + 2.0).log2()).sum()
}
