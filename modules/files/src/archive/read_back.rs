//! An archive that is larger than what the old records of the format can say, as a reader of another make finds it
//! (Python's zipfile). Nothing of it is stored: what its only large file holds is zeros, a hole in the file of the test.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::Path,
    process::Command,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use portico_kernel::Instant;

use super::{layout::Layout, sending::bytes, zip::Entry};

const SMALL: u32 = 70_000;
const MIB: usize = 1 << 20;
/// The next after what 32 bits can say.
const LARGE: u64 = 1 << 32;
static ZEROS: [u8; MIB] = [0; MIB];

#[tokio::test]
async fn seventy_thousand_entries_and_one_of_four_gibibytes_are_read_back_in_bounded_memory() {
    let layout = layout();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.zip");
    write_with_holes(&path, sent(&layout, 0..layout.size())).await.unwrap();
    assert_eq!(path.metadata().unwrap().len(), layout.size());

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/archive/read_back.py");
    let read = Command::new("python3").arg(script).arg(&path).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let printed = String::from_utf8(read.stdout).unwrap();
    let numbers: Vec<u64> = printed.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [entries, largest, memory] = numbers[..] else { panic!("{printed}") };
    assert_eq!((entries, largest), (u64::from(SMALL) + 1, LARGE));
    // Most of it is zipfile's list of the entries.
    assert!(memory < 256, "the reader took {memory} MiB");

    // A download that broke beyond four gibibytes goes on there.
    let rest = layout.size() - 3_000_000;
    let mut expected = Vec::new();
    let mut file = File::open(&path).unwrap();
    file.seek(SeekFrom::Start(rest)).unwrap();
    file.read_to_end(&mut expected).unwrap();
    let pieces: Vec<Bytes> = sent(&layout, rest..layout.size()).try_collect().await.unwrap();
    assert!(pieces.concat() == expected);
}

/// With the large one in the middle, so that places before and after it are of either width.
fn layout() -> Layout {
    let small = |number: u32| {
        let path = format!("{:02}/{number:05}", number / 1_000);
        let sum = crc32fast::hash(path.as_bytes());
        entry(&path, path.len() as u64, sum)
    };
    let mut entries: Vec<_> = (0..SMALL).map(small).collect();
    entries.insert(SMALL as usize / 2, entry("zeros", LARGE, sum_of_zeros()));
    Layout::of(entries)
}

/// Its key is its path.
fn entry(path: &str, size: u64, crc32: u32) -> (Entry, Option<String>) {
    let changed = Instant::from_micros(1_795_000_000_000_000);
    let entry = Entry { path: path.to_owned(), size, crc32, changed, zone: "Europe/Paris".to_owned() };
    (entry, Some(path.to_owned()))
}

/// Doubled from one mebibyte on.
fn sum_of_zeros() -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&ZEROS);
    for _ in 0..(LARGE / MIB as u64).ilog2() {
        sum.combine(&sum.clone());
    }
    sum.finalize()
}

fn sent(layout: &Layout, part: Range<u64>) -> impl Stream<Item = io::Result<Bytes>> {
    bytes(layout.part(part), async |key: String, part: Range<u64>| {
        let (start, end) = (part.start as usize, part.end as usize);
        Ok(match key.as_str() {
            "zeros" => {
                let pieces = (start..end).step_by(MIB);
                stream::iter(pieces.map(move |at| Ok(Bytes::from_static(&ZEROS[..MIB.min(end - at)]))))
                    .boxed()
            }
            name => stream::iter([Ok(Bytes::copy_from_slice(&name.as_bytes()[start..end]))]).boxed(),
        })
    })
}

async fn write_with_holes(path: &Path, pieces: impl Stream<Item = io::Result<Bytes>>) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut pieces = Box::pin(pieces);
    while let Some(piece) = pieces.try_next().await? {
        match piece.len() == MIB && piece[..] == ZEROS {
            true => drop(file.seek(SeekFrom::Current(MIB as i64))?),
            false => file.write_all(&piece)?,
        }
    }
    file.flush()
}
