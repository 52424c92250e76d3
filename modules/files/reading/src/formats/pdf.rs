use std::io::Read;

use lopdf::{Document, Error, LoadOptions};

use super::pdf_by_poppler;
use crate::document::Document as Source;
use crate::gathered::Gathered;
use crate::{Limits, PageText, Reading, Unreadable};

/// What a page costs in the answer besides its text, so that a million empty pages are a limit too.
const PAGE_BYTES: u64 = 32;

/// With `pdftotext` where it is installed, which reads far more of the world's PDFs; with lopdf
/// elsewhere.
pub fn read(document: Source, limits: &Limits) -> Result<Reading, Unreadable> {
    match pdf_by_poppler::read(&document, limits) {
        Some(reading) => reading,
        None => read_without_poppler(document, limits),
    }
}

pub fn read_without_poppler(mut document: Source, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut bytes = Vec::new();
    document.read_to_end(&mut bytes).map_err(super::failure)?;
    let inflated = usize::try_from(limits.inflated_bytes).unwrap_or(usize::MAX);
    let options = LoadOptions::with_max_decompressed_size(inflated);
    let document = Document::load_mem_with_options(&bytes, options).map_err(cause_of)?;
    drop(bytes);
    // Left encrypted only when the empty password, which opens most such documents, does not fit.
    if document.is_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    let mut pages = Pages::with_room(limits.text_bytes);
    for number in document.get_pages().into_keys() {
        // A page that cannot be read leaves the others readable.
        let text = document.extract_text(&[number]).unwrap_or_default();
        if !pages.push(&text) {
            break;
        }
    }
    Ok(pages.into_reading())
}

fn cause_of(error: Error) -> Unreadable {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

/// Pages in order, from number 1, sharing one room for their text.
pub struct Pages {
    pages: Vec<PageText>,
    room: u64,
    truncated: bool,
}

impl Pages {
    pub fn with_room(bytes: u64) -> Self {
        Self { pages: Vec::new(), room: bytes, truncated: false }
    }

    /// Whether there is room for another page.
    pub fn push(&mut self, page: &str) -> bool {
        let Some(room) = self.room.checked_sub(PAGE_BYTES) else {
            self.truncated = true;
            return false;
        };
        let mut gathered = Gathered::with_room(room);
        gathered.push(page);
        self.truncated = gathered.is_truncated();
        self.room = room - gathered.len() as u64;
        let number = u32::try_from(self.pages.len() + 1).ok();
        self.pages.push(PageText { number, text: gathered.into_text() });
        !self.truncated
    }

    pub fn into_reading(self) -> Reading {
        Reading { pages: self.pages, truncated: self.truncated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    fn read_alone(bytes: &[u8], limits: &Limits) -> Result<Reading, Unreadable> {
        read_without_poppler(Source::attachment(bytes), limits)
    }

    #[test]
    fn without_poppler_every_page_is_read_with_its_number() {
        let reading = read_alone(&demo::handbook_pdf(), &Limits::default()).unwrap();
        assert_eq!(reading.pages.len(), 40);
        let seventh = &reading.pages[6];
        assert_eq!(seventh.number, Some(7));
        // Without knowing where words stand on the page, lines may end anywhere.
        let words: Vec<&str> = seventh.text.split_whitespace().collect();
        assert!(words.join(" ").contains(demo::HANDBOOK_SENTENCE), "{words:?}");
    }

    #[test]
    fn without_poppler_rubbish_is_damage() {
        let unreadable = read_alone(b"%PDF-1.7 and nothing else", &Limits::default());
        assert_eq!(unreadable, Err(Unreadable::Damaged));
    }

    #[test]
    fn pages_share_one_room() {
        let mut pages = Pages::with_room(2 * PAGE_BYTES + 6);
        assert!(pages.push("one"));
        assert!(!pages.push("four"));
        let reading = pages.into_reading();
        assert!(reading.truncated);
        // Three bytes are left, one of them set aside for a gap.
        assert_eq!(reading.pages[1].text, "fo");
    }
}
