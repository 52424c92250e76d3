//! Everything in a portal that somebody may see, for an archive.

use diesel::prelude::*;
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Instant, Result, Tx, items, portals, shown_items};

use super::{their_portals, with_content};
use crate::{
    archive::{Folder, Visible},
    file::File,
    schema::{file_versions, files},
};

/// Of `$shown`, the items that its reader may see.
macro_rules! visible_among {
    ($tx:expr, $shown:expr, $portal:expr) => {{
        let of_portal = || $shown.filter(items::portal_id.eq($portal)).order((items::position, items::id));
        let name: String = portals::table
            .filter(portals::organization_id.eq($tx.organization()))
            .filter(portals::id.eq($portal))
            .filter(portals::deleted_at.is_null())
            .select(portals::name)
            .first($tx.db())?;
        let rows: Vec<(ItemId, Option<ItemId>, String, String, Instant)> = of_portal()
            .select((items::id, items::folder_id, items::kind, items::name, items::changed_at))
            .load($tx.db())?;
        let files: Vec<File> = with_content!(of_portal()).select(File::as_select()).load($tx.db())?;
        let mut visible = Visible { name, folders: Vec::new(), files, others: Vec::new() };
        for (id, above, kind, name, changed) in rows {
            match kind.as_str() {
                "folder" => visible.folders.push(Folder { id, above, name, changed }),
                "file" => {}
                _ => visible.others.push(id),
            }
        }
        visible
    }};
}
pub(crate) use visible_among;

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when it is gone, or not this organization's.
pub fn of_portal(tx: &mut Tx, portal: PortalId) -> Result<Visible> {
    let organization = tx.organization();
    let mut visible = visible_among!(tx, shown_items(organization), portal);
    let ids: Vec<ItemId> = visible.files.iter().map(File::id).collect();
    let beyond = tx.beyond_limit(&ids)?;
    visible.files.retain(|file| !beyond.contains(&file.id()));
    Ok(visible)
}
