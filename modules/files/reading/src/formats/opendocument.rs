use quick_xml::Reader;
use quick_xml::events::Event;

use super::archive::Archive;
use super::office_xml::push_reference;
use crate::document::Document;
use crate::gathered::Gathered;
use crate::{DocumentKind, Limits, Reading, Unreadable};

const CONTENT: &str = "content.xml";
/// Holds headers and footers; in presentations nothing but "Click to edit the title".
const STYLES: &str = "styles.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// Text, sheets and slides alike: each holds what it shows in paragraphs, cells as they are
/// formatted included (OpenDocument 1.3 part 3, sections 5.1 and 9.1.4).
pub fn read(kind: DocumentKind, document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut archive = Archive::open(document, limits)?;
    if is_encrypted(&mut archive)? {
        return Err(Unreadable::Encrypted);
    }
    if !archive.has(CONTENT) {
        return Err(Unreadable::UnknownKind);
    }
    let mut gathered = Gathered::with_room(limits.text_bytes);
    gather(&archive.inflate(CONTENT)?, &mut gathered)?;
    if kind == DocumentKind::Odt && archive.has(STYLES) {
        gathered.end_line();
        gather(&archive.inflate(STYLES)?, &mut gathered)?;
    }
    Ok(gathered.into_reading())
}

/// The manifest says how each part was encrypted (OpenDocument 1.3 part 2, section 3.4.1).
fn is_encrypted(archive: &mut Archive) -> Result<bool, Unreadable> {
    if !archive.has(MANIFEST) {
        return Ok(false);
    }
    Ok(archive.inflate(MANIFEST)?.contains("encryption-data"))
}

/// Depth costs nothing here either, see [`super::office_xml::gather`].
fn gather(xml: &str, gathered: &mut Gathered) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut paragraphs = 0_usize;
    let mut skipped = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "p" | "h" => {
                    // One stands inside another where a remark or a text box is tied to a word.
                    gathered.end_line();
                    paragraphs += 1;
                }
                name if is_skipped(name) => skipped += 1,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "s" | "tab" => gathered.end_word(),
                "line-break" => gathered.end_line(),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "p" | "h" => {
                    gathered.end_line();
                    paragraphs = paragraphs.saturating_sub(1);
                }
                name if is_skipped(name) => skipped = skipped.saturating_sub(1),
                _ => {}
            },
            Event::DocType(_) => return Err(Unreadable::Damaged),
            Event::Eof => return Ok(()),
            _ if paragraphs == 0 || skipped > 0 => {}
            Event::Text(words) => gathered.push(&words.xml10_content()),
            Event::CData(words) => gathered.push(&words.xml10_content()),
            Event::GeneralRef(name) => push_reference(&name, gathered),
            _ => {}
        }
    }
}

/// Deleted text that is still remembered, and what runs.
fn is_skipped(name: &str) -> bool {
    matches!(name, "tracked-changes" | "scripts" | "script")
}
