//! The collection as it is published (`cranqrel.readme` explains the grades).

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

pub struct Collection {
    pub abstracts: Vec<Abstract>,
    /// Only those that were judged.
    pub questions: Vec<Question>,
}

pub struct Abstract {
    pub number: u64,
    pub title: String,
    pub text: String,
}

pub struct Question {
    text: String,
    /// By the number of the abstract: 4 for the best grade, 1 for the fourth, nothing for -1.
    gains: HashMap<u64, f64>,
}

impl Collection {
    pub fn read(folder: &Path) -> Result<Collection> {
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

    /// The mean nDCG@10 of what `find` returns.
    pub fn mean_gain(&self, find: impl Fn(&str) -> Result<Vec<u64>>) -> Result<f64> {
        let mut sum = 0.0;
        for question in &self.questions {
            sum += question.ndcg(&find(&question.text)?);
        }
        Ok(sum / self.questions.len() as f64)
    }
}

impl Question {
    fn ndcg(&self, found: &[u64]) -> f64 {
        let mut ideal: Vec<f64> = self.gains.values().copied().collect();
        ideal.sort_by(|one, other| other.total_cmp(one));
        let best = discounted(ideal.into_iter());
        let gained = discounted(found.iter().map(|number| self.gains.get(number).copied().unwrap_or(0.0)));
        if best > 0.0 { gained / best } else { 0.0 }
    }
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(10).enumerate().map(|(place, gain)| gain / (place as f64 + 2.0).log2()).sum()
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
