//! From hits to what the page shows: hits without a line are gone, the rest stand under the portal
//! that they lie in.

use std::collections::HashMap;

use portico_facts::SubjectId;
use portico_kernel::SearchLine;
use portico_search_index::{Hit, Hits};
use portico_ui::components::Piece;

#[derive(Debug, Default)]
pub struct Results {
    /// Of all pages, as far as this viewer may see them.
    pub total: usize,
    /// In the order of their best hits.
    pub groups: Vec<Group>,
}

#[derive(Debug)]
pub struct Group {
    pub heading: Heading,
    pub hits: Vec<Shown>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Heading {
    /// The portal's name.
    Portal(String),
    /// What lies in no portal stands with its like: a document's kind.
    Kind(String),
}

#[derive(Debug)]
pub struct Shown {
    pub href: String,
    pub icon: &'static str,
    pub name: Vec<Piece>,
    pub snippet: Vec<Piece>,
    pub kind: String,
    pub page: Option<u32>,
}

/// What holds a group together. Two portals may have one name.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Portal([u8; 16]),
    Kind(String),
}

impl Results {
    /// A hit without a line was deleted or taken away since it was indexed: it shows nowhere, and
    /// is not counted (T3).
    pub fn of(hits: Hits, lines: Vec<SearchLine>) -> Self {
        let mut lines: HashMap<_, _> = lines.into_iter().map(|line| (line.subject, line)).collect();
        let mut results = Results { total: hits.total, groups: Vec::new() };
        let mut places = HashMap::new();
        for hit in hits.hits {
            let Some(line) = lines.remove(&subject(&hit)) else {
                results.total = results.total.saturating_sub(1);
                continue;
            };
            let (key, heading) = place(&hit, &line);
            let index = *places.entry(key).or_insert_with(|| {
                results.groups.push(Group { heading, hits: Vec::new() });
                results.groups.len() - 1
            });
            results.groups[index].hits.push(shown(hit, line));
        }
        results
    }
}

pub fn subject(hit: &Hit) -> SubjectId {
    SubjectId::from_bytes(hit.id.0)
}

fn place(hit: &Hit, line: &SearchLine) -> (Key, Heading) {
    match (hit.portal, &line.place) {
        (Some(portal), Some(name)) => (Key::Portal(portal), Heading::Portal(name.clone())),
        // The portal itself.
        (Some(portal), None) => (Key::Portal(portal), Heading::Portal(plain(hit))),
        (None, _) => (Key::Kind(hit.kind.clone()), Heading::Kind(hit.kind.clone())),
    }
}

fn plain(hit: &Hit) -> String {
    let words = hit.title.iter().map(|piece| match piece {
        portico_search_index::Piece::Plain(words) | portico_search_index::Piece::Marked(words) => {
            words.as_str()
        }
    });
    words.collect()
}

fn shown(hit: Hit, line: SearchLine) -> Shown {
    let href = match hit.page {
        Some(page) => at_page(&line.href, page),
        None => line.href,
    };
    let (name, snippet) = (pieces(hit.title), pieces(hit.snippet));
    Shown { href, icon: line.icon, name, snippet, kind: hit.kind, page: hit.page }
}

/// The preview takes the page from the query, and hands it to the browser's own viewer.
fn at_page(href: &str, page: u32) -> String {
    let (path, anchor) = match href.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (href, String::new()),
    };
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}page={page}{anchor}")
}

fn pieces(pieces: Vec<portico_search_index::Piece>) -> Vec<Piece> {
    let piece = |piece| match piece {
        portico_search_index::Piece::Plain(words) => Piece::Plain(words),
        portico_search_index::Piece::Marked(words) => Piece::Marked(words),
    };
    pieces.into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use portico_search_index::{DocumentId, Piece};

    use super::*;

    const WEBSITE: Option<[u8; 16]> = Some([100; 16]);
    const BRAND: Option<[u8; 16]> = Some([101; 16]);

    fn hit(id: u8, portal: Option<[u8; 16]>, kind: &str, page: Option<u32>) -> Hit {
        let title = vec![Piece::Plain("Title ".to_owned()), Piece::Marked(id.to_string())];
        Hit { id: DocumentId([id; 16]), portal, kind: kind.to_owned(), page, title, snippet: Vec::new() }
    }

    fn line(id: u8, place: Option<&str>) -> SearchLine {
        SearchLine {
            subject: SubjectId::from_bytes([id; 16]),
            href: format!("/files/{id}"),
            icon: "file",
            place: place.map(str::to_owned),
        }
    }

    fn read(results: &Results) -> Vec<(&Heading, Vec<&str>)> {
        results
            .groups
            .iter()
            .map(|group| (&group.heading, group.hits.iter().map(|hit| hit.href.as_str()).collect()))
            .collect()
    }

    #[test]
    fn hits_stand_under_their_portal_in_the_order_of_the_best() {
        let hits = vec![
            hit(1, WEBSITE, "file", None),
            hit(2, BRAND, "file", Some(7)),
            hit(3, None, "client", None),
            hit(4, WEBSITE, "note", None),
        ];
        let lines =
            vec![line(4, Some("Website")), line(3, None), line(2, Some("Brand")), line(1, Some("Website"))];
        let results = Results::of(Hits { total: 4, hits }, lines);
        assert_eq!(results.total, 4);
        assert_eq!(
            read(&results),
            [
                (&Heading::Portal("Website".to_owned()), vec!["/files/1", "/files/4"]),
                (&Heading::Portal("Brand".to_owned()), vec!["/files/2?page=7"]),
                (&Heading::Kind("client".to_owned()), vec!["/files/3"]),
            ]
        );
    }

    #[test]
    fn a_portal_itself_stands_first_under_its_own_name() {
        let hits = vec![hit(1, WEBSITE, "portal", None), hit(2, WEBSITE, "file", None)];
        let results = Results::of(Hits { total: 2, hits }, vec![line(1, None), line(2, Some("Title 1"))]);
        assert_eq!(read(&results), [(&Heading::Portal("Title 1".to_owned()), vec!["/files/1", "/files/2"])]);
    }

    #[test]
    fn portals_of_one_name_stay_apart() {
        let hits = vec![hit(1, WEBSITE, "file", None), hit(2, BRAND, "file", None)];
        let results =
            Results::of(Hits { total: 2, hits }, vec![line(1, Some("Same")), line(2, Some("Same"))]);
        assert_eq!(results.groups.len(), 2);
    }

    /// T3
    #[test]
    fn a_hit_that_the_guard_does_not_know_is_neither_shown_nor_counted() {
        let hits = vec![hit(1, WEBSITE, "file", None), hit(2, WEBSITE, "file", None)];
        let results = Results::of(Hits { total: 41, hits }, vec![line(2, Some("Website"))]);
        assert_eq!(results.total, 40);
        assert_eq!(read(&results), [(&Heading::Portal("Website".to_owned()), vec!["/files/2"])]);
        let hits = vec![hit(1, WEBSITE, "file", None)];
        let results = Results::of(Hits { total: 1, hits }, Vec::new());
        assert_eq!((results.total, results.groups.len()), (0, 0));
    }

    #[test]
    fn a_page_goes_into_the_query_wherever_that_stands() {
        assert_eq!(at_page("/files/1", 7), "/files/1?page=7");
        assert_eq!(at_page("/files/1?a=b", 7), "/files/1?a=b&page=7");
        assert_eq!(at_page("/files/1#end", 7), "/files/1?page=7#end");
    }
}
