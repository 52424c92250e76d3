//! One ZIP file of many papers, written while it is sent. In memory are one paper at a time, and the list of names that
//! stands at the file's end.

use std::{
    collections::HashSet,
    io::{self, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::Date;
use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

pub struct Archive {
    writer: ZipWriter<StreamWriter<Written>>,
    written: Written,
    /// In small letters: on many machines these are the same.
    names: HashSet<String>,
}

/// What is written and not yet sent.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    pub fn new() -> Self {
        let written = Written::default();
        Self { writer: ZipWriter::new_stream(written.clone()), written, names: HashSet::new() }
    }

    /// Returns what can be sent by now.
    ///
    /// # Errors
    /// Of the format's own limits: memory takes every write.
    pub fn add(&mut self, title: &str, day: Date, paper: &[u8]) -> io::Result<Vec<u8>> {
        let name = self.name_for(title);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(midnight(day));
        self.writer.start_file(name, options)?;
        self.writer.write_all(paper)?;
        Ok(self.written.take())
    }

    /// Returns the rest.
    ///
    /// # Errors
    /// As above.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.writer.finish()?;
        Ok(self.written.take())
    }

    fn name_for(&mut self, title: &str) -> String {
        let title = safe(title);
        let names = (1..).map(|count| match count {
            1 => format!("{title}.pdf"),
            _ => format!("{title} ({count}).pdf"),
        });
        let mut unused = names.filter(|name| self.names.insert(name.to_lowercase()));
        unused.next().expect("one of all numbers is unused")
    }
}

/// Letters and digits of any script, and what no file system minds; a name that is no path (T11).
fn safe(title: &str) -> String {
    let is_safe = |letter: char| letter.is_alphanumeric() || " -_.()#".contains(letter);
    title.chars().map(|letter| if is_safe(letter) { letter } else { '-' }).collect()
}

/// Before 1980, which the format does not know, its first day.
fn midnight(day: Date) -> DateTime {
    let part = |value: i8| value.unsigned_abs();
    DateTime::from_date_and_time(day.year().unsigned_abs(), part(day.month()), part(day.day()), 0, 0, 0)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use jiff::civil::date;
    use zip::ZipArchive;

    use super::*;

    #[test]
    fn what_was_sent_in_pieces_is_one_archive_with_safe_names() {
        let papers = [
            ("Invoice R/1", "Invoice R-1.pdf"),
            ("Invoice R-1", "Invoice R-1 (2).pdf"),
            ("invoice r-1", "invoice r-1 (3).pdf"),
            ("../..\\x:\u{202e}\0", "..-..-x---.pdf"),
            ("Facture Élan 7", "Facture Élan 7.pdf"),
        ];
        let mut archive = Archive::new();
        let mut sent = Vec::new();
        for (place, (title, _)) in papers.iter().enumerate() {
            let piece =
                archive.add(title, date(2026, 11, 27), &vec![place as u8; 1_000 * place]).expect("memory");
            sent.extend(piece);
        }
        sent.extend(archive.finish().expect("memory"));
        let mut read = ZipArchive::new(Cursor::new(sent)).expect("an archive");
        assert_eq!(read.len(), papers.len());
        for (place, (_, name)) in papers.iter().enumerate() {
            let mut entry = read.by_index(place).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("whole");
            assert_eq!((&*entry.name().expect("UTF-8"), bytes.len()), (*name, 1_000 * place));
            assert!(bytes.iter().all(|byte| *byte == place as u8));
        }
    }

    #[test]
    fn nothing_is_an_archive_too() {
        let empty = Archive::new().finish().expect("memory");
        assert_eq!(ZipArchive::new(Cursor::new(empty)).expect("an archive").len(), 0);
    }
}
