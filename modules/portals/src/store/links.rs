use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{NewEvent, NewItem, Recorded, Result, Tx, place_item};
use serde_json::json;

use crate::{
    item::{Item, LINK},
    link::Link,
    schema::links,
    store::items::{self, changed},
};

/// The link and its address.
pub fn find(tx: &mut Tx, link: ItemId) -> Result<(Item, String)> {
    let item = items::find(tx, link)?;
    let address = links::table.find((tx.organization(), link)).select(links::address).first(tx.db())?;
    Ok((item, address))
}

pub fn add(tx: &mut Tx, portal: PortalId, folder: Option<ItemId>, link: &Link) -> Result<Recorded<ItemId>> {
    let name = link.title.as_str();
    let placed = place_item(tx, NewItem { portal, folder, kind: LINK, name })?;
    let organization = tx.organization();
    diesel::insert_into(links::table)
        .values((
            links::organization_id.eq(organization),
            links::item_id.eq(placed.item),
            links::address.eq(link.address.as_str()),
        ))
        .execute(tx.db())?;
    let event = NewEvent::new(EventKind::ITEM_ADDED, placed.item)
        .in_portal(portal)
        .with_data(json!({ "name": name, "kind": LINK }));
    Ok(tx.record(event)?.with(placed.item))
}

pub fn change(tx: &mut Tx, item: ItemId, link: &Link) -> Result<Recorded<Item>> {
    let (found, _) = find(tx, item)?;
    let organization = tx.organization();
    items::set_name(tx, item, &link.title)?;
    diesel::update(links::table.find((organization, item)))
        .set(links::address.eq(link.address.as_str()))
        .execute(tx.db())?;
    Ok(changed(tx, EventKind::ITEM_CHANGED, &found, link.title.as_str())?.with(found))
}
