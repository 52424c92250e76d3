//! This module's parts of the home pages.

use maud::Markup;
use portico_kernel::{ClientTx, Core, Instant, Result, Tx};
use portico_ui::{Frame, Text};

use crate::{store, view::approvals, visibility};

/// As many as a home page has room for; the rest follows when these are done.
const AT_HOME: i64 = 10;

pub fn of_client_home(tx: &mut ClientTx, frame: &Frame) -> Result<Option<Markup>> {
    let waiting = visibility::waiting_approvals(tx, AT_HOME)?;
    if waiting.is_empty() {
        return Ok(None);
    }
    Ok(Some(approvals::waiting(frame.text, &waiting, ago(tx, frame.text))))
}

pub fn of_staff_home(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let open = store::open_approvals(tx, AT_HOME)?;
    if open.is_empty() {
        return Ok(None);
    }
    Ok(Some(approvals::open(frame.text, &open, ago(tx, frame.text))))
}

fn ago(tx: &Core, text: Text) -> impl Fn(Instant) -> String {
    let (zone, now) = (tx.organization_profile().time_zone.clone(), tx.now());
    move |at| text.ago(at.in_zone(&zone), now.in_zone(&zone))
}
