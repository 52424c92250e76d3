use serde::{Deserialize, Serialize};

/// The text of one document, in reading order.
///
/// A PDF has one entry per page, empty pages included, numbered from 1; every other kind has one
/// entry without a number. The text is plain: no markup, single spaces, `\n` between blocks. It is
/// still a stranger's text, to be escaped like any other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub pages: Vec<PageText>,
    /// The document holds more text than [`crate::Limits::text_bytes`].
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageText {
    pub number: Option<u32>,
    pub text: String,
}

impl Reading {
    pub(crate) fn unpaged(text: String, truncated: bool) -> Self {
        let pages = vec![PageText { number: None, text }];
        Self { pages, truncated }
    }

    /// The whole text, pages separated by a line break.
    pub fn text(&self) -> String {
        let pages: Vec<&str> = self.pages.iter().map(|page| page.text.as_str()).collect();
        pages.join("\n")
    }
}

/// Why a document gave no text. All but [`Unreadable::NotTried`] are facts about the document:
/// another try gives the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    #[error("the document asks for a password")]
    Encrypted,
    /// Not what it claims to be, or the reader crashed on it.
    #[error("the document is damaged")]
    Damaged,
    /// The file, what it inflates to, or the memory it takes is over a limit.
    #[error("the document is too large")]
    TooLarge,
    #[error("reading the document took too long")]
    TimedOut,
    #[error("no reader for this kind of document")]
    UnknownKind,
    /// Nothing was learnt about the document: the file could not be opened or the reader could not
    /// be started.
    #[error("the document could not be tried")]
    NotTried,
}

impl Unreadable {
    /// Whether asking again may give another answer.
    pub fn is_worth_another_try(self) -> bool {
        self == Self::NotTried
    }
}
