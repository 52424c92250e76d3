//! This module's parts of the pages of others.

use maud::Markup;
use portico_kernel::{ClientTx, PortalPlace, Result, Tx};

use crate::{
    store,
    view::{
        Reading,
        lists::{self, OfPortal},
    },
    visibility,
};

/// What of this module stands on a portal's page for clients.
pub const OF_PORTAL: &str = "messages";
/// Conversations on a portal's page for staff.
pub const BESIDE_PORTAL: i64 = 5;
/// Messages on a portal's page for its client.
pub const LAST: i64 = 2;

pub fn staff_portal(tx: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    if place.folder.is_some() {
        return Ok(None);
    }
    let lines = store::conversations_of_portal(tx, place.portal, BESIDE_PORTAL)?;
    let (_, holders) = store::holders_of_portal(tx, place.portal)?;
    let of_portal = OfPortal { portal: place.portal, lines: &lines, holders: &holders };
    Ok(Some(lists::staff_section(&Reading::of(tx, place.frame), &of_portal)))
}

pub fn client_portal(tx: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    if place.folder.is_some() {
        return Ok(None);
    }
    let last = visibility::last_messages(tx, place.portal, LAST)?;
    let rooms = visibility::rooms_of_portal(tx, place.portal)?;
    let reading = Reading::of(tx, place.frame);
    Ok(Some(lists::client_section(&reading, place.portal, &last, &rooms, place.title)))
}
