//! `tests/TRUST.md` says which tests show which rule of trust, and is made of the tests themselves: of their names
//! (`t31_…`, or `T9: …` in a browser), of a sentence directly above one, and of a file's first line.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use crate::architecture::root;

/// The names of a file's tests; without any, all of it.
type Shown = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_table_of_rules_is_what_the_tests_say() {
    let table = root().join("tests/TRUST.md");
    let written = fs::read_to_string(&table).unwrap();
    let shown = rules_shown();
    let known: BTreeSet<u32> = written.lines().filter_map(|line| Some(row(line)?.0)).collect();
    let all: BTreeSet<u32> = (1..=18).chain(30..=37).collect();
    assert_eq!(known, all, "the table has a line for each rule");
    let unknown: Vec<_> = shown.keys().filter(|rule| !known.contains(*rule)).collect();
    assert!(unknown.is_empty(), "tests name rules that are in no table: {unknown:?}");

    let line = |line: &str| match row(line) {
        Some((rule, words)) => format!("| {words} | {} |\n", told(shown.get(&rule))),
        None => format!("{line}\n"),
    };
    let now: String = written.lines().map(line).collect();
    if env::var("TRUST").is_ok_and(|wish| wish == "write") {
        fs::write(&table, now).unwrap();
    } else {
        let differs = written.lines().zip(now.lines()).find(|(written, now)| written != now);
        assert!(written == now, "`make trust` writes the table anew; it differs in {differs:#?}");
    }
}

/// The number of a row's rule, and its first cell.
fn row(line: &str) -> Option<(u32, &str)> {
    let words = line.strip_prefix("| ")?.split(" | ").next()?;
    let number = words.strip_prefix("**T")?.split_once("**")?.0;
    Some((number.parse().ok()?, words))
}

fn told(shown: Option<&Shown>) -> String {
    let Some(shown) = shown else { return "no test yet".to_owned() };
    let files = shown.iter().map(|(file, names)| match names.is_empty() {
        true => format!("`{file}`, all of it"),
        false => format!("`{file}`: {}", Vec::from_iter(names.iter().cloned()).join("; ")),
    });
    files.collect::<Vec<_>>().join("<br>")
}

fn rules_shown() -> BTreeMap<u32, Shown> {
    let mut rules: BTreeMap<u32, Shown> = BTreeMap::new();
    let folders = ["tests", "app", "modules", "search-index"].map(|folder| root().join(folder));
    for file in folders.iter().flat_map(|folder| files_in(folder)) {
        let source = fs::read_to_string(&file).unwrap();
        let path = file.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let is_script = path.ends_with(".mjs");
        let named = if is_script { named_in_script(&source) } else { named_in_rust(&source) };
        for (rule, name) in named {
            rules.entry(rule).or_default().entry(path.clone()).or_default().insert(name);
        }
        let first = source.lines().next().unwrap_or_default();
        let heading = first.strip_prefix(if is_script { "// " } else { "//! " }).unwrap_or_default();
        if path.starts_with("tests/") {
            for rule in rules_in(before_colon(heading)) {
                rules.entry(rule).or_default().entry(path.clone()).or_default();
            }
        }
    }
    rules
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() {
            if !name.starts_with('.') && name != "node_modules" && name != "target" {
                files.extend(files_in(&path));
            }
        } else if name.ends_with(".rs") || name.ends_with(".mjs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A test is what has the attribute, or takes a world as `on_both!` gives it.
fn named_in_rust(source: &str) -> Vec<(u32, String)> {
    let mut named = Vec::new();
    let (mut above, mut is_test) = (BTreeSet::new(), false);
    for line in source.lines().map(str::trim) {
        if let Some(sentence) = line.strip_prefix("//") {
            above.extend(rules_in(sentence));
        } else if line.starts_with("#[") {
            is_test |= line == "#[test]" || line == "#[tokio::test]";
        } else {
            if let Some(name) = name_of_function(line) {
                let by_name = rules_of_name(name);
                let is_told = is_test || line.contains("world: World)");
                let by_sentence = above.iter().copied().filter(|_| is_told);
                let rules: BTreeSet<u32> = by_name.into_iter().chain(by_sentence).collect();
                named.extend(rules.into_iter().map(|rule| (rule, name.to_owned())));
            }
            above.clear();
            is_test = false;
        }
    }
    named
}

fn name_of_function(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    Some(&rest[..rest.find(['(', '<'])?])
}

fn rules_of_name(name: &str) -> Vec<u32> {
    let parts = name.split('_').map_while(|part| part.strip_prefix('t')?.parse().ok());
    parts.collect()
}

fn named_in_script(source: &str) -> Vec<(u32, String)> {
    let tests = source.lines().filter_map(|line| line.trim().strip_prefix("test("));
    let names = tests.filter_map(|rest| rest.split(rest.chars().next()?).nth(1));
    let named = names.flat_map(|name| rules_in(before_colon(name)).into_iter().map(move |rule| (rule, name)));
    named.map(|(rule, name)| (rule, name.replace('|', "/"))).collect()
}

/// What stands there before its first colon, if one does.
fn before_colon(words: &str) -> &str {
    words.split_once(": ").map_or("", |(before, _)| before)
}

fn rules_in(words: &str) -> BTreeSet<u32> {
    let words = words.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter_map(|word| word.strip_prefix('T')?.parse().ok()).collect()
}

#[test]
fn a_test_is_found_by_its_name_and_by_the_sentence_above_it() {
    let source = "/// T7 and T9 too.\n#[test]\nfn hosts() {}\n/// T8\nfn helper() {}\nfn t3_search(world: World) {}\n\
                  /// P4, T36: slowly.\nfn ends(mut world: World) {\n";
    let named = [(7, "hosts"), (9, "hosts"), (3, "t3_search"), (36, "ends")];
    assert_eq!(named_in_rust(source), named.map(|(rule, name)| (rule, name.to_owned())));
    let script = "test('T9: a password is pasted', async () => {\ntest('what T9 means', () => {";
    assert_eq!(named_in_script(script), [(9, "T9: a password is pasted".to_owned())]);
    assert_eq!(row("| **T3** Search checks. | no test yet |"), Some((3, "**T3** Search checks.")));
}
