//! What a backup's frames say, and the look at the whole file before anything of it is believed.

use std::{
    fmt,
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::PathBuf,
};

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};

use super::{
    BUFFER,
    archive::{ArchiveReader, Broken, Frames, Kind},
    progress::{Step, Watch},
    sealing::{self, BackupKey, OpeningReader},
    stored::Stored,
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

/// Where a backup lies.
pub(super) enum Source {
    File(PathBuf),
    Stored(Stored),
}

/// What of a backup somebody has come for: the rest of one that lies in chunks need not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    Rows,
    Objects,
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(out, "{}", file.display()),
            Self::Stored(stored) => write!(out, "{stored}"),
        }
    }
}

impl Source {
    /// In bytes, where that is known before.
    fn length(&self) -> std::io::Result<Option<u64>> {
        match self {
            Self::File(file) => Ok(Some(fs::metadata(file)?.len())),
            Self::Stored(_) => Ok(None),
        }
    }

    fn open(&self, key: Option<&BackupKey>, wanted: Wanted) -> anyhow::Result<Box<dyn Frames>> {
        let context = || format!("{self} cannot be restored");
        match self {
            Self::File(file) => {
                let file = File::open(file).with_context(|| format!("{self} cannot be opened"))?;
                let bytes = BufReader::with_capacity(BUFFER, file);
                Ok(Box::new(opened(bytes, key).with_context(context)?))
            }
            Self::Stored(stored) => Ok(Box::new(stored.open(key, wanted).with_context(context)?)),
        }
    }
}

/// A backup, read to its end and found whole.
pub(super) struct Contents {
    pub source: Source,
    key: Option<BackupKey>,
    pub head: Head,
    pub secret: [u8; 32],
    pub counts: Counts,
}

impl Contents {
    /// # Errors
    /// In words: no backup, torn, damaged, of another key, or of a newer program.
    pub fn of(source: Source, key: Option<&BackupKey>, watch: &mut Watch) -> anyhow::Result<Self> {
        let context = || format!("{source} cannot be restored");
        let (mut head, mut secret, mut counts) = (None, None, None);
        let mut frames = source.open(key, Wanted::All)?;
        let (mut read, length) = (0, source.length().with_context(context)?);
        while let Some(frame) = frames.frame().with_context(context)? {
            read += frame.bytes.len() as u64;
            watch.look(Step::Check, read / MIB, length.map(|length| length / MIB));
            match frame.kind {
                Kind::Head => {
                    refuse_newer_format(&frame.bytes).with_context(context)?;
                    head = Some(frame.bytes);
                }
                Kind::Secret => secret = <[u8; 32]>::try_from(frame.bytes).ok(),
                Kind::Counts => counts = Some(frame.bytes),
                Kind::RowsAt | Kind::ObjectsAt => {
                    return Err(anyhow!(
                        "it only names what lies beside it: name the folder that `backups` is in"
                    ))
                    .with_context(context);
                }
                _ => {}
            }
        }
        let (Some(head), Some(secret), Some(counts)) = (head, secret, counts) else {
            return Err(Broken::Damaged).with_context(context);
        };
        let head: Head = serde_json::from_slice(&head).with_context(context)?;
        refuse_unknown_steps(&head.steps).with_context(context)?;
        let counts = serde_json::from_slice(&counts).with_context(context)?;
        if let Source::Stored(stored) = &source {
            stored.refuse_another_time(head.written_at).with_context(context)?;
        }
        Ok(Self { source, key: key.cloned(), head, secret, counts })
    }

    /// From its beginning.
    pub fn archive(&self, wanted: Wanted) -> anyhow::Result<Box<dyn Frames>> {
        self.source.open(self.key.as_ref(), wanted)
    }

    pub fn step(&self) -> String {
        newest_step(&self.head.steps)
    }
}

/// With or without the key: what is not encrypted needs none.
pub(super) fn opened(
    mut bytes: impl BufRead + 'static,
    key: Option<&BackupKey>,
) -> anyhow::Result<ArchiveReader<Box<dyn Read>>> {
    let is_sealed = bytes.fill_buf()?.starts_with(sealing::MARK);
    let bytes: Box<dyn Read> = match (is_sealed, key) {
        (false, _) => Box::new(bytes),
        (true, Some(key)) => Box::new(OpeningReader::begin(bytes, key)?),
        (true, None) => bail!("it is encrypted: PORTICO_BACKUP_KEY opens it"),
    };
    Ok(ArchiveReader::open(bytes)?)
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
        let contents = Contents::of(Source::File(file.path().to_owned()), None, &mut nobody()).unwrap();
        assert_eq!((contents.secret, contents.counts.rows), ([7; 32], 3));
        assert_eq!(contents.step(), "0010");
    }

    #[test]
    fn t35_a_file_of_a_newer_program_is_refused() {
        for file in [written(FORMAT + 1, &["0001"]), written(FORMAT, &["0001", "9999"])] {
            let source = Source::File(file.path().to_owned());
            let refused = format!("{:#}", Contents::of(source, None, &mut nobody()).err().unwrap());
            assert!(refused.contains("written by a newer program"), "{refused}");
        }
    }
}
