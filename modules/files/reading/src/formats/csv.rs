use csv::{ReaderBuilder, StringRecord};

use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable, charset};

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Cells apart by a space, rows by a line break.
pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let beginning = super::beginning_of(document, limits)?;
    let table = charset::decode(&beginning.bytes, None);
    let mut rows = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator_of(&table))
        .from_reader(table.as_bytes());
    let mut gathered = Gathered::with_room(limits.text_bytes);
    let mut row = StringRecord::new();
    while rows.read_record(&mut row).map_err(|_| Unreadable::Damaged)? {
        for cell in &row {
            gathered.push(cell);
            gathered.end_word();
        }
        gathered.end_line();
    }
    let truncated = gathered.is_truncated() || beginning.is_cut;
    Ok(Reading::unpaged(gathered.into_text(), truncated))
}

/// The commonest candidate of the first line; spreadsheets write semicolons where the comma is
/// the decimal sign.
fn separator_of(table: &str) -> u8 {
    let first_line = table.lines().next().unwrap_or_default();
    let count = |separator: &u8| first_line.bytes().filter(|byte| byte == separator).count();
    SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}
