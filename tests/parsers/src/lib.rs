//! What must be true of every parser that touches strangers' bytes, whatever these are. Each target is a function that
//! panics where it is not. `make fuzz` gives them what libFuzzer makes up (`tests/fuzz`), and `tests/seeds.rs`, with every
//! other test, what lies in `tests/fuzz/corpus`.
//!
//! Deliberately absent: what is wrong with one input and right with another. That is for the tests beside each parser.

mod addresses;
mod documents;
mod forms;
mod mails;
mod markdown;
mod multipart;
mod payments;
mod search;
mod tokens;
mod tus;

pub struct Target {
    /// Of its folder in `tests/fuzz/corpus`, too.
    pub name: &'static str,
    pub check: fn(&[u8]),
    pub panics: Panics,
}

/// What a panic in a library means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panics {
    AreFindings,
    /// The library runs in a process of its own, where a panic costs one reading. That no panic of this kind hides what
    /// else is wrong, the target catches them.
    CostOneReading,
}

pub static TARGETS: [Target; 13] = [
    finding("addresses", addresses::check),
    finding("document-kinds", documents::check_kinds),
    finding("documents-of-text", documents::check_texts),
    costing("documents-of-office", documents::check_office),
    costing("documents-pdf", documents::check_pdf),
    finding("forms", forms::check),
    finding("mails", mails::check),
    finding("markdown", markdown::check),
    finding("multipart", multipart::check),
    finding("payments", payments::check),
    finding("search", search::check),
    finding("tokens", tokens::check),
    finding("tus", tus::check),
];

/// By its name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

const fn finding(name: &'static str, check: fn(&[u8])) -> Target {
    Target { name, check, panics: Panics::AreFindings }
}

const fn costing(name: &'static str, check: fn(&[u8])) -> Target {
    Target { name, check, panics: Panics::CostOneReading }
}
