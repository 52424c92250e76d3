//! What is known of one person as a ZIP archive: a file of JSON for each module, and the bytes of what they sent. It is
//! written while it is sent, so that sums and lengths stand after each file (PKWARE's APPNOTE 6.3.10, 4.3.9).

use std::collections::VecDeque;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream, stream::BoxStream};
use portico_facts::PersonId;
use serde_json::Value;

use super::{PersonalBytes, PersonalData, PersonalObject, PersonalTable};
use crate::{error::Result, guard::Staff, registry::Registry, transaction::Tx};

/// Rows of one piece.
const PAGE: i64 = 500;

impl Registry {
    /// # Errors
    /// The database's.
    pub fn personal_objects(&self, tx: &mut Tx, person: PersonId) -> Result<Vec<PersonalObject>> {
        let mut objects = Vec::new();
        for data in self.personal_data() {
            objects.extend((data.objects)(tx, person)?);
        }
        Ok(objects)
    }
}

impl Staff {
    /// In pieces, as it is asked for.
    pub fn personal_archive(
        &self,
        person: PersonId,
        objects: Vec<PersonalObject>,
    ) -> impl Stream<Item = Result<Vec<u8>>> + Send + use<> {
        let rows = self.kernel().registry().personal_data().iter().map(Part::of_rows);
        let mut parts: VecDeque<Part> = rows.collect();
        let numbered = (1_usize..).zip(objects);
        parts.extend(numbered.map(|(number, object)| {
            let path = format!("files/{number:04}-{}", as_one_name(&object.name));
            Part::File { path, bytes: object.bytes }
        }));
        let archive =
            Archive { staff: self.clone(), person, parts, zip: Zip::default(), open: None, has_ended: false };
        stream::try_unfold(archive, Archive::next)
    }
}

enum Part {
    Rows { path: String, tables: Vec<PersonalTable> },
    File { path: String, bytes: PersonalBytes },
}

impl Part {
    fn of_rows(data: &PersonalData) -> Self {
        let tables = data.tables.iter().filter(|table| !table.shown.is_empty()).copied().collect();
        Self::Rows { path: format!("{}.json", data.name), tables }
    }
}

/// The file that is being written.
enum Open {
    Rows { tables: Vec<PersonalTable>, place: usize, from: i64 },
    Object(BoxStream<'static, Result<Bytes>>),
}

struct Archive {
    staff: Staff,
    person: PersonId,
    parts: VecDeque<Part>,
    zip: Zip,
    open: Option<Open>,
    has_ended: bool,
}

impl Archive {
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>> {
        let piece = match self.open.take() {
            Some(Open::Rows { tables, place, from }) => self.rows(tables, place, from).await?,
            Some(Open::Object(mut bytes)) => match bytes.next().await {
                Some(some) => {
                    let piece = self.zip.add(some?.to_vec());
                    self.open = Some(Open::Object(bytes));
                    piece
                }
                None => self.zip.finish(),
            },
            None => match self.parts.pop_front() {
                Some(part) => self.begin(part).await?,
                None if self.has_ended => return Ok(None),
                None => {
                    self.has_ended = true;
                    self.zip.end()
                }
            },
        };
        Ok(Some((piece, self)))
    }

    async fn begin(&mut self, part: Part) -> Result<Vec<u8>> {
        let (path, open) = match part {
            Part::Rows { path, tables } => (path, Open::Rows { tables, place: 0, from: 0 }),
            Part::File { path, bytes: PersonalBytes::Stored { size: 0, .. } } => {
                (path, Open::Object(stream::empty().boxed()))
            }
            Part::File { path, bytes: PersonalBytes::Stored { key, size } } => {
                let kernel = self.staff.kernel().clone();
                match kernel.objects().read(&key, 0..size).await {
                    Ok(stored) => (path, Open::Object(stored.bytes)),
                    // The rows say that it was there; the rest is still good.
                    Err(error) => {
                        tracing::error!(%error, "a file of a person is not there");
                        return Ok(Vec::new());
                    }
                }
            }
            Part::File { path, bytes: PersonalBytes::Row(read) } => {
                let bytes = Bytes::from(self.staff.read(read).await?);
                (path, Open::Object(stream::iter([Ok(bytes)]).boxed()))
            }
        };
        self.open = Some(open);
        Ok(self.zip.begin(path))
    }

