//! The rows of an archive into an empty database, all of them or none.

use std::collections::BTreeMap;

use anyhow::bail;
use diesel::connection::SimpleConnection;

use super::{
    archive::{Frames, Kind},
    catalogue,
    contents::{Counts, Table},
    dialect::{Dialect, quoted},
    keepers::Keepers,
    progress::{Step, Watch},
    row::Row,
    rows::Filling,
};
use crate::{connection::Db, database::in_transaction};

/// # Errors
/// When an organization lives there.
pub(super) fn refuse_used(db: &mut Db) -> anyhow::Result<()> {
    let has_organizations = catalogue::tables(db)?.iter().any(|table| table.name == "organizations");
    let question = "SELECT CAST(COUNT(*) AS TEXT) AS line FROM organizations";
    if has_organizations && catalogue::lines(db, question)? != ["0"] {
        bail!("the database is not empty: a backup is restored into an empty one");
    }
    Ok(())
}

/// The database must be at exactly the archive's steps, which holds `of` rows. Returns what was added.
///
/// # Errors
/// The database's, and then nothing was added.
pub(super) fn load(
    db: &mut Db,
    archive: &mut dyn Frames,
    of: u64,
    watch: &mut Watch,
) -> anyhow::Result<Counts> {
    let begin = Dialect::of(db).begin_writing();
    Keepers::loosen(db)?;
    Ok(in_transaction(db, begin, |db| {
        // Once more: somebody may have moved in meanwhile.
        refuse_used(db)?;
        let tables = catalogue::tables(db)?;
        let keepers = Keepers::take_away(db, &tables)?;
        let counts = fill(db, archive, &tables, of, watch)?;
        keepers.put_back(db)?;
        Ok(counts)
    })?)
}

fn fill(
    db: &mut Db,
    archive: &mut dyn Frames,
    here: &[Table],
    of: u64,
    watch: &mut Watch,
) -> anyhow::Result<Counts> {
    let dialect = Dialect::of(db);
    let mut counts = Counts::default();
    let mut filling: Option<Filling> = None;
    while let Some(frame) = archive.frame()? {
        match (frame.kind, &filling) {
            (Kind::Table, _) => {
                let table: Table = serde_json::from_slice(&frame.bytes)?;
                filling = Some(Filling::new(&table, here)?);
                // Such as the link for the set-up, which a start leaves before anybody is in it.
                db.batch_execute(&format!("DELETE FROM {}", quoted(&table.name)))?;
                counts.tables += 1;
            }
            (Kind::Rows, Some(filling)) => {
                let rows = Row::read_all(&frame.bytes, filling.width())?;
                counts.rows += rows.len() as u64;
                filling.add(db, rows)?;
                watch.look(Step::Rows, counts.rows, Some(of));
            }
            (Kind::Counters, _) => {
                let counters: BTreeMap<String, i64> = serde_json::from_slice(&frame.bytes)?;
                // One that never counted begins with 1 by itself.
                for (table, last) in counters.iter().filter(|(_, last)| **last > 0) {
                    db.batch_execute(&dialect.go_on_after(table, *last))?;
                }
            }
            _ => {}
        }
    }
    Ok(counts)
}
