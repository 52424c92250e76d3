//! This module's parts of the pages of others.

use maud::{Markup, html};
use portico_kernel::{ClientTx, Core, Error, Instant, PortalPlace, Result, Tx};
use portico_ui::{Frame, Text};

use crate::{
    pages::requests::BESIDE_PORTAL,
    request::Turn,
    store::{self, Place},
    view::{
        self, approvals,
        asked::{self, Lines},
        request_dialog,
        requests::{self, Reading},
        sending,
    },
    visibility,
};

/// As many as a home page has room for; the rest follows when these are done.
const AT_HOME: i64 = 10;
/// Among which those are looked for that need staff.
const MOST_OPEN: i64 = 200;

pub fn of_client_home(tx: &mut ClientTx, frame: &Frame) -> Result<Option<Markup>> {
    let waiting = visibility::waiting_approvals(tx, AT_HOME)?;
    if waiting.is_empty() {
        return Ok(None);
    }
    Ok(Some(approvals::waiting(frame.text, &waiting, ago(tx, frame.text))))
}

fn ago(tx: &Core, text: Text) -> impl Fn(Instant) -> String {
    let (zone, now) = (tx.organization_profile().time_zone.clone(), tx.now());
    move |at| text.ago(at.in_zone(&zone), now.in_zone(&zone))
}

fn here(place: &PortalPlace) -> Place {
    Place { portal: place.portal, folder: place.folder }
}

pub fn staff_tools(tx: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    let switch = match place.folder {
        Some(folder) => {
            let may = store::clients_may(tx, folder)?;
            sending::folder_switch(place.frame, folder, may)
        }
        None => Markup::default(),
    };
    Ok(Some(html! { (view::upload_tool(place.frame, here(place))) (switch) }))
}

pub fn client_tools(tx: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    let Some(folder) = place.folder else { return Ok(None) };
    match visibility::open_folder(tx, folder) {
        Ok(_) => Ok(Some(sending::send_files(place.frame, folder))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn reading<'a>(tx: &'a Core, frame: &'a Frame) -> Reading<'a> {
    Reading { frame, zone: &tx.organization_profile().time_zone, now: tx.now() }
}

pub fn request_tool(_: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    Ok(Some(request_dialog::request_tool(place.frame.text, here(place))))
}

pub fn staff_requests(tx: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    let found = store::requests_of_portal(tx, place.portal, BESIDE_PORTAL)?;
    Ok(Some(requests::requests_panel(&reading(tx, place.frame), place.portal, &found)))
}

/// What a template brought, before somebody is asked.
pub fn prepared_requests(tx: &mut Tx, place: &PortalPlace) -> Result<Option<Markup>> {
    let found = store::prepared::of_portal(tx, place.portal)?;
    Ok(Some(requests::prepared_panel(place.frame, place.portal, &found)))
}

/// Where something came that nobody looked at yet; whom staff wait for is said elsewhere.
pub fn staff_home(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let mut found = store::open_requests(tx, MOST_OPEN)?;
    found.retain(|request| request.turn() == Turn::Staff || request.to_look_at() > 0);
    found.truncate(AT_HOME as usize);
    Ok((!found.is_empty()).then(|| requests::requests_at_home(&reading(tx, frame), &found)))
}

pub fn client_home(tx: &mut ClientTx, frame: &Frame) -> Result<Option<Markup>> {
    let found = visibility::waiting_requests(tx)?;
    Ok((!found.is_empty()).then(|| asked::waiting_lines(&reading(tx, frame), Lines::Home, &found)))
}

pub fn client_portal(tx: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    let found = visibility::waiting_requests(tx)?;
    let lines = asked::waiting_lines(&reading(tx, place.frame), Lines::Portal(place.portal), &found);
    Ok(Some(place.under_its_name(lines)))
}
