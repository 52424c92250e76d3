//! Words broken into lines that are no wider than they may be.

use crate::face::{Run, Style, printable};

/// Breaks at spaces and where the text breaks itself; inside a word only where it is wider than a whole line. A space
/// that does not break stays one.
pub fn broken(text: &str, style: &Style, width: f32) -> Vec<Run> {
    if text.is_empty() {
        return Vec::new();
    }
    let space = style.width(&style.shape(" "));
    let mut lines = Vec::new();
    for line in printable(text).split('\n') {
        let (mut current, mut used) = (String::new(), 0.0);
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            for (place, (piece, wide)) in pieces(word, style, width).into_iter().enumerate() {
                if current.is_empty() {
                    (current, used) = (piece.to_owned(), wide);
                } else if place == 0 && used + space + wide <= width {
                    current.push(' ');
                    current.push_str(piece);
                    used += space + wide;
                } else {
                    lines.push(style.shape(&current));
                    (current, used) = (piece.to_owned(), wide);
                }
            }
        }
        lines.push(style.shape(&current));
    }
    lines
}

/// A word as a whole, or in pieces that fit where it does not, each with its width. A piece has at least one character.
fn pieces<'a>(word: &'a str, style: &Style, width: f32) -> Vec<(&'a str, f32)> {
    let run = style.shape(word);
    if style.width(&run) <= width {
        return vec![(word, style.width(&run))];
    }
    let (mut pieces, mut from, mut used) = (Vec::new(), 0, 0.0);
    for glyph in &run.glyphs {
        let (at, wide) = (glyph.text_range.start, glyph.x_advance * style.size);
        if used + wide > width && at > from {
            pieces.push((&word[from..at], used));
            (from, used) = (at, 0.0);
        }
        used += wide;
    }
    pieces.push((&word[from..], used));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        face::{Figures, Weight},
        paper::Colour,
    };

    const STYLE: Style = Style {
        weight: Weight::Regular,
        figures: Figures::Proportional,
        size: 10.0,
        leading: 14.0,
        colour: Colour { red: 0, green: 0, blue: 0 },
    };

    fn lines(text: &str, width: f32) -> Vec<String> {
        let runs = broken(text, &STYLE, width);
        assert!(runs.iter().all(|run| run.glyphs.len() < 2 || STYLE.width(run) <= width + 0.5), "{text:?}");
        runs.into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_nothing_is_lost() {
        let text = "Design of eight page types, with two rounds of changes";
        let broken = lines(text, 100.0);
        assert!(broken.len() > 2, "{broken:?}");
        assert_eq!(broken.join(" "), text);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_inside() {
        let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(20);
        let broken = lines(&format!("a {word} b"), 100.0);
        assert_eq!(broken.concat().replace(' ', ""), format!("a{word}b"));
    }

    #[test]
    fn breaks_that_were_typed_stay_empty_lines_too() {
        assert_eq!(lines("one\n\ntwo", 100.0), ["one", "", "two"]);
        assert!(lines("", 100.0).is_empty());
    }

    #[test]
    fn a_space_that_does_not_break_holds_its_words_together() {
        assert_eq!(lines("aaaaaaaa 1\u{202f}234\u{a0}€", 70.0), ["aaaaaaaa", "1\u{202f}234\u{a0}€"]);
    }

    #[test]
    fn nothing_is_too_narrow_and_no_character_panics() {
        for text in ["שלום עולם", "\u{301}\u{301}", "👩‍👩‍👧‍👦 x", "a\0b\u{7f}", "\u{202e}abc", "ﷺ", "क्षि"]
        {
            assert!(!broken(text, &STYLE, 0.1).is_empty(), "{text:?}");
        }
    }
}
