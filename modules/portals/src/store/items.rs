use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
};

use diesel::{dsl, prelude::*, sql_query, sql_types};
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{
    Among, Core, Error, ItemFace, Name, NewEvent, Recorded, Registry, Result, Side, Tx, items, per_backend,
    shown_items,
};
use portico_ui::Frame;
use serde_json::json;

use crate::{
    item::{EMBED, FOLDER, Face, Item, LINK, NOTE, Pinned, ShownItem, Uploads},
    order::{self, Placed, Step},
    schema::{links, upload_folders},
    store::{embeds, folders},
};

pub type ItemColumns = (
    items::id,
    items::portal_id,
    items::folder_id,
    items::kind,
    items::name,
    items::created_at,
    items::changed_at,
);

/// The columns of [`Item`], for every query that loads one.
pub const ITEM: ItemColumns = (
    items::id,
    items::portal_id,
    items::folder_id,
    items::kind,
    items::name,
    items::created_at,
    items::changed_at,
);

/// The live items of live portals: the one finder on the staff side.
macro_rules! staff_items {
    ($organization:expr) => {{
        use portico_kernel::portals as around;
        items::table
            .inner_join(
                around::table.on(around::organization_id
                    .eq(items::organization_id)
                    .and(around::id.eq(items::portal_id))),
            )
            .filter(items::organization_id.eq($organization))
            .filter(items::deleted_at.is_null())
            .filter(around::deleted_at.is_null())
    }};
}
pub(crate) use staff_items;

pub fn find(tx: &mut Tx, item: ItemId) -> Result<Item> {
    let organization = tx.organization();
    Ok(staff_items!(organization).filter(items::id.eq(item)).select(ITEM).first(tx.db())?)
}

/// What of a folder the reader sees, in its order. The portal must be there.
pub fn in_folder(tx: &mut Tx, portal: PortalId, folder: Option<ItemId>) -> Result<Vec<Item>> {
    let organization = tx.organization();
    let all = staff_items!(organization)
        .filter(items::portal_id.eq(portal))
        .order((items::position, items::id))
        .select(ITEM);
    let mut found: Vec<Item> = match folder {
        Some(folder) => all.filter(items::folder_id.eq(folder)).load(tx.db())?,
        None => all.filter(items::folder_id.is_null()).load(tx.db())?,
    };
    let ids: Vec<ItemId> = found.iter().map(|item| item.id).collect();
    let beyond = tx.beyond_limit(&ids)?;
    found.retain(|item| !beyond.contains(&item.id));
    Ok(found)
}

/// Each item with what its kind says of it, in a fixed number of statements. `counts`: how many items
/// the reader may see in each folder.
pub fn with_faces(
    tx: &mut Core,
    found: Vec<Item>,
    mut counts: HashMap<ItemId, i64>,
    pinned: Option<ItemId>,
    registry: &Registry,
    side: Side,
    frame: &Frame,
) -> Result<Vec<ShownItem>> {
    let open = open_folders(tx, ids_of_kind(&found, FOLDER))?;
    let uploads = |id| if open.contains(&id) { Uploads::Taken } else { Uploads::NotTaken };
    let mut addresses = link_addresses(tx, ids_of_kind(&found, LINK))?;
    let providers = embeds::providers(tx, ids_of_kind(&found, EMBED))?;
    let kinds: Vec<(ItemId, String)> = found.iter().map(|item| (item.id, item.kind.clone())).collect();
    let mut foreign: BTreeMap<ItemId, ItemFace> = registry.item_faces(tx, &kinds, side, frame)?;
    let face = |item: &Item| match item.kind.as_str() {
        FOLDER => Face::Folder { items: counts.remove(&item.id).unwrap_or(0), uploads: uploads(item.id) },
        NOTE => Face::Note { pinned: Pinned::from(pinned == Some(item.id)) },
        LINK => Face::Link { address: addresses.remove(&item.id).unwrap_or_default() },
        EMBED => Face::Embed { provider: providers.get(&item.id).copied() },
        _ => Face::Foreign(foreign.remove(&item.id)),
    };
    let mut face = face;
    Ok(found
        .into_iter()
        .map(|item| {
            let face = face(&item);
            ShownItem { item, face }
        })
        .collect())
}

