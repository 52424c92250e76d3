//! A file that arrives over several requests, as its row tells it.

use diesel::prelude::*;
use portico_facts::{FileRequestId, ItemId, PortalId, RequestSlotId, UploadId};
use portico_kernel::{Instant, Result, Unfinished};

use crate::{file_name::ClientPath, schema::uploads, store::Place, sums::Sums, uploader::Uploader};

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = uploads, primary_key(organization_id, id))]
pub struct Upload {
    pub id: UploadId,
    #[diesel(column_name = portal_id)]
    portal: PortalId,
    #[diesel(column_name = folder_id)]
    folder: Option<ItemId>,
    #[diesel(column_name = request_id)]
    request: Option<FileRequestId>,
    #[diesel(column_name = slot_id)]
    slot: Option<RequestSlotId>,
    path: String,
    length: i64,
    received: i64,
    #[diesel(column_name = object_key)]
    pub key: String,
    held: i64,
    notes: String,
    sums: Vec<u8>,
    created_at: Instant,
    pub expires_at: Instant,
    finished_at: Option<Instant>,
}

/// From the first request to the last.
const DAYS: i64 = 7;

/// Files are far smaller than what a database's number holds.
fn number(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

impl Upload {
    pub fn new(
        id: UploadId,
        (uploader, place): (&Uploader, Place),
        path: &ClientPath,
        length: u64,
        key: String,
        now: Instant,
    ) -> Self {
        let slot = uploader.slot();
        Self {
            id,
            portal: place.portal,
            folder: place.folder,
            request: slot.map(|(request, _)| request),
            slot: slot.map(|(_, slot)| slot),
            path: path.to_string(),
            length: number(length),
            received: 0,
            key,
            held: 0,
            notes: String::new(),
            sums: Vec::new(),
            created_at: now,
            expires_at: now.plus_days(DAYS),
            finished_at: None,
        }
    }

    pub fn place(&self) -> Place {
        Place { portal: self.portal, folder: self.folder }
    }

    /// What it was asked for.
    pub fn slot(&self) -> Option<(FileRequestId, RequestSlotId)> {
        self.request.zip(self.slot)
    }

    pub fn path(&self) -> ClientPath {
        ClientPath::from_client(&self.path)
    }

    /// Of the whole file, in bytes.
    pub fn length(&self) -> u64 {
        self.length.unsigned_abs()
    }

    /// What was acknowledged, in bytes.
    pub fn received(&self) -> u64 {
        self.received.unsigned_abs()
    }

    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }

    /// Nothing is missing, whether the file was made of it or not.
    pub fn is_whole(&self) -> bool {
        self.held == self.length
    }

    pub fn saved(&self) -> Unfinished {
        Unfinished { size: self.held.unsigned_abs(), notes: self.notes.clone() }
    }

    /// # Errors
    /// [`Error::Internal`](portico_kernel::Error::Internal) when another program kept them.
    pub fn sums(&self) -> Result<Sums> {
        Sums::resume(&self.sums, self.held.unsigned_abs())
    }

    /// Whoever is told that all of it was received believes that the file is there; so that this is
    /// said only when it is.
    pub fn hold(&mut self, saved: Unfinished, sums: &Sums) {
        self.held = number(saved.size);
        self.notes = saved.notes;
        self.sums = sums.state();
        if !self.is_whole() {
            self.received = self.held;
        }
    }

    /// As the database knows it.
    pub fn held(&self) -> i64 {
        self.held
    }

    pub fn finish(&mut self, now: Instant) {
        self.received = self.length;
        self.finished_at = Some(now);
    }
}
