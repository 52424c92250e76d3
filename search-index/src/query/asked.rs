//! What was typed, taken apart. Nothing that can be typed is an error.

use super::wanted::Wanted;
use crate::store::name_of;
use crate::text::{Script, Stems, Word, asked_words};

/// Characters that are read; nobody reads on in a search box, and what a
/// program sends there should cost no more.
const LONGEST: usize = 1_000;

/// Words that are looked for, the very common ones not counted.
const MOST_WORDS: usize = 12;

/// Words that may be looked for in a row, the very common ones counted.
const MOST_IN_A_ROW: usize = 20;

/// Words so common that asking for them costs much and tells nothing.
const COMMON: &str = include_str!("common_words.txt");

pub(super) struct Asked {
    pub wanted: Vec<Wanted>,
    pub unwanted: Vec<Wanted>,
    /// All words in their order, where there are several and nothing but words.
    pub in_a_row: Vec<String>,
    /// As a document would be called.
    pub name: String,
}

impl Asked {
    pub fn read(text: &str) -> Asked {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
        let text = &text[..end];
        let asked =
            Asked { wanted: Vec::new(), unwanted: Vec::new(), in_a_row: in_a_row(text), name: name_of(text) };
        let mut reading = Reading { stems: Stems::new(), asked };
        reading.read(text);
        let mut asked = reading.asked;
        asked.drop_common();
        asked.wanted.truncate(MOST_WORDS);
        asked.unwanted.truncate(MOST_WORDS);
        asked
    }

    /// They stay if there is nothing else: "to be or not to be".
    fn drop_common(&mut self) {
        let tells = |wanted: &Wanted| !wanted.is_common(COMMON);
        if self.wanted.iter().any(tells) {
            self.wanted.retain(tells);
        }
    }
}

struct Reading {
    stems: Stems,
    asked: Asked,
}

impl Reading {
    /// Quoted stretches and what lies between them, in turn. A quotation that
    /// is still open is one being typed: its words are words.
    fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, quoted, after)) = quotation(rest) {
            let (before, without) = match before.strip_suffix('-') {
                Some(shorter) if ends_a_word(shorter) => (shorter, true),
                _ => (before, false),
            };
            self.read_plain(before, false);
            self.add(asked_words(quoted), without);
            rest = after;
        }
        self.read_plain(rest, true);
    }

    fn read_plain(&mut self, text: &str, last: bool) {
        let unfinished = last && text.chars().next_back().is_some_and(char::is_alphanumeric);
        for chunk in text.split_whitespace() {
            match chunk.strip_prefix('-') {
                Some(without) if !without.is_empty() => self.add(asked_words(without), true),
                _ => self.add_apart(asked_words(chunk)),
            }
        }
        let typed_last = text.split_whitespace().next_back().unwrap_or_default();
        if unfinished
            && !typed_last.starts_with('-')
            && let Some(wanted) = self.asked.wanted.last_mut()
        {
            wanted.leave_unfinished();
        }
    }

    /// Each word by itself, but pairs of an unspaced script in their order.
    fn add_apart(&mut self, words: Vec<Word>) {
        let adjoining = |one: &Word, next: &Word| {
            one.script == Script::Unspaced
                && next.script == Script::Unspaced
                && next.range.start < one.range.end
        };
        for words in words.chunk_by(adjoining) {
            self.add(words.to_vec(), false);
        }
    }

    fn add(&mut self, words: Vec<Word>, without: bool) {
        let Some(wanted) = Wanted::new(words, &self.stems, without) else {
            return;
        };
        let list = match without {
            true => &mut self.asked.unwanted,
            false => &mut self.asked.wanted,
        };
        // A later one may be unfinished, so it is the later one that stays.
        list.retain(|other| *other != wanted);
        list.push(wanted);
    }
}

fn in_a_row(text: &str) -> Vec<String> {
    let is_left_out = |chunk: &str| chunk.len() > 1 && chunk.starts_with('-');
    if quotation(text).is_some() || text.split_whitespace().any(is_left_out) {
        return Vec::new();
    }
    let words: Vec<String> = asked_words(text).into_iter().map(|word| word.text).collect();
    match words.len() {
        2..=MOST_IN_A_ROW => words,
        _ => Vec::new(),
    }
}

/// Text before, inside and after the first closed quotation.
fn quotation(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(['"', '“', '”', '«'])?;
    let (quoted, after) = rest.split_once(['"', '“', '”', '»'])?;
    Some((before, quoted, after))
}

fn ends_a_word(text: &str) -> bool {
    text.is_empty() || text.ends_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::Asked;

    fn wanted(text: &str) -> Vec<String> {
        Asked::read(text).wanted.iter().map(ToString::to_string).collect()
    }

    fn unwanted(text: &str) -> Vec<String> {
        Asked::read(text).unwanted.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_the_last_word_may_be_unfinished() {
        assert_eq!(wanted("Annual rép"), ["annual", "rep…"]);
        assert_eq!(wanted("annual report "), ["annual", "report"]);
        assert_eq!(wanted("annual report -dra"), ["annual", "report"]);
    }

    #[test]
    fn quotations_are_phrases_once_closed() {
        assert_eq!(wanted("\"annual report\" 2026"), ["\"annual report\"", "2026…"]);
        assert_eq!(wanted("«rapport annuel»"), ["\"rapport annuel\""]);
        assert_eq!(wanted("\"annual rep"), ["annual", "rep…"]);
    }

    #[test]
    fn a_dash_before_a_word_leaves_it_out() {
        assert_eq!(wanted("report -draft -\"not final\" e-mail"), ["report", "e", "mail…"]);
        assert_eq!(unwanted("report -draft -\"not final\" e-mail"), ["draft", "\"not final\""]);
    }

    #[test]
    fn common_words_are_dropped_beside_others() {
        assert_eq!(wanted("the terms of the contract "), ["terms", "contract"]);
        assert_eq!(wanted("la durée du contrat "), ["duree", "contrat"]);
        assert_eq!(wanted("to be "), ["to", "be"]);
    }

    #[test]
    fn characters_of_unspaced_scripts_stay_in_order() {
        assert_eq!(wanted("日本語 "), ["\"日本 本語\""]);
    }

    #[test]
    fn long_questions_are_cut() {
        let many: String = (0..200).map(|number| format!("w{number} ")).collect();
        assert_eq!(wanted(&many).len(), 12);
    }
}
