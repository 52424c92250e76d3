use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process;

use crate::document::Document;
use crate::drawing::{self, Drawing};
use crate::mail::{self, Mail};
use crate::{DocumentKind, Limits, Sight, Unreadable, confinement, formats};

/// The whole life of the child: gives up its rights, reads the document on standard input (an open
/// regular file) and writes `Result<Reading, Unreadable>` as JSON to standard output.
///
/// Call it from `main` before anything else starts: threads that already run keep their rights,
/// and a runtime's stacks count against the memory of the reading. A panic here is an ordinary
/// outcome: the parent sees no answer and says [`Unreadable::Damaged`].
pub fn read_document_main(kind: DocumentKind, limits: Limits) -> ! {
    let answer = confined(&limits, |document| formats::read(kind, document, &limits));
    leave_with(serde_json::to_vec(&answer))
}

/// The same for a picture: what is drawn, as [`Drawing::said`] puts it.
pub fn draw_document_main(sight: Sight, limits: Limits) -> ! {
    let answer = confined(&limits, |document| drawing::draw(&sight, document, &limits));
    leave_with(Drawing::said(&answer))
}

/// The same for a mail: its parts, as [`Mail::said`] puts them.
pub fn take_mail_apart_main(most_files: usize, limits: Limits) -> ! {
    let answer = confined(&limits, |document| mail::take_apart(document, most_files, &limits));
    leave_with(Mail::said(&answer))
}

fn confined<T>(limits: &Limits, work: impl Fn(Document) -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    let document = standard_input().map_err(|_| Unreadable::NotTried)?;
    confinement::confine(&document, limits).map_err(|_| Unreadable::NotTried)?;
    work(Document::File(document))
}

fn leave_with(answer: Result<Vec<u8>, serde_json::Error>) -> ! {
    let written = answer.map_err(io::Error::from).and_then(|answer| io::stdout().write_all(&answer));
    process::exit(if written.is_ok() { 0 } else { 1 })
}

/// Standard input as the file it is, so that formats can seek in it.
fn standard_input() -> io::Result<File> {
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}
