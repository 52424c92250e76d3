//! How a portal's page and the search page grow dearer with documents that lie in other portals. It has an installation of its
//! own, filled as the search library is.

use std::path::Path;

use anyhow::Result;

use super::{
    library::Shelves,
    office::{LAST, client_and_portal, wait_until_found},
    search_page,
};
use crate::{
    corpus::Corpus,
    load::Load,
    picture::Curve,
    portico::Portico,
    questions::Class,
    settings::Settings,
    table::{Figure, Row},
};

const STEPS: [usize; 3] = [1_000, 10_000, 100_000];
const CAROL: &str = "carol@acme.test";
const ASKED: [Class; 4] = [Class::Common, Class::Rare, Class::ThreeWords, Class::Prefix];

pub async fn measure(folder: &Path, settings: &Settings) -> Result<(Vec<Row>, Vec<Curve>)> {
    let (portico, corpus) = (Portico::fill(folder, &[])?, Corpus::new());
    let (carol, portal) = client_and_portal(&portico, &portico.serve()?, "studio", CAROL).await?;
    let mut shelves = Shelves::open(&portico)?;
    shelves.set_up()?;
    let (mut rows, mut filled, mut first) = (Vec::new(), 0, None);
    let (mut pages, mut searches) = (Vec::new(), Vec::new());
    for step in STEPS {
        shelves.fill(&corpus, filled..step)?;
        filled = step;
        portico.reindex()?;
        let server = portico.serve()?;
        let carol = carol.at(&server);
        wait_until_found(&server, &carol, LAST).await?;
        let page = vec![carol.get(&format!("/portals/{portal}"))];
        let page = Load::put_on(&server, page, 1, settings.duration).await?.times.percentile(50);
        let questions = ASKED.iter().flat_map(|class| class.questions(&corpus, step));
        let asked = questions.map(|question| search_page::request(&carol, &question)).collect();
        let search = Load::put_on(&server, asked, 1, settings.duration).await?.times.percentile(50);
        let (page_before, search_before): (Figure, Figure) = *first.get_or_insert((page, search));
        rows.push(Row::new(format!("{step} documents: portal page, p50"), page).beside("first", page_before));
        rows.push(Row::new("  search page, p50", search).beside("first", search_before));
        pages.push((step as f64, page.value()));
        searches.push((step as f64, search.value()));
    }
    let pages = Curve { name: "portal page", points: pages };
    Ok((rows, vec![pages, Curve { name: "search page", points: searches }]))
}
