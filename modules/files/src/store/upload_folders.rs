use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Core, NewEvent, Recorded, Result, Tx, items, portals, shown_items};
use serde_json::json;

use super::{Place, their_portals};
use crate::schema::upload_folders;

/// What clients may do with a folder that they see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clients {
    Read,
    SendFiles,
}

/// # Errors
/// The database's.
pub fn clients_may(tx: &mut Core, folder: ItemId) -> Result<Clients> {
    let organization = tx.organization();
    let open: i64 = upload_folders::table.find((organization, folder)).count().get_result(tx.db())?;
    Ok(if open > 0 { Clients::SendFiles } else { Clients::Read })
}

/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for what is no folder of a live portal.
pub fn let_clients(tx: &mut Tx, folder: ItemId, may: Clients) -> Result<Recorded<Place>> {
    let organization = tx.organization();
    let (portal, name): (PortalId, String) = shown_items(organization)
        .inner_join(their_portals!())
        .filter(portals::deleted_at.is_null())
        .filter(items::id.eq(folder))
        .filter(items::kind.eq("folder"))
        .select((items::portal_id, items::name))
        .first(tx.db())?;
    let place = Place { portal, folder: Some(folder) };
    if clients_may(tx, folder)? == may {
        return Ok(tx.unchanged(place));
    }
    match may {
        Clients::Read => {
            diesel::delete(upload_folders::table.find((organization, folder))).execute(tx.db())?
        }
        Clients::SendFiles => {
            let now = tx.now();
            diesel::insert_into(upload_folders::table)
                .values((
                    upload_folders::organization_id.eq(organization),
                    upload_folders::item_id.eq(folder),
                    upload_folders::opened_at.eq(now),
                ))
                .execute(tx.db())?
        }
    };
    let data = json!({ "kind": "folder", "name": name, "takes_files": may == Clients::SendFiles });
    let event = NewEvent::new(EventKind::ITEM_CHANGED, folder).in_portal(portal).with_data(data);
    Ok(tx.record(event)?.with(place))
}
