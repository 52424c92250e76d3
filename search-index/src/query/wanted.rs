//! One thing asked for: a word, or words in a row.

use std::fmt;

use crate::text::{Languages, Script, Stems, Typos, Word, within, within_prefix};

#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Word(WantedWord),
    /// Folded words that follow each other.
    Phrase(Vec<String>),
}

#[derive(Clone, Debug)]
pub(super) struct WantedWord {
    pub text: String,
    /// In every language: nobody says in which one they ask.
    pub stems: Vec<(Languages, String)>,
    pub ending: Ending,
    pub typos: Typos,
}

/// Whether the word may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Finished,
    Unfinished,
}

impl Wanted {
    /// `None` for no words. What is unwanted, or one quoted word, is still
    /// taken with its endings, but never with slips.
    pub fn new(mut words: Vec<Word>, stems: &Stems, without: bool) -> Option<Wanted> {
        if words.len() > 1 {
            return Some(Wanted::Phrase(words.into_iter().map(|word| word.text).collect()));
        }
        let word = words.pop()?;
        // A lone character of an unspaced script begins the pairs it is in.
        let ending = match word.script {
            Script::Unspaced if word.text.chars().count() == 1 => Ending::Unfinished,
            _ => Ending::Finished,
        };
        let typos = match (word.script, without) {
            (Script::Spaced, false) => Typos::allowed_in(&word.text),
            _ => Typos::None,
        };
        let in_language =
            |languages| stems.of(&word.text, languages).into_iter().map(move |stem| (languages, stem));
        let stems = Languages::every().flat_map(in_language).collect();
        Some(Wanted::Word(WantedWord { stems, text: word.text, ending, typos }))
    }

    pub fn leave_unfinished(&mut self) {
        if let Wanted::Word(word) = self {
            word.ending = Ending::Unfinished;
        }
    }

    pub fn is_common(&self, common: &str) -> bool {
        match self {
            Wanted::Word(word) => common.split_whitespace().any(|other| other == word.text),
            Wanted::Phrase(_) => false,
        }
    }

    pub fn may_be_mistyped(&self) -> bool {
        matches!(self, Wanted::Word(word) if word.typos != Typos::None)
    }

    pub fn forbid_typos(&mut self) {
        if let Wanted::Word(word) = self {
            word.typos = Typos::None;
        }
    }

    /// Whether the word at `place` is to be marked; one of a phrase only where
    /// all of the phrase stands.
    pub fn marks(&self, words: &[Word], place: usize, stems: &Stems) -> bool {
        match self {
            Wanted::Word(word) => word.is_met_by(&words[place].text, stems),
            Wanted::Phrase(phrase) => {
                let begins_at = |start| stands_at(phrase, words, start);
                let first = (place + 1).saturating_sub(phrase.len());
                phrase.contains(&words[place].text) && (first..=place).any(begins_at)
            }
        }
    }
}

fn stands_at(phrase: &[String], words: &[Word], start: usize) -> bool {
    let here = words.get(start..start + phrase.len());
    here.is_some_and(|here| here.iter().map(|word| &word.text).eq(phrase))
}

impl WantedWord {
    fn is_met_by(&self, found: &str, stems: &Stems) -> bool {
        let unfinished = self.ending == Ending::Unfinished;
        if found == self.text || unfinished && found.starts_with(&self.text) {
            return true;
        }
        let mistyped = match (self.typos, self.ending) {
            (Typos::None, _) => false,
            (typos, Ending::Finished) => within(typos, &self.text, found),
            (typos, Ending::Unfinished) => within_prefix(typos, &self.text, found),
        };
        mistyped || self.shares_stem(found, stems)
    }

    /// A stem begins as its word does, and stemming is slow.
    fn shares_stem(&self, found: &str, stems: &Stems) -> bool {
        let first = found.chars().next();
        let may_share = self.stems.iter().any(|(_, stem)| stem.chars().next() == first);
        let own = |other: &String| self.stems.iter().any(|(_, stem)| stem == other);
        may_share && stems.of(found, Languages::Each).iter().any(own)
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Wanted) -> bool {
        match (self, other) {
            (Wanted::Word(one), Wanted::Word(other)) => one.text == other.text,
            (Wanted::Phrase(one), Wanted::Phrase(other)) => one == other,
            _ => false,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Wanted::Phrase(words) => write!(out, "\"{}\"", words.join(" ")),
            Wanted::Word(word) if word.ending == Ending::Unfinished => {
                write!(out, "{}…", word.text)
            }
            Wanted::Word(word) => out.write_str(&word.text),
        }
    }
}
