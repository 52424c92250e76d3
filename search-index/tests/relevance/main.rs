//! Whether what people judged relevant comes first: nDCG@10 on the Cranfield collection, 1,400
//! abstracts and 225 questions, beside plain BM25 of the same words. `make corpus-test` runs it.

mod bm25;
mod cranfield;

use std::path::PathBuf;

use anyhow::Result;
use portico_search_index::{Audience, Change, Document, DocumentId, Index, Only, Page, Query};

use bm25::PlainBm25;
use cranfield::{Abstract, Collection};

const ORGANIZATION: [u8; 16] = [1; 16];
const TOP: usize = 10;

#[test]
fn p31_the_best_ten_are_never_worse_than_plain_bm25() -> Result<()> {
    let Some(corpus) = std::env::var_os("CORPUS").map(PathBuf::from) else {
        println!("CORPUS is not set: no relevance was measured");
        return Ok(());
    };
    let folder = corpus.join("relevance/cranfield");
    if !folder.is_dir() {
        println!("{} is not there: no relevance was measured", folder.display());
        return Ok(());
    }
    let collection = Collection::read(&folder)?;
    let directory = tempfile::tempdir()?;
    let index = Index::open(directory.path())?;
    index.apply(collection.abstracts.iter().map(change).collect(), 1)?;
    let plain = PlainBm25::of(&collection.abstracts);

    let ours = collection.mean_gain(|question| find(&index, question))?;
    let theirs = collection.mean_gain(|question| Ok(plain.best(question, TOP)))?;
    println!(
        "Cranfield: nDCG@10 {ours:.4}, plain BM25 {theirs:.4}, over {} questions",
        collection.questions.len()
    );
    assert!(ours >= theirs, "{ours:.4} is below {theirs:.4}");
    Ok(())
}

fn change(of: &Abstract) -> Change {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&of.number.to_be_bytes());
    Change::Put(Document {
        id: DocumentId(id),
        organization: ORGANIZATION,
        audience: vec![Audience::Staff],
        portal: None,
        kind: "abstract".to_owned(),
        author: None,
        title: of.title.clone(),
        pages: vec![Page { number: None, text: of.text.clone() }],
        changed: 0,
    })
}

/// The numbers of what is found, best first.
fn find(index: &Index, question: &str) -> Result<Vec<u64>> {
    let hits = index.search(&Query {
        organization: ORGANIZATION,
        audience: &[Audience::Staff],
        text: question,
        only: Only::default(),
        moments: &[],
        limit: TOP,
        offset: 0,
    })?;
    let number = |id: DocumentId| id.0[8..].iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    Ok(hits.hits.iter().map(|hit| number(hit.id)).collect())
}
