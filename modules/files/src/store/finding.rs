use std::collections::HashSet;

use diesel::prelude::*;
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Among, Core, Error, Result, Tx, items, portals, shown_items};

use crate::{
    file::{File, Item},
    schema::{file_versions, files},
};

/// The joins that make items into [`File`]s: the version that is shown, and the portal for its name.
macro_rules! with_content {
    ($items:expr) => {
        $items
            .inner_join(
                files::table
                    .on(files::organization_id.eq(items::organization_id).and(files::item_id.eq(items::id))),
            )
            .inner_join(
                file_versions::table.on(file_versions::organization_id
                    .eq(files::organization_id)
                    .and(file_versions::id.eq(files::version_id))),
            )
            .inner_join(their_portals!())
    };
}
macro_rules! their_portals {
    () => {
        portals::table
            .on(portals::organization_id.eq(items::organization_id).and(portals::id.eq(items::portal_id)))
    };
}
pub(crate) use {their_portals, with_content};

/// # Errors
/// [`Error::NotFound`] for anything but a file of this organization that is not deleted.
pub fn file(tx: &mut Tx, item: ItemId) -> Result<File> {
    among(tx, &[item])?.pop().ok_or(Error::NotFound)
}

/// Those of `wanted` that are there.
///
/// # Errors
/// The database's.
pub fn among(tx: &mut Tx, wanted: &[ItemId]) -> Result<Vec<File>> {
    let organization = tx.organization();
    Ok(with_content!(items::table)
        .filter(items::organization_id.eq(organization))
        .filter(items::id.among(wanted.iter().copied()))
        .filter(items::deleted_at.is_null())
        .filter(portals::deleted_at.is_null())
        .select(File::as_select())
        .load(tx.db())?)
}

/// Those of `wanted` that are files, deleted or not, without asking who may see them: for a job,
/// and for a listing whose owner has asked already.
///
/// # Errors
/// The database's.
pub fn of_items(tx: &mut Core, wanted: &[ItemId]) -> Result<Vec<File>> {
    let organization = tx.organization();
    Ok(with_content!(items::table)
        .filter(items::organization_id.eq(organization))
        .filter(items::id.among(wanted.iter().copied()))
        .select(File::as_select())
        .load(tx.db())?)
}

/// The item itself, if it is a file, deleted or not.
///
/// # Errors
/// The database's.
pub fn only_files(tx: &mut Tx, item: ItemId) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    Ok(files::table
        .filter(files::organization_id.eq(organization))
        .filter(files::item_id.eq(item))
        .select(files::item_id)
        .load(tx.db())?)
}

/// What stands around a file on its page.
pub struct Surroundings {
    /// The folder in which it lies.
    pub folder_name: Option<String>,
    pub neighbours: Neighbours,
}

/// The files before and after it in the same folder.
#[derive(Default)]
pub struct Neighbours {
    pub previous: Option<(ItemId, String)>,
    pub next: Option<(ItemId, String)>,
}

impl Neighbours {
    pub fn of(item: ItemId, folder: Vec<(ItemId, String)>) -> Self {
        let Some(place) = folder.iter().position(|(id, _)| *id == item) else { return Self::default() };
        let at = |place: Option<usize>| place.and_then(|place| folder.get(place)).cloned();
        Self { previous: at(place.checked_sub(1)), next: at(Some(place + 1)) }
    }
}

/// What stands around `$file` among `$shown`, the items that its reader may see.
macro_rules! surroundings_among {
    ($tx:expr, $shown:expr, $file:expr) => {{
        let folder_name: Option<String> = match $file.folder {
            Some(folder) => {
                $shown.filter(items::id.eq(folder)).select(items::name).first($tx.db()).optional()?
            }
            None => None,
        };
        let beside = $shown
            .filter(items::portal_id.eq($file.portal))
            .filter(items::kind.eq("file"))
            .order((items::position, items::id))
            .select((items::id, items::name));
        let beside: Vec<(ItemId, String)> = match $file.folder {
            Some(folder) => beside.filter(items::folder_id.eq(folder)).load($tx.db())?,
            None => beside.filter(items::folder_id.is_null()).load($tx.db())?,
        };
        Surroundings { folder_name, neighbours: Neighbours::of($file.id, beside) }
    }};
}
pub(crate) use surroundings_among;

