//! T12: whatever a document or its reader does costs that one reading.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs::File;

use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
use portico_reading::{DocumentKind, Limits, Reader, Unreadable, demo};
use support::{CHILD, child, docx_of, file_of, read, read_within};

const MEBIBYTE: u64 = 1024 * 1024;

fn handbook_with_password() -> Vec<u8> {
    let mut document = Document::load_mem(&demo::handbook_pdf()).unwrap();
    // The key is derived from the file's identifier, which the demo leaves out.
    let identifier = lopdf::Object::string_literal("identifier");
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn a_password_is_told_from_damage() {
    let pdf = read(DocumentKind::Pdf, &handbook_with_password()).await;
    assert_eq!(pdf, Err(Unreadable::Encrypted));
    let mut wrapped = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(read(DocumentKind::Docx, &wrapped).await, Err(Unreadable::Damaged));
    wrapped.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(DocumentKind::Docx, &wrapped).await, Err(Unreadable::Encrypted));
}

#[tokio::test]
async fn garbage_and_halves_are_damage() {
    let docx = demo::proposal_docx();
    let garbage: Vec<u8> = (0..50_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let damaged = [
        (DocumentKind::Pdf, garbage.clone()),
        (DocumentKind::Docx, garbage),
        (DocumentKind::Docx, docx[..docx.len() / 2].to_vec()),
        (DocumentKind::Docx, docx_of(b"<w:p><w:t>never closed</w:p")),
        (DocumentKind::Pdf, Vec::new()),
        (DocumentKind::Docx, Vec::new()),
    ];
    for (kind, bytes) in damaged {
        assert_eq!(read(kind, &bytes).await, Err(Unreadable::Damaged), "{kind}");
    }
}

#[tokio::test]
async fn an_archive_that_is_no_word_document_has_no_reader() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    assert_eq!(read(DocumentKind::Docx, &bytes).await, Err(Unreadable::UnknownKind));
}

#[tokio::test]
async fn a_zip_bomb_is_too_large() {
    let limits = Limits { inflated_bytes: MEBIBYTE, ..Limits::default() };
    let bomb = docx_of(&vec![b' '; 8 * MEBIBYTE as usize]);
    assert!(bomb.len() < 100_000);
    let unreadable = read_within(limits, DocumentKind::Docx, &bomb).await;
    assert_eq!(unreadable, Err(Unreadable::TooLarge));
}

#[tokio::test]
async fn a_billion_laughs_are_refused() {
    let mut laughs = String::from("<!DOCTYPE w [<!ENTITY l0 'ha'>");
    for level in 1..10 {
        let below = format!("&l{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY l{level} '{below}'>"));
    }
    laughs.push_str("]><w:document><w:p><w:t>&l9;</w:t></w:p></w:document>");
    let unreadable = read(DocumentKind::Docx, &docx_of(laughs.as_bytes())).await;
    assert_eq!(unreadable, Err(Unreadable::Damaged));
}

#[tokio::test]
async fn depth_costs_nothing() {
    let nested = |open: &str, close: &str| {
        [&open.repeat(100_000), "deep", &close.repeat(100_000)].concat().into_bytes()
    };
    let html = nested("<div>", "</div>");
    let docx = docx_of(&nested("<w:t>", "</w:t>"));
    let markdown = nested("> ", "");
    let documents =
        [(DocumentKind::Html, html), (DocumentKind::Docx, docx), (DocumentKind::Markdown, markdown)];
    for (kind, bytes) in documents {
        assert_eq!(read(kind, &bytes).await.map(|reading| reading.text()), Ok("deep".into()));
    }
    // Without poppler this may also be a crash of the reader, which is damage too.
    let pdf = nested("[", "]");
    let pdf = [b"%PDF-1.7\n1 0 obj\n", pdf.as_slice(), b"\nendobj\n"].concat();
    assert_eq!(read(DocumentKind::Pdf, &pdf).await, Err(Unreadable::Damaged));
}

#[tokio::test]
async fn processor_time_runs_out() {
    // One element with a million attributes: each is compared with all before it.
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}")).collect();
    let page = format!("<p{attributes}>");
    let limits = Limits { cpu_seconds: 1, ..Limits::default() };
    let unreadable = read_within(limits, DocumentKind::Html, page.as_bytes()).await;
    assert_eq!(unreadable, Err(Unreadable::TimedOut));
}

#[tokio::test]
async fn memory_runs_out() {
    let limits = Limits { memory_bytes: 40 * MEBIBYTE, ..Limits::default() };
    let text = vec![b'\xe9'; 15 * MEBIBYTE as usize];
    let unreadable = read_within(limits, DocumentKind::Text, &text).await;
    assert_eq!(unreadable, Err(Unreadable::TooLarge));
}

#[tokio::test]
async fn a_large_file_is_not_opened() {
    let limits = Limits { input_bytes: 3, ..Limits::default() };
    let unreadable = read_within(limits, DocumentKind::Text, b"four").await;
    assert_eq!(unreadable, Err(Unreadable::TooLarge));
}

#[tokio::test]
async fn a_child_that_hangs_is_killed_with_all_it_started() {
    let document = file_of(b"text");
    let reader = Reader::new(child("hangs"), Limits { seconds: 1, ..Limits::default() });
    let unreadable = reader.read(DocumentKind::Text, document.path()).await;
    assert_eq!(unreadable, Err(Unreadable::TimedOut));
    // The child's own child holds this lock for ten minutes, unless it is gone too.
    File::open(document.path()).unwrap().lock().unwrap();
}

#[tokio::test]
async fn a_child_that_aborts_floods_or_lies_is_damage_or_too_large() {
    let document = file_of(b"text");
    let outcomes = [
        ("aborts", Unreadable::Damaged),
        ("floods", Unreadable::TooLarge),
        ("lies", Unreadable::Damaged),
        ("is-not-there", Unreadable::NotTried),
    ];
    for (name, unreadable) in outcomes {
        let reader = Reader::new(child(name), Limits::default());
        assert_eq!(reader.read(DocumentKind::Text, document.path()).await, Err(unreadable), "{name}");
    }
}

#[tokio::test]
async fn what_is_no_regular_file_is_not_tried() {
    let folder = tempfile::tempdir().unwrap();
    let reader = Reader::new(CHILD, Limits::default());
    for path in [folder.path(), &folder.path().join("absent")] {
        let unreadable = reader.read(DocumentKind::Text, path).await;
        assert_eq!(unreadable, Err(Unreadable::NotTried));
    }
}