pub fn ids_of_kind(found: &[Item], kind: &str) -> Vec<ItemId> {
    found.iter().filter(|item| item.kind == kind).map(|item| item.id).collect()
}

/// How many items each of the folders among `found` holds, for staff.
pub fn child_counts(tx: &mut Tx, found: &[Item]) -> Result<HashMap<ItemId, i64>> {
    let folders = ids_of_kind(found, FOLDER);
    if folders.is_empty() {
        return Ok(HashMap::new());
    }
    let organization = tx.organization();
    if tx.is_limited() {
        return limited_child_counts(tx, folders);
    }
    let counted: Vec<(Option<ItemId>, i64)> = shown_items(organization)
        .filter(items::folder_id.among(folders))
        .group_by(items::folder_id)
        .select((items::folder_id, dsl::count_star()))
        .load(tx.db())?;
    Ok(counted.into_iter().filter_map(|(folder, count)| Some((folder?, count))).collect())
}

fn limited_child_counts(tx: &mut Tx, folders: Vec<ItemId>) -> Result<HashMap<ItemId, i64>> {
    let found: Vec<(Option<ItemId>, ItemId)> = shown_items(tx.organization())
        .filter(items::folder_id.among(folders))
        .select((items::folder_id, items::id))
        .load(tx.db())?;
    let held: Vec<(ItemId, ItemId)> =
        found.into_iter().filter_map(|(folder, item)| Some((folder?, item))).collect();
    seen_counts(tx, &held)
}

/// How many of these items a limited member sees, by where each lies.
pub fn seen_counts<P: Copy + Eq + Hash>(tx: &mut Tx, found: &[(P, ItemId)]) -> Result<HashMap<P, i64>> {
    let ids: Vec<ItemId> = found.iter().map(|(_, item)| *item).collect();
    let beyond = tx.beyond_limit(&ids)?;
    let mut counts: HashMap<P, i64> = HashMap::new();
    for (place, _) in found.iter().filter(|(_, item)| !beyond.contains(item)) {
        *counts.entry(*place).or_default() += 1;
    }
    Ok(counts)
}

/// Those of the folders into which clients can send files.
fn open_folders(tx: &mut Core, of: Vec<ItemId>) -> Result<HashSet<ItemId>> {
    if of.is_empty() {
        return Ok(HashSet::new());
    }
    let organization = tx.organization();
    let open: Vec<ItemId> = upload_folders::table
        .filter(upload_folders::organization_id.eq(organization))
        .filter(upload_folders::item_id.among(of))
        .select(upload_folders::item_id)
        .load(tx.db())?;
    Ok(open.into_iter().collect())
}

/// Of items that the caller may see.
///
/// # Errors
/// The database's.
pub fn link_addresses(tx: &mut Core, of: Vec<ItemId>) -> Result<HashMap<ItemId, String>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let organization = tx.organization();
    let rows: Vec<(ItemId, String)> = links::table
        .filter(links::organization_id.eq(organization))
        .filter(links::item_id.among(of))
        .select((links::item_id, links::address))
        .load(tx.db())?;
    Ok(rows.into_iter().collect())
}

/// # Errors
/// [`Error::NotFound`]; the inner one is the key of what to say at the name.
pub fn rename(tx: &mut Tx, item: ItemId, name: &Name) -> Result<Recorded<Result<Item, &'static str>>> {
    let found = find(tx, item)?;
    if found.kind == FOLDER && folders::is_taken(tx, found.portal, found.folder, name.as_str(), Some(item))? {
        return Ok(tx.unchanged(Err("portals-folder-taken")));
    }
    set_name(tx, item, name)?;
    Ok(changed(tx, EventKind::ITEM_CHANGED, &found, name.as_str())?.with(Ok(found)))
}

