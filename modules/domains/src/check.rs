//! Asking DNS whose a domain is, and the domain whether it leads here: the one place where the server goes to an address that
//! somebody typed (T13). What it asks there is fixed but for the name, and what it is told is compared and thrown away.

use portico_kernel::{Kernel, NoAnswer};

use crate::{claim::Claim, failure::Failure, reach::askable};

/// # Errors
/// Why it does not lead here.
pub async fn ask(kernel: &Kernel, claim: &Claim) -> Result<(), Failure> {
    let (internet, public_url) = (kernel.internet(), kernel.public_url());
    let text_name = claim.text_name();
    let (found, own, texts) = futures_util::future::join3(
        internet.addresses(&claim.domain),
        internet.addresses(public_url.host_name()),
        internet.texts(&text_name),
    )
    .await;
    let own = own.unwrap_or_default();
    let at = askable(&found?, &own, public_url)?;
    let answer = internet.ask(&claim.proof_address(public_url), &at).await;
    if let Err(NoAnswer::Unreachable(why)) = &answer {
        tracing::info!(domain = claim.domain, why, "a domain did not answer");
    }
    claim.compare(&answer?)?;
    // That it leads to this installation does not say to which organization.
    if let Err(why) = &texts {
        tracing::info!(domain = claim.domain, %why, "DNS did not say whose a domain is");
    }
    claim.find_itself(&texts.unwrap_or_default())
}
