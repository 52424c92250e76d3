//! What is asked of a search, by class, each question for both.

use crate::corpus::{Corpus, Dice};

#[derive(Clone, Copy)]
pub enum Class {
    OneWord,
    ThreeWords,
    Prefix,
    Typo,
    Phrase,
    Nothing,
}

pub struct Question {
    /// For Portico. A space at its end says that the last word is whole.
    pub typed: String,
    /// For FTS5, which forgives no typing error.
    pub full_text: Option<String>,
}

/// So that two passes give a 99th percentile.
const QUESTIONS: u64 = 100;

impl Class {
    pub const ALL: [Class; 6] =
        [Class::OneWord, Class::ThreeWords, Class::Prefix, Class::Typo, Class::Phrase, Class::Nothing];

    pub fn name(self) -> &'static str {
        match self {
            Class::OneWord => "one word",
            Class::ThreeWords => "three words",
            Class::Prefix => "beginning of a word",
            Class::Typo => "mistyped word",
            Class::Phrase => "phrase",
            Class::Nothing => "word that is nowhere",
        }
    }

    /// About documents that are there, picked by chance.
    pub fn questions(self, corpus: &Corpus, documents: usize) -> Vec<Question> {
        let ask = |seed| self.question(corpus, documents, &mut Dice::new(seed));
        (1_000_000..1_000_000 + QUESTIONS).map(ask).collect()
    }

    fn question(self, corpus: &Corpus, documents: usize, dice: &mut Dice) -> Question {
        let text = corpus.document(dice.below(documents)).body;
        let words: Vec<_> = text.split(' ').collect();
        let place = dice.below(words.len() - 2);
        let word = words[place];
        match self {
            Class::OneWord => Question::of(format!("{word} "), quoted(word)),
            Class::ThreeWords => {
                let three = [word, words[dice.below(words.len())], words[dice.below(words.len())]];
                Question::of(format!("{} ", three.join(" ")), three.map(quoted).join(" "))
            }
            Class::Prefix => Question::of(word[..3].to_owned(), format!("{}*", quoted(&word[..3]))),
            Class::Typo => Question { typed: format!("{} ", mistyped(&words, dice)), full_text: None },
            Class::Phrase => {
                let phrase = quoted(&words[place..place + 2].join(" "));
                Question::of(phrase.clone(), phrase)
            }
            Class::Nothing => {
                let nowhere = format!("x{word}yq");
                Question::of(format!("{nowhere} "), quoted(&nowhere))
            }
        }
    }
}

impl Question {
    fn of(typed: String, full_text: String) -> Self {
        Self { typed, full_text: Some(full_text) }
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
    fn every_class_asks_the_same_of_both() {
        let corpus = Corpus::new();
        for class in Class::ALL {
            let questions = class.questions(&corpus, 50);
            assert_eq!(questions.len() as u64, QUESTIONS);
            for Question { typed, full_text } in questions {
                let letters = |text: &str| text.replace(['"', '*'], "").trim().to_owned();
                assert!(full_text.is_none_or(|full_text| letters(&full_text) == letters(&typed)));
            }
        }
    }
}
