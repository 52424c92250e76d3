//! What the database holds at one moment, written to the archive while others go on changing it.

use std::{collections::HashMap, io::Write};

use anyhow::Context;
use diesel::prelude::*;
use portico_facts::OrganizationId;

use super::{
    archive::{ArchiveWriter, Kind},
    catalogue,
    contents::{Counts, FORMAT, Head},
    progress::{Step, Watch},
    rows::each_row,
};
use crate::{
    clock::Instant,
    connection::Db,
    guard::OrganizationRow,
    schema::organizations,
    system::Kernel,
    transaction::{Core, Tx},
};

/// Rows are gathered to pieces of about this many bytes.
const PIECE: usize = 512 * 1024;
/// Keys that are asked for at a time.
const KEYS: i64 = 1_000;

/// Keys of objects that must be there, and whose they are. All of them are held, some 100 bytes each: the store lists
/// its objects in no order.
pub(super) type Named = HashMap<String, OrganizationId>;

/// Within one transaction that reads.
pub(super) fn write<W: Write>(
    kernel: &Kernel,
    db: &mut Db,
    archive: &mut ArchiveWriter<W>,
    watch: &mut Watch,
) -> anyhow::Result<(Counts, Named)> {
    write_head(kernel, db, archive, kernel.now())?;
    let counts = write_rows(db, archive, watch)?;
    Ok((counts, named_objects(kernel, db)?))
}

/// What a restore wants to know before anything else.
pub(super) fn write_head<W: Write>(
    kernel: &Kernel,
    db: &mut Db,
    archive: &mut ArchiveWriter<W>,
    written_at: Instant,
) -> anyhow::Result<()> {
    let steps = catalogue::lines(
        db,
        "SELECT CAST(version AS TEXT) AS line FROM __diesel_schema_migrations ORDER BY version",
    )?;
    let program = env!("CARGO_PKG_VERSION").to_owned();
    archive.json(Kind::Head, &Head { format: FORMAT, steps, program, written_at })?;
    Ok(archive.frame(Kind::Secret, kernel.secret().reveal())?)
}

/// Every row of every table, and where those that are numbered have come to.
pub(super) fn write_rows<W: Write>(
    db: &mut Db,
    archive: &mut ArchiveWriter<W>,
    watch: &mut Watch,
) -> anyhow::Result<Counts> {
    let mut counts = Counts::default();
    for table in catalogue::tables(db)? {
        archive.json(Kind::Table, &table)?;
        let (mut piece, mut rows) = (Vec::new(), counts.rows);
        counts.tables += 1;
        counts.rows += each_row(db, &table, |row| {
            row.write_to(&mut piece);
            rows += 1;
            if piece.len() >= PIECE {
                archive.frame(Kind::Rows, &piece)?;
                piece.clear();
                watch.look(Step::Rows, rows, None);
            }
            Ok(())
        })?;
        if !piece.is_empty() {
            archive.frame(Kind::Rows, &piece)?;
        }
        watch.look(Step::Rows, counts.rows, None);
    }
    archive.json(Kind::Counters, &catalogue::counters(db)?)?;
    Ok(counts)
}

/// # Errors
/// The database's.
pub(super) fn named_objects(kernel: &Kernel, db: &mut Db) -> anyhow::Result<Named> {
    named_by_modules(kernel, db).context("the keys of objects")
}

fn named_by_modules(kernel: &Kernel, db: &mut Db) -> anyhow::Result<Named> {
    let rows: Vec<OrganizationRow> = organizations::table.select(OrganizationRow::as_select()).load(db)?;
    let mut named = Named::new();
    for row in rows {
        let organization = row.with_address(kernel.public_url(), false);
        let mut tx = Tx(Core::new(db, &organization, None, None, kernel));
        for owner in kernel.registry().object_owners() {
            let mut after: Option<String> = None;
            loop {
                let keys = (owner.all)(&mut tx, after.as_deref(), KEYS)?;
                let Some(last) = keys.last().cloned() else { break };
                after = Some(last);
                named.extend(keys.into_iter().map(|key| (key, organization.id)));
            }
        }
    }
    Ok(named)
}
