//! From hits to what the page shows: hits without a line are gone, the rest stand under the portal
//! that they lie in.

use std::collections::HashMap;

use portico_facts::SubjectId;
use portico_kernel::{Instant, SearchLine};
use portico_search_index::{Counts, Hit, Hits};
use portico_ui::{components::Piece, marking::FOUND};
use url::form_urlencoded::byte_serialize;

use crate::narrowing::Since;

/// Words that a link carries.
const MOST_WORDS: usize = 8;

#[derive(Debug, Default)]
pub struct Results {
    /// Of all pages, as far as this viewer may see them.
    pub total: usize,
    pub counts: Counts,
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
    pub fn of(hits: Hits, lines: Vec<SearchLine>, now: Instant) -> Self {
        let mut lines: HashMap<_, _> = lines.into_iter().map(|line| (line.subject, line)).collect();
        let mut results = Results { total: hits.total, counts: hits.counts, groups: Vec::new() };
        let mut places = HashMap::new();
        for hit in hits.hits {
            let Some(line) = lines.remove(&subject(&hit)) else {
                results.leave_out(&hit, now);
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

    fn leave_out(&mut self, hit: &Hit, now: Instant) {
        let less = |count: &mut usize| *count = count.saturating_sub(1);
        less(&mut self.total);
        hit.portal.and_then(|portal| self.counts.portals.get_mut(&portal)).map(less);
        hit.author.and_then(|author| self.counts.authors.get_mut(&author)).map(less);
        self.counts.kinds.get_mut(&hit.kind).map(less);
        let moments = self.counts.since.iter_mut().zip(Since::ALL);
        moments
            .filter(|(_, since)| hit.changed >= since.begin(now).micros())
            .for_each(|(count, _)| less(count));
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
    let href = at_place(&line.href, hit.page, &found_words(&hit.snippet));
    let (name, snippet) = (pieces(hit.title), pieces(hit.snippet));
    Shown { href, icon: line.icon, name, snippet, kind: hit.kind, page: hit.page }
}

/// The words to mark on the page that the hit leads to, as they are spelled there: it need not
/// know of endings and slips.
fn found_words(snippet: &[portico_search_index::Piece]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in snippet {
        if let portico_search_index::Piece::Marked(word) = piece {
            let word = word.to_lowercase();
            if words.len() < MOST_WORDS && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words
}

/// The preview takes the page and the words from the query.
fn at_place(href: &str, page: Option<u32>, words: &[String]) -> String {
    let (path, anchor) = match href.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (href, String::new()),
    };
    let mut place = path.to_owned();
    let mut add = |name: &str, value: &str| {
        let joint = if place.contains('?') { '&' } else { '?' };
        place.extend([joint.to_string().as_str(), name, "=", value]);
    };
    if let Some(page) = page {
        add("page", &page.to_string());
    }
    if !words.is_empty() {
        add("words", &byte_serialize(words.join(" ").as_bytes()).collect::<String>());
    }
    match (page, words.is_empty(), anchor.is_empty()) {
        // Where the first of them is marked.
        (None, false, true) => format!("{place}#{FOUND}"),
        _ => place + &anchor,
    }
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
    const NOW: Instant = Instant::from_micros(1_000_000_000_000_000);
    const BRAND: Option<[u8; 16]> = Some([101; 16]);

    fn hit(id: u8, portal: Option<[u8; 16]>, kind: &str, page: Option<u32>) -> Hit {
        let title = vec![Piece::Plain("Title ".to_owned()), Piece::Marked(id.to_string())];
        Hit {
            id: DocumentId([id; 16]),
            portal,
            kind: kind.to_owned(),
            author: None,
            changed: 0,
            page,
            title,
            snippet: Vec::new(),
        }
    }

    fn line(id: u8, place: Option<&str>) -> SearchLine {
        SearchLine {
            subject: SubjectId::from_bytes([id; 16]),
            href: format!("/files/{id}"),
            icon: "file",
            place: place.map(str::to_owned),
        }
    }

    fn shown_of(total: usize, hits: Vec<Hit>, lines: Vec<SearchLine>) -> Results {
        Results::of(Hits { total, hits, counts: Counts::default() }, lines, NOW)
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
        let results = shown_of(4, hits, lines);
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
        let results = shown_of(2, hits, vec![line(1, None), line(2, Some("Title 1"))]);
        assert_eq!(read(&results), [(&Heading::Portal("Title 1".to_owned()), vec!["/files/1", "/files/2"])]);
    }

    #[test]
    fn portals_of_one_name_stay_apart() {
        let hits = vec![hit(1, WEBSITE, "file", None), hit(2, BRAND, "file", None)];
        let results = shown_of(2, hits, vec![line(1, Some("Same")), line(2, Some("Same"))]);
        assert_eq!(results.groups.len(), 2);
    }

    /// T3
    #[test]
    fn a_hit_that_the_guard_does_not_know_is_neither_shown_nor_counted() {
        let hits = vec![hit(1, WEBSITE, "file", None), hit(2, WEBSITE, "file", None)];
        let results = shown_of(41, hits, vec![line(2, Some("Website"))]);
        assert_eq!(results.total, 40);
        assert_eq!(read(&results), [(&Heading::Portal("Website".to_owned()), vec!["/files/2"])]);
        let hits = vec![hit(1, WEBSITE, "file", None)];
        let results = shown_of(1, hits, Vec::new());
        assert_eq!((results.total, results.groups.len()), (0, 0));
    }

    /// T3
    #[test]
    fn such_a_hit_is_taken_out_of_every_count() {
        let since_week = Since::Week.begin(NOW).micros();
        let gone = Hit { author: Some([7; 16]), changed: since_week - 1, ..hit(1, WEBSITE, "file", None) };
        let counts = Counts {
            portals: [([100; 16], 2)].into(),
            kinds: [("file".to_owned(), 2), ("note".to_owned(), 1)].into(),
            authors: [([7; 16], 1)].into(),
            since: vec![1, 2, 3],
        };
        let results = Results::of(Hits { total: 3, hits: vec![gone], counts }, Vec::new(), NOW);
        assert_eq!(results.counts.portals, [([100; 16], 1)].into());
        assert_eq!(results.counts.kinds, [("file".to_owned(), 1), ("note".to_owned(), 1)].into());
        assert_eq!(results.counts.authors, [([7; 16], 0)].into());
        assert_eq!(results.counts.since, [1, 1, 2]);
    }

    #[test]
    fn page_and_words_go_into_the_query_wherever_that_stands() {
        let words = ["über uns".to_owned(), "a&b".to_owned()];
        assert_eq!(at_place("/files/1", None, &[]), "/files/1");
        assert_eq!(at_place("/files/1", Some(7), &[]), "/files/1?page=7");
        assert_eq!(at_place("/files/1?a=b", Some(7), &[]), "/files/1?a=b&page=7");
        assert_eq!(
            at_place("/files/1#end", Some(7), &words),
            "/files/1?page=7&words=%C3%BCber+uns+a%26b#end"
        );
        assert_eq!(at_place("/notes/1", None, &words[1..]), "/notes/1?words=a%26b#found");
    }

    #[test]
    fn words_are_carried_once_as_they_are_spelled() {
        let [plain, marked] =
            [Piece::Plain, Piece::Marked].map(|piece| move |word: &str| piece(word.to_owned()));
        let snippet =
            [marked("Retainers"), plain(" and a "), marked("retainer"), plain(", "), marked("RETAINER")];
        assert_eq!(found_words(&snippet), ["retainers", "retainer"]);
    }
}
