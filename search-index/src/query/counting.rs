//! How what was found is spread over portals, kinds, people and time.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::columnar::{BytesColumn, Column};
use tantivy::{DocId, SegmentReader};

use crate::Counts;

/// The counts of one segment, by the numbers that the segment gave the values.
pub(super) struct Counting<'a> {
    portals: Numbered,
    kinds: Numbered,
    authors: Numbered,
    moments: &'a [i64],
    since: Vec<usize>,
}

impl<'a> Counting<'a> {
    pub fn new(segment: &SegmentReader, moments: &'a [i64]) -> Result<Counting<'a>> {
        let columns = segment.fast_fields();
        Ok(Counting {
            portals: Numbered::new(columns.bytes("portal")?),
            kinds: Numbered::new(columns.str("kind")?.map(Into::into)),
            authors: Numbered::new(columns.bytes("author")?),
            moments,
            since: vec![0; moments.len()],
        })
    }

    /// `first` is the first part of a document.
    pub fn add(&mut self, first: DocId, changed: i64) {
        for column in [&mut self.portals, &mut self.kinds, &mut self.authors] {
            column.add(first);
        }
        for (count, moment) in self.since.iter_mut().zip(self.moments) {
            *count += usize::from(changed >= *moment);
        }
    }

    pub fn add_to(self, counts: &mut Counts) -> Result<()> {
        self.portals.add_to(&mut counts.portals, id)?;
        self.authors.add_to(&mut counts.authors, id)?;
        self.kinds.add_to(&mut counts.kinds, |kind| String::from_utf8(kind.to_vec()).ok())?;
        counts.since.resize(self.since.len(), 0);
        for (count, added) in counts.since.iter_mut().zip(self.since) {
            *count += added;
        }
        Ok(())
    }
}

fn id(bytes: &[u8]) -> Option<[u8; 16]> {
    bytes.try_into().ok()
}

/// A column of values that the segment numbered; nothing where no document has a value.
struct Numbered(Option<(BytesColumn, Vec<usize>)>);

impl Numbered {
    fn new(column: Option<BytesColumn>) -> Numbered {
        Numbered(column.map(|column| {
            let counts = vec![0; column.num_terms()];
            (column, counts)
        }))
    }

    fn add(&mut self, first: DocId) {
        let Some((column, counts)) = &mut self.0 else { return };
        let numbers: &Column<u64> = column.ords();
        if let Some(number) = numbers.first(first) {
            counts[number as usize] += 1;
        }
    }

    fn add_to<T: Ord>(self, sums: &mut BTreeMap<T, usize>, read: impl Fn(&[u8]) -> Option<T>) -> Result<()> {
        let Some((column, counts)) = self.0 else { return Ok(()) };
        let mut value = Vec::new();
        for (number, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            value.clear();
            column.ord_to_bytes(number as u64, &mut value)?;
            if let Some(value) = read(&value) {
                *sums.entry(value).or_default() += count;
            }
        }
        Ok(())
    }
}
