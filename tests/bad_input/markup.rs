//! T10: nothing that somebody typed is markup of ours.

use scraper::Html;

use super::values::CANARY;
use crate::{
    walls::follow_links,
    world::{Person, Route, World},
};

/// Elements, attributes and addresses that somebody typed. No page of ours has a script or a handler in it.
pub fn typed_markup(html: &str) -> Vec<String> {
    if !html.contains(CANARY) {
        return Vec::new();
    }
    let document = Html::parse_document(html);
    let elements = document.tree.nodes().filter_map(|node| node.value().as_element());
    let hostile = elements.flat_map(|element| {
        let named = element.name().contains(CANARY).then(|| format!("<{}>", element.name()));
        let attributes = element.attrs().filter(|(name, value)| {
            let address = matches!(*name, "href" | "src" | "action" | "formaction" | "data" | "srcdoc");
            let runs = address && value.trim_start().to_lowercase().starts_with("javascript:");
            name.contains(CANARY) || name.starts_with("on") || runs
        });
        let attributes = attributes.map(|(name, value)| format!("<{} {name}={value:?}>", element.name()));
        named.into_iter().chain(attributes).collect::<Vec<_>>()
    });
    hostile.collect()
}

/// How many pages of hers show what was typed, and those on which it became markup or that failed for it.
pub fn pages_with_typed_words(person: &Person, routes: &[Route]) -> (usize, Vec<String>) {
    const PAGES_OF_EACH_ROUTE: usize = 6;
    let (mut showing, mut hostile) = (0, Vec::new());
    follow_links(person, routes, PAGES_OF_EACH_ROUTE, |_, page| {
        if page.status.is_server_error() {
            hostile.push(page.to_string());
        }
        if !page.header("content-type").starts_with("text/html") {
            return;
        }
        let source = page.source();
        showing += usize::from(source.contains(CANARY));
        let found = typed_markup(&source);
        if !found.is_empty() {
            hostile.push(format!("{} as {person}: {}", page.path(), found.join(" ")));
        }
    });
    (showing, hostile)
}

pub fn mails_with_typed_words(world: &World) -> (usize, Vec<String>) {
    let mails: Vec<_> =
        world.mailbox().all().into_iter().filter(|mail| mail.source.contains(CANARY)).collect();
    let hostile = mails.iter().flat_map(|mail| typed_markup(&mail.html));
    (mails.len(), hostile.collect())
}
