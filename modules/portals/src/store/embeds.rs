use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{
    Among, ClientTx, Core, Error, NewEvent, NewItem, Recorded, Result, Tx, client_items, items, place_item,
};
use serde_json::json;

use crate::{
    embed::{Embed, Provider, Source},
    item::{EMBED, Item, ReadEmbed},
    schema::embeds,
    store::items::{ITEM, ItemColumns, changed, set_name, staff_items},
};

type EmbedColumns = (ItemColumns, embeds::provider, embeds::frame_address, embeds::address);

/// The columns of [`ReadEmbed`].
const READ_EMBED: EmbedColumns = (ITEM, embeds::provider, embeds::frame_address, embeds::address);

type Row = (Item, String, String, String);

/// The source of an item that is an embed.
macro_rules! embed_of_item {
    () => {
        embeds::table
            .on(embeds::organization_id.eq(items::organization_id).and(embeds::item_id.eq(items::id)))
    };
}

/// # Errors
/// [`Error::NotFound`], also for an item that is no embed, or a deleted one.
pub fn find(tx: &mut Tx, embed: ItemId) -> Result<ReadEmbed> {
    let organization = tx.organization();
    let row: Row = staff_items!(organization)
        .inner_join(embed_of_item!())
        .filter(items::id.eq(embed))
        .select(READ_EMBED)
        .first(tx.db())?;
    read(row)
}

/// # Errors
/// [`Error::NotFound`] for what this client may not see, too.
pub fn of_client(tx: &mut ClientTx, embed: ItemId) -> Result<ReadEmbed> {
    let (organization, person) = tx.sight();
    let row: Row = client_items(organization, person)
        .inner_join(embed_of_item!())
        .filter(items::id.eq(embed))
        .select(READ_EMBED)
        .first(tx.db())?;
    read(row)
}

/// An older program does not know the providers of a newer one.
fn read((item, provider, frame, page): Row) -> Result<ReadEmbed> {
    let provider = Provider::from_name(&provider).ok_or(Error::NotFound)?;
    Ok(ReadEmbed { item, source: Source { provider, frame, page } })
}

/// Of items that the caller may see.
///
/// # Errors
/// The database's.
pub fn providers(tx: &mut Core, of: Vec<ItemId>) -> Result<HashMap<ItemId, Provider>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let organization = tx.organization();
    let rows: Vec<(ItemId, String)> = embeds::table
        .filter(embeds::organization_id.eq(organization))
        .filter(embeds::item_id.among(of))
        .select((embeds::item_id, embeds::provider))
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(|(item, name)| Some((item, Provider::from_name(&name)?))).collect())
}

/// The pages that they show, of items that the caller may see.
///
/// # Errors
/// The database's.
pub fn addresses(tx: &mut Core, of: Vec<ItemId>) -> Result<HashMap<ItemId, String>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let organization = tx.organization();
    let rows: Vec<(ItemId, String)> = embeds::table
        .filter(embeds::organization_id.eq(organization))
        .filter(embeds::item_id.among(of))
        .select((embeds::item_id, embeds::address))
        .load(tx.db())?;
    Ok(rows.into_iter().collect())
}

/// # Errors
/// Those of [`place_item`].
pub fn add(tx: &mut Tx, portal: PortalId, folder: Option<ItemId>, embed: &Embed) -> Result<Recorded<ItemId>> {
    let name = embed.title.as_str();
    let placed = place_item(tx, NewItem { portal, folder, kind: EMBED, name })?;
    let organization = tx.organization();
    diesel::insert_into(embeds::table)
        .values((
            embeds::organization_id.eq(organization),
            embeds::item_id.eq(placed.item),
            embeds::provider.eq(embed.source.provider.name()),
            embeds::frame_address.eq(&embed.source.frame),
            embeds::address.eq(&embed.source.page),
        ))
        .execute(tx.db())?;
    let event = NewEvent::new(EventKind::ITEM_ADDED, placed.item)
        .in_portal(portal)
        .with_data(json!({ "name": name, "kind": EMBED }));
    Ok(tx.record(event)?.with(placed.item))
}

/// Gives it as it was before.
///
/// # Errors
/// As [`find`].
pub fn change(tx: &mut Tx, item: ItemId, embed: &Embed) -> Result<Recorded<Item>> {
    let found = find(tx, item)?.item;
    let organization = tx.organization();
    set_name(tx, item, &embed.title)?;
    diesel::update(embeds::table.find((organization, item)))
        .set((
            embeds::provider.eq(embed.source.provider.name()),
            embeds::frame_address.eq(&embed.source.frame),
            embeds::address.eq(&embed.source.page),
        ))
        .execute(tx.db())?;
    Ok(changed(tx, EventKind::ITEM_CHANGED, &found, embed.title.as_str())?.with(found))
}
