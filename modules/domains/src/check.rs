//! Asking a domain whether it leads here: the one place where the server goes to an address that somebody typed (T13). What
//! it asks there is fixed but for the name, and what it is told is compared and thrown away.

use portico_kernel::{Kernel, NoAnswer};

use crate::{claim::Claim, failure::Failure, reach::askable};

/// # Errors
/// Why it does not lead here.
pub async fn ask(kernel: &Kernel, claim: &Claim) -> Result<(), Failure> {
    let (internet, public_url) = (kernel.internet(), kernel.public_url());
    let (found, own) = futures_util::future::join(
        internet.addresses(&claim.domain),
        internet.addresses(public_url.host_name()),
    )
    .await;
    let own = own.unwrap_or_default();
    let at = askable(&found?, &own, public_url)?;
    let answer = internet.ask(&claim.proof_address(public_url), &at).await;
    if let Err(NoAnswer::Unreachable(why)) = &answer {
        tracing::info!(domain = claim.domain, why, "a domain did not answer");
    }
    claim.compare(&answer?)
}
