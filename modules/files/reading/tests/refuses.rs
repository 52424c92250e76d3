//! T12: whatever a document or its reader does costs that one reading.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs::File;

use base64::Engine;
use portico_reading::{DocumentKind, Limits, Reader, Unreadable, demo};
use support::{CHILD, archive_of, child, docx_of, file_of, handbook_with_password, read, read_within};

const MEBIBYTE: u64 = 1024 * 1024;

#[tokio::test]
async fn a_password_is_told_from_damage() {
    let pdf = read(DocumentKind::Pdf, &handbook_with_password()).await;
    assert_eq!(pdf, Err(Unreadable::Encrypted));
    let mut wrapped = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(read(DocumentKind::Docx, &wrapped).await, Err(Unreadable::Damaged));
    wrapped.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    for kind in [DocumentKind::Docx, DocumentKind::Xlsx, DocumentKind::Pptx] {
        assert_eq!(read(kind, &wrapped).await, Err(Unreadable::Encrypted), "{kind}");
    }
    let manifest =
        b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let odt = archive_of(&[("META-INF/manifest.xml", manifest), ("content.xml", b"\x8f\x01\x99")]);
    assert_eq!(read(DocumentKind::Odt, &odt).await, Err(Unreadable::Encrypted));
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
        (DocumentKind::Xlsx, halves(demo::loads_xlsx())),
        (DocumentKind::Pptx, halves(demo::kickoff_pptx())),
        (DocumentKind::Odt, halves(demo::letter_odt())),
        (DocumentKind::Odp, archive_of(&[("content.xml", b"<text:p>never closed</text:p")])),
        (DocumentKind::Rtf, b"{\\html1}".to_vec()),
        (DocumentKind::Pdf, Vec::new()),
        (DocumentKind::Docx, Vec::new()),
        (DocumentKind::Rtf, Vec::new()),
    ];
    for (kind, bytes) in damaged {
        assert_eq!(read(kind, &bytes).await, Err(Unreadable::Damaged), "{kind}");
    }
}

fn halves(mut document: Vec<u8>) -> Vec<u8> {
    document.truncate(document.len() / 2);
    document
}

#[tokio::test]
async fn an_archive_of_another_kind_has_no_reader() {
    let other = archive_of(&[("photos/1.jpeg", b"")]);
    for kind in [DocumentKind::Docx, DocumentKind::Xlsx, DocumentKind::Pptx, DocumentKind::Ods] {
        assert_eq!(read(kind, &other).await, Err(Unreadable::UnknownKind), "{kind}");
    }
}

#[tokio::test]
async fn a_zip_bomb_is_too_large() {
    let limits = Limits { inflated_bytes: MEBIBYTE, ..Limits::default() };
    let air = vec![b' '; 8 * MEBIBYTE as usize];
    let bombs = [
        (DocumentKind::Docx, docx_of(&air)),
        (DocumentKind::Xlsx, archive_of(&[("xl/workbook.xml", b""), ("xl/sharedStrings.xml", &air)])),
        (DocumentKind::Pptx, archive_of(&[("ppt/presentation.xml", b""), ("ppt/slides/slide1.xml", &air)])),
        (DocumentKind::Ods, archive_of(&[("content.xml", &air)])),
    ];
    for (kind, bomb) in bombs {
        assert!(bomb.len() < 100_000);
        assert_eq!(read_within(limits, kind, &bomb).await, Err(Unreadable::TooLarge), "{kind}");
    }
}

#[tokio::test]
async fn many_parts_share_one_allowance() {
    let limits = Limits { inflated_bytes: MEBIBYTE, ..Limits::default() };
    let half = vec![b' '; 600_000];
    let parts = ["header1", "header2"].map(|name| format!("word/{name}.xml"));
    let bomb = archive_of(&[(&parts[0], &half), (&parts[1], &half)]);
    assert_eq!(read_within(limits, DocumentKind::Docx, &bomb).await, Err(Unreadable::TooLarge));
}

