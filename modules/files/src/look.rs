//! Where in a file somebody looks, how closely, and for what: all of it in the address, so that it
//! works without JavaScript, can be linked to, and Back goes back.

use serde::Deserialize;

/// What may follow the `?` of a file's address. What cannot be understood asks for nothing.
#[derive(Clone, Default, Deserialize)]
pub struct Look {
    page: Option<String>,
    zoom: Option<String>,
    words: Option<String>,
}

/// How much wider than its frame something is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Zoom {
    #[default]
    Whole,
    Larger,
    Largest,
}

impl Look {
    /// Of a PDF, from 1.
    pub fn page(&self) -> Option<u32> {
        self.page.as_ref()?.parse().ok().filter(|page| *page > 0)
    }

    /// The page that is open, of so many.
    pub fn page_of(&self, pages: u32) -> u32 {
        self.page().unwrap_or(1).min(pages)
    }

    pub fn zoom(&self) -> Zoom {
        match self.zoom.as_deref() {
            Some("2") => Zoom::Larger,
            Some("3") => Zoom::Largest,
            _ => Zoom::Whole,
        }
    }

    /// What was searched for, to be marked.
    pub fn words(&self) -> &str {
        self.words.as_deref().unwrap_or_default()
    }

    /// The address of the same file, seen otherwise.
    pub fn elsewhere(&self, file: &str, page: Option<u32>, zoom: Zoom) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(page) = page {
            query.append_pair("page", &page.to_string());
        }
        if zoom != Zoom::Whole {
            query.append_pair("zoom", zoom.name());
        }
        if !self.words().is_empty() {
            query.append_pair("words", self.words());
        }
        match query.finish() {
            query if query.is_empty() => file.to_owned(),
            query => format!("{file}?{query}"),
        }
    }
}

impl Zoom {
    /// As in the address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "1",
            Self::Larger => "2",
            Self::Largest => "3",
        }
    }

    pub fn closer(self) -> Option<Self> {
        match self {
            Self::Whole => Some(Self::Larger),
            Self::Larger => Some(Self::Largest),
            Self::Largest => None,
        }
    }

    pub fn farther(self) -> Option<Self> {
        match self {
            Self::Whole => None,
            Self::Larger => Some(Self::Whole),
            Self::Largest => Some(Self::Larger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(page: &str, zoom: &str, words: &str) -> Look {
        let some = |text: &str| Some(text.to_owned());
        Look { page: some(page), zoom: some(zoom), words: some(words) }
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        for nonsense in ["", "0", "-1", "7.5", "99999999999", "x"] {
            assert_eq!(
                (look(nonsense, nonsense, "").page(), look("", nonsense, "").zoom()),
                (None, Zoom::Whole)
            );
        }
    }

    #[test]
    fn the_words_that_were_looked_for_come_along() {
        let look = look("7", "2", "hook & eye");
        assert_eq!(
            look.elsewhere("/files/1", Some(8), Zoom::Larger),
            "/files/1?page=8&zoom=2&words=hook+%26+eye"
        );
        assert_eq!(Look::default().elsewhere("/files/1", None, Zoom::Whole), "/files/1");
    }
}
