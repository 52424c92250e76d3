// Every test program is built with all of this and uses a part.
#![allow(dead_code)]

use std::io::{Cursor, Write};
use std::path::PathBuf;

use portico_reading::{DocumentKind, Limits, Reader, Reading, Unreadable};
use tempfile::NamedTempFile;

pub const CHILD: &str = env!("CARGO_BIN_EXE_read-document");

/// One of the badly behaved programs in `tests/children`.
pub fn child(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "children", name].iter().collect()
}

pub fn file_of(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

pub async fn read_within(limits: Limits, kind: DocumentKind, bytes: &[u8]) -> Result<Reading, Unreadable> {
    Reader::new(CHILD, limits).read(kind, file_of(bytes).path()).await
}

pub async fn read(kind: DocumentKind, bytes: &[u8]) -> Result<Reading, Unreadable> {
    read_within(Limits::default(), kind, bytes).await
}

/// An archive with one part, as Word names its body.
pub fn docx_of(body: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("word/document.xml", options).unwrap();
    archive.write_all(body).unwrap();
    archive.finish().unwrap().into_inner()
}
