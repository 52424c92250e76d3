//! Results of a search.

use maud::{Markup, html};

use super::{empty_state, icon};
use crate::texts::Text;

/// Part of a name or of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    /// Matches what was asked for.
    Marked(String),
}

pub struct SearchHit<'a> {
    pub href: &'a str,
    pub icon: &'static str,
    pub name: &'a [Piece],
    pub snippet: &'a [Piece],
    /// "PDF, page 7", "Note by Ada".
    pub place: Option<&'a str>,
}

pub fn search_hit(hit: &SearchHit<'_>) -> Markup {
    html! {
        li {
            a.search-hit href=(hit.href) data-search-hit {
                (icon(hit.icon))
                span.search-hit-words {
                    span.search-hit-name { (pieces(hit.name)) }
                    @if !hit.snippet.is_empty() { span.search-hit-snippet { (pieces(hit.snippet)) } }
                }
                @if let Some(place) = hit.place { span.search-hit-place { (place) } }
            }
        }
    }
}

/// The hits of one portal, under its name.
pub fn search_group(name: &str, hits: Markup) -> Markup {
    html! {
        section.search-group {
            h2 { (name) }
            ul role="list" { (hits) }
        }
    }
}

/// What a results page puts under its box and what the overlay shows: the same fragment.
/// `summary` ("12 results") is announced by `search.js`.
pub fn search_results(summary: &str, groups: Markup) -> Markup {
    html! {
        div.search-results id="results" {
            p.search-summary { (summary) }
            (groups)
        }
    }
}

pub fn no_search_results(text: Text, query: &str) -> Markup {
    let sentence = text.say_with("ui-search-nothing", &[("query", query.into())]);
    html! { div.search-results id="results" { (empty_state("search", &sentence, None)) } }
}

fn pieces(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Plain(words) => (words),
                Piece::Marked(words) => mark { (words) },
            }
        }
    }
}

pub fn sample() -> Markup {
    let plain = |words: &str| Piece::Plain(words.to_owned());
    let marked = |words: &str| Piece::Marked(words.to_owned());
    let hit = SearchHit {
        href: "#",
        icon: "file-text",
        name: &[plain("Brand "), marked("guide"), plain("lines.pdf")],
        snippet: &[plain("… the "), marked("guide"), plain(" explains how the logo is placed …")],
        place: Some("PDF, page 7"),
    };
    search_results("1 result", search_group("Website redesign", search_hit(&hit)))
}
