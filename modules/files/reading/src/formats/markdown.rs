use pulldown_cmark::{Event, Options, Parser, TagEnd};

use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable, charset};

/// The words without their marks. HTML inside Markdown is left out: pages drop it too.
pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let beginning = super::beginning_of(document, limits)?;
    let source = charset::decode(&beginning.bytes, None);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut gathered = Gathered::with_room(limits.text_bytes);
    for event in Parser::new_ext(&source, options) {
        match event {
            Event::Text(words) | Event::Code(words) => gathered.push(&words),
            Event::InlineMath(words) | Event::DisplayMath(words) => gathered.push(&words),
            Event::SoftBreak | Event::HardBreak | Event::Rule => gathered.end_line(),
            Event::End(end) => leave(&mut gathered, end),
            Event::Start(_) | Event::Html(_) | Event::InlineHtml(_) => {}
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    let truncated = gathered.is_truncated() || beginning.is_cut;
    Ok(Reading::unpaged(gathered.into_text(), truncated))
}

fn leave(gathered: &mut Gathered, end: TagEnd) {
    match end {
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
        TagEnd::TableCell => gathered.end_word(),
        _ => gathered.end_line(),
    }
}
