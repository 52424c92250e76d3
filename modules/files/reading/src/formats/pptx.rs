use super::archive::{Archive, number_in};
use super::office_xml;
use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable};

/// Slides in their order, then what speakers note beneath them and what diagrams say. Layouts and
/// masters hold nothing but "Click to add a title".
const PARTS: [&str; 4] = ["slides/slide", "notesSlides/notesSlide", "diagrams/data", "comments/comment"];

pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut archive = Archive::open(document, limits)?;
    let parts = archive.names_by(|name| {
        let part = name.strip_prefix("ppt/")?.strip_suffix(".xml")?;
        Some((PARTS.iter().position(|known| part.starts_with(known))?, number_in(part)))
    });
    if !archive.has("ppt/presentation.xml") {
        return Err(Unreadable::UnknownKind);
    }
    let mut gathered = Gathered::with_room(limits.text_bytes);
    for part in parts {
        office_xml::gather(&archive.inflate(&part)?, &mut gathered)?;
        gathered.end_line();
    }
    Ok(gathered.into_reading())
}
