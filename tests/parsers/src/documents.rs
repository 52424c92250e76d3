//! Documents: what is read is no longer than it may be, and plain.

use std::panic::{AssertUnwindSafe, catch_unwind};

use portico_files::strangers::Cells;
use portico_reading::{
    DocumentKind::{self, Csv, Docx, Html, Mail, Markdown, Odp, Ods, Odt, Pdf, Pptx, Rtf, Text, Xlsx},
    Limits, MediaType, Reading, Unreadable, kind_of, read_in_this_process, text_of,
};

const KIBIBYTE: u64 = 1024;

/// Small, so that a small document meets them.
const LIMITS: Limits = Limits {
    seconds: 10,
    cpu_seconds: 10,
    memory_bytes: 512 * KIBIBYTE * KIBIBYTE,
    input_bytes: KIBIBYTE * KIBIBYTE,
    inflated_bytes: 4 * KIBIBYTE * KIBIBYTE,
    text_bytes: 16 * KIBIBYTE,
    output_bytes: 64 * KIBIBYTE,
};

const NAMES: [&str; 6] = ["a.png", "a.html", "a.svg", "a.pdf", "a.docx", "a.txt"];

pub fn check_kinds(bytes: &[u8]) {
    let nameless = MediaType::of(bytes, "");
    for name in NAMES {
        let named = MediaType::of(bytes, name);
        if is_picture_or_sound(nameless) || is_picture_or_sound(named) {
            assert_eq!(named, nameless, "{name:?} makes it another");
        }
        let _ = kind_of(bytes, name);
    }
    let shown = text_of(bytes);
    assert!(shown.len() <= 3 * bytes.len(), "{} bytes became {}", bytes.len(), shown.len());
}

/// What is shown in place by its bytes alone. Of texts a name may tell the kind.
fn is_picture_or_sound(media: MediaType) -> bool {
    media.may_be_shown_inline() && !matches!(media, MediaType::PlainText | MediaType::Pdf)
}

pub fn check_texts(bytes: &[u8]) {
    for kind in [Text, Csv, Markdown, Html, Rtf, Mail] {
        check_reading(kind, read_in_this_process(kind, bytes, &LIMITS));
    }
    let text = text_of(bytes);
    for is_whole in [true, false] {
        if let Some(cells) = Cells::of(&text, is_whole) {
            check_cells(&cells, &text);
        }
    }
}

/// A page draws it in the server itself: rows are of one length and within bounds, and hold no more than the text.
fn check_cells(cells: &Cells, text: &str) {
    let columns = cells.head.len();
    assert!((2..=50).contains(&columns) && cells.numbers.len() == columns, "{columns} columns");
    assert!((1..=500).contains(&cells.rows.len()), "{} rows", cells.rows.len());
    assert!(cells.rows.iter().all(|row| row.len() == columns), "rows are not of one length");
    assert!(cells.all().map(str::len).sum::<usize>() <= text.len(), "cells are longer than {text:?}");
}

pub fn check_office(bytes: &[u8]) {
    for kind in [Docx, Xlsx, Pptx, Odt, Ods, Odp] {
        check_guarded(kind, bytes);
    }
}

pub fn check_pdf(bytes: &[u8]) {
    check_guarded(Pdf, bytes);
}

/// Of the libraries' panics one learns nothing: where they run, they cost one reading.
fn check_guarded(kind: DocumentKind, bytes: &[u8]) {
    let read = catch_unwind(AssertUnwindSafe(|| read_in_this_process(kind, bytes, &LIMITS)));
    if let Ok(outcome) = read {
        check_reading(kind, outcome);
    }
}

fn check_reading(kind: DocumentKind, outcome: Result<Reading, Unreadable>) {
    let Ok(reading) = outcome else { return };
    let long: usize = reading.pages.iter().map(|page| page.text.len()).sum();
    assert!(long as u64 <= LIMITS.text_bytes, "{kind}: {long} bytes of text");
    let is_foreign = |letter: char| letter.is_control() && letter != '\n';
    for page in &reading.pages {
        assert!(!page.text.contains(is_foreign), "{kind}: {:?}", page.text);
        assert_eq!(page.number.is_some(), kind == Pdf, "{kind}");
    }
}
