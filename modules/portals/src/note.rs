//! Notes: a title, and Markdown that may be empty.

use portico_kernel::{Name, Problems, parse_words};
use serde::Deserialize;

/// The longest body, in characters.
const LONGEST_NOTE: usize = 100_000;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteForm {
    pub title: String,
    pub note: String,
    /// Where it goes; nothing at the top of the portal. Says nothing for a note that exists.
    #[serde(default)]
    pub folder: String,
}

pub struct Note {
    pub title: Name,
    pub body: String,
}

impl NoteForm {
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<Note, Problems> {
        let mut problems = Problems::default();
        let title = problems.keep("title", Name::parse(&self.title));
        let body = problems.keep("note", parse_words(&self.note, LONGEST_NOTE, "portals-note-too-long"));
        match (title, body) {
            (Some(title), Some(body)) => Ok(Note { title, body }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_needs_a_title_and_may_be_empty() {
        let form = |title: &str, note: &str| NoteForm {
            title: title.into(),
            note: note.into(),
            ..Default::default()
        };
        assert!(form("Recap", "").parse().is_ok());
        let problems = form(" ", &"x".repeat(LONGEST_NOTE + 1)).parse().err().unwrap();
        assert_eq!(problems.of("title"), Some("ui-name-empty"));
        assert_eq!(problems.of("note"), Some("portals-note-too-long"));
    }
}
