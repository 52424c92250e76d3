use poem::handler;
use portico_facts::PortalId;
use portico_kernel::{Answer, Result, Tx, Within};
use portico_ui::{Frame, Markup};

use super::{Page, awaited, staff_page};
use crate::{
    store,
    view::{Moments, staff_home},
};

const RECENT_PORTALS: i64 = 6;
const RECENT_EVENTS: usize = 12;

#[handler]
pub async fn show(Within(staff): Within) -> Result<Answer> {
    staff_page(&staff, |tx, frame, registry| {
        let mut sections = Vec::new();
        // Whom the organization waits for is told to whoever sees all of it.
        if !tx.is_limited() {
            sections.push(awaited::at_home(tx, frame, registry)?);
        }
        sections.extend(registry.staff_home(tx, frame));
        let title = frame.text.say("ui-home").into_owned();
        Ok(Page { title, body: staff_home::staff_home(frame, &sections), toast: None })
    })
    .await
}

pub fn recent_portals(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let portals = store::portals::recent(tx, RECENT_PORTALS)?;
    let ids: Vec<PortalId> = portals.iter().map(|portal| portal.id).collect();
    let counts = store::portals::counts(tx, &ids)?;
    Ok(Some(staff_home::recent_portals(frame, &portals, &counts)))
}

pub fn activity(tx: &mut Tx, frame: &Frame) -> Result<Option<Markup>> {
    let happenings = store::activity::lately(tx, RECENT_EVENTS)?;
    Ok(Some(staff_home::activity(frame, &happenings, &Moments::new(tx, frame.text))))
}
