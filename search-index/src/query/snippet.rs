//! Which part of a text to show, and what to mark in it.

use std::ops::Range;

use super::wanted::Wanted;
use crate::Piece;
use crate::text::{Stems, indexed_words};

/// Characters of a snippet, about.
const LENGTH: usize = 160;

pub(super) struct Marker<'a> {
    wanted: &'a [Wanted],
    stems: Stems,
}

/// A word to be marked, and which of the wanted it is.
struct Mark {
    range: Range<usize>,
    wanted: usize,
    /// Whether the word before it is marked as another of the wanted.
    follows: bool,
}

impl Marker<'_> {
    pub fn new(wanted: &[Wanted]) -> Marker<'_> {
        Marker { wanted, stems: Stems::new() }
    }

    /// All of a text.
    pub fn whole(&self, text: &str) -> Vec<Piece> {
        pieces(text, 0..text.len(), &self.marks(text))
    }

    /// The stretch with the most of the wanted in it; the beginning when there
    /// is nothing to mark. Cut between words, with an ellipsis where it was.
    pub fn snippet(&self, text: &str) -> Vec<Piece> {
        let marks = self.marks(text);
        let stretch = around(text, &best_stretch(text, &marks));
        let mut shown = pieces(text, stretch.clone(), &marks);
        if !text[..stretch.start].trim().is_empty() {
            shown.insert(0, Piece::Plain("… ".to_owned()));
        }
        if !text[stretch.end..].trim().is_empty() {
            shown.push(Piece::Plain(" …".to_owned()));
        }
        shown
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let words = indexed_words(text);
        let mut marks = Vec::new();
        let mut before = None;
        for (place, word) in words.iter().enumerate() {
            let met = self.wanted.iter().position(|wanted| wanted.marks(&words, place, &self.stems));
            if let Some(wanted) = met {
                let follows = before.is_some_and(|before| before != wanted);
                marks.push(Mark { range: word.range.clone(), wanted, follows });
            }
            before = met;
        }
        marks
    }
}

/// Of all stretches from one mark to another that fit: the one with the most
/// different words, then the most that follow each other, then the most marks,
/// then the first.
fn best_stretch(text: &str, marks: &[Mark]) -> Range<usize> {
    let mut best = 0..0;
    let mut most = (0, 0, 0);
    let mut last = 0;
    for (first, mark) in marks.iter().enumerate() {
        last = last.max(first);
        while last + 1 < marks.len() && fits(text, mark.range.start..marks[last + 1].range.end) {
            last += 1;
        }
        let mut different: Vec<usize> = marks[first..=last].iter().map(|mark| mark.wanted).collect();
        different.sort_unstable();
        different.dedup();
        let in_a_row = marks[first..=last].iter().filter(|mark| mark.follows).count();
        let reached = (different.len(), in_a_row, last + 1 - first);
        if reached > most {
            most = reached;
            best = mark.range.start..marks[last].range.end;
        }
    }
    best
}

fn fits(text: &str, range: Range<usize>) -> bool {
    range.len() <= LENGTH || range.len() <= 4 * LENGTH && text[range].chars().count() <= LENGTH
}

/// Fills the stretch up to its length: a third of what is free before it, the
/// rest behind.
fn around(text: &str, stretch: &Range<usize>) -> Range<usize> {
    let free = LENGTH.saturating_sub(text[stretch.clone()].chars().count());
    let before = text[..stretch.start].char_indices().rev().take(free / 3).last();
    let start = before.map_or(stretch.start, |(at, _)| at);
    let taken = text[start..stretch.start].chars().count();
    let behind = text[stretch.end..].char_indices().nth(free.saturating_sub(taken));
    let end = behind.map_or(text.len(), |(at, _)| stretch.end + at);
    between_words(text, start, stretch, end)
}

fn between_words(text: &str, start: usize, stretch: &Range<usize>, end: usize) -> Range<usize> {
    let opening = &text[start..stretch.start];
    let closing = &text[stretch.end..end];
    let start = match opening.find(char::is_whitespace) {
        Some(space) if start > 0 => start + space,
        _ => start,
    };
    let end = match closing.rfind(char::is_whitespace) {
        Some(space) if end < text.len() => stretch.end + space,
        _ => end,
    };
    start..end
}

/// White space is shown as one blank each: a text taken from a document has
/// line breaks where its page had them.
fn pieces(text: &str, shown: Range<usize>, marks: &[Mark]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = shown.start;
    let inside = |mark: &&Mark| mark.range.start >= shown.start && mark.range.end <= shown.end;
    let mut marks = marks.iter().filter(inside).peekable();
    while let Some(mark) = marks.next() {
        let mut end = mark.range.end;
        // Pairs of an unspaced script overlap.
        while let Some(next) = marks.next_if(|next| next.range.start < end) {
            end = end.max(next.range.end);
        }
        push(&mut pieces, Piece::Plain, &text[at..mark.range.start]);
        push(&mut pieces, Piece::Marked, &text[mark.range.start..end]);
        at = end;
    }
    push(&mut pieces, Piece::Plain, &text[at..shown.end]);
    trim(&mut pieces);
    pieces
}

fn push(pieces: &mut Vec<Piece>, kind: fn(String) -> Piece, text: &str) {
    let mut blank = false;
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_blank = letter.is_whitespace() || letter.is_control();
        match is_blank {
            true if !blank => shown.push(' '),
            true => {}
            false => shown.push(letter),
        }
        blank = is_blank;
    }
    if !shown.is_empty() {
        pieces.push(kind(shown));
    }
}

fn trim(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Plain(text)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Piece::Plain(text)) = pieces.last_mut() {
        *text = text.trim_end().to_owned();
    }
    pieces.retain(|piece| !matches!(piece, Piece::Plain(text) if text.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::super::asked::Asked;
    use super::*;

    /// Marks in square brackets.
    fn snippet(question: &str, text: &str) -> String {
        let asked = Asked::read(question);
        let shown = Marker::new(&asked.wanted).snippet(text);
        let bracketed = shown.into_iter().map(|piece| match piece {
            Piece::Plain(text) => text,
            Piece::Marked(text) => format!("[{text}]"),
        });
        bracketed.collect()
    }

    #[test]
    fn marks_what_matched_and_keeps_its_spelling() {
        assert_eq!(
            snippet("societe contract agr ", "Les Sociétés and their contracts"),
            "Les [Sociétés] and their [contracts]"
        );
        assert_eq!(snippet("agr", "One Agreement"), "One [Agreement]");
        assert_eq!(snippet("invocie", "An invoice,\n\tsent"), "An [invoice], sent");
    }

    #[test]
    fn shows_the_place_with_the_most_different_words() {
        let text = format!("budget {} the budget of the bridge", "filler ".repeat(100));
        let shown = snippet("bridge budget ", &text);
        assert!(shown.starts_with("… filler"), "{shown}");
        assert!(shown.ends_with("the [budget] of the [bridge]"), "{shown}");
        assert!(shown.chars().count() <= 170, "{shown}");
    }

    #[test]
    fn shows_the_beginning_when_nothing_is_marked() {
        let shown = snippet("bridge ", &"filler ".repeat(100));
        assert!(shown.starts_with("filler filler"), "{shown}");
        assert!(shown.ends_with("filler …"), "{shown}");
        assert_eq!(snippet("bridge ", ""), "");
    }

    #[test]
    fn neighbouring_pairs_are_one_mark() {
        assert_eq!(snippet("日本語 ", "これは日本語です"), "これは[日本語]です");
    }
}
