//! Relevance on 1,400 abstracts and 225 judged questions.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use portico_search_index::{Audience, Change, Document, DocumentId, Index, Page, Query};

const ORGANIZATION: [u8; 16] = [1; 16];

pub fn measure(corpus: &Path) -> Result<()> {
    let folder = corpus.join("relevance/cranfield");
    let read = |name| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let directory = tempfile::tempdir()?;
    let index = Index::open(directory.path())?;
    let documents = records(&read("cran.all.1400")?).into_iter().map(document).collect();
    index.apply(documents, 1)?;
    let grades = grades(&read("cranqrel")?);
    let questions = records(&read("cran.qry")?);
    let mut gains = Vec::new();
    let mut full = 0;
    for (question, number) in questions.iter().zip(1..) {
        let Some(grades) = grades.get(&number) else { continue };
        let found = ask(&index, question.get("W").map_or("", String::as_str))?;
        full += usize::from(found.len() == 10);
        gains.push(ndcg(&found, grades));
    }
    let mean = gains.iter().sum::<f64>() / gains.len() as f64;
    println!("\nCranfield: nDCG@10 {mean:.4} over {} questions, {full} with ten hits", gains.len());
    Ok(())
}

type Record = HashMap<String, String>;

fn records(text: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut field = String::new();
    for line in text.lines() {
        if let Some(number) = line.strip_prefix(".I ") {
            records.push(HashMap::from([("I".to_owned(), number.trim().to_owned())]));
        } else if let (Some(name), 2) = (line.strip_prefix('.'), line.trim_end().len()) {
            field = name.trim().to_owned();
        } else if let Some(record) = records.last_mut() {
            let text = record.entry(field.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    records
}

fn document(record: Record) -> Change {
    let number: u64 = record.get("I").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut id = [0; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    let text = |field: &str| record.get(field).cloned().unwrap_or_default();
    Change::Put(Document {
        id: DocumentId(id),
        organization: ORGANIZATION,
        audience: vec![Audience::Staff],
        portal: None,
        kind: "abstract".to_owned(),
        title: text("T"),
        pages: vec![Page { number: None, text: text("W") }],
        changed: 0,
    })
}

/// Question, by order, to document to gain: 4 for the best grade, 1 for the
/// fourth, nothing for -1.
fn grades(text: &str) -> HashMap<usize, HashMap<u64, f64>> {
    let mut grades: HashMap<usize, HashMap<u64, f64>> = HashMap::new();
    for line in text.lines() {
        let numbers: Vec<i64> = line.split_whitespace().flat_map(str::parse).collect();
        if let [question, document, grade] = numbers[..] {
            let gain = if grade > 0 { (5 - grade) as f64 } else { 0.0 };
            grades.entry(question as usize).or_default().insert(document as u64, gain);
        }
    }
    grades
}

fn ask(index: &Index, text: &str) -> Result<Vec<u64>> {
    let hits = index.search(&Query {
        organization: ORGANIZATION,
        audience: &[Audience::Staff],
        text,
        portal: None,
        kind: None,
        limit: 10,
        offset: 0,
    })?;
    let number = |id: DocumentId| id.0[8..].iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    Ok(hits.hits.iter().map(|hit| number(hit.id)).collect())
}

fn ndcg(found: &[u64], grades: &HashMap<u64, f64>) -> f64 {
    let gained = |gains: &mut dyn Iterator<Item = f64>| {
        let discounted = gains.take(10).enumerate();
        discounted.map(|(place, gain)| gain / (place as f64 + 2.0).log2()).sum::<f64>()
    };
    let mut ideal: Vec<f64> = grades.values().copied().collect();
    ideal.sort_by(|one, other| other.total_cmp(one));
    let best = gained(&mut ideal.into_iter());
    match best > 0.0 {
        true => gained(&mut found.iter().map(|id| grades.get(id).copied().unwrap_or(0.0))) / best,
        false => 0.0,
    }
}
