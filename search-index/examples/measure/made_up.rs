//! Documents of about 1 KB whose words are spread as in natural text (Zipf).

use portico_search_index::{Document, DocumentId, Page};

pub const STUDIO: [u8; 16] = [1; 16];
pub const GRANTS: usize = 50;

const WORDS: usize = 60_000;
const WORDS_OF_A_DOCUMENT: usize = 150;
const SYLLABLES: [&str; 24] = [
    "con", "tra", "pro", "ject", "re", "port", "in", "voi", "ce", "bud", "get", "plan", "ning", "de", "sign",
    "mar", "ket", "ser", "vi", "com", "pa", "ny", "ta", "lo",
];

pub struct Maker(u64);

impl Maker {
    pub fn new(seed: u64) -> Maker {
        Maker(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn document(&mut self, number: usize) -> Document {
        let mut id = [0; 16];
        id[8..].copy_from_slice(&(number as u64).to_be_bytes());
        let portal = portal(number % GRANTS);
        Document {
            id: DocumentId(id),
            organization: STUDIO,
            audience: vec![
                portico_search_index::Audience::Staff,
                portico_search_index::Audience::Portal(portal),
            ],
            portal: Some(portal),
            kind: "file".to_owned(),
            author: Some([number as u8 % 5; 16]),
            title: self.words(4),
            pages: vec![Page { number: Some(1), text: self.words(WORDS_OF_A_DOCUMENT) }],
            changed: number as i64,
        }
    }

    /// A word as often as it occurs in the documents.
    pub fn word(&mut self) -> String {
        let part = self.next() as f64 / u64::MAX as f64;
        spelled((WORDS as f64).powf(part) as usize)
    }

    pub fn rare_word(&mut self) -> String {
        spelled(2_000 + self.next() as usize % (WORDS - 2_000))
    }

    pub fn phrase(&mut self) -> String {
        format!("{} {}", self.word(), self.word())
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

pub fn portal(number: usize) -> [u8; 16] {
    [100 + number as u8; 16]
}

/// Two letters in the middle swapped.
pub fn mistyped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle, middle - 1);
    letters.into_iter().collect()
}

fn spelled(number: usize) -> String {
    let mut left = number * 7 + 600;
    let mut word = String::new();
    while left > 0 {
        word.push_str(SYLLABLES[left % SYLLABLES.len()]);
        left /= SYLLABLES.len();
    }
    word
}
