//! What a browser fetches that has never been here: a portal's page and all that it names.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Office;
use crate::{
    process::Process,
    table::{Limit, Row, Unit},
};

pub async fn measure(server: &Process, office: &Office) -> Result<Vec<Row>> {
    let carol = office.carol.at(server);
    let path = format!("/portals/{}", office.portal);
    let page = carol.page(server, &path).await?;
    let mut addresses = named_in(&page);
    for style in addresses.iter().filter(|address| address.ends_with(".css")).cloned().collect::<Vec<_>>() {
        addresses.extend(in_style(&carol.page(server, &style).await?));
    }
    addresses.insert(path);
    let (mut decoded, mut on_the_wire) = (0, 0);
    for address in &addresses {
        decoded += carol.body(server, &carol.get(address)).await?.len();
        on_the_wire += carol.body(server, &carol.get_compressed(address)).await?.len();
    }
    let kibibytes = |bytes: usize| Unit::Kibibytes.of(bytes as f64 / 1024.0);
    Ok(vec![
        Row::new("first visit, decoded", kibibytes(decoded)).limit(Limit::AtMost(130.0)),
        Row::new("  on the wire, gzip", kibibytes(on_the_wire)),
        Row::new("  addresses fetched", Unit::Requests.of(addresses.len() as f64)).limit(Limit::AtMost(8.0)),
    ])
}

/// Styles, scripts, pictures, the tab's icon and the manifest, each once: a place within a file is no file.
fn named_in(page: &str) -> BTreeSet<String> {
    let sources = page.split(" src=\"").skip(1);
    let is_asset = |rest: &&str| ["/assets/", "/brand/", "/manifest."].iter().any(|at| rest.starts_with(at));
    let assets = page.split(" href=\"").skip(1).filter(is_asset);
    let addresses = sources.chain(assets).filter_map(|rest| rest.split(['"', '#']).next());
    addresses
        .filter(|address| address.starts_with('/'))
        .map(|address| address.replace("&amp;", "&"))
        .collect()
}

fn in_style(style: &str) -> BTreeSet<String> {
    let named = style.split("url(").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    let named = named.map(|address| address.trim_matches(['"', '\'']));
    named.filter(|address| address.starts_with('/')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_a_page_names_is_counted_once() {
        let page = "<link rel=\"stylesheet\" href=\"/assets/a.css\">\
            <link rel=\"icon\" href=\"/brand/i.svg\"><link rel=\"manifest\" href=\"/manifest.webmanifest\">\
            <script src=\"/assets/b.js\"></script>\
            <use href=\"/assets/c.svg#one\"/><use href=\"/assets/c.svg#two\"/><a href=\"/search\">";
        let named: Vec<_> = named_in(page).into_iter().collect();
        assert_eq!(
            named,
            ["/assets/a.css", "/assets/b.js", "/assets/c.svg", "/brand/i.svg", "/manifest.webmanifest"]
        );
        assert_eq!(in_style("a { mask: url('/assets/d.svg#x') } b { mask: url(#y) }").len(), 1);
    }
}
