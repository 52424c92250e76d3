//! Every day each domain is asked whether it still leads here, or does by now.

use futures_util::FutureExt;
use portico_kernel::{JobKind, Result, System};

use crate::{check, store};

const CHECK: &str = "domains-check";

pub fn check_daily() -> JobKind {
    JobKind { kind: CHECK, run: |system, _| look(system).boxed() }
}

async fn look(system: System) -> Result<()> {
    let Some(claim) = system.write(store::begin_check).await? else { return Ok(()) };
    let outcome = check::ask(system.kernel(), &claim).await;
    system.write(move |tx| store::settle_check(tx, &claim, outcome)).await
}
