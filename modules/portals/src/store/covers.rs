use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{Core, NewEvent, Recorded, Result, Tx};
use portico_ui::{CoverLook, Focus};

use super::pictures::{kept_version, record_if_changed, replace};
use crate::{
    picture::{NewCover, names_of_cover},
    schema::organizations,
};

/// The one that is shown.
pub fn cover(tx: &mut Core) -> Result<Option<CoverLook>> {
    let (version, x, y): (Option<String>, i32, i32) = organizations::table
        .find(tx.organization())
        .select((organizations::cover, organizations::cover_x, organizations::cover_y))
        .first(tx.db())?;
    let percent = |stored: i32| u8::try_from(stored).unwrap_or(50);
    Ok(version.map(|version| CoverLook {
        small: format!("/brand/{version}/cover-small.webp"),
        large: format!("/brand/{version}/cover-large.webp"),
        focus: Focus { x: percent(x), y: percent(y) },
    }))
}

pub fn is_shown(tx: &mut Core, version: &str) -> Result<bool> {
    let shown = organizations::table.find(tx.organization()).filter(organizations::cover.eq(version));
    Ok(shown.count().get_result::<i64>(tx.db())? > 0)
}

/// A new one is looked at in its middle first.
pub fn change_cover(tx: &mut Tx, cover: &NewCover) -> Result<Recorded<()>> {
    let organization = tx.organization();
    // First, since whoever changes the cover at the same time waits for this row.
    diesel::update(organizations::table.find(organization))
        .set((
            organizations::cover.eq(Some(cover.version.as_str())),
            organizations::cover_x.eq(50),
            organizations::cover_y.eq(50),
        ))
        .execute(tx.db())?;
    replace(tx, &names_of_cover(), &cover.version, &cover.sizes)?;
    tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization))
}

pub fn change_focus(tx: &mut Tx, focus: Focus) -> Result<Recorded<()>> {
    let shown = organizations::table.find(tx.organization()).filter(organizations::cover.is_not_null());
    let place =
        (organizations::cover_x.eq(i32::from(focus.x)), organizations::cover_y.eq(i32::from(focus.y)));
    let rows = diesel::update(shown).set(place).execute(tx.db())?;
    record_if_changed(tx, rows)
}

/// What was made of it stays, so that it can be brought back.
pub fn remove_cover(tx: &mut Tx) -> Result<Recorded<()>> {
    let shown = organizations::table.find(tx.organization()).filter(organizations::cover.is_not_null());
    let rows = diesel::update(shown).set(organizations::cover.eq(None::<String>)).execute(tx.db())?;
    record_if_changed(tx, rows)
}

pub fn restore_cover(tx: &mut Tx) -> Result<Recorded<()>> {
    let version = kept_version(tx, names_of_cover()[0])?;
    let hidden = organizations::table.find(tx.organization()).filter(organizations::cover.is_null());
    let rows = diesel::update(hidden).set(organizations::cover.eq(Some(version))).execute(tx.db())?;
    record_if_changed(tx, rows)
}
