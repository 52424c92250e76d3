//! A row, the same from either database: what a column holds is its bytes, and for numbers and flags their digits.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, QueryableByName},
    row::NamedRow,
    sql_types::{Binary, Nullable},
};
use sha2::{Digest, Sha256};

use super::archive::Broken;

pub(super) type Cell = Option<Vec<u8>>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row(pub Vec<Cell>);

/// In place of a length.
const NOTHING: u32 = u32::MAX;

impl Row {
    /// Each cell's length in bytes (four, little-endian; [`NOTHING`] for none), then its bytes.
    pub fn write_to(&self, bytes: &mut Vec<u8>) {
        for cell in &self.0 {
            match cell {
                None => bytes.extend(NOTHING.to_le_bytes()),
                Some(cell) => {
                    bytes.extend((cell.len() as u32).to_le_bytes());
                    bytes.extend(cell);
                }
            }
        }
    }

    /// All rows of a frame; `width` is the number of columns.
    ///
    /// # Errors
    /// [`Broken::Damaged`] where the bytes are not a whole number of rows.
    pub fn read_all(mut bytes: &[u8], width: usize) -> Result<Vec<Self>, Broken> {
        let mut rows = Vec::new();
        while !bytes.is_empty() {
            let cells = (0..width).map(|_| read_cell(&mut bytes)).collect::<Option<Vec<Cell>>>();
            // A table without columns has no rows, and would have them without end here.
            let cells = cells.filter(|_| width > 0).ok_or(Broken::Damaged)?;
            rows.push(Self(cells));
        }
        Ok(rows)
    }

    pub fn sum(&self) -> [u8; 32] {
        let mut bytes = Vec::new();
        self.write_to(&mut bytes);
        Sha256::digest(&bytes).into()
    }
}

fn read_cell(bytes: &mut &[u8]) -> Option<Cell> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length);
    if length == NOTHING {
        *bytes = rest;
        return Some(None);
    }
    let (cell, rest) = rest.split_at_checked(length as usize)?;
    *bytes = rest;
    Some(Some(cell.to_vec()))
}

impl<DB> QueryableByName<DB> for Row
where
    DB: Backend,
    Cell: FromSql<Nullable<Binary>, DB>,
{
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let cells = (0..row.field_count()).map(|at| row.get_value::<Nullable<Binary>, Cell, usize>(at));
        cells.collect::<deserialize::Result<_>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_written_and_nothing_is_not_empty() {
        let rows = [Row(vec![Some(b"Ada".to_vec()), None]), Row(vec![Some(Vec::new()), Some(vec![0; 300])])];
        let mut bytes = Vec::new();
        rows.iter().for_each(|row| row.write_to(&mut bytes));
        assert_eq!(Row::read_all(&bytes, 2).unwrap(), rows);
        assert_ne!(Row(vec![None]).sum(), Row(vec![Some(Vec::new())]).sum());
    }

    #[test]
    fn what_does_not_add_up_is_damaged() {
        let mut bytes = Vec::new();
        Row(vec![Some(b"Ada".to_vec()), None]).write_to(&mut bytes);
        for (length, width) in [(bytes.len(), 3), (bytes.len(), 0), (bytes.len() - 1, 2), (5, 1)] {
            let read = Row::read_all(&bytes[..length], width);
            assert!(matches!(read, Err(Broken::Damaged)), "{length}, {width}");
        }
    }
}
