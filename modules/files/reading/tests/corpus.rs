//! Real documents that nobody here wrote: `CORPUS=../shared/corpus`. Their number is printed, not
//! asserted; what is asserted is that the parent outlives every one of them.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use portico_reading::{Limits, Reader, Reading, Unreadable, kind_of};
use support::{CHILD, counted};

/// Per folder: outcome, number of documents.
type Outcomes = BTreeMap<String, BTreeMap<String, usize>>;

#[tokio::test]
async fn t12_the_corpus_costs_one_reading_each() {
    let Some(corpus) = std::env::var_os("CORPUS").map(PathBuf::from) else {
        println!("CORPUS is not set: no real documents were read");
        return;
    };
    let reader = Reader::new(CHILD, Limits { seconds: 20, ..Limits::default() });
    let mut outcomes = Outcomes::new();
    let mut agreement = Agreement::default();
    for path in documents_in(&corpus) {
        let folder = path.parent().expect("a file has a folder").display().to_string();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let outcome = match kind_of(&bytes[..bytes.len().min(8192)], &name) {
            None => "no reader yet".to_owned(),
            Some(kind) => {
                let read = reader.read(kind, &path).await;
                assert_ne!(read, Err(Unreadable::NotTried), "{name}");
                agreement.compare(&path, &read);
                outcome_of(&read, &path)
            }
        };
        *outcomes.entry(folder).or_default().entry(outcome).or_default() += 1;
    }
    println!("{outcomes:#?}\n{agreement:#?}");
    assert!(!outcomes.is_empty(), "{} has no documents", corpus.display());
}

fn outcome_of(read: &Result<Reading, Unreadable>, path: &Path) -> String {
    match read {
        Ok(reading) if reading.text().is_empty() => "read, no text in it".to_owned(),
        Ok(_) => "read".to_owned(),
        Err(unreadable) => {
            println!("{unreadable:?}: {}", path.display());
            format!("{unreadable:?}")
        }
    }
}

fn documents_in(corpus: &Path) -> Vec<PathBuf> {
    let files_of = |folder: PathBuf| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let groups = ["documents", "malformed"].map(|group| files_of(corpus.join(group)));
    groups.into_iter().flatten().flat_map(files_of).collect()
}

/// Words of PDFs as this crate found them, beside what `pdftotext` alone finds.
#[derive(Debug, Default)]
struct Agreement {
    pdfs: usize,
    words_of_pdftotext: usize,
    words_found_too: usize,
    refused_by_both: usize,
    refused_only_here: usize,
    refused_only_there: usize,
}

impl Agreement {
    fn compare(&mut self, path: &Path, read: &Result<Reading, Unreadable>) {
        if path.extension().is_none_or(|ending| ending != "pdf") {
            return;
        }
        let Ok(alone) = Command::new("pdftotext").arg(path).arg("-").output() else { return };
        self.pdfs += 1;
        match (read, alone.status.success()) {
            (Ok(reading), true) => {
                let expected = counted(&String::from_utf8_lossy(&alone.stdout));
                let found = counted(&reading.text());
                self.words_of_pdftotext += expected.values().sum::<usize>();
                let too = |(word, count): (&String, &usize)| *count.min(found.get(word).unwrap_or(&0));
                self.words_found_too += expected.iter().map(too).sum::<usize>();
            }
            (Err(_), false) => self.refused_by_both += 1,
            (Err(_), true) => self.refused_only_here += 1,
            (Ok(_), false) => self.refused_only_there += 1,
        }
    }
}