/// The corners of a sheet lie 17 thousand million cells apart, and a cell of OpenDocument may say
/// that it stands for as many.
#[tokio::test]
async fn a_sheet_costs_the_cells_that_are_in_it() {
    let sheet = b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>\
        <row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData></worksheet>";
    let links = b"<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml' \
        Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'/></Relationships>";
    let workbook = b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
        xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='Corners' sheetId='1' r:id='r1'/></sheets></workbook>";
    let package = b"<Relationships><Relationship Id='r1' Target='xl/workbook.xml' \
        Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></Relationships>";
    let xlsx = archive_of(&[
        ("_rels/.rels", package),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    assert_eq!(
        read(DocumentKind::Xlsx, &xlsx).await.map(|reading| reading.text()),
        Ok("Corners\n1\n2".into())
    );
    let cell = b"<table:table-row table:number-rows-repeated='1048576'>\
        <table:table-cell table:number-columns-repeated='16384'><text:p>one</text:p></table:table-cell>";
    let ods = archive_of(&[("content.xml", cell)]);
    assert_eq!(read(DocumentKind::Ods, &ods).await.map(|reading| reading.text()), Ok("one".into()));
}

#[tokio::test]
async fn what_is_attached_to_a_mail_costs_no_more_than_itself() {
    let attachment = |name: &str, bytes: &[u8]| {
        let body = base64::engine::general_purpose::STANDARD.encode(bytes);
        format!(
            "--b\r\nContent-Type: application/octet-stream; name={name}\r\n\
            Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n"
        )
    };
    let limits = Limits { inflated_bytes: MEBIBYTE, ..Limits::default() };
    let mail = [
        "From: a@b.test\r\nSubject: Four files\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n",
        &attachment("bomb.docx", &docx_of(&vec![b' '; 8 * MEBIBYTE as usize])),
        &attachment("secret.pdf", &handbook_with_password()),
        &attachment("half.docx", &halves(demo::proposal_docx())),
        &attachment("minutes.md", &demo::minutes_md()),
        "--b--\r\n",
    ]
    .concat();
    let reading = read_within(limits, DocumentKind::Mail, mail.as_bytes()).await.unwrap();
    for found in
        ["Four files", "bomb.docx\nsecret.pdf\nhalf.docx\nminutes.md", "opens with the load a hook can bear"]
    {
        assert!(reading.text().contains(found), "{found}: {}", reading.text());
    }
}

#[tokio::test]
async fn a_pdf_attached_to_a_mail_is_read() {
    let body = base64::engine::general_purpose::STANDARD.encode(demo::handbook_pdf());
    let mail = format!(
        "From: a@b.test\r\nSubject: c\r\nContent-Type: application/pdf; name=handbook.pdf\r\n\
         Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}"
    );
    let reading = read(DocumentKind::Mail, mail.as_bytes()).await.unwrap();
    let words: Vec<_> = reading.pages[0].text.split_whitespace().collect();
    assert!(words.join(" ").contains(demo::HANDBOOK_SENTENCE));
}

#[tokio::test]
async fn a_billion_laughs_are_refused() {
    let mut laughs = String::from("<!DOCTYPE w [<!ENTITY l0 'ha'>");
    for level in 1..10 {
        let below = format!("&l{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY l{level} '{below}'>"));
    }
    laughs.push_str("]><document><p><t>&l9;</t></p></document>");
    let laughs = laughs.as_bytes();
    let documents = [
        (DocumentKind::Docx, docx_of(laughs)),
        (DocumentKind::Pptx, archive_of(&[("ppt/presentation.xml", b""), ("ppt/slides/slide1.xml", laughs)])),
        (DocumentKind::Odt, archive_of(&[("content.xml", laughs)])),
        (DocumentKind::Xlsx, archive_of(&[("xl/workbook.xml", laughs)])),
    ];
    for (kind, document) in documents {
        assert_eq!(read(kind, &document).await, Err(Unreadable::Damaged), "{kind}");
    }
}

#[tokio::test]
async fn depth_costs_nothing() {
    let nested = |open: &str, close: &str| {
        [&open.repeat(100_000), "deep", &close.repeat(100_000)].concat().into_bytes()
    };
    let html = nested("<div>", "</div>");
    let docx = docx_of(&nested("<w:t>", "</w:t>"));
    let markdown = nested("> ", "");
    let odt = archive_of(&[("content.xml", &nested("<text:p>", "</text:p>"))]);
    let rtf = [&b"{\\rtf1 "[..], &nested("{", "}"), b"}"].concat();
    let documents = [
        (DocumentKind::Html, html),
        (DocumentKind::Docx, docx),
        (DocumentKind::Markdown, markdown),
        (DocumentKind::Odt, odt),
        (DocumentKind::Rtf, rtf),
    ];
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
