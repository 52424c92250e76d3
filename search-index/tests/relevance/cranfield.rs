//! The collection as it is published (`cranqrel.readme` explains the grades).

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::collection::{Abstract, Collection, Question};

/// As published; an abstract gains 4 by the best grade, 1 by the fourth, and nothing by -1.
pub fn collection(folder: &Path) -> Result<Collection> {
    let read = |name| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let mut gains = gains(&read("cranqrel")?);
    // Judgements name a question by its place, not by its own number.
    let questions = records(&read("cran.qry")?).into_iter().zip(1..).filter_map(|(record, place)| {
        Some(Question { text: record.text("W"), gains: gains.remove(&place)? })
    });
    let questions = questions.collect();
    let abstracts = records(&read("cran.all.1400")?).into_iter().map(|record| Abstract {
        number: record.number,
        title: record.text("T"),
        text: record.text("W"),
    });
    Ok(Collection { abstracts: abstracts.collect(), questions })
}

/// Fields by their letter, each after a line such as `.W`.
#[derive(Default)]
struct Record {
    number: u64,
    fields: HashMap<String, String>,
}

impl Record {
    fn text(&self, field: &str) -> String {
        self.fields.get(field).cloned().unwrap_or_default()
    }
}

fn records(text: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut field = String::new();
    for line in text.lines() {
        if let Some(number) = line.strip_prefix(".I ") {
            let number = number.trim().parse().unwrap_or(0);
            records.push(Record { number, ..Record::default() });
        } else if let (Some(name), 2) = (line.strip_prefix('.'), line.trim_end().len()) {
            field = name.trim().to_owned();
        } else if let Some(record) = records.last_mut() {
            let text = record.fields.entry(field.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    records
}

/// Lines of question, abstract and grade.
fn gains(text: &str) -> HashMap<usize, HashMap<u64, f64>> {
    let mut gains: HashMap<usize, HashMap<u64, f64>> = HashMap::new();
    for line in text.lines() {
        let numbers: Vec<i64> = line.split_whitespace().flat_map(str::parse).collect();
        if let [question, number, grade] = numbers[..] {
            let gain = if grade > 0 { (5 - grade) as f64 } else { 0.0 };
            gains.entry(question as usize).or_default().insert(number as u64, gain);
        }
    }
    gains
}
