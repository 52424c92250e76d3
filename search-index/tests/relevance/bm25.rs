//! Okapi BM25 as it stands in the books (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75): words in
//! lower case, any of them will do, no stems, title and text taken together.

use std::collections::HashMap;

use crate::collection::Abstract;

const K1: f64 = 1.2;
const B: f64 = 0.75;

pub struct PlainBm25 {
    numbers: Vec<u64>,
    /// In words.
    lengths: Vec<f64>,
    mean_length: f64,
    /// By word: places of abstracts, and how often they have it.
    postings: HashMap<String, HashMap<usize, f64>>,
}

impl PlainBm25 {
    pub fn of(abstracts: &[Abstract]) -> PlainBm25 {
        let mut postings: HashMap<String, HashMap<usize, f64>> = HashMap::new();
        let mut lengths = Vec::new();
        for (place, each) in abstracts.iter().enumerate() {
            let words = words(&format!("{} {}", each.title, each.text));
            lengths.push(words.len() as f64);
            for word in words {
                *postings.entry(word).or_default().entry(place).or_default() += 1.0;
            }
        }
        let mean_length = lengths.iter().sum::<f64>() / lengths.len() as f64;
        let numbers = abstracts.iter().map(|each| each.number).collect();
        PlainBm25 { numbers, lengths, mean_length, postings }
    }

    pub fn best(&self, question: &str, most: usize) -> Vec<u64> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for word in words(question) {
            let Some(having) = self.postings.get(&word) else { continue };
            let (with, all) = (having.len() as f64, self.numbers.len() as f64);
            let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for (place, often) in having {
                let length = 1.0 - B + B * self.lengths[*place] / self.mean_length;
                *scores.entry(*place).or_default() += rarity * often * (K1 + 1.0) / (often + K1 * length);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked.into_iter().take(most).map(|(place, _)| self.numbers[place]).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
