//! What a backup's frames say, and the look at the whole file before anything of it is believed.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};

use super::{
    BUFFER,
    archive::{ArchiveReader, Broken, Kind},
    progress::{Step, Watch},
    sealing::{self, BackupKey, OpeningReader},
};
use crate::{
    clock::Instant,
    database::{newest_step, refuse_unknown_steps},
};

const MIB: u64 = 1024 * 1024;

/// Raised when a program of before could not read what is written.
pub(super) const FORMAT: u32 = 1;

/// The first frame.
#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    pub format: u32,
    /// The steps of the schema that the database had been through.
    pub steps: Vec<String>,
    /// The version of the program.
    pub program: String,
    pub written_at: Instant,
}

/// Before its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Column {
    pub name: String,
    pub holds: Holds,
}

/// What both databases mean by a column's type, however each of them calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holds {
    Bytes,
    Text,
    Integer,
    Flag,
}

/// Before an object's pieces, which its sum follows.
#[derive(Serialize, Deserialize)]
pub(super) struct ObjectHead {
    pub key: String,
    /// In bytes.
    pub size: u64,
}

/// How much a backup holds.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub tables: u64,
    pub rows: u64,
    pub objects: u64,
    /// Objects that rows speak of and the store did not have.
    pub missing: u64,
}

/// The file, read to its end and found whole.
pub(super) struct Contents {
    pub file: PathBuf,
    key: Option<BackupKey>,
    pub head: Head,
    pub secret: [u8; 32],
    pub counts: Counts,
}

impl Contents {
    /// # Errors
    /// In words: no backup, torn, damaged, of another key, or of a newer program.
    pub fn of(file: &Path, key: Option<&BackupKey>, watch: &mut Watch) -> anyhow::Result<Self> {
        let context = || format!("{} cannot be restored", file.display());
        let (mut head, mut secret, mut counts) = (None, None, None);
        let mut archive = open(file, key)?;
        let (mut read, length) = (0, fs::metadata(file).with_context(context)?.len());
        while let Some(frame) = archive.frame().with_context(context)? {
            read += frame.bytes.len() as u64;
            watch.look(Step::Check, read / MIB, Some(length / MIB));
            match frame.kind {
                Kind::Head => {
                    refuse_newer_format(&frame.bytes).with_context(context)?;
                    head = Some(frame.bytes);
                }
                Kind::Secret => secret = <[u8; 32]>::try_from(frame.bytes).ok(),
                Kind::Counts => counts = Some(frame.bytes),
                _ => {}
            }
        }
        let (Some(head), Some(secret), Some(counts)) = (head, secret, counts) else {
            return Err(Broken::Damaged).with_context(context);
        };
        let head: Head = serde_json::from_slice(&head).with_context(context)?;
        refuse_unknown_steps(&head.steps).with_context(context)?;
        let counts = serde_json::from_slice(&counts).with_context(context)?;
        Ok(Self { file: file.to_owned(), key: key.cloned(), head, secret, counts })
    }

    /// From its beginning.
    pub fn archive(&self) -> anyhow::Result<ArchiveReader<Box<dyn Read>>> {
        open(&self.file, self.key.as_ref())
    }

    pub fn step(&self) -> String {
        newest_step(&self.head.steps)
    }
}

/// With or without the key: a file that is not encrypted needs none.
fn open(file: &Path, key: Option<&BackupKey>) -> anyhow::Result<ArchiveReader<Box<dyn Read>>> {
    let context = || format!("{} cannot be restored", file.display());
    let opened = File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let mut bytes = BufReader::with_capacity(BUFFER, opened);
    let is_sealed = bytes.fill_buf().with_context(context)?.starts_with(sealing::MARK);
    let bytes: Box<dyn Read> = match (is_sealed, key) {
        (false, _) => Box::new(bytes),
        (true, Some(key)) => Box::new(OpeningReader::begin(bytes, key).with_context(context)?),
        (true, None) => {
            return Err(anyhow!("it is encrypted: PORTICO_BACKUP_KEY opens it")).with_context(context);
        }
    };
    ArchiveReader::open(bytes).with_context(context)
}

/// Said before anything else: whatever follows may be of kinds that are unknown here.
fn refuse_newer_format(head: &[u8]) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    match serde_json::from_slice::<Format>(head) {
        Ok(Format { format }) if format > FORMAT => bail!("it was written by a newer program: use that one"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::{archive::ArchiveWriter, progress::nobody};

    fn written(format: u32, steps: &[&str]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut archive = ArchiveWriter::begin(file.reopen().unwrap()).unwrap();
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        let written_at = Instant::from_micros(0);
        archive.json(Kind::Head, &Head { format, steps, program: "1.0".to_owned(), written_at }).unwrap();
        archive.frame(Kind::Secret, &[7; 32]).unwrap();
        archive.json(Kind::Counts, &Counts { rows: 3, ..Counts::default() }).unwrap();
        archive.end().unwrap();
        file
    }

    #[test]
    fn a_whole_file_says_what_it_holds() {
        let file = written(FORMAT, &["0001", "0010"]);
        let contents = Contents::of(file.path(), None, &mut nobody()).unwrap();
        assert_eq!((contents.secret, contents.counts.rows), ([7; 32], 3));
        assert_eq!(contents.step(), "0010");
    }

    #[test]
    fn t35_a_file_of_a_newer_program_is_refused() {
        for file in [written(FORMAT + 1, &["0001"]), written(FORMAT, &["0001", "9999"])] {
            let refused = format!("{:#}", Contents::of(file.path(), None, &mut nobody()).err().unwrap());
            assert!(refused.contains("written by a newer program"), "{refused}");
        }
    }
}
