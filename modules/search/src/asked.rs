//! What is asked: the search page's address, read.

use portico_facts::{PersonId, PortalId};
use portico_kernel::{Error, Result};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::{
    kinds::kind,
    narrowing::{Narrowing, Since},
};

/// Characters of a question that are looked at and shown.
const LONGEST: usize = 200;
/// Hits on one page.
pub const PAGE: usize = 20;
/// Nobody reads further; whoever has not found it adds a word.
const LAST_PAGE: usize = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Address {
    q: String,
    portal: String,
    kind: String,
    by: String,
    since: String,
    page: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Empty when nothing is asked yet.
    pub words: String,
    pub narrowing: Narrowing,
    /// From 1.
    pub page: usize,
}

impl Address {
    /// # Errors
    /// [`Error::NotFound`] for a portal that cannot be one, as for any other that is not there.
    pub fn read(&self) -> Result<Asked> {
        let portal: Option<PortalId> = match self.portal.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| Error::NotFound)?),
        };
        let author: Option<PersonId> = match self.by.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| Error::NotFound)?),
        };
        let (kind, since) = (kind(&self.kind), Since::from_name(&self.since));
        let narrowing = Narrowing { portal, kind, author, since };
        let page = self.page.parse().unwrap_or(1).clamp(1, LAST_PAGE);
        Ok(Asked { words: plain_words(&self.q), narrowing, page })
    }
}

impl Asked {
    pub fn offset(&self) -> usize {
        (self.page - 1) * PAGE
    }

    /// The page after this one, when `total` hits reach that far.
    pub fn next_page(&self, total: usize) -> Option<usize> {
        (self.page * PAGE < total && self.page < LAST_PAGE).then_some(self.page + 1)
    }

    /// The same question at another page.
    pub fn href(&self, path: &str, page: usize) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("q", &self.words);
        query.extend_pairs(self.narrowing.fields());
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        format!("{path}?{}", query.finish())
    }

    /// The same words in everything.
    pub fn everywhere(&self, path: &str) -> String {
        self.narrowed(path, Narrowing::default())
    }

    /// The same words, narrowed otherwise.
    pub fn narrowed(&self, path: &str, narrowing: Narrowing) -> String {
        Self { narrowing, ..self.clone() }.href(path, 1)
    }
}

fn plain_words(typed: &str) -> String {
    let plain = typed.chars().take(LONGEST).map(|each| if is_plain(each) { each } else { ' ' });
    plain.collect::<String>().trim().to_owned()
}

/// No control character, and none that turns the sentence around it the other way (Unicode's
/// UAX 9, explicit formatting).
fn is_plain(each: char) -> bool {
    !each.is_control() && !matches!(each, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(q: &str, portal: &str, page: &str) -> Result<Asked> {
        let [q, portal, page] = [q, portal, page].map(str::to_owned);
        Address { q, portal, page, ..Address::default() }.read()
    }

    #[test]
    fn an_address_is_read_forgivingly() {
        let asked =
            |words: &str, page| Asked { words: words.to_owned(), narrowing: Narrowing::default(), page };
        assert_eq!(read("", "", "").unwrap(), asked("", 1));
        assert_eq!(read("  two words ", "", "3").unwrap(), asked("two words", 3));
        assert_eq!(read("a\0b\u{202e}c\nd", "", "-7").unwrap(), asked("a b c d", 1));
        assert_eq!(read(&"é".repeat(10_000), "", "9999999").unwrap(), asked(&"é".repeat(200), 50));
    }

    #[test]
    fn a_portal_that_cannot_be_one_is_not_found() {
        assert!(matches!(read("a", "nonsense", ""), Err(Error::NotFound)));
    }

    #[test]
    fn the_next_page_is_offered_while_there_is_one() {
        assert_eq!(read("a", "", "").unwrap().next_page(20), None);
        assert_eq!(read("a", "", "").unwrap().next_page(21), Some(2));
        assert_eq!(read("a", "", "3").unwrap().next_page(60), None);
        assert_eq!(read("a", "", "50").unwrap().next_page(100_000), None);
    }

    #[test]
    fn what_it_cannot_be_narrowed_to_is_left_out_and_what_cannot_be_anybody_is_not_found() {
        let address = |kind: &str, since: &str, by: &str| {
            let [kind, since, by] = [kind, since, by].map(str::to_owned);
            Address { kind, since, by, ..Address::default() }.read()
        };
        assert!(address("nonsense", "century", "").unwrap().narrowing.is_none());
        let narrowing = address("file", "week", "").unwrap().narrowing;
        assert_eq!(narrowing.kind.map(|kind| kind.name), Some("file"));
        assert_eq!(narrowing.since, Some(Since::Week));
        assert!(matches!(address("", "", "nonsense"), Err(Error::NotFound)));
    }

    #[test]
    fn an_address_carries_the_question_whatever_is_in_it() {
        let (portal, ada) = (PortalId::from_bytes([7; 16]), PersonId::from_bytes([8; 16]));
        let narrowing = Narrowing { portal: Some(portal), ..Narrowing::default() };
        let asked = Asked { words: "a&b=\"é\"".to_owned(), narrowing, page: 2 };
        let query = format!("q=a%26b%3D%22%C3%A9%22&portal={portal}");
        assert_eq!(asked.href("/search", 3), format!("/search?{query}&page=3"));
        assert_eq!(asked.href("/search", 1), format!("/search?{query}"));
        assert_eq!(asked.everywhere("/search"), "/search?q=a%26b%3D%22%C3%A9%22");
        let narrower =
            Narrowing { kind: kind("note"), author: Some(ada), since: Some(Since::Year), ..narrowing };
        assert_eq!(
            asked.narrowed("/search", narrower),
            format!("/search?{query}&kind=note&by={ada}&since=year")
        );
    }
}
