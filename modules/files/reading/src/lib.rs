//! Text and pictures out of documents that nobody vouches for. Deliberately absent: databases, HTTP, and any
//! parsing inside the server's own process.
//!
//! The threat (trust.md T12): a document is chosen by whoever uploads it, and every parser of such
//! formats has crashed, hung or swollen on somebody's file. So the server only ever starts
//! [`Reader::read`], [`Reader::draw`] or [`Reader::take_mail_apart`], which run its own program again
//! as `read-document`, `draw-document` or `take-mail-apart`, hand it the open file and believe nothing
//! but a bounded answer. The child first gives up what it does not need (memory, time, files, network:
//! [`confinement`]), then reads ([`read_document_main`]), draws ([`draw_document_main`]) or takes apart
//! ([`take_mail_apart_main`]). Whatever happens there costs that one reading, picture or mail and is
//! reported as an [`Unreadable`].
//!
//! [`demo`] makes the small real documents that `portico demo` and the tests show.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod charset;
mod child;
mod confinement;
pub mod demo;
mod document;
mod drawing;
mod formats;
mod gathered;
mod kind;
mod limits;
mod mail;
mod media_type;
mod opening;
mod reader;
mod reading;

pub use child::{draw_document_main, read_document_main, take_mail_apart_main};
pub use drawing::{Drawable, Drawing, Facts, Finish, NotSight, Shade, Sight};
pub use kind::{DocumentKind, NoSuchKind, kind_of};
pub use limits::{Limits, NotLimits};
pub use mail::{Mail, MailHead};
pub use media_type::{MediaType, media_type_of};
pub use reader::Reader;
pub use reading::{PageText, Reading, Unreadable};

/// Reads as the child does, but here: without its limits of time and memory, and a PDF without `pdftotext`. For tests
/// that give the formats anything (`tests/parsers`), and never for the server: tests/architecture.rs sees to that.
///
/// # Errors
/// As a child answers. A panic is one, too, to whoever asked a child.
pub fn read_in_this_process(
    kind: DocumentKind,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Reading, Unreadable> {
    let document = document::Document::attachment(bytes);
    match kind {
        DocumentKind::Pdf => formats::read_without_poppler(document, limits),
        other => formats::read(other, document, limits),
    }
}

/// The same for a mail.
///
/// # Errors
/// As a child answers.
pub fn take_mail_apart_in_this_process(
    bytes: &[u8],
    most_files: usize,
    limits: &Limits,
) -> Result<Mail, Unreadable> {
    mail::take_apart(document::Document::attachment(bytes), most_files, limits)
}

/// Text in whatever encoding, for a preview. It decodes letters and parses nothing, so that the
/// server may do it itself.
pub fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    charset::decode(bytes, None)
}
