//! What a client may see of what concerns them: asked at the moment of asking, whatever was put into their list.

use diesel::{dsl, prelude::*};
use portico_kernel::{ClientTx, Result, client_items, events, granted, grants, items};

use crate::{
    schema::notifications,
    store::{COUNTED, Row, taken_back},
};

/// THE predicate on the client side (T2): in no portal, or in one that they have; about no item, or about one that
/// they see; and not taken back.
macro_rules! told_to {
    ($organization:expr, $person:expr) => {{
        let theirs =
            granted($organization, $person).filter(grants::portal_id.nullable().eq(notifications::portal));
        let seen = client_items($organization, $person).filter(items::id.nullable().eq(notifications::item));
        notifications::table
            .filter(notifications::organization_id.eq($organization))
            .filter(notifications::person_id.eq($person))
            .filter(notifications::portal.is_null().or(dsl::exists(theirs)))
            .filter(notifications::item.is_null().or(dsl::exists(seen)))
            .filter(dsl::not(dsl::exists(taken_back!($organization, $person))))
    }};
}

/// At most [`COUNTED`]. The entry is there with nothing in it, too, since behind it is also what they get by mail.
///
/// # Errors
/// The database's.
pub fn unread(tx: &mut ClientTx) -> Result<Option<u64>> {
    let (organization, person) = tx.sight();
    let new: Vec<i64> = told_to!(organization, person)
        .filter(notifications::read_at.is_null())
        .limit(COUNTED)
        .select(notifications::event)
        .load(tx.db())?;
    Ok(Some(new.len() as u64))
}

/// The newest first, from below `before` on.
///
/// # Errors
/// The database's.
pub fn told(tx: &mut ClientTx, before: i64, limit: i64) -> Result<Vec<Row>> {
    let (organization, person) = tx.sight();
    Ok(told_to!(organization, person)
        .filter(notifications::event.lt(before))
        .order(notifications::event.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(tx.db())?)
}
