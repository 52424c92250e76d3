// Every test program is built with all of this and uses a part.
#![allow(dead_code)]

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
use portico_reading::{DocumentKind, Limits, Reader, Reading, Unreadable, demo};
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
    archive_of(&[("word/document.xml", body)])
}

pub fn archive_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn handbook_with_password() -> Vec<u8> {
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

/// Words in lower case, each with how often it stands there.
pub fn counted(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}
