//! Documents made of made-up words, the same in every run. How often a word occurs follows Zipf's
//! law, as in natural text: a few words are nearly everywhere, and most are rare.

use std::collections::HashMap;

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Dice(u64);

pub struct Corpus {
    words: Vec<String>,
    ranks: HashMap<String, usize>,
    /// How much of all text the words up to this one make up, not normalized.
    shares: Vec<f64>,
}

pub struct Text {
    pub title: String,
    pub body: String,
}

const WORDS: usize = 20_000;
const SYLLABLES: [&str; 40] = [
    "ba", "be", "bo", "ca", "co", "da", "de", "di", "fa", "fe", "fi", "ga", "go", "ha", "ho", "ka", "ki",
    "la", "le", "lo", "ma", "me", "mi", "na", "ne", "no", "pa", "pe", "pi", "ra", "re", "ri", "sa", "se",
    "so", "ta", "te", "to", "va", "vi",
];

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.throw() % end as u64) as usize
    }

    fn fraction(&mut self) -> f64 {
        self.throw() as f64 / u64::MAX as f64
    }
}

impl Corpus {
    pub fn new() -> Self {
        let mut sum = 0.0;
        let shares = (0..WORDS).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        let ranks = (0..WORDS).map(|rank| (word(rank), rank));
        Self { words: (0..WORDS).map(word).collect(), ranks: ranks.collect(), shares: shares.collect() }
    }

    /// From the most frequent word, which has rank 0.
    pub fn rank(&self, word: &str) -> usize {
        self.ranks.get(word).copied().unwrap_or(WORDS)
    }

    pub fn document(&self, number: usize) -> Text {
        let mut dice = Dice::new(number as u64);
        let (title, body) = (3 + dice.below(4), 40 + dice.below(80));
        Text { title: self.words(&mut dice, title), body: self.words(&mut dice, body) }
    }

    fn words(&self, dice: &mut Dice, count: usize) -> String {
        let words: Vec<_> = (0..count).map(|_| self.pick(dice)).collect();
        words.join(" ")
    }

    fn pick(&self, dice: &mut Dice) -> &str {
        let whole = self.shares[WORDS - 1];
        let place = dice.fraction() * whole;
        let rank = self.shares.partition_point(|share| *share < place);
        &self.words[rank.min(WORDS - 1)]
    }
}

/// Frequent words are short, and neighbours in rank look nothing alike.
fn word(rank: usize) -> String {
    let (count, place) = match rank {
        0..1_000 => (2, rank * 7 % 1_600),
        1_000..15_000 => (3, rank * 7_919 % 64_000),
        _ => (4, rank * 104_729 % 2_560_000),
    };
    let digits = (0..count).map(|digit| place / 40_usize.pow(digit) % 40);
    digits.map(|digit| SYLLABLES[digit]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_and_documents_are_the_same_again() {
        let corpus = Corpus::new();
        let distinct: std::collections::BTreeSet<_> = corpus.words.iter().collect();
        assert_eq!(distinct.len(), WORDS);
        assert_eq!(corpus.document(7).body, Corpus::new().document(7).body);
    }
}
