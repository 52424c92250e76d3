//! What a table holds, in 32 bytes that are the same for the same rows in whatever order, so that a file and a database
//! that was made of it can be compared.

use std::collections::BTreeMap;

use super::{
    archive::{Broken, Frames, Kind},
    catalogue,
    contents::Table,
    row::Row,
    rows::each_row,
};
use crate::connection::Db;

#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    rows: u64,
    /// Each row's sum, added without carrying between the bytes. A table's rows differ by their keys, so that none
    /// undoes another.
    sum: [u8; 32],
}

impl Fingerprint {
    fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.sum.iter_mut().zip(row.sum()).for_each(|(all, one)| *all = all.wrapping_add(one));
    }
}

pub(super) type Fingerprints = BTreeMap<String, Fingerprint>;

/// Of each table, by its name.
///
/// # Errors
/// The database's.
pub(super) fn of_database(db: &mut Db) -> anyhow::Result<Fingerprints> {
    let mut found = Fingerprints::new();
    for table in catalogue::tables(db)? {
        let mut fingerprint = Fingerprint::default();
        each_row(db, &table, |row| {
            fingerprint.add(row);
            Ok(())
        })?;
        found.insert(table.name, fingerprint);
    }
    Ok(found)
}

/// # Errors
/// As [`Frames::frame`]; [`Broken::Damaged`], too, for rows before any table.
pub(super) fn of_archive(archive: &mut dyn Frames) -> anyhow::Result<Fingerprints> {
    let mut found = Fingerprints::new();
    let mut current: Option<(Table, Fingerprint)> = None;
    while let Some(frame) = archive.frame()? {
        match (frame.kind, &mut current) {
            (Kind::Table, done) => {
                let next = (serde_json::from_slice(&frame.bytes)?, Fingerprint::default());
                found.extend(done.replace(next).map(|(table, fingerprint)| (table.name, fingerprint)));
            }
            (Kind::Rows, Some((table, fingerprint))) => {
                Row::read_all(&frame.bytes, table.columns.len())?.iter().for_each(|row| fingerprint.add(row));
            }
            (Kind::Rows, None) => return Err(Broken::Damaged.into()),
            _ => {}
        }
    }
    found.extend(current.map(|(table, fingerprint)| (table.name, fingerprint)));
    Ok(found)
}

/// The first table that is not the same in both.
pub(super) fn difference(written: &Fingerprints, restored: &Fingerprints) -> Option<String> {
    let names = written.keys().chain(restored.keys());
    let mut unequal = names.filter(|name| written.get(*name) != restored.get(*name));
    unequal.next().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[u8]]) -> Fingerprint {
        let mut fingerprint = Fingerprint::default();
        rows.iter().for_each(|row| fingerprint.add(&Row(vec![Some(row.to_vec())])));
        fingerprint
    }

    #[test]
    fn rows_in_another_order_are_the_same_and_other_rows_are_not() {
        assert_eq!(of(&[b"Ada", b"Ben"]), of(&[b"Ben", b"Ada"]));
        for other in [of(&[b"Ada"]), of(&[b"Ada", b"Bem"]), of(&[b"Ada", b"Ben", b"Ben"])] {
            assert_ne!(of(&[b"Ada", b"Ben"]), other);
        }
    }

    #[test]
    fn a_table_that_only_one_has_is_a_difference() {
        let some = Fingerprints::from([("people".to_owned(), of(&[b"Ada"]))]);
        assert_eq!(difference(&some, &some), None);
        for (one, other) in [(&some, &Fingerprints::new()), (&Fingerprints::new(), &some)] {
            assert_eq!(difference(one, other).as_deref(), Some("people"));
        }
    }
}
