//! What can still be brought back: portals, and of the items in portals that are there those that
//! were deleted themselves, not along with their folder.

use std::collections::HashMap;

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::{EventKind, PersonId, PortalId, SubjectId};
use portico_kernel::{Among, Instant, Result, Tx, events, people, per_backend};

/// Lines of one page.
pub const PAGE: i64 = 30;

#[derive(Clone, Debug, QueryableByName)]
pub struct Deleted {
    /// `portal`, or the kind of an item.
    #[diesel(sql_type = sql_types::Text)]
    pub kind: String,
    #[diesel(sql_type = sql_types::Binary)]
    pub id: SubjectId,
    #[diesel(sql_type = sql_types::Binary)]
    pub portal: PortalId,
    #[diesel(sql_type = sql_types::Text)]
    pub name: String,
    #[diesel(sql_type = sql_types::Text)]
    pub portal_name: String,
    #[diesel(sql_type = sql_types::BigInt)]
    pub deleted_at: Instant,
}

/// The latest first, and one more than a page holds if there are more.
///
/// # Errors
/// The database's.
pub fn deleted(tx: &mut Tx, page: i64) -> Result<Vec<Deleted>> {
    let (organization, end) = (tx.organization(), tx.now().end_of_retention());
    let statement =
        "SELECT 'portal' AS kind, id, id AS portal, name, name AS portal_name, deleted_at FROM portals
         WHERE organization_id = $1 AND deleted_at >= $2
         UNION ALL
         SELECT items.kind, items.id, items.portal_id, items.name, portals.name, items.deleted_at FROM items
         JOIN portals ON portals.organization_id = items.organization_id AND portals.id = items.portal_id
         WHERE items.organization_id = $3 AND items.deleted_at >= $4 AND portals.deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM items AS above WHERE above.organization_id = items.organization_id
                           AND above.id = items.folder_id AND above.deleted_at = items.deleted_at)
         ORDER BY deleted_at DESC, id LIMIT $5 OFFSET $6";
    Ok(per_backend!(tx.db(), |connection| {
        sql_query(statement)
            .bind::<sql_types::Binary, _>(organization)
            .bind::<sql_types::BigInt, _>(end)
            .bind::<sql_types::Binary, _>(organization)
            .bind::<sql_types::BigInt, _>(end)
            .bind::<sql_types::BigInt, _>(PAGE + 1)
            .bind::<sql_types::BigInt, _>(page.saturating_mul(PAGE))
            .load(connection)?
    }))
}

/// Who deleted them, as the events tell.
///
/// # Errors
/// The database's.
pub fn deleters(tx: &mut Tx, of: &[Deleted]) -> Result<HashMap<SubjectId, String>> {
    let organization = tx.organization();
    let deeds: Vec<(Option<SubjectId>, Option<PersonId>)> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::portal_id.among(of.iter().map(|each| each.portal)))
        .filter(events::subject_id.among(of.iter().map(|each| each.id)))
        .filter(events::kind.among([EventKind::ITEM_DELETED.name(), EventKind::PORTAL_DELETED.name()]))
        .order(events::id)
        .select((events::subject_id, events::actor_id))
        .load(tx.db())?;
    let names: Vec<(PersonId, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::id.among(deeds.iter().filter_map(|(_, actor)| *actor)))
        .select((people::id, people::name))
        .load(tx.db())?;
    let names: HashMap<PersonId, String> = names.into_iter().collect();
    let named = deeds.into_iter().filter_map(|(what, who)| Some((what?, names.get(&who?)?.clone())));
    Ok(named.collect())
}