/// The first half of every change of an item that has a name.
pub fn set_name(tx: &mut Tx, item: ItemId, name: &Name) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(items::table.find((organization, item)))
        .set((items::name.eq(name.as_str()), items::changed_at.eq(now)))
        .execute(tx.db())?;
    Ok(())
}

pub fn last_place(tx: &mut Tx, portal: PortalId) -> Result<i32> {
    let organization = tx.organization();
    let last: Option<i32> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .select(dsl::max(items::position))
        .first(tx.db())?;
    Ok(last.unwrap_or(0))
}

/// Puts exactly the items of one folder in this order.
///
/// # Errors
/// [`Error::NotFound`] when an item is of another portal, [`Error::Conflict`] when they are not all
/// that the folder holds.
pub fn put_in_order(tx: &mut Tx, portal: PortalId, wanted: &[ItemId]) -> Result<Recorded<()>> {
    let Some(first) = wanted.first() else { return Ok(tx.unchanged(())) };
    let first = find(tx, *first)?;
    if first.portal != portal {
        return Err(Error::NotFound);
    }
    let now = places(tx, portal, first.folder)?;
    let moved = order::reorder(&now, wanted).ok_or(Error::Conflict("portals-order-changed"))?;
    place(tx, &first, &moved)
}

/// One step up or down, for a browser without JavaScript.
pub fn move_step(tx: &mut Tx, item: ItemId, step: Step) -> Result<Recorded<Item>> {
    let found = find(tx, item)?;
    let now = places(tx, found.portal, found.folder)?;
    let wanted = order::step(&now, item, step);
    let moved = order::reorder(&now, &wanted).unwrap_or_default();
    Ok(place(tx, &found, &moved)?.with(found))
}

fn places(tx: &mut Tx, portal: PortalId, folder: Option<ItemId>) -> Result<Vec<Placed>> {
    let organization = tx.organization();
    let all = staff_items!(organization)
        .filter(items::portal_id.eq(portal))
        .order((items::position, items::id))
        .select((items::id, items::position));
    Ok(match folder {
        Some(folder) => all.filter(items::folder_id.eq(folder)).load(tx.db())?,
        None => all.filter(items::folder_id.is_null()).load(tx.db())?,
    })
}

fn place(tx: &mut Tx, first: &Item, moved: &[Placed]) -> Result<Recorded<()>> {
    if moved.is_empty() {
        return Ok(tx.unchanged(()));
    }
    set_places(tx, moved)?;
    tx.record(NewEvent::new(EventKind::ITEMS_ORDERED, first.id).in_portal(first.portal))
}

pub fn set_places(tx: &mut Tx, moved: &[Placed]) -> Result<()> {
    let organization = tx.organization();
    // One statement however many items there are; diesel has no UPDATE from a list of values.
    let values: Vec<String> =
        (0..moved.len()).map(|row| format!("(${}, ${})", 2 * row + 1, 2 * row + 2)).collect();
    let statement = format!(
        "WITH placed (id, position) AS (VALUES {}) UPDATE items SET position = placed.position \
         FROM placed WHERE items.id = placed.id AND items.organization_id = ${}",
        values.join(", "),
        2 * moved.len() + 1,
    );
    per_backend!(tx.db(), |connection| {
        let mut query = sql_query(statement).into_boxed();
        for (item, position) in moved {
            query = query.bind::<sql_types::Binary, _>(*item).bind::<sql_types::Integer, _>(*position);
        }
        query.bind::<sql_types::Binary, _>(organization).execute(connection)?
    });
    Ok(())
}

pub(crate) fn changed(tx: &mut Tx, kind: EventKind, item: &Item, name: &str) -> Result<Recorded<()>> {
    let data = json!({ "name": name, "kind": item.kind });
    let event = tx.item_event(kind, item.id, item.portal)?;
    tx.record(event.with_data(data))
}
