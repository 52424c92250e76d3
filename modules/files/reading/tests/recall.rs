//! P30: in documents that `tests/recall/make.py` had many programs make, at least 98 of 100 words
//! that a reference tool finds are found here. `make recall` makes them; without them nothing is
//! asserted.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::HashMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use portico_reading::{DocumentKind, Limits, Reader, kind_of};
use support::{CHILD, counted};

const ENOUGH: f64 = 0.98;

#[tokio::test]
async fn p30_the_words_that_a_reference_finds_are_found() {
    let Some(folder) = std::env::var_os("RECALL").map(PathBuf::from) else {
        println!("RECALL is not set: no documents were compared");
        return;
    };
    let reader = Reader::new(CHILD, Limits::default());
    let place = tempfile::tempdir().unwrap();
    let alone = Reader::new(without_poppler(place.path()), Limits::default());
    let mut too_few = Vec::new();
    let documents = documents_in(&folder);
    assert!(!documents.is_empty(), "{} has no documents", folder.display());
    for document in documents {
        let name = document.file_name().unwrap().to_string_lossy().into_owned();
        let kind = kind_of(&fs::read(&document).unwrap(), &name).expect("every kind has a reader");
        let found = counted(&reader.read(kind, &document).await.unwrap().text());
        let expected = counted(&fs::read_to_string(words_of(&document)).unwrap());
        let all: usize = expected.values().sum();
        let share = share_of(&expected, &found);
        println!("{share:.4}  {all:>6} words  {name}");
        if kind == DocumentKind::Pdf {
            // The reference is pdftotext itself: this is how much is found where that is not installed.
            let found = alone.read(kind, &document).await.map(|reading| counted(&reading.text()));
            let share = share_of(&expected, &found.unwrap_or_default());
            println!("{share:.4}  {all:>6} words  {name}, without poppler");
        }
        let missing = expected.iter().filter(|(word, count)| found.get(*word).unwrap_or(&0) < count);
        if share < 1.0 {
            println!("        not found: {:?}", missing.map(|(word, _)| word).take(12).collect::<Vec<_>>());
        }
        if share < ENOUGH || all < 20 {
            too_few.push(name);
        }
    }
    assert!(too_few.is_empty(), "too few words were found in {too_few:?}");
}

/// Of the words that a reference finds, each as often as it stands there.
fn share_of(expected: &HashMap<String, usize>, found: &HashMap<String, usize>) -> f64 {
    let too = |(word, count): (&String, &usize)| *count.min(found.get(word).unwrap_or(&0));
    expected.iter().map(too).sum::<usize>() as f64 / expected.values().sum::<usize>() as f64
}

/// The same program where it finds nothing that could help it.
fn without_poppler(folder: &Path) -> PathBuf {
    let program = folder.join("read-document");
    let lines = format!("#!/bin/sh\nexport PATH=/nowhere\nexec '{CHILD}' \"$@\"\n");
    fs::write(&program, lines).unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    program
}

/// In the order of their kinds.
fn documents_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut documents: Vec<PathBuf> = entries.filter(|path| words_of(path).exists()).collect();
    documents.sort_by_key(|path| (path.extension().map(ToOwned::to_owned), path.clone()));
    documents
}

fn words_of(document: &Path) -> PathBuf {
    let mut name = document.as_os_str().to_owned();
    name.push(".words");
    name.into()
}
