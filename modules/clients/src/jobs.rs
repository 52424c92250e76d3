use portico_kernel::{JobKind, Result, System};

use crate::{
    erasure::{FORGET_MAIL, ForgetMail},
    store,
};

pub fn forget_mail() -> JobKind {
    JobKind {
        kind: FORGET_MAIL,
        run: |system, job| {
            Box::pin(async move {
                let mail: ForgetMail = job.payload()?;
                forget(system, &mail).await
            })
        },
    }
}

/// Doing so again does no harm.
async fn forget(system: System, mail: &ForgetMail) -> Result<()> {
    let email = mail.email.clone();
    let newcomer = system.read(move |tx| store::holder_since(tx, &email)).await?;
    system.kernel().outbox().forget(system.organization().id, &mail.email, mail.until(newcomer)).await
}
