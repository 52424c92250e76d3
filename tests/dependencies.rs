//! What others wrote of the program: under which licence, from where, and how often the same. `make deny` looks for what
//! nothing uses.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    iter::Peekable,
    process::Command,
    vec::IntoIter,
};

use serde::Deserialize;

use crate::architecture::root;

/// By their names in SPDX, and why a program under Apache-2.0 may hold such code.
const LICENCES: [(&str, &str); 10] = [
    ("Apache-2.0", "our own"),
    ("MIT", "wants its notice"),
    ("BSD-2-Clause", "wants its notice"),
    ("BSD-3-Clause", "wants its notice, and our silence about its authors"),
    ("ISC", "wants its notice"),
    ("Zlib", "wants nothing of a program"),
    ("0BSD", "wants nothing"),
    ("Unicode-3.0", "tables of letters, with their notice"),
    ("Unicode-DFS-2016", "the same, as it was called"),
    ("CDLA-Permissive-2.0", "certificates, which are data"),
];

/// Whoever changes a file under MPL-2.0 publishes that file. We change none, and know each by its name.
const UNCHANGED: [(&str, &str); 9] = [
    ("crypto-glue", "passkeys"),
    ("webauthn-attestation-ca", "passkeys"),
    ("webauthn-rs", "passkeys"),
    ("webauthn-rs-core", "passkeys"),
    ("webauthn-rs-proto", "passkeys"),
    ("cssparser", "cleaned Markdown, by ammonia"),
    ("cssparser-macros", "cleaned Markdown, by ammonia"),
    ("dtoa-short", "cleaned Markdown, by ammonia"),
    ("selectors", "tests alone, by scraper"),
];

/// Takes long to compile, or much of the program: there is one, or as many as are written here.
const HEAVY: [(&str, usize, &str); 20] = [
    ("async-stripe-shared", 1, ""),
    ("diesel", 1, ""),
    ("hayro", 1, ""),
    ("html5ever", 1, ""),
    ("hyper", 1, ""),
    ("image", 1, ""),
    ("krilla", 1, ""),
    ("libsqlite3-sys", 1, ""),
    ("lopdf", 1, ""),
    ("object_store", 1, ""),
    ("opentelemetry_sdk", 1, ""),
    ("poem", 1, ""),
    ("quick-xml", 2, "object_store is a version behind"),
    ("regex-automata", 1, ""),
    ("reqwest", 1, ""),
    ("ring", 1, ""),
    ("rustls", 1, ""),
    ("skrifa", 3, "hayro, what draws for it, and krilla each name their own"),
    ("tantivy", 1, ""),
    ("tokio", 1, ""),
];

/// There is one TLS, of rustls and ring.
const ABSENT: [&str; 4] = ["aws-lc-sys", "native-tls", "openssl", "openssl-sys"];

/// As a lock file quotes it.
const REGISTRY: &str = "\"registry+https://github.com/rust-lang/crates.io-index\"";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    /// Of what is not our own.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
struct EdgeKind {
    /// `None` for what becomes part of the program.
    kind: Option<String>,
}

#[test]
fn every_licence_is_one_that_may_be() {
    let metadata = metadata();
    let mut unchanged = BTreeSet::new();
    for package in metadata.packages.iter().filter(|package| package.source.is_some()) {
        let named = package.license.as_deref();
        let licence = named.unwrap_or_else(|| panic!("{} names no licence", package.name));
        if licence == "MPL-2.0" {
            unchanged.insert(package.name.as_str());
        } else {
            assert!(may_be(licence), "{} {} is under {licence}", package.name, package.version);
        }
    }
    assert_eq!(unchanged, UNCHANGED.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>());
}

#[test]
fn an_expression_of_licences_is_read_as_spdx_means_it() {
    for good in ["MIT", "MIT/Apache-2.0", "Unlicense OR MIT", "(MIT OR GPL-3.0-only) AND Unicode-3.0"] {
        assert!(may_be(good), "{good}");
    }
    assert!(may_be("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"));
    for bad in ["", "GPL-3.0-only", "MIT AND AGPL-3.0-only", "GPL-2.0-only WITH Classpath-exception-2.0"] {
        assert!(!may_be(bad), "{bad}");
    }
}

/// Of the fuzzer, too, which has a workspace of its own.
#[test]
fn everything_comes_from_the_registry() {
    for lock in ["Cargo.lock", "tests/fuzz/Cargo.lock"] {
        let lock = fs::read_to_string(root().join(lock)).unwrap();
        let sources: BTreeSet<&str> =
            lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
        assert_eq!(sources, BTreeSet::from([REGISTRY]));
    }
}

#[test]
fn what_is_heavy_is_there_once() {
    let metadata = metadata();
    let shipped = shipped(&metadata);
    for (name, most, why) in HEAVY {
        let versions = shipped.get(name).map(Vec::as_slice).unwrap_or_default();
        assert!((1..=most).contains(&versions.len()), "{name} {versions:?} ({why})");
    }
    for name in ABSENT {
        assert!(!shipped.contains_key(name), "{name} is in the program");
    }
}

/// Names and versions of what becomes part of the program.
fn shipped(metadata: &Metadata) -> BTreeMap<&str, Vec<&str>> {
    let nodes: BTreeMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (&*node.id, node)).collect();
    let program = metadata.packages.iter().find(|package| package.name == "portico").unwrap();
    let mut waiting = vec![program.id.as_str()];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            let becomes_part = |edge: &&Edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none());
            waiting.extend(nodes[id].deps.iter().filter(becomes_part).map(|edge| edge.pkg.as_str()));
        }
    }
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in metadata.packages.iter().filter(|package| seen.contains(package.id.as_str())) {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    versions
}

type Words<'a> = Peekable<IntoIter<&'a str>>;

/// As SPDX writes several (2.3, annex D), and with the slash that was written before.
fn may_be(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut words = words.into_iter().peekable();
    any_of(&mut words) && words.next().is_none()
}

fn any_of(words: &mut Words) -> bool {
    let mut may_be = all_of(words);
    while words.next_if_eq(&"OR").is_some() {
        may_be |= all_of(words);
    }
    may_be
}

fn all_of(words: &mut Words) -> bool {
    let mut may_be = one(words);
    while words.next_if_eq(&"AND").is_some() {
        may_be &= one(words);
    }
    may_be
}

/// An exception only allows more.
fn one(words: &mut Words) -> bool {
    match words.next() {
        Some("(") => {
            let inside = any_of(words);
            words.next_if_eq(&")").is_some() && inside
        }
        Some(licence) => {
            if words.next_if_eq(&"WITH").is_some() {
                words.next();
            }
            LICENCES.iter().any(|(allowed, _)| *allowed == licence)
        }
        None => false,
    }
}

/// Of this machine alone: whatever another would want besides was never downloaded.
fn metadata() -> Metadata {
    let machine = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--offline", "--format-version=1", "--filter-platform", &machine]);
    let output = cargo.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
