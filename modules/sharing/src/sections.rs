//! This module's parts of pages that others own.

use maud::Markup;
use portico_facts::PersonId;
use portico_kernel::{PortalPlace, Result, Tx};
use portico_ui::Frame;

use crate::{
    store,
    view::{self, Reading},
};

pub fn of_portal(tx: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    let holders = store::holders(tx, place.portal)?;
    Ok(Some(view::grants_panel(&reading(tx, place.frame), place.portal, &holders)))
}

pub fn of_client(tx: &mut Tx, person: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let portals = store::portals_of(tx, person)?;
    Ok(Some(view::client_grants(&reading(tx, frame), person, &portals)))
}

fn reading<'a>(tx: &'a Tx, frame: &'a Frame) -> Reading<'a> {
    Reading { frame, zone: &tx.organization_profile().time_zone, now: tx.now() }
}
