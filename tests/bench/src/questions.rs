//! What is asked of a search, by class, each question for all of them.

use crate::{
    corpus::{Corpus, Dice},
    portals,
};

#[derive(Clone, Copy)]
pub enum Class {
    Rare,
    Common,
    TwoWords,
    ThreeWords,
    Phrase,
    Prefix,
    Typo,
    Nothing,
}

pub struct Question {
    /// For Portico. A space at its end says that the last word is whole.
    pub typed: String,
    /// For FTS5 and for PostgreSQL, which forgive no typing error.
    pub peers: Option<Peers>,
}

pub struct Peers {
    pub fts5: String,
    pub postgres: String,
}

/// So that two passes give a 99th percentile.
const QUESTIONS: u64 = 100;

impl Class {
    pub const ALL: [Class; 8] = [
        Class::Rare,
        Class::Common,
        Class::TwoWords,
        Class::ThreeWords,
        Class::Phrase,
        Class::Prefix,
        Class::Typo,
        Class::Nothing,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Class::Rare => "rare word",
            Class::Common => "common word",
            Class::TwoWords => "two words",
            Class::ThreeWords => "three words",
            Class::Prefix => "beginning of a word",
            Class::Typo => "mistyped word",
            Class::Phrase => "phrase",
            Class::Nothing => "word that is nowhere",
        }
    }

    /// About documents that the client may see, picked by chance.
    pub fn questions(self, corpus: &Corpus, documents: usize) -> Vec<Question> {
        let ask = |seed| self.question(corpus, documents, &mut Dice::new(seed));
        (1_000_000..1_000_000 + QUESTIONS).map(ask).collect()
    }

    fn question(self, corpus: &Corpus, documents: usize, dice: &mut Dice) -> Question {
        let portals: Vec<usize> = portals::granted().collect();
        let portal = portals[dice.below(portals.len())];
        let text = corpus.document(dice.below(documents / portals::COUNT) * portals::COUNT + portal).body;
        let words: Vec<_> = text.split(' ').collect();
        let place = dice.below(words.len() - 2);
        let word = words[place];
        let mut by_rank = words.clone();
        by_rank.sort_by_key(|word| corpus.rank(word));
        match self {
            Class::Rare => Question::of_words(&by_rank[by_rank.len() - 1..]),
            Class::Common => Question::of_words(&by_rank[..1]),
            Class::TwoWords => Question::of_words(&[word, words[dice.below(words.len())]]),
            Class::ThreeWords => {
                Question::of_words(&[word, words[dice.below(words.len())], words[dice.below(words.len())]])
            }
            Class::Phrase => {
                let phrase = quoted(&words[place..place + 2].join(" "));
                Question::of(phrase.clone(), phrase, words[place..place + 2].join(" <-> "))
            }
            Class::Prefix => {
                let beginning = &word[..3];
                Question::of(
                    beginning.to_owned(),
                    format!("{}*", quoted(beginning)),
                    format!("{beginning}:*"),
                )
            }
            Class::Typo => Question { typed: format!("{} ", mistyped(&words, dice)), peers: None },
            Class::Nothing => Question::of_words(&[&format!("x{word}yq")]),
        }
    }
}

impl Question {
    /// All of them, in any order.
    fn of_words(words: &[&str]) -> Self {
        let fts5 = words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
        Self::of(format!("{} ", words.join(" ")), fts5, words.join(" & "))
    }

    fn of(typed: String, fts5: String, postgres: String) -> Self {
        Self { typed, peers: Some(Peers { fts5, postgres }) }
    }
}

fn quoted(words: &str) -> String {
    format!("\"{words}\"")
}

/// A long word of these with two neighbouring letters exchanged.
fn mistyped(words: &[&str], dice: &mut Dice) -> String {
    let long: Vec<_> = words.iter().filter(|word| word.len() >= 6).collect();
    let mut letters: Vec<_> = match long.len() {
        0 => "lonelo".chars().collect(),
        count => long[dice.below(count)].chars().collect(),
    };
    letters.swap(2, 3);
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_asks_the_same_of_all() {
        let corpus = Corpus::new();
        for class in Class::ALL {
            let questions = class.questions(&corpus, 2 * portals::COUNT);
            assert_eq!(questions.len() as u64, QUESTIONS);
            for Question { typed, peers } in questions {
                let letters = |text: &str| {
                    let words = text.split(|letter: char| !letter.is_alphanumeric());
                    words.filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
                };
                if let Some(Peers { fts5, postgres }) = peers {
                    assert_eq!(letters(&fts5), letters(&typed));
                    assert_eq!(letters(&postgres), letters(&typed));
                }
            }
        }
    }

    #[test]
    fn a_rare_word_is_rarer_than_a_common_one() {
        let corpus = Corpus::new();
        let ranks = |class: Class| {
            let questions = class.questions(&corpus, 2 * portals::COUNT);
            let ranks = questions.iter().map(|question| corpus.rank(question.typed.trim()));
            ranks.collect::<Vec<_>>()
        };
        assert!(ranks(Class::Common).iter().max() < ranks(Class::Rare).iter().min());
    }
}
