//! Whether what people judged relevant comes first: nDCG@10 beside plain BM25 of the same words, over the demo's own
//! texts (`office.judgements`), and over the Cranfield collection, 1,400 abstracts and 225 questions, where it is there
//! (`make corpus-test`).

mod bm25;
mod collection;
mod cranfield;
mod office;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use portico_search_index::{Audience, Change, Document, DocumentId, Index, Only, Page, Query};

use bm25::PlainBm25;
use collection::{Abstract, Collection};

const ORGANIZATION: [u8; 16] = [1; 16];
const TOP: usize = 10;

#[test]
fn p31_of_the_demos_texts_the_best_ten_are_never_worse_than_plain_bm25() -> Result<()> {
    let collection = office::collection()?;
    assert!(collection.questions.len() >= 60);
    compare("the demo's texts", &collection)
}

#[test]
fn p31_of_cranfield_the_best_ten_are_never_worse_than_plain_bm25() -> Result<()> {
    let Some(corpus) = std::env::var_os("CORPUS").map(PathBuf::from) else {
        println!("CORPUS is not set: the relevance of Cranfield was not measured");
        return Ok(());
    };
    let folder = corpus.join("relevance/cranfield");
    if !folder.is_dir() {
        println!("{} is not there: the relevance of Cranfield was not measured", folder.display());
        return Ok(());
    }
    compare("Cranfield", &cranfield::collection(&folder)?)
}

fn compare(name: &str, collection: &Collection) -> Result<()> {
    let directory = tempfile::tempdir()?;
    let index = Index::open(directory.path())?;
    index.apply(collection.abstracts.iter().map(change).collect(), 1)?;
    let plain = PlainBm25::of(&collection.abstracts);

    let ours = collection.mean_gain(|question| find(&index, question))?;
    let theirs = collection.mean_gain(|question| Ok(plain.best(question, TOP)))?;
    // Also of a test that passes, whose `println!` nobody gets to see.
    let questions = collection.questions.len();
    writeln!(
        io::stdout(),
        "\n{name}: nDCG@10 {ours:.4}, plain BM25 {theirs:.4}, over {questions} questions"
    )?;
    for question in &collection.questions {
        let found = question.ndcg(&find(&index, &question.text)?);
        let plain = question.ndcg(&plain.best(&question.text, TOP));
        if found < plain {
            println!("{found:.3} where plain BM25 has {plain:.3}: {}", question.text.trim());
        }
    }
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
