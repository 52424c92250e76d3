//! A message: what somebody wrote, in Markdown.

use portico_facts::{MessageId, PersonId};
use portico_kernel::{Instant, KeptFile, Problems, Side, parse_words};
use portico_ui::markdown::plain_text;
use serde::Deserialize;

use crate::file::MessageFile;

/// In characters: some four pages. Whoever has more to say writes a note.
pub const LONGEST: usize = 10_000;

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
    /// Of a mail, which nobody can be asked to type anew: without what cannot be stored, and cut where a message ends.
    pub fn of_mail(words: &str) -> Self {
        let kept = words.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        let kept: String = kept.take(LONGEST).collect();
        Self(kept.trim_end().to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MessageForm {
    /// # Errors
    /// A sentence for the field.
    pub fn parse(&self) -> Result<Words, Problems> {
        self.parse_beside(0)
    }

    /// The same beside so many files, which say enough by themselves.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn parse_beside(&self, files: usize) -> Result<Words, Problems> {
        let mut problems = Problems::default();
        let words = parse_words(&self.message, LONGEST, "messages-error-long");
        let words = words.and_then(|words| match words.trim().is_empty() {
            true if files == 0 => Err("messages-error-empty"),
            true => Ok(Words(String::new())),
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
    /// Of which its author is.
    pub side: Side,
    /// Empty once it is deleted.
    pub words: String,
    pub written_at: Instant,
    pub edited_at: Option<Instant>,
    pub deleted_at: Option<Instant>,
    pub files: Vec<MessageFile>,
    /// The names of those whom it mentions, as they may stand in it.
    pub mentions: Vec<String>,
}

/// What is about to be written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub words: Words,
    pub files: Vec<KeptFile>,
    /// What is stored of the mail that it was.
    pub mail_mac: Option<Vec<u8>>,
}

impl NewMessage {
    pub fn of(words: Words) -> Self {
        Self { words, files: Vec::new(), mail_mac: None }
    }
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
    fn files_say_enough_by_themselves() {
        let form = MessageForm { message: " \n".into() };
        assert!(form.parse_beside(1).is_ok_and(|words| words.as_str().is_empty()));
        assert!(MessageForm { message: "é".repeat(10_001) }.parse_beside(1).is_err());
    }

    #[test]
    fn a_mail_is_cut_where_a_message_ends() {
        assert_eq!(Words::of_mail("a\u{0}b\u{7}\r\n\tc\n\n").as_str(), "ab\n\tc");
        assert_eq!(Words::of_mail(&"é".repeat(20_000)).as_str().chars().count(), 10_000);
    }

    #[test]
    fn its_beginning_ends_with_a_whole_word() {
        assert_eq!(beginning("**Hello**\n\n- one\n- two", 80), "Hello one two");
        assert_eq!(beginning("The new map is ready", 10), "The new…");
        assert_eq!(beginning("Unbreakable", 5), "Unbre…");
        assert_eq!(beginning("", 5), "");
    }
}
