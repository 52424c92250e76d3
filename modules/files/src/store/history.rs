//! The versions of a file as staff see them (P34).

use diesel::prelude::*;
use portico_facts::{ItemId, PersonId, VersionId};
use portico_kernel::{Core, Instant, Result, Role, Tx, items, people, portals};

use crate::{
    file::{Content, File},
    schema::{file_versions, files},
    store::their_portals,
};

/// What became of a file.
#[derive(Clone, Debug)]
pub struct History {
    /// The newest first; at least one.
    pub versions: Vec<Version>,
    /// What can be brought back, the newest first.
    pub deleted: Vec<Version>,
    /// What clients see.
    pub shown: VersionId,
    pub pinned: Option<VersionId>,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = file_versions)]
pub struct Version {
    #[diesel(embed)]
    pub content: Content,
    /// Nobody's for what a job or the demo put there.
    #[diesel(select_expression = people::name.nullable())]
    pub added_by: Option<String>,
    pub deleted_at: Option<Instant>,
}

impl History {
    pub fn numbered(&self, version: VersionId) -> Option<i32> {
        self.versions.iter().find(|each| each.content.version == version).map(|each| each.content.number)
    }

    /// The nearest version that came earlier.
    pub fn before(&self, number: i32) -> Option<VersionId> {
        self.versions.iter().find(|each| each.content.number < number).map(|each| each.content.version)
    }

    /// Where a version that was brought back came from.
    pub fn first_with_the_bytes_of(&self, version: &Version) -> Option<i32> {
        let mut earlier = self.versions.iter().rev().map(|each| &each.content);
        let first = earlier.find(|each| each.key == version.content.key)?.number;
        (first < version.content.number).then_some(first)
    }
}

/// The joins that make items into [`File`]s with all of their versions.
macro_rules! with_versions {
    () => {
        items::table
            .inner_join(
                file_versions::table.on(file_versions::organization_id
                    .eq(items::organization_id)
                    .and(file_versions::item_id.eq(items::id))),
            )
            .inner_join(their_portals!())
    };
}

/// Of a file that is there.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) for what is no file of this organization.
pub fn history(tx: &mut Tx, item: ItemId) -> Result<History> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    let (shown, pinned): (VersionId, bool) =
        files::table.find((organization, item)).select((files::version_id, files::pinned)).first(tx.db())?;
    let mut ever: Vec<Version> = file_versions::table
        .left_join(
            people::table.on(people::organization_id
                .eq(file_versions::organization_id)
                .and(people::id.nullable().eq(file_versions::added_by))),
        )
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::item_id.eq(item))
        .filter(file_versions::deleted_at.is_null().or(file_versions::deleted_at.ge(end)))
        .order(file_versions::number.desc())
        .select(Version::as_select())
        .load(tx.db())?;
    if tx.is_limited() {
        name_nobody_beyond_limit(tx, item, &mut ever)?;
    }
    let (versions, deleted) = ever.into_iter().partition(|version| version.deleted_at.is_none());
    Ok(History { versions, deleted, shown, pinned: pinned.then_some(shown) })
}

/// A client who shares the portal with those whom a limited member sees has no name for them.
fn name_nobody_beyond_limit(tx: &mut Tx, item: ItemId, versions: &mut [Version]) -> Result<()> {
    let organization = tx.organization();
    let mut by_clients: Vec<(VersionId, PersonId)> = file_versions::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(file_versions::organization_id)
                .and(people::id.nullable().eq(file_versions::added_by))),
        )
        .filter(file_versions::organization_id.eq(organization))
        .filter(file_versions::item_id.eq(item))
        .filter(people::role.eq(Role::Client.name()))
        .select((file_versions::id, people::id))
        .load(tx.db())?;
    by_clients.retain(|(_, client)| !tx.sees_client(*client));
    for version in versions {
        if by_clients.iter().any(|(of, _)| *of == version.content.version) {
            version.added_by = None;
        }
    }
    Ok(())
}

/// The file as it was with this version.
///
/// # Errors
/// [`Error::NotFound`](portico_kernel::Error::NotFound) when file or version is deleted, or not of this
/// organization.
pub fn version(tx: &mut Tx, item: ItemId, version: VersionId) -> Result<File> {
    let organization = tx.organization();
    Ok(with_versions!()
        .filter(items::organization_id.eq(organization))
        .filter(items::id.eq(item))
        .filter(items::deleted_at.is_null())
        .filter(portals::deleted_at.is_null())
        .filter(file_versions::id.eq(version))
        .filter(file_versions::deleted_at.is_null())
        .select(File::as_select())
        .first(tx.db())?)
}

/// For a job: whatever became of file and version meanwhile.
///
/// # Errors
/// The database's.
pub fn version_ever(tx: &mut Core, version: VersionId) -> Result<Option<File>> {
    let organization = tx.organization();
    Ok(with_versions!()
        .filter(items::organization_id.eq(organization))
        .filter(file_versions::id.eq(version))
        .select(File::as_select())
        .first(tx.db())
        .optional()?)
}

/// Which version it was, if it can be brought back.
///
/// # Errors
/// The database's.
pub fn deleted_number(tx: &mut Tx, item: ItemId, version: VersionId) -> Result<Option<i32>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    Ok(file_versions::table
        .find((organization, version))
        .filter(file_versions::item_id.eq(item))
        .filter(file_versions::deleted_at.ge(end))
        .select(file_versions::number)
        .first(tx.db())
        .optional()?)
}
