use super::archive::Archive;
use super::office_xml;
use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable};

/// The parts of WordprocessingML that hold text for people (ECMA-376 part 1, section 11.3), body
/// first.
const PARTS: [&str; 6] = ["document", "header", "footer", "footnotes", "endnotes", "comments"];

pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut archive = Archive::open(document, limits)?;
    let parts = archive.names_by(|name| {
        let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
        let stem = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        Some((PARTS.iter().position(|known| *known == stem)?, part.to_owned()))
    });
    if parts.is_empty() {
        return Err(Unreadable::UnknownKind);
    }
    let mut gathered = Gathered::with_room(limits.text_bytes);
    for part in parts {
        office_xml::gather(&archive.inflate(&part)?, &mut gathered)?;
        gathered.end_line();
    }
    Ok(gathered.into_reading())
}
