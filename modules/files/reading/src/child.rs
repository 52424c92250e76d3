use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process;

use crate::document::Document;
use crate::formats;
use crate::{DocumentKind, Limits, Reading, Unreadable, confinement};

/// The whole life of the child: gives up its rights, reads the document on standard input (an open
/// regular file) and writes `Result<Reading, Unreadable>` as JSON to standard output.
///
/// Call it from `main` before anything else starts: threads that already run keep their rights,
/// and a runtime's stacks count against the memory of the reading. A panic here is an ordinary
/// outcome: the parent sees no answer and says [`Unreadable::Damaged`].
pub fn read_document_main(kind: DocumentKind, limits: Limits) -> ! {
    let answer = confined_reading(kind, &limits);
    let written =
        serde_json::to_vec(&answer).map_err(io::Error::from).and_then(|json| io::stdout().write_all(&json));
    process::exit(if written.is_ok() { 0 } else { 1 })
}

fn confined_reading(kind: DocumentKind, limits: &Limits) -> Result<Reading, Unreadable> {
    let document = standard_input().map_err(|_| Unreadable::NotTried)?;
    confinement::confine(&document, limits).map_err(|_| Unreadable::NotTried)?;
    formats::read(kind, Document::File(document), limits)
}

/// Standard input as the file it is, so that formats can seek in it.
fn standard_input() -> io::Result<File> {
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}
