use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{Among, Core, Error, NewEvent, Recorded, Result, Tx};
use portico_ui::LogoShape;

use crate::{
    picture::{NewLogo, Size, names_of_logo},
    schema::{organization_pictures, organizations},
};

/// A size of a picture as it was drawn, whether it is shown or not.
pub fn size(tx: &mut Core, version: &str, name: &str) -> Result<Vec<u8>> {
    organization_pictures::table
        .find((tx.organization(), name))
        .filter(organization_pictures::version.eq(version))
        .select(organization_pictures::bytes)
        .first(tx.db())
        .optional()?
        .ok_or(Error::NotFound)
}

pub fn change_logo(tx: &mut Tx, logo: &NewLogo) -> Result<Recorded<()>> {
    let organization = tx.organization();
    // First, since whoever changes the logo at the same time waits for this row.
    diesel::update(organizations::table.find(organization))
        .set((
            organizations::logo.eq(Some(logo.version.as_str())),
            organizations::logo_ground.eq(logo.ground.name()),
            organizations::logo_is_wide.eq(logo.shape == LogoShape::Wide),
        ))
        .execute(tx.db())?;
    replace(tx, &names_of_logo(), &logo.version, &logo.sizes)?;
    tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization))
}

/// What was made of it stays, so that it can be brought back.
pub fn remove_logo(tx: &mut Tx) -> Result<Recorded<()>> {
    let shown = organizations::table.find(tx.organization()).filter(organizations::logo.is_not_null());
    let rows = diesel::update(shown).set(organizations::logo.eq(None::<String>)).execute(tx.db())?;
    record_if_changed(tx, rows)
}

pub fn restore_logo(tx: &mut Tx) -> Result<Recorded<()>> {
    let version = kept_version(tx, names_of_logo()[0])?;
    let hidden = organizations::table.find(tx.organization()).filter(organizations::logo.is_null());
    let rows = diesel::update(hidden).set(organizations::logo.eq(Some(version))).execute(tx.db())?;
    record_if_changed(tx, rows)
}

/// `rows`: of organizations that another look was written into, none when there was nothing to change.
pub fn record_if_changed(tx: &mut Tx, rows: usize) -> Result<Recorded<()>> {
    let organization = tx.organization();
    match rows {
        0 => Ok(tx.unchanged(())),
        _ => tx.record(NewEvent::new(EventKind::ORGANIZATION_CHANGED, organization)),
    }
}

/// Of what was drawn last, whether it is shown or not.
pub fn kept_version(tx: &mut Tx, name: &str) -> Result<String> {
    organization_pictures::table
        .find((tx.organization(), name))
        .select(organization_pictures::version)
        .first(tx.db())
        .optional()?
        .ok_or(Error::NotFound)
}

/// All sizes of one picture by those of another.
pub fn replace(tx: &mut Tx, names: &[&'static str], version: &str, sizes: &[Size]) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(
        organization_pictures::table
            .filter(organization_pictures::organization_id.eq(organization))
            .filter(organization_pictures::name.among(names.iter().copied())),
    )
    .execute(tx.db())?;
    for size in sizes {
        diesel::insert_into(organization_pictures::table)
            .values((
                organization_pictures::organization_id.eq(organization),
                organization_pictures::name.eq(size.name),
                organization_pictures::version.eq(version),
                organization_pictures::bytes.eq(&size.bytes),
            ))
            .execute(tx.db())?;
    }
    Ok(())
}
