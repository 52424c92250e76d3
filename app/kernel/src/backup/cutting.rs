//! Rows in chunks that are cut by what is in them: a row that comes between others changes the chunk that it comes into,
//! and none of those that follow, also where a database brings a table's rows from another place on.

use super::row::Row;

/// In bytes. Fewer make more chunks than they are worth; a chunk is written whole for one row that is new in it.
const LEAST: usize = 32 * 1024;
const USUAL: u64 = 128 * 1024;
/// Of several rows; a longer one is a chunk of its own.
const MOST: usize = 1024 * 1024;

#[derive(Default)]
pub(super) struct Cutter {
    chunk: Vec<u8>,
    row: Vec<u8>,
}

impl Cutter {
    /// The chunk that this row ends, if it ends one.
    pub fn add(&mut self, row: &Row) -> Option<Vec<u8>> {
        self.row.clear();
        row.write_to(&mut self.row);
        self.chunk.extend_from_slice(&self.row);
        let is_over = self.chunk.len() >= MOST || (self.chunk.len() >= LEAST && ends_a_chunk(&self.row));
        is_over.then(|| std::mem::take(&mut self.chunk))
    }

    /// What came after the last cut.
    pub fn rest(self) -> Option<Vec<u8>> {
        Some(self.chunk).filter(|chunk| !chunk.is_empty())
    }
}

/// By the row alone, and the more likely the longer it is, so that chunks are of about the usual size.
fn ends_a_chunk(row: &[u8]) -> bool {
    u64::from(crc32fast::hash(row)) * USUAL < (row.len() as u64) << 32
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn row(number: usize) -> Row {
        let words = format!("What stands in row {number}. ").repeat(1 + number % 7);
        Row(vec![Some(number.to_string().into_bytes()), Some(words.into_bytes()), None])
    }

    fn cut(rows: impl Iterator<Item = Row>) -> Vec<Vec<u8>> {
        let mut cutter = Cutter::default();
        let mut chunks: Vec<Vec<u8>> = rows.filter_map(|row| cutter.add(&row)).collect();
        chunks.extend(cutter.rest());
        chunks
    }

    #[test]
    fn chunks_are_all_of_the_rows_and_none_is_far_too_short_or_long() {
        let chunks = cut((0..60_000).map(row));
        let mut all = Vec::new();
        (0..60_000).for_each(|number| row(number).write_to(&mut all));
        assert!(chunks.concat() == all);
        assert!(chunks.len() > 20, "{}", chunks.len());
        assert!(chunks[..chunks.len() - 1].iter().all(|chunk| chunk.len() >= LEAST));
        assert!(chunks.iter().all(|chunk| chunk.len() < MOST + 1_000));
        assert!(cut(std::iter::empty()).is_empty());
    }

    #[test]
    fn one_row_more_less_or_moved_changes_few_chunks() {
        let before: BTreeSet<Vec<u8>> = cut((0..60_000).map(row)).into_iter().collect();
        let new = |rows: Vec<usize>| {
            cut(rows.into_iter().map(row)).into_iter().filter(|chunk| !before.contains(chunk)).count()
        };
        let with: Vec<usize> = (0..30_000).chain([70_000]).chain(30_000..60_000).collect();
        let without: Vec<usize> = (0..30_000).chain(30_001..60_000).collect();
        let turned: Vec<usize> = (41_000..60_000).chain(0..41_000).collect();
        for rows in [with, without, turned] {
            assert!((1..=12).contains(&new(rows)));
        }
    }

    #[test]
    fn a_row_longer_than_a_chunk_is_one() {
        let long = Row(vec![Some(vec![7; 3 * MOST])]);
        let mut cutter = Cutter::default();
        assert_eq!(cutter.add(&long).map(|chunk| chunk.len()), Some(3 * MOST + 4));
        assert_eq!(cutter.rest(), None);
    }
}
