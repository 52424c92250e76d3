//! One file per format, each with one function: an open document in, its text out. They run in the
//! confined child only, so they may fail in any way; they still avoid recursion over the
//! document's nesting, and bound what they inflate, because a plain answer is better than a kill.

mod csv;
mod docx;
mod html;
mod markdown;
mod pdf;
mod pdf_by_poppler;
mod text;

use std::fs::File;
use std::io::{self, Read};

use crate::{DocumentKind, Limits, Reading, Unreadable};

pub fn read(kind: DocumentKind, document: File, limits: &Limits) -> Result<Reading, Unreadable> {
    match kind {
        DocumentKind::Pdf => pdf::read(document, limits),
        DocumentKind::Docx => docx::read(document, limits),
        DocumentKind::Html => html::read(document, limits),
        DocumentKind::Markdown => markdown::read(document, limits),
        DocumentKind::Text => text::read(document, limits),
        DocumentKind::Csv => csv::read(document, limits),
    }
}

/// The part of a text document that is looked at: markup and wide encodings rarely make up more
/// than three quarters of it.
struct Beginning {
    bytes: Vec<u8>,
    is_cut: bool,
}

fn beginning_of(document: File, limits: &Limits) -> Result<Beginning, Unreadable> {
    let at_most = limits.text_bytes.saturating_mul(4);
    let mut bytes = Vec::new();
    document.take(at_most + 1).read_to_end(&mut bytes).map_err(failure)?;
    let is_cut = bytes.len() as u64 > at_most;
    Ok(Beginning { bytes, is_cut })
}

/// Memory that runs out is a limit; anything else the document's fault.
fn failure(error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::OutOfMemory => Unreadable::TooLarge,
        _ => Unreadable::Damaged,
    }
}
