//! A reader of OpenMetrics that takes nothing but what the format allows
//! (<https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>).

use std::collections::{BTreeMap, BTreeSet};

/// Of one family: what it is, and its samples by their names with the labels.
#[derive(Default)]
struct Family {
    kind: String,
    samples: Vec<(String, BTreeMap<String, String>, f64)>,
}

/// Panics where `text` is no whole page of OpenMetrics; otherwise the names of its families.
#[track_caller]
pub fn read(text: &str) -> BTreeSet<String> {
    let lines = text.strip_suffix("# EOF\n").unwrap_or_else(|| panic!("no end:\n{text}"));
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut open = String::new();
    let mut said = BTreeSet::new();
    for line in lines.lines() {
        if let Some(metadata) = line.strip_prefix("# ") {
            let (word, rest) = metadata.split_once(' ').unwrap();
            let (name, value) = rest.split_once(' ').unwrap();
            assert!(said.insert((word.to_owned(), name.to_owned())), "twice: {line}");
            match word {
                "TYPE" => {
                    assert!(is_name(name) && !families.contains_key(name), "{line}");
                    open = name.to_owned();
                    families.insert(open.clone(), Family { kind: value.to_owned(), samples: Vec::new() });
                }
                "UNIT" => assert!(name == open && name.ends_with(&format!("_{value}")), "{line}"),
                "HELP" => assert!(name == open && !value.is_empty() && !value.contains('\\'), "{line}"),
                _ => panic!("what is {line}"),
            }
            assert!(families[&open].samples.is_empty(), "behind a sample: {line}");
            continue;
        }
        let (name, labels, value) = sample(line);
        let family = families.get_mut(&open).unwrap();
        let ending = name.strip_prefix(open.as_str()).unwrap_or_else(|| panic!("not of {open}: {line}"));
        let endings: &[&str] = match family.kind.as_str() {
            "counter" => &["_total"],
            "gauge" => &[""],
            "info" => &["_info"],
            "histogram" => &["_bucket", "_count", "_sum"],
            kind => panic!("what is a {kind}"),
        };
        assert!(endings.contains(&ending) && value.is_finite(), "{line}");
        assert!(family.kind != "counter" || value >= 0.0, "{line}");
        let is_new = !family.samples.iter().any(|(other, has, _)| *other == name && *has == labels);
        assert!(is_new, "twice: {line}");
        family.samples.push((name, labels, value));
    }
    for family in families.values().filter(|family| family.kind == "histogram") {
        assert_histogram(family);
    }
    families.into_keys().collect()
}

/// Pieces grow with their bound, which is in order, and the last holds as many as were counted.
#[track_caller]
fn assert_histogram(family: &Family) {
    let mut last: BTreeMap<BTreeMap<String, String>, (f64, f64)> = BTreeMap::new();
    for (name, labels, value) in &family.samples {
        let mut labels = labels.clone();
        let bound = labels.remove("le");
        if let Some(bound) = bound {
            assert!(name.ends_with("_bucket"), "{name}");
            let bound: f64 = if bound == "+Inf" { f64::INFINITY } else { bound.parse().unwrap() };
            let (before, count) = last.get(&labels).copied().unwrap_or((f64::NEG_INFINITY, 0.0));
            assert!(bound > before && *value >= count, "{name} {labels:?}");
            last.insert(labels, (bound, *value));
        } else if name.ends_with("_count") {
            assert_eq!(last.get(&labels), Some(&(f64::INFINITY, *value)), "{name} {labels:?}");
        }
    }
}

fn is_name(name: &str) -> bool {
    let letters = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.chars().all(letters) && name.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Our values of labels hold nothing that is escaped.
#[track_caller]
fn sample(line: &str) -> (String, BTreeMap<String, String>, f64) {
    let (what, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no sample: {line:?}"));
    let (name, labels) = match what.split_once('{') {
        None => (what, ""),
        Some((name, labels)) => (name, labels.strip_suffix('}').unwrap()),
    };
    assert!(is_name(name), "{line}");
    let mut read = BTreeMap::new();
    for label in labels.split(',').filter(|label| !label.is_empty()) {
        let (label, value) = label.split_once('=').unwrap();
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap();
        assert!(is_name(label) && !value.contains(['"', '\\']), "{line}");
        assert!(read.insert(label.to_owned(), value.to_owned()).is_none(), "{line}");
    }
    (name.to_owned(), read, value.parse().unwrap_or_else(|_| panic!("no number: {line}")))
}
