//! Portico's index beside FTS5 and PostgreSQL on the same documents, in 200 portals, asked by one
//! client who may look into five of them.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use portico_search_index::{Audience, Change, Document, DocumentId, Index, Only, Page, Query};

use crate::{
    corpus::{Corpus, Text},
    full_text::{Fts5, Postgres},
    load::Times,
    portals,
    questions::{Class, Peers, Question},
    settings::{FEW_DOCUMENTS, Settings},
    table::{Figure, Limit, Row, Unit},
};

const ORGANIZATION: [u8; 16] = [1; 16];
/// As on the search page.
const HITS: usize = 20;
const BATCH: usize = 1_000;
const PASSES: usize = 2;
/// Documents that come when the index is there, and how many events the product reads in one go.
const FOLLOWED: usize = 5_000;
const EVENTS: usize = 500;
/// What the index may take beside the text in it.
const LARGEST: f64 = 1.5;

const FTS5: &str = "FTS5";
const POSTGRES: &str = "PostgreSQL";

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
    fs::create_dir_all(folder)?;
    let texts = || (0..documents).map(|number| corpus.document(number));
    let (index, ours) = timed(|| fill(&folder.join("index"), corpus, documents))?;
    let (mut fts5, of_fts5) = timed(|| Fts5::fill(&folder.join("full-text.sqlite"), texts()))?;
    let (mut postgres, of_postgres) = timed(|| Postgres::fill(texts()))?;

    let per_second = |time: Duration| Unit::PerSecond.of(documents as f64 / time.as_secs_f64());
    let mut filled = Row::new(format!("index of {documents}, filled"), per_second(ours))
        .beside(FTS5, per_second(of_fts5))
        .limit(Limit::AtLeast(3_000.0));
    if postgres.is_some() {
        filled = filled.beside(POSTGRES, per_second(of_postgres));
    }
    let text: u64 = texts().map(|text| (text.title.len() + text.body.len()) as u64).sum();
    let size = Row::new("  size", mebibytes(size_of(&folder.join("index"))?))
        .beside("the text in it", mebibytes(text))
        .limit(Limit::OfPeer(1.0 / LARGEST));

    let mut rows = vec![filled, size];
    let mut worst = Worst::default();
    for class in Class::ALL {
        let questions = class.questions(corpus, documents);
        let peers: Vec<&Peers> = questions.iter().filter_map(|question| question.peers.as_ref()).collect();
        let mut measured = Measured {
            portico: times(&questions, |question: &Question| search(&index, &question.typed))?,
            fts5: None,
            postgres: None,
        };
        if !peers.is_empty() {
            measured.fts5 = Some(times(&peers, |peers| fts5.search(&peers.fts5).map(drop))?);
        }
        if let Some(postgres) = postgres.as_mut().filter(|_| !peers.is_empty()) {
            measured.postgres = Some(times(&peers, |peers| postgres.search(&peers.postgres).map(drop))?);
        }
        worst.add(&measured);
        rows.push(measured.row(class.name(), 50));
        rows.push(measured.row("  p99", 99).limit(Limit::AtMostAndBehind(25.0, 2.0)));
    }
    rows.extend(worst.row());
    rows.push(followed(&index, corpus, documents)?);
    Ok(rows)
}

/// One class of questions, by whom they were asked of.
struct Measured {
    portico: Times,
    fts5: Option<Times>,
    postgres: Option<Times>,
}

impl Measured {
    fn row(&self, what: &str, percent: usize) -> Row {
        let what = if percent == 50 { format!("  {what}, p50") } else { format!("  {what}") };
        let mut row = Row::new(what, self.portico.percentile(percent));
        for (name, times) in [(FTS5, &self.fts5), (POSTGRES, &self.postgres)] {
            if let Some(times) = times {
                row = row.beside(name, times.percentile(percent));
            }
        }
        row
    }
}

/// The 99th percentiles of everyone's worst class.
#[derive(Default)]
struct Worst {
    portico: Option<Figure>,
    fts5: Option<Figure>,
    postgres: Option<Figure>,
}

impl Worst {
    fn add(&mut self, measured: &Measured) {
        let add = |worst: &mut Option<Figure>, times: Option<&Times>| {
            if let Some(figure) = times.map(|times| times.percentile(99)) {
                *worst = Some(worst.map_or(figure, |worst| worst.or_worse(figure)));
            }
        };
        add(&mut self.portico, Some(&measured.portico));
        add(&mut self.fts5, measured.fts5.as_ref());
        add(&mut self.postgres, measured.postgres.as_ref());
    }

    fn row(self) -> Option<Row> {
        let mut row = Row::new("  the worst of all classes, p99", self.portico?);
        for (name, worst) in [(FTS5, self.fts5), (POSTGRES, self.postgres)] {
            if let Some(worst) = worst {
                row = row.beside(name, worst);
            }
        }
        Some(row.limit(Limit::AtMostAndBehind(25.0, 0.0)))
    }
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let started = Instant::now();
    Ok((work()?, started.elapsed()))
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

/// Each batch is committed with the number of its last event.
fn followed(index: &Index, corpus: &Corpus, from: usize) -> Result<Row> {
    let until = from + FOLLOWED;
    let ((), time) = timed(|| {
        for (event, first) in (2..).zip((from..until).step_by(EVENTS)) {
            let batch = first..until.min(first + EVENTS);
            let put = |number| Change::Put(document(number, corpus.document(number)));
            index.apply(batch.map(put).collect(), event)?;
        }
        Ok(())
    })?;
    let per_second = Unit::PerSecond.of(FOLLOWED as f64 / time.as_secs_f64());
    let what = format!("index of {from}, followed: {FOLLOWED} more, {EVENTS} in a commit");
    Ok(Row::new(what, per_second).limit(Limit::AtLeast(3_000.0)))
}

fn document(number: usize, Text { title, body }: Text) -> Document {
    let portal = portal(portals::of(number));
    Document {
        id: DocumentId((number as u128).to_be_bytes()),
        organization: ORGANIZATION,
        audience: vec![Audience::Staff, Audience::Portal(portal)],
        portal: Some(portal),
        kind: "note".to_owned(),
        author: Some([(number % 7) as u8; 16]),
        title,
        pages: vec![Page { number: None, text: body }],
        changed: number as i64,
    }
}

fn portal(number: usize) -> [u8; 16] {
    (1_000 + number as u128).to_be_bytes()
}

fn search(index: &Index, typed: &str) -> Result<()> {
    let granted: Vec<Audience> = portals::granted().map(portal).map(Audience::Portal).collect();
    index.search(&Query {
        organization: ORGANIZATION,
        audience: &granted,
        text: typed,
        only: Only::default(),
        moments: &[0, 50_000, 90_000],
        limit: HITS,
        offset: 0,
    })?;
    Ok(())
}

/// After a pass that does not count, so that all have read their files.
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

fn size_of(folder: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let data = entry.metadata()?;
        size += if data.is_dir() { size_of(&entry.path())? } else { data.len() };
    }
    Ok(size)
}

fn mebibytes(bytes: u64) -> Figure {
    Unit::Mebibytes.of(bytes as f64 / f64::from(1 << 20))
}