    async fn rows(&mut self, tables: Vec<PersonalTable>, place: usize, from: i64) -> Result<Vec<u8>> {
        let Some(table) = tables.get(place).copied() else {
            let end = if tables.is_empty() { "{}\n" } else { "\n}\n" };
            let mut piece = self.zip.add(end.into());
            piece.extend(self.zip.finish());
            return Ok(piece);
        };
        let person = self.person;
        let (rows, next) = self.staff.read(move |tx| table.read(tx, person, from, PAGE)).await?;
        let is_last = i64::try_from(rows.len()).unwrap_or(PAGE) < PAGE;
        let text = page(table.table, place == 0, from == 0, &rows, is_last);
        let (place, from) = if is_last { (place + 1, 0) } else { (place, next) };
        self.open = Some(Open::Rows { tables, place, from });
        Ok(self.zip.add(text.into_bytes()))
    }
}

/// A part of `{"table":[row,row],"table":[]}`, a row to a line.
fn page(table: &str, is_first_table: bool, is_first_page: bool, rows: &[Value], is_last: bool) -> String {
    let mut text = String::new();
    if is_first_page {
        text.push_str(if is_first_table { "{" } else { "," });
        text.push_str(&format!("\n\"{table}\": ["));
    }
    for (place, row) in rows.iter().enumerate() {
        text.push_str(if is_first_page && place == 0 { "\n  " } else { ",\n  " });
        text.push_str(&row.to_string());
    }
    if is_last {
        text.push_str("\n]");
    }
    text
}

/// A name is data and never a path (T11).
fn as_one_name(name: &str) -> String {
    let is_plain = |letter: char| !letter.is_control() && !"/\\:*?\"<>|".contains(letter);
    name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect()
}

const FULL_32: u64 = u32::MAX as u64;
/// Sums and lengths come after the file; names are UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
const NEEDS_ZIP64: u16 = 45;
/// The first day that the format knows: when each file was written says nothing about the person.
const FIRST_DAY: u16 = 1 << 5 | 1;

/// Files that are stored as they are, in a format with lengths of 64 bits.
#[derive(Default)]
struct Zip {
    offset: u64,
    begun_at: u64,
    path: String,
    size: u64,
    sum: crc32fast::Hasher,
    directory: Vec<u8>,
    entries: u64,
}

impl Zip {
    fn begin(&mut self, path: String) -> Vec<u8> {
        (self.begun_at, self.size, self.sum) = (self.offset, 0, crc32fast::Hasher::new());
        let mut header = Vec::new();
        put32(&mut header, &[0x0403_4b50]);
        put16(&mut header, &[NEEDS_ZIP64, FLAGS, 0, 0, FIRST_DAY]);
        put32(&mut header, &[0, u32::MAX, u32::MAX]);
        put16(&mut header, &[length(&path), 20]);
        header.extend_from_slice(path.as_bytes());
        put16(&mut header, &[1, 16]);
        put64(&mut header, &[0, 0]);
        self.path = path;
        self.offset += header.len() as u64;
        header
    }

    fn add(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        self.sum.update(&bytes);
        self.size += bytes.len() as u64;
        self.offset += bytes.len() as u64;
        bytes
    }

    fn finish(&mut self) -> Vec<u8> {
        let sum = std::mem::take(&mut self.sum).finalize();
        let mut after = Vec::new();
        put32(&mut after, &[0x0807_4b50, sum]);
        put64(&mut after, &[self.size, self.size]);
        self.offset += after.len() as u64;
        let directory = &mut self.directory;
        put32(directory, &[0x0201_4b50]);
        put16(directory, &[NEEDS_ZIP64, NEEDS_ZIP64, FLAGS, 0, 0, FIRST_DAY]);
        put32(directory, &[sum, u32::MAX, u32::MAX]);
        put16(directory, &[length(&self.path), 28, 0, 0, 0]);
        put32(directory, &[0, u32::MAX]);
        directory.extend_from_slice(self.path.as_bytes());
        put16(directory, &[1, 24]);
        put64(directory, &[self.size, self.size, self.begun_at]);
        self.entries += 1;
        after
    }

    fn end(&mut self) -> Vec<u8> {
        let mut end = std::mem::take(&mut self.directory);
        let size = end.len() as u64;
        let place = self.offset + size;
        put32(&mut end, &[0x0606_4b50]);
        put64(&mut end, &[44]);
        put16(&mut end, &[NEEDS_ZIP64, NEEDS_ZIP64]);
        put32(&mut end, &[0, 0]);
        put64(&mut end, &[self.entries, self.entries, size, self.offset]);
        put32(&mut end, &[0x0706_4b50, 0]);
        put64(&mut end, &[place]);
        put32(&mut end, &[1, 0x0605_4b50]);
        let entries = u16::try_from(self.entries).unwrap_or(u16::MAX);
        put16(&mut end, &[0, 0, entries, entries]);
        put32(&mut end, &[short(size), short(self.offset)]);
        put16(&mut end, &[0]);
        end
    }
}

fn put16(record: &mut Vec<u8>, values: &[u16]) {
    record.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn put32(record: &mut Vec<u8>, values: &[u32]) {
    record.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn put64(record: &mut Vec<u8>, values: &[u64]) {
    record.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn short(value: u64) -> u32 {
    u32::try_from(value.min(FULL_32)).unwrap_or(u32::MAX)
}

/// Names of files have at most a few hundred bytes.
fn length(path: &str) -> u16 {
    u16::try_from(path.len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pages_of_tables_are_one_json_together() {
        let rows = [json!({ "a": 1 }), json!({ "a": 2 })];
        let text = [
            page("grants", true, true, &rows, false),
            page("grants", true, false, &rows[..1], true),
            page("sessions", false, true, &[], true),
        ];
        let read: Value = serde_json::from_str(&format!("{}\n}}\n", text.concat())).unwrap();
        assert_eq!(read, json!({ "grants": [{ "a": 1 }, { "a": 2 }, { "a": 1 }], "sessions": [] }));
    }

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(as_one_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(as_one_name("C:\\a\0b"), "C__a_b");
        assert_eq!(as_one_name("Été.pdf"), "Été.pdf");
    }
}
