use portico_kernel::{JobKind, Result, System};

use crate::erasure::{FORGET_MAIL, ForgetMail};

pub fn forget_mail() -> JobKind {
    JobKind {
        kind: FORGET_MAIL,
        run: |system, job| {
            Box::pin(async move {
                let ForgetMail { email } = job.payload()?;
                forget(system, &email).await
            })
        },
    }
}

/// Doing so again does no harm.
async fn forget(system: System, email: &str) -> Result<()> {
    system.kernel().outbox().forget(system.organization().id, email).await
}
