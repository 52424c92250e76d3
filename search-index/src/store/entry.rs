//! A document as tantivy keeps it: a run of parts.

use tantivy::schema::Value;
use tantivy::{TantivyDocument, Term};

use super::schema::{Fields, TextFields, audience_term};
use crate::text::{Detection, Languages, indexed_words};
use crate::{Document, DocumentId};

/// Bytes of text in one part. A snippet reads one part, so this bounds what a
/// hit costs however long the page is.
const PART: usize = 6_000;

/// Words of a name that are compared.
const LONGEST_NAME: usize = 20;

/// The first tantivy document of the run, then the others.
pub(super) fn parts(fields: &Fields, detection: &Detection, document: &Document) -> Vec<TantivyDocument> {
    let languages = languages(detection, document);
    let mut texts: Vec<(Option<u32>, &str)> = Vec::new();
    for page in &document.pages {
        texts.extend(pieces(&page.text).into_iter().map(|piece| (page.number, piece)));
    }
    if texts.is_empty() {
        texts.push((None, ""));
    }
    let mut parts: Vec<TantivyDocument> = texts
        .into_iter()
        .enumerate()
        .map(|(place, (page, text))| {
            let mut part = part(fields, document, place, page);
            add_text(&mut part, fields.body, languages, text);
            part
        })
        .collect();
    describe(fields, document, &mut parts[0]);
    parts
}

pub(super) fn id_term(fields: &Fields, id: DocumentId) -> Term {
    Term::from_field_bytes(fields.id, &id.0)
}

/// Of the document as a whole, so that a page of names in it follows the others.
fn languages(detection: &Detection, document: &Document) -> Languages {
    let longest = document.pages.iter().max_by_key(|page| page.text.len());
    longest.map_or(Languages::Each, |page| detection.of(&page.text))
}

fn part(fields: &Fields, document: &Document, place: usize, page: Option<u32>) -> TantivyDocument {
    let mut part = TantivyDocument::default();
    part.add_bytes(fields.id, &document.id.0);
    part.add_u64(fields.place, place as u64);
    part.add_i64(fields.changed, document.changed);
    part.add_u64(fields.tie, tie(document.id));
    if let Some(page) = page {
        part.add_u64(fields.page, u64::from(page));
    }
    part
}

fn add_text(part: &mut TantivyDocument, fields: TextFields, languages: Languages, text: &str) {
    for field in [fields.whole, fields.stems.of(languages), fields.heads] {
        part.add_text(field, text);
    }
}

fn describe(fields: &Fields, document: &Document, part: &mut TantivyDocument) {
    for audience in &document.audience {
        let term = audience_term(fields.audience, document.organization, *audience);
        part.add_bytes(fields.audience, term.serialized_value_bytes());
    }
    if let Some(portal) = document.portal {
        part.add_bytes(fields.portal, &portal);
    }
    part.add_text(fields.kind, &document.kind);
    if let Some(author) = &document.author {
        part.add_bytes(fields.author, author);
    }
    // A name is too short to tell its language, and often in another one than the text.
    add_text(part, fields.title, Languages::Each, &document.title);
    for name in names(&document.title) {
        part.add_text(fields.name, &name);
    }
}

/// "Brand handbook.pdf" is also called "Brand handbook".
fn names(title: &str) -> Vec<String> {
    let without_ending = title.rsplit_once('.').map(|(name, _)| name);
    let mut names: Vec<String> = [Some(title), without_ending].into_iter().flatten().map(name_of).collect();
    names.retain(|name| !name.is_empty());
    names
}

/// The words of a name as one term, spelled so that its case and accents do not matter.
pub(crate) fn name_of(title: &str) -> String {
    let words = indexed_words(title).into_iter().map(|word| word.text);
    words.take(LONGEST_NAME).collect::<Vec<_>>().join(" ")
}

/// The later half of the id: the random one in a version 7 UUID.
fn tie(id: DocumentId) -> u64 {
    id.0[8..].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Cuts after white space where there is some within reach, else between two
/// characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PART {
        let end = rest.floor_char_boundary(PART);
        let reach = rest.floor_char_boundary(PART - PART / 10);
        let cut = rest[reach..end].rfind(char::is_whitespace).map_or(end, |space| reach + space);
        let (piece, others) = rest.split_at(cut);
        pieces.push(piece);
        rest = others;
    }
    pieces.push(rest);
    pieces
}

/// What a hit shows, read back from one part.
pub(crate) struct Stored {
    pub title: String,
    pub kind: String,
    pub portal: Option<[u8; 16]>,
    pub author: Option<[u8; 16]>,
    pub page: Option<u32>,
    pub text: String,
}

impl Stored {
    pub fn read(fields: &Fields, part: &TantivyDocument) -> Stored {
        let text = |field| {
            let value = part.get_first(field).and_then(|value| value.as_str());
            value.unwrap_or_default().to_owned()
        };
        Stored {
            title: text(fields.title.whole),
            kind: text(fields.kind),
            portal: key(part, fields.portal),
            author: key(part, fields.author),
            page: part
                .get_first(fields.page)
                .and_then(|value| value.as_u64())
                .and_then(|page| u32::try_from(page).ok()),
            text: text(fields.body.whole),
        }
    }
}

pub(crate) fn id_of(fields: &Fields, part: &TantivyDocument) -> Option<DocumentId> {
    key(part, fields.id).map(DocumentId)
}

fn key(part: &TantivyDocument, field: tantivy::schema::Field) -> Option<[u8; 16]> {
    part.get_first(field).and_then(|value| value.as_bytes().and_then(|bytes| bytes.try_into().ok()))
}

#[cfg(test)]
mod tests {
    use super::{PART, pieces};

    #[test]
    fn a_long_page_is_cut_between_words_and_nothing_is_lost() {
        let text = "word ".repeat(3_000);
        let pieces = pieces(&text);
        assert_eq!(pieces.concat(), text);
        assert!(pieces.iter().all(|piece| piece.len() <= PART));
        assert!(pieces[1..].iter().all(|piece| piece.starts_with(" word")));
    }

    #[test]
    fn a_page_without_spaces_is_cut_between_characters() {
        let text = "語".repeat(5_000);
        assert_eq!(pieces(&text).concat(), text);
    }
}
