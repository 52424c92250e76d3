use std::io::Read;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::html;
use crate::document::Document;
use crate::gathered::Gathered;
use crate::{DocumentKind, Limits, Reading, Unreadable, kind_of};

/// A mail with more than this is a list of files.
const ATTACHMENTS: usize = 100;

/// Who wrote what to whom, the body as a reader's program shows it, and what is attached: each by
/// its name and, where its kind has a reader, by its words. One that cannot be read is passed over.
pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let source = source(document, limits)?;
    let mail = MessageParser::default().parse(&source).ok_or(Unreadable::Damaged)?;
    let mut gathered = Gathered::with_room(limits.text_bytes);
    let mut attachments = ATTACHMENTS;
    // Mails within mails wait here instead of on the stack.
    let mut waiting = vec![&mail];
    while let Some(message) = waiting.pop() {
        gather_heading(message, &mut gathered);
        for part in message.html_bodies() {
            gather_body(part, &mut gathered);
        }
        for part in message.attachments().take(attachments) {
            attachments -= 1;
            match &part.body {
                PartType::Message(inner) => waiting.push(inner),
                _ => gather_attachment(part, limits, &mut gathered),
            }
        }
    }
    Ok(gathered.into_reading())
}

/// All of it: a parser of mails takes nothing less.
pub fn source(document: Document, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    let mut source = Vec::new();
    let most = limits.inflated_bytes;
    document.take(most + 1).read_to_end(&mut source).map_err(super::failure)?;
    match source.len() as u64 > most {
        true => Err(Unreadable::TooLarge),
        false => Ok(source),
    }
}

fn gather_heading(message: &Message<'_>, gathered: &mut Gathered) {
    gathered.push(message.subject().unwrap_or_default());
    gathered.end_line();
    for address in [message.from(), message.to(), message.cc()].into_iter().flatten() {
        gather_people(address, gathered);
        gathered.end_line();
    }
}

fn gather_people(address: &Address<'_>, gathered: &mut Gathered) {
    for person in address.iter() {
        for words in [&person.name, &person.address].into_iter().flatten() {
            gathered.push(words);
            gathered.end_word();
        }
    }
}

fn gather_body(part: &MessagePart<'_>, gathered: &mut Gathered) {
    match &part.body {
        PartType::Html(page) => html::gather(page, gathered),
        PartType::Text(text) => gathered.push(text),
        _ => {}
    }
    gathered.end_line();
}

fn gather_attachment(part: &MessagePart<'_>, limits: &Limits, gathered: &mut Gathered) {
    let name = part.attachment_name().unwrap_or_default();
    gathered.push(name);
    gathered.end_line();
    let bytes = part.contents();
    // One that is itself a mail, and was not attached as one, is known by its name: reading it
    // here would make depth cost something.
    let Some(kind) = kind_of(bytes, name).filter(|kind| *kind != DocumentKind::Mail) else { return };
    let limits = Limits { text_bytes: gathered.room_left(), ..*limits };
    if let Ok(reading) = super::read(kind, Document::attachment(bytes), &limits) {
        gathered.push(&reading.text());
        gathered.end_line();
    }
}
