//! A message: what somebody wrote, in Markdown.

use portico_facts::{MessageId, PersonId};
use portico_kernel::{Instant, Problems, parse_words};
use portico_ui::markdown::plain_text;
use serde::Deserialize;

/// In characters: some four pages. Whoever has more to say writes a note.
const LONGEST: usize = 10_000;

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MessageForm {
    pub message: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct Words(String);

impl Words {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MessageForm {
    /// # Errors
    /// A sentence for the field.
    pub fn parse(&self) -> Result<Words, Problems> {
        let mut problems = Problems::default();
        let words = parse_words(&self.message, LONGEST, "messages-error-long");
        let words = words.and_then(|words| match words.trim().is_empty() {
            true => Err("messages-error-empty"),
            false => Ok(Words(words)),
        });
        problems.keep("message", words).ok_or(problems)
    }
}

/// As the pages show it.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: MessageId,
    /// Counted from 1 in the order of writing.
    pub number: i32,
    pub author: PersonId,
    pub author_name: String,
    /// Empty once it is deleted.
    pub words: String,
    pub written_at: Instant,
    pub edited_at: Option<Instant>,
    pub deleted_at: Option<Instant>,
}

/// The beginning, without marks, in one line of at most `longest` characters.
pub fn beginning(markdown: &str, longest: usize) -> String {
    let line = plain_text(markdown).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(longest) {
        None => line,
        Some((end, _)) => {
            let cut = &line[..end];
            let word = cut.rfind(' ').map_or(cut, |space| &cut[..space]);
            format!("{word}…")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(message: &str) -> Option<&'static str> {
        MessageForm { message: message.into() }.parse().err().and_then(|problems| problems.of("message"))
    }

    #[test]
    fn a_message_says_something_and_not_too_much() {
        for nothing in ["", " \n\t", "\r\n\r\n"] {
            assert_eq!(problem(nothing), Some("messages-error-empty"), "{nothing:?}");
        }
        assert_eq!(problem(&"é".repeat(10_000)), None);
        assert_eq!(problem(&"é".repeat(10_001)), Some("messages-error-long"));
        assert_eq!(problem("a\0b"), Some("ui-words-characters"));
    }

    #[test]
    fn its_beginning_ends_with_a_whole_word() {
        assert_eq!(beginning("**Hello**\n\n- one\n- two", 80), "Hello one two");
        assert_eq!(beginning("The new map is ready", 10), "The new…");
        assert_eq!(beginning("Unbreakable", 5), "Unbre…");
        assert_eq!(beginning("", 5), "");
    }
}
