//! The search page, and the fragment of results that replaces itself while somebody types.

use maud::{Markup, html};
use portico_kernel::Side;
use portico_ui::{
    Text,
    components::{
        Button, PageHeader, Piece, SearchHit, broken_section, empty_state, no_search_results, page_header,
        pagination, search_box_within, search_group, search_hit, search_results,
    },
};

use crate::{
    asked::{Asked, PAGE},
    chips::Chips,
    kinds::kind,
    names::Names,
    results::{Group, Heading, Results, Shown as ShownHit},
};

pub struct Shown<'a> {
    pub side: Side,
    pub asked: &'a Asked,
    pub names: Names,
    /// `None` when the index failed.
    pub results: Option<Results>,
    /// Percent of the index that are there, while not all of it is.
    pub building: Option<usize>,
}

impl Shown<'_> {
    fn path(&self) -> &'static str {
        match self.side {
            Side::Staff => "/staff/search",
            Side::Client => "/search",
        }
    }
}

pub fn title(text: Text, shown: &Shown) -> String {
    match shown.asked.words.as_str() {
        "" => text.say("search-search").into_owned(),
        words => text.say_with("search-title", &[("query", words.into())]),
    }
}

pub fn page(text: Text, shown: &Shown) -> Markup {
    let narrowing = &shown.asked.narrowing;
    let placeholder = match narrowing.portal.and_then(|portal| shown.names.portals.get(&portal)) {
        Some(portal) => text.say_with("search-in", &[("portal", portal.into())]).into(),
        None => text.say("search-everything"),
    };
    let fields = narrowing.fields();
    let within: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    html! {
        (page_header(&PageHeader { title: &text.say("search-search"), ..PageHeader::default() }))
        (search_box_within(text, shown.path(), &shown.asked.words, Some(&placeholder), &within))
        (results(text, shown))
    }
}

pub fn results(text: Text, shown: &Shown) -> Markup {
    let query = shown.asked.words.as_str();
    match (&shown.results, shown.building) {
        (_, _) if query.is_empty() => without_hits(empty_state("search", &text.say(hint(shown.side)), None)),
        (None, _) => without_hits(broken_section(text)),
        (Some(results), None) if results.groups.is_empty() => nothing(text, shown, results, query),
        (Some(results), building) => {
            let summary = summary(text, results.total, building);
            search_results(
                &summary,
                html! {
                    (chips(text, shown, results))
                    @for group in &results.groups { (hits(text, group)) }
                    (other_pages(text, shown, results.total))
                },
            )
        }
    }
}

fn hint(side: Side) -> &'static str {
    match side {
        Side::Staff => "search-hint-staff",
        Side::Client => "search-hint-client",
    }
}

fn without_hits(body: Markup) -> Markup {
    html! { div.search-results id="results" { (body) } }
}

fn nothing(text: Text, shown: &Shown, results: &Results, query: &str) -> Markup {
    if shown.asked.narrowing.is_none() {
        return no_search_results(text, query);
    }
    let sentence = text.say_with("ui-search-nothing", &[("query", query.into())]);
    let everywhere =
        Button::secondary(text.say("search-everywhere")).href(shown.asked.everywhere(shown.path()));
    without_hits(html! {
        (chips(text, shown, results))
        (empty_state("search", &sentence, Some(everywhere)))
    })
}

fn chips(text: Text, shown: &Shown, results: &Results) -> Markup {
    Chips { text, path: shown.path(), asked: shown.asked, results, names: &shown.names }.markup()
}

fn summary(text: Text, total: usize, building: Option<usize>) -> String {
    let count = text.say_with("search-count", &[("count", total.into())]);
    match building {
        Some(percent) => {
            let building = text.say_with("search-building", &[("percent", percent.into())]);
            if total == 0 { building } else { format!("{count}. {building}") }
        }
        None => count,
    }
}

fn hits(text: Text, group: &Group) -> Markup {
    let heading = match &group.heading {
        Heading::Portal(name) => name.as_str().to_owned(),
        Heading::Kind(name) => text.say(kind(name).map_or("search-others", |kind| kind.many)).into_owned(),
    };
    search_group(&heading, html! { @for hit in &group.hits { (line(text, hit)) } })
}

fn line(text: Text, hit: &ShownHit) -> Markup {
    let what = what(text, hit);
    search_hit(&SearchHit {
        href: &hit.href,
        icon: hit.icon,
        name: &hit.name,
        snippet: &hit.snippet,
        place: what.as_deref(),
    })
}

/// "PDF, page 7", "Note".
fn what(text: Text, hit: &ShownHit) -> Option<String> {
    let kind = match ending(&hit.name) {
        Some(ending) if hit.kind == "file" => ending,
        _ => text.say(kind(&hit.kind)?.one).into_owned(),
    };
    Some(match hit.page {
        Some(page) => text.say_with("search-page", &[("what", kind.into()), ("page", page.into())]),
        None => kind,
    })
}

/// What a file's name says that it is.
fn ending(name: &[Piece]) -> Option<String> {
    let name: String = name
        .iter()
        .map(|piece| match piece {
            Piece::Plain(words) | Piece::Marked(words) => words.as_str(),
        })
        .collect();
    let (rest, ending) = name.rsplit_once('.')?;
    let is_one = !rest.is_empty()
        && (1..=5).contains(&ending.len())
        && ending.chars().all(|each| each.is_ascii_alphanumeric());
    is_one.then(|| ending.to_ascii_uppercase())
}

/// From the first page one line leads on, which in the overlay can be chosen like a hit; from the
/// others the way also goes back.
fn other_pages(text: Text, shown: &Shown, total: usize) -> Markup {
    let (asked, path) = (shown.asked, shown.path());
    let next = asked.next_page(total).map(|page| asked.href(path, page));
    let place = |page: usize| {
        let (first, last) = ((page - 1) * PAGE + 1, (page * PAGE).min(total));
        let values = [("first", first.into()), ("last", last.into()), ("total", total.into())];
        text.say_with("search-place", &values)
    };
    if asked.page > 1 {
        let previous = asked.href(path, asked.page - 1);
        return pagination(text, Some(&previous), next.as_deref(), &place(asked.page));
    }
    let more = [Piece::Plain(text.say("search-more").into_owned())];
    html! {
        @if let Some(href) = next {
            ul role="list" {
                (search_hit(&SearchHit { href: &href, icon: "search", name: &more, snippet: &[], place: Some(&place(2)) }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_what_its_name_ends_in() {
        let ending = |name: &str| ending(&[Piece::Plain(name.to_owned())]);
        assert_eq!(ending("Brand handbook.pdf").as_deref(), Some("PDF"));
        assert_eq!(ending("archive.tar.gz").as_deref(), Some("GZ"));
        for name in ["README", ".htaccess", "v1. The long way", "a.", "notes.été"] {
            assert_eq!(ending(name), None, "{name}");
        }
    }
}
