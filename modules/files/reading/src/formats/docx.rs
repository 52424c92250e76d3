use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::gathered::Gathered;
use crate::opening::Opening;
use crate::{Limits, Reading, Unreadable, charset};

/// Word writes a few dozen parts and one per picture.
const ENTRIES: usize = 10_000;

/// The parts of WordprocessingML that hold text for people (ECMA-376 part 1, section 11.3), body
/// first.
const PARTS: [&str; 6] = ["document", "header", "footer", "footnotes", "endnotes", "comments"];

pub fn read(mut document: File, limits: &Limits) -> Result<Reading, Unreadable> {
    if is_compound_file(&mut document)? {
        return Err(why_not_a_zip(document));
    }
    let mut archive = ZipArchive::new(BufReader::new(document)).map_err(archive_failure)?;
    if archive.len() > ENTRIES {
        return Err(Unreadable::TooLarge);
    }
    let mut inflatable = limits.inflated_bytes;
    let mut gathered = Gathered::with_room(limits.text_bytes);
    let parts = parts_with_text(&archive);
    if parts.is_empty() {
        return Err(Unreadable::UnknownKind);
    }
    for part in parts {
        let xml = inflate(&mut archive, &part, &mut inflatable)?;
        gather(&charset::decode(&xml, None), &mut gathered)?;
        gathered.end_line();
    }
    let truncated = gathered.is_truncated();
    Ok(Reading::unpaged(gathered.into_text(), truncated))
}

fn is_compound_file(document: &mut File) -> Result<bool, Unreadable> {
    let mut first = Vec::new();
    document.take(8).read_to_end(&mut first).map_err(super::failure)?;
    document.seek(SeekFrom::Start(0)).map_err(super::failure)?;
    Ok(Opening::of(&first).is_compound_file())
}

/// A password wraps the whole archive into a stream of this name (MS-OFFCRYPTO, section 2.3.4.4).
fn why_not_a_zip(mut document: File) -> Unreadable {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = Vec::new();
    match document.read_to_end(&mut bytes) {
        Ok(_) if bytes.windows(name.len()).any(|window| window == name) => Unreadable::Encrypted,
        Ok(_) => Unreadable::Damaged,
        Err(error) => super::failure(error),
    }
}

fn parts_with_text(archive: &ZipArchive<BufReader<File>>) -> Vec<String> {
    let place = |name: &str| {
        let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
        let stem = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        PARTS.iter().position(|known| *known == stem)
    };
    let mut parts: Vec<(usize, &str)> =
        archive.file_names().filter_map(|name| Some((place(name)?, name))).collect();
    parts.sort_unstable();
    parts.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// Counts what really comes out: the sizes an archive states are as hostile as the rest of it.
fn inflate(
    archive: &mut ZipArchive<BufReader<File>>,
    part: &str,
    inflatable: &mut u64,
) -> Result<Vec<u8>, Unreadable> {
    let entry = archive.by_name(part).map_err(archive_failure)?;
    let mut xml = Vec::new();
    entry.take(*inflatable + 1).read_to_end(&mut xml).map_err(super::failure)?;
    *inflatable = inflatable.checked_sub(xml.len() as u64).ok_or(Unreadable::TooLarge)?;
    Ok(xml)
}

fn archive_failure(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

/// One event at a time, without a stack of open elements: depth costs nothing. Entities are never
/// expanded, and a document type, which these files must not have (ECMA-376 part 2, section 8.1.4),
/// ends the reading.
fn gather(xml: &str, gathered: &mut Gathered) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut inside_text = false;
    let mut fallbacks = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"t" => inside_text = true,
                b"Fallback" => fallbacks += 1,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                b"tab" => gathered.end_word(),
                b"br" | b"cr" => gathered.end_line(),
                b"noBreakHyphen" => gathered.push("-"),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                b"t" => inside_text = false,
                b"p" => gathered.end_line(),
                b"Fallback" => fallbacks = fallbacks.saturating_sub(1),
                _ => {}
            },
            Event::DocType(_) => return Err(Unreadable::Damaged),
            Event::Eof => return Ok(()),
            // The fallback of a drawing repeats its words for older programs.
            _ if !inside_text || fallbacks > 0 => {}
            Event::Text(words) => gathered.push(&words.decode().map_err(|_| Unreadable::Damaged)?),
            Event::CData(words) => gathered.push(&words.decode().map_err(|_| Unreadable::Damaged)?),
            Event::GeneralRef(name) => push_reference(&name, gathered),
            _ => {}
        }
    }
}

/// The five names of XML itself and numbered characters; a name that only a document type could
/// have defined stands for nothing.
fn push_reference(name: &BytesRef<'_>, gathered: &mut Gathered) {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        gathered.push(letter.encode_utf8(&mut [0; 4]));
    } else if let Some(known) = name.decode().ok().and_then(|name| resolve_xml_entity(&name)) {
        gathered.push(known);
    }
}
