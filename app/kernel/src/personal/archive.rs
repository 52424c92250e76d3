//! What is known of one person as a ZIP archive: a file of JSON for each module, and the bytes of what they sent. It is
//! written while it is sent.

use std::collections::VecDeque;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream, stream::BoxStream};
use portico_facts::PersonId;
use serde_json::Value;

use super::{PersonalBytes, PersonalData, PersonalObject, PersonalTable, zip::Zip};
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
