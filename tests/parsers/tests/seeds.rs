//! What `make fuzz` begins with is right without a fuzzer, too.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use portico_parsers::{Panics, TARGETS, target};

#[test]
fn every_target_has_seeds_of_its_own() {
    let folders = fs::read_dir(corpus()).unwrap().map(|folder| folder.unwrap().file_name());
    let folders: BTreeSet<String> = folders.map(|name| name.into_string().unwrap()).collect();
    let names: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(folders, names);
    for target in &TARGETS {
        assert!(seeds_of(target.name).len() >= 3, "{} has few seeds", target.name);
    }
}

#[test]
fn a_target_is_found_by_its_name_alone() {
    assert!(target("markdown").is_some_and(|target| target.panics == Panics::AreFindings));
    assert!(target("documents-pdf").is_some_and(|target| target.panics == Panics::CostOneReading));
    assert!(target("mark").is_none() && target("").is_none());
}

/// Nothing of it, half, twice, and from its end to its beginning, as a fuzzer would, too.
fn variants(seed: Vec<u8>) -> impl Iterator<Item = Vec<u8>> {
    let half = seed[..seed.len() / 2].to_vec();
    let twice = [seed.as_slice(), seed.as_slice()].concat();
    let upside_down: Vec<u8> = seed.iter().rev().copied().collect();
    [Vec::new(), half, twice, upside_down, seed].into_iter()
}

fn all_pass(name: &str) {
    let target = target(name).unwrap();
    for path in seeds_of(name) {
        let seed = fs::read(&path).unwrap();
        assert!(seed.len() <= 32 * 1024, "{} is no small seed", path.display());
        for bytes in variants(seed) {
            (target.check)(&bytes);
        }
    }
}

macro_rules! seeds {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                all_pass($name);
            }
        )*

        #[test]
        fn every_target_is_tried() {
            let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, BTreeSet::from([$($name),*]));
        }
    };
}

seeds! {
    addresses_read_back_as_the_same: "addresses",
    what_a_document_is_follows_from_its_content: "document-kinds",
    texts_are_read_within_their_room: "documents-of-text",
    office_documents_are_read_within_their_room: "documents-of-office",
    pdfs_are_read_within_their_room: "documents-pdf",
    a_form_sent_again_is_the_same: "forms",
    a_mail_says_no_more_than_stands_in_it: "mails",
    markdown_becomes_nothing_that_runs: "markdown",
    a_form_with_files_is_the_same_in_pieces: "multipart",
    no_payment_is_reported_without_the_secret: "payments",
    no_search_is_an_error: "search",
    nothing_is_a_token_by_chance: "tokens",
    a_name_of_an_upload_is_never_a_path: "tus",
}

fn seeds_of(name: &str) -> Vec<PathBuf> {
    let mut seeds: Vec<_> =
        fs::read_dir(corpus().join(name)).unwrap().map(|seed| seed.unwrap().path()).collect();
    seeds.sort();
    seeds
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("fuzz/corpus")
}
