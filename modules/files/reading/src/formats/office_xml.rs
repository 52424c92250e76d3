use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

use crate::Unreadable;
use crate::gathered::Gathered;

/// The words of one part of a Word, PowerPoint or Excel file. What a person typed stands in
/// elements named `t` in all of their vocabularies, within paragraphs named `p` (ECMA-376 part 1,
/// sections 17.3.3.31, 21.1.2.3.11 and 18.4.12).
///
/// One event at a time, without a stack of open elements: depth costs nothing. Entities are never
/// expanded, and a document type, which these files must not have (ECMA-376 part 2, section 8.1.4),
/// ends the reading.
pub fn gather(xml: &str, gathered: &mut Gathered) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut inside_text = false;
    let mut fallbacks = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => inside_text = true,
                "Fallback" => fallbacks += 1,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => gathered.end_word(),
                "br" | "cr" => gathered.end_line(),
                "noBreakHyphen" => gathered.push("-"),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => inside_text = false,
                // `comment` of a sheet has runs without a paragraph around them.
                "p" | "comment" => gathered.end_line(),
                "Fallback" => fallbacks = fallbacks.saturating_sub(1),
                _ => {}
            },
            Event::DocType(_) => return Err(Unreadable::Damaged),
            Event::Eof => return Ok(()),
            // The fallback of a drawing repeats its words for older programs.
            _ if !inside_text || fallbacks > 0 => {}
            Event::Text(words) => gathered.push(&words.xml10_content()),
            Event::CData(words) => gathered.push(&words.xml10_content()),
            Event::GeneralRef(name) => push_reference(&name, gathered),
            _ => {}
        }
    }
}

/// The five names of XML itself and numbered characters; a name that only a document type could
/// have defined stands for nothing.
pub fn push_reference(name: &BytesRef<'_>, gathered: &mut Gathered) {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        gathered.push(letter.encode_utf8(&mut [0; 4]));
    } else if let Some(known) = resolve_xml_entity(name) {
        gathered.push(known);
    }
}
