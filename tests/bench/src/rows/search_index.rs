//! Portico's index beside FTS5 on the same documents, all of which lie in one portal.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use portico_search_index::{Audience, Document, DocumentId, Index, Page, Query};

use crate::{
    corpus::{Corpus, Text},
    full_text::FullText,
    load::Times,
    questions::Class,
    settings::{FEW_DOCUMENTS, Settings},
    table::{Limit, Row},
};

const ORGANIZATION: [u8; 16] = [1; 16];
const PORTAL: [u8; 16] = [2; 16];
/// As on the search page.
const HITS: usize = 20;
const BATCH: usize = 1_000;
const PASSES: usize = 2;

pub fn measure(settings: &Settings, folder: &Path) -> Result<Vec<Row>> {
    let corpus = Corpus::new();
    let mut rows = Vec::new();
    let mut sizes = vec![FEW_DOCUMENTS, settings.documents];
    sizes.dedup();
    for documents in sizes {
        rows.extend(measure_over(&corpus, documents, &folder.join(format!("{documents}-documents")))?);
    }
    Ok(rows)
}

fn measure_over(corpus: &Corpus, documents: usize, folder: &Path) -> Result<Vec<Row>> {
    std::fs::create_dir_all(folder)?;
    let index = fill(&folder.join("index"), corpus, documents)?;
    let texts = (0..documents).map(|number| corpus.document(number));
    let mut peer = FullText::fill(&folder.join("full-text.sqlite"), texts)?;
    let rows = Class::ALL.into_iter().map(|class| {
        let questions = class.questions(corpus, documents);
        let portico = times(&questions, |question| search(&index, &question.typed))?.percentile(99);
        let row = Row::new(format!("index of {documents}, {}, p99", class.name()), portico);
        let asked: Vec<_> = questions.iter().filter_map(|question| question.full_text.as_deref()).collect();
        let row = match asked.is_empty() {
            true => row,
            false => {
                let peer = times(&asked, |question| peer.search(question).map(drop))?;
                row.beside("FTS5", peer.percentile(99))
            }
        };
        Ok(row.limit(Limit::AtMostAndBehind(25.0, 2.0)))
    });
    rows.collect()
}

fn fill(folder: &Path, corpus: &Corpus, documents: usize) -> Result<Index> {
    let index = Index::open(folder)?;
    let mut rebuild = index.rebuild()?;
    for first in (0..documents).step_by(BATCH) {
        let batch = first..documents.min(first + BATCH);
        rebuild.put(batch.map(|number| document(number, corpus.document(number))).collect())?;
    }
    rebuild.finish(1)?;
    Ok(index)
}

fn document(number: usize, Text { title, body }: Text) -> Document {
    Document {
        id: DocumentId((number as u128).to_be_bytes()),
        organization: ORGANIZATION,
        audience: vec![Audience::Staff, Audience::Portal(PORTAL)],
        portal: Some(PORTAL),
        kind: "note".to_owned(),
        title,
        pages: vec![Page { number: None, text: body }],
        changed: number as i64,
    }
}

fn search(index: &Index, typed: &str) -> Result<()> {
    index.search(&Query {
        organization: ORGANIZATION,
        audience: &[Audience::Portal(PORTAL)],
        text: typed,
        portal: None,
        kind: None,
        limit: HITS,
        offset: 0,
    })?;
    Ok(())
}

/// After a pass that does not count, so that both have read their files.
fn times<Q>(questions: &[Q], mut search: impl FnMut(&Q) -> Result<()>) -> Result<Times> {
    questions.iter().try_for_each(&mut search)?;
    let mut times: Vec<Duration> = Vec::new();
    for question in std::iter::repeat_n(questions, PASSES).flatten() {
        let started = Instant::now();
        search(question)?;
        times.push(started.elapsed());
    }
    Ok(Times::new(times))
}
