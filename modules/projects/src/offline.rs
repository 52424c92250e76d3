//! What projects have in a copy of a portal that opens without a server: the milestones.

use maud::html;
use portico_kernel::{OfflineCopy, OfflinePart, OfflineTx, Result};
use portico_ui::components::{plain_milestone_track, section};

use crate::{store, view};

pub fn part() -> OfflinePart {
    OfflinePart { name: "projects", order: 10, kinds: &[], gather }
}

fn gather(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) -> Result<()> {
    let milestones = match (&mut *tx, copy.plan.project) {
        (_, None) => Vec::new(),
        (OfflineTx::Staff(tx), Some(project)) => store::milestones_of(tx, project)?,
        (OfflineTx::Client(tx), Some(_)) => store::milestones_for_client(tx, copy.plan.portal)?,
    };
    if milestones.is_empty() {
        return Ok(());
    }
    let today = tx.core().today();
    let track = view::with_steps(copy.text, today, &milestones, plain_milestone_track);
    let names: Vec<&str> = milestones.iter().map(|milestone| milestone.name.as_str()).collect();
    copy.on_first_page(section(&copy.text.say("projects-milestones"), html! {}, track), &names.join("\n"));
    Ok(())
}
