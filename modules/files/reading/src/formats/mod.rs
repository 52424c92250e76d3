//! One file per format, each with one function: an open document in, its text out. They run in the
//! confined child only, so they may fail in any way; they still avoid recursion over the
//! document's nesting, and bound what they inflate, because a plain answer is better than a kill.

mod archive;
mod csv;
mod docx;
mod html;
mod mail;
mod markdown;
mod office_xml;
mod opendocument;
mod pdf;
mod pdf_by_poppler;
mod pptx;
mod rtf;
mod text;
mod xlsx;

use std::io::{self, Read};

use crate::document::Document;
use crate::{DocumentKind, Limits, Reading, Unreadable};

pub use mail::source as mail_source;
pub use pdf::read_without_poppler;

pub fn read(kind: DocumentKind, document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    match kind {
        DocumentKind::Pdf => pdf::read(document, limits),
        DocumentKind::Docx => docx::read(document, limits),
        DocumentKind::Xlsx => xlsx::read(document, limits),
        DocumentKind::Pptx => pptx::read(document, limits),
        DocumentKind::Odt | DocumentKind::Ods | DocumentKind::Odp => {
            opendocument::read(kind, document, limits)
        }
        DocumentKind::Rtf => rtf::read(document, limits),
        DocumentKind::Mail => mail::read(document, limits),
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

fn beginning_of(document: Document, limits: &Limits) -> Result<Beginning, Unreadable> {
    let at_most = limits.text_bytes.saturating_mul(4);
    let mut bytes = Vec::new();
    document.take(at_most + 1).read_to_end(&mut bytes).map_err(failure)?;
    let is_cut = bytes.len() as u64 > at_most;
    Ok(Beginning { bytes, is_cut })
}

/// Memory that runs out is a limit; anything else the document's fault.
pub fn failure(error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::OutOfMemory => Unreadable::TooLarge,
        _ => Unreadable::Damaged,
    }
}
