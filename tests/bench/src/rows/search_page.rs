//! The search page of a client, whole: session, rights, index, database, HTML; and how soon it shows
//! what was saved.

use std::time::Instant;

use anyhow::Result;
use url::form_urlencoded::Serializer;

use super::{Office, office};
use crate::{
    corpus::{Corpus, Text},
    http::Connection,
    load::{Load, Times},
    process::Process,
    questions::{Class, Question},
    settings::{FEW_DOCUMENTS, Settings},
    table::{Limit, Row},
    visitor::Visitor,
};

pub async fn measure(server: &Process, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    let (carol, corpus) = (office.carol.at(server), Corpus::new());
    let asked = [Class::Common, Class::Rare, Class::ThreeWords, Class::Prefix];
    let questions = asked.iter().flat_map(|class| class.questions(&corpus, FEW_DOCUMENTS));
    let requests = questions.map(|question| request(&carol, &question));
    let load = Load::put_on(server, requests.collect(), 1, settings.duration).await?;
    Ok(vec![
        Row::new(format!("search page, {FEW_DOCUMENTS} documents, p50"), load.times.percentile(50))
            .limit(Limit::AtMost(4.0)),
        Row::new("  p99", load.times.percentile(99)),
        Row::new("  processor time of a page", load.processor_time_per_request()),
        Row::new("found after saving, the slowest of 20", until_found(server, office).await?.percentile(100))
            .limit(Limit::AtMost(2_000.0)),
    ])
}

/// The page with what is found.
pub fn request(visitor: &Visitor, question: &Question) -> Vec<u8> {
    let query = Serializer::new(String::new()).append_pair("q", &question.typed).finish();
    visitor.get(&format!("/search?{query}"))
}

async fn until_found(server: &Process, office: &Office) -> Result<Times> {
    let (ada, carol) = (office.ada.at(server), office.carol.at(server));
    let mut connection = Connection::open(server.address()).await?;
    let mut times = Vec::new();
    for word in ('a'..='t').map(|letter| format!("qu{letter}xotz")) {
        let note = Text { title: "Just saved".to_owned(), body: word.clone() };
        let started = Instant::now();
        office::write_note(&mut connection, &ada, &office.archive, &note).await?;
        office::wait_until_found(server, &carol, &word).await?;
        times.push(started.elapsed());
    }
    Ok(Times::new(times))
}