/// # Errors
/// The database's.
pub fn surroundings(tx: &mut Tx, file: &Item) -> Result<Surroundings> {
    let organization = tx.organization();
    let mut found = surroundings_among!(tx, shown_items(organization), file);
    let Neighbours { previous, next } = &mut found.neighbours;
    let ids: Vec<ItemId> = previous.iter().chain(next.iter()).map(|(item, _)| *item).collect();
    let beyond = tx.beyond_limit(&ids)?;
    for neighbour in [previous, next] {
        if neighbour.as_ref().is_some_and(|(item, _)| beyond.contains(item)) {
            *neighbour = None;
        }
    }
    Ok(found)
}

/// All files of a portal, deleted ones too.
///
/// # Errors
/// The database's.
pub fn of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    Ok(items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .filter(items::kind.eq("file"))
        .select(items::id)
        .load(tx.db())?)
}

/// The folders of a portal, in the order of its listings.
///
/// # Errors
/// The database's.
pub fn folders_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<(ItemId, String)>> {
    let organization = tx.organization();
    Ok(shown_items(organization)
        .filter(items::portal_id.eq(portal))
        .filter(items::kind.eq("folder"))
        .order((items::position, items::id))
        .select((items::id, items::name))
        .load(tx.db())?)
}

/// The item itself when it is a file, and the files below it when it is a folder, deleted ones too.
///
/// # Errors
/// The database's.
pub fn of_folder(tx: &mut Tx, portal: PortalId, item: ItemId) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    let all: Vec<(ItemId, Option<ItemId>, String)> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .filter(items::kind.among(["file", "folder"]))
        .select((items::id, items::folder_id, items::kind))
        .load(tx.db())?;
    Ok(files_below(item, &all))
}

fn files_below(top: ItemId, all: &[(ItemId, Option<ItemId>, String)]) -> Vec<ItemId> {
    let mut below = HashSet::from([top]);
    // Each round reaches one level deeper; a folder can lie nowhere below itself.
    loop {
        let reached = below.len();
        let inside = all.iter().filter(|(_, folder, _)| folder.is_some_and(|folder| below.contains(&folder)));
        let inside: Vec<ItemId> = inside.map(|(id, ..)| *id).collect();
        below.extend(inside);
        if below.len() == reached {
            break;
        }
    }
    all.iter().filter(|(id, _, kind)| kind == "file" && below.contains(id)).map(|(id, ..)| *id).collect()
}

/// The next files in the order of their ids, for building the index anew.
///
/// # Errors
/// The database's.
pub fn ids_after(tx: &mut Tx, after: Option<ItemId>, limit: i64) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    let ascending = files::table
        .filter(files::organization_id.eq(organization))
        .order(files::item_id)
        .limit(limit)
        .select(files::item_id);
    Ok(match after {
        Some(after) => ascending.filter(files::item_id.gt(after)).load(tx.db())?,
        None => ascending.load(tx.db())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> ItemId {
        ItemId::from_bytes([number; 16])
    }

    #[test]
    fn a_folder_reaches_all_files_below_it() {
        let item =
            |number, folder: u8, kind: &str| (id(number), (folder > 0).then(|| id(folder)), kind.to_owned());
        let all = [
            item(1, 0, "folder"),
            item(5, 4, "file"),
            item(4, 3, "folder"),
            item(3, 1, "folder"),
            item(2, 1, "file"),
            item(6, 0, "file"),
        ];
        assert_eq!(files_below(id(1), &all), [id(5), id(2)]);
        assert_eq!(files_below(id(6), &all), [id(6)]);
        assert_eq!(files_below(id(9), &all), []);
    }

    #[test]
    fn neighbours_end_at_the_ends_of_the_folder() {
        let folder = || (1..=3).map(|number| (id(number), number.to_string())).collect();
        let names = |item| {
            let Neighbours { previous, next } = Neighbours::of(id(item), folder());
            (previous.map(|(_, name)| name), next.map(|(_, name)| name))
        };
        assert_eq!(names(1), (None, Some("2".to_owned())));
        assert_eq!(names(2), (Some("1".to_owned()), Some("3".to_owned())));
        assert_eq!(names(3), (Some("2".to_owned()), None));
        assert_eq!(names(9), (None, None));
    }
}
