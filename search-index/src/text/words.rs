//! Where words begin and end.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// A word and where it stands in the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub range: Range<usize>,
    pub text: String,
    pub script: Script,
}

/// Scripts without spaces are cut into overlapping pairs of characters, since
/// nothing marks their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Spaced,
    Unspaced,
}

/// French words that lose their vowel before another: "l'entreprise" is found
/// by "entreprise", and the other way round.
const ELIDED: [&str; 13] =
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// What English leaves behind an apostrophe.
const CONTRACTED: [&str; 7] = ["s", "t", "d", "m", "ll", "re", "ve"];

/// The words of a text to be indexed or marked.
pub(crate) fn indexed_words(text: &str) -> Vec<Word> {
    split(text, true)
}

/// The words of a question. The last character of an unspaced run is no word
/// of its own here: it is already in the pair before it.
pub(crate) fn asked_words(text: &str) -> Vec<Word> {
    split(text, false)
}

/// The first `letters` of a word, or all of it.
pub(crate) fn head(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

fn split(text: &str, with_last: bool) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut rest = text.char_indices().peekable();
    while let Some((start, letter)) = rest.next() {
        if !letter.is_alphanumeric() {
            continue;
        }
        let unspaced = is_unspaced(letter);
        let mut end = start + letter.len_utf8();
        while let Some((at, next)) = rest.next_if(|(_, next)| continues(*next, unspaced)) {
            end = at + next.len_utf8();
        }
        if unspaced {
            push_pairs(&mut words, text, start..end, with_last);
        } else {
            push_word(&mut words, text, start..end);
        }
    }
    words
}

fn continues(letter: char, unspaced: bool) -> bool {
    if unspaced {
        return is_unspaced(letter);
    }
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    let joins = |letter| matches!(letter, '\u{ad}' | '\u{200c}' | '\u{200d}') || is_combining_mark(letter);
    (letter.is_alphanumeric() || joins(letter)) && !is_unspaced(letter)
}

fn push_word(words: &mut Vec<Word>, text: &str, range: Range<usize>) {
    let folded = fold(&text[range.clone()]);
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let elided = after.next().is_some_and(is_apostrophe)
        && after.next().is_some_and(char::is_alphabetic)
        && ELIDED.contains(&folded.as_str());
    let contracted =
        before.is_some_and(is_apostrophe) && !words.is_empty() && CONTRACTED.contains(&folded.as_str());
    if folded.is_empty() || elided || contracted {
        return;
    }
    words.push(Word { range, text: folded, script: Script::Spaced });
}

fn push_pairs(words: &mut Vec<Word>, text: &str, run: Range<usize>, with_last: bool) {
    let mut starts: Vec<usize> = text[run.clone()].char_indices().map(|(at, _)| run.start + at).collect();
    let characters = starts.len();
    starts.push(run.end);
    for first in 0..characters {
        let last = first + 1 == characters;
        if last && characters > 1 && !with_last {
            break;
        }
        let range = starts[first]..starts[(first + 2).min(characters)];
        words.push(Word { text: fold(&text[range.clone()]), range, script: Script::Unspaced });
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}')
}

/// Thai, Lao, Burmese, Khmer, kana, Han.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: Vec<Word>) -> Vec<String> {
        words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn punctuation_parts_words() {
        assert_eq!(
            texts(indexed_words("INV-2026/0042, paid: 3.50€ (late)")),
            ["inv", "2026", "0042", "paid", "3", "50", "late"]
        );
    }

    #[test]
    fn elided_and_contracted_words_are_left_out() {
        assert_eq!(
            texts(indexed_words("l'entreprise, the client’s aujourd'hui")),
            ["entreprise", "the", "client", "aujourd", "hui"]
        );
    }

    #[test]
    fn unspaced_scripts_become_pairs() {
        assert_eq!(texts(indexed_words("日本語")), ["日本", "本語", "語"]);
        assert_eq!(texts(asked_words("日本語")), ["日本", "本語"]);
        assert_eq!(texts(asked_words("語")), ["語"]);
    }

    #[test]
    fn ranges_point_into_the_original() {
        let text = "un éléphant";
        assert_eq!(&text[indexed_words(text)[1].range.clone()], "éléphant");
    }
}
