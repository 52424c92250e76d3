//! The child alone, for this crate's own tests: takes what [`portico_reading::Reader`] passes, as
//! the hidden command of `portico` does.

use portico_reading::{DocumentKind, Limits, read_document_main};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ["read-document", "--kind", kind, "--limits", limits] = arguments[..] else {
        panic!("usage: read-document read-document --kind KIND --limits JSON");
    };
    let kind: DocumentKind = kind.parse().expect("the parent writes a kind");
    let limits: Limits = limits.parse().expect("the parent writes limits");
    read_document_main(kind, limits);
}
