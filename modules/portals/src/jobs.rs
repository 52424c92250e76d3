//! Once a day: what was deleted 30 days ago goes for good.

use portico_kernel::{Job, JobKind, NewJob, Result, System, Tx};

use crate::store::{purge, templates};

const PURGE: &str = "portals-purge";
const PURGE_REST: &str = "portals-purge-rest";
/// Of one run, so that it ends within a job's lease.
const MOST_BATCHES: usize = 50;

pub fn purge_daily() -> JobKind {
    JobKind { kind: PURGE, run: |system, job| Box::pin(run(system, job)) }
}

/// Goes on where a run of the same day had done enough.
pub fn purge_rest() -> JobKind {
    JobKind { kind: PURGE_REST, run: |system, job| Box::pin(run(system, job)) }
}

async fn run(system: System, _: Job) -> Result<()> {
    system.write(templates::purge).await?;
    for _ in 0..MOST_BATCHES {
        let kernel = system.kernel().clone();
        let mut gone = system.write(move |tx| purge::purge_items(tx, kernel.registry())).await?;
        if gone == 0 {
            // Portals go when nothing is left that could lie in them.
            let kernel = system.kernel().clone();
            gone = system.write(move |tx| purge::purge_portal(tx, kernel.registry())).await?;
        }
        if gone == 0 {
            return Ok(());
        }
    }
    system
        .write(|tx: &mut Tx| {
            tx.enqueue(NewJob { kind: PURGE_REST, payload: () })?;
            Ok(tx.unchanged(()))
        })
        .await
}
