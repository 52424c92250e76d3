use crate::Reading;

/// Text as it is found, tidied on the way in and never longer than its room.
///
/// Runs of white space become one space, or one line break if there was one among them. Control
/// characters are dropped: JSON writes each as six bytes, and no reader looks for them.
pub struct Gathered {
    text: String,
    room: usize,
    gap: Gap,
    truncated: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

const SOFT_HYPHEN: char = '\u{ad}';

impl Gathered {
    pub fn with_room(bytes: u64) -> Self {
        let room = usize::try_from(bytes).unwrap_or(usize::MAX);
        Self { text: String::new(), room, gap: Gap::None, truncated: false }
    }

    pub fn push(&mut self, found: &str) {
        for letter in found.chars() {
            if self.truncated {
                return;
            }
            match letter {
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => self.end_line(),
                SOFT_HYPHEN | '\u{feff}' => {}
                letter if letter.is_whitespace() => self.end_word(),
                letter if letter.is_control() => {}
                letter => self.keep(letter),
            }
        }
    }

    pub fn end_word(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    pub fn end_line(&mut self) {
        self.gap = Gap::Line;
    }

    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// In bytes.
    pub fn room_left(&self) -> u64 {
        (self.room - self.text.len()) as u64
    }

    /// The reading of a document without pages.
    pub fn into_reading(self) -> Reading {
        Reading::unpaged(self.text, self.truncated)
    }

    pub fn into_text(self) -> String {
        self.text
    }

    fn keep(&mut self, letter: char) {
        // One byte is set aside for the gap that may come before the letter.
        if self.text.len() + 1 + letter.len_utf8() > self.room {
            self.truncated = true;
            return;
        }
        if !self.text.is_empty() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Line => self.text.push('\n'),
            }
        }
        self.gap = Gap::None;
        self.text.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(found: &str, room: u64) -> (String, bool) {
        let mut gathered = Gathered::with_room(room);
        gathered.push(found);
        let truncated = gathered.is_truncated();
        (gathered.into_text(), truncated)
    }

    #[test]
    fn white_space_collapses_and_control_characters_go() {
        let (text, truncated) = gathered("  one\u{0}\t two \r\n\n three\u{1b}  ", 100);
        assert_eq!(text, "one two\nthree");
        assert!(!truncated);
    }

    #[test]
    fn a_text_longer_than_its_room_is_cut_between_letters() {
        assert_eq!(gathered("ééé", 5), ("éé".to_owned(), true));
    }
}
