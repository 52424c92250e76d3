//! The demo's events are older than whoever follows them: their lines are made afterwards, and all but the latest of
//! each reader have been seen.

use diesel::{dsl, prelude::*};
use portico_facts::OrganizationId;
use portico_kernel::{DemoWorld, Result, Tx};

use crate::{schema::notifications, store};

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    for slug in ["studio", "rival"] {
        let organization: OrganizationId = world.recall(&format!("{slug}/organization"))?;
        let system = world.kernel.system(organization).await?;
        system
            .write(|tx| {
                for event in store::followed(tx)? {
                    store::spread(tx, &event)?;
                }
                leave_the_latest_unread(tx)?;
                Ok(tx.unchanged(()))
            })
            .await?;
    }
    Ok(())
}

fn leave_the_latest_unread(tx: &mut Tx) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let latest: Option<i64> = notifications::table
        .filter(notifications::organization_id.eq(organization))
        .select(dsl::max(notifications::event))
        .first(tx.db())?;
    diesel::update(
        notifications::table
            .filter(notifications::organization_id.eq(organization))
            .filter(notifications::event.lt(latest.unwrap_or_default())),
    )
    .set(notifications::read_at.eq(Some(now)))
    .execute(tx.db())?;
    Ok(())
}
