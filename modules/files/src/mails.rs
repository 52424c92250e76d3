//! Mails that came in, taken apart in the limited process (T12) for whichever module makes something of them.

use std::time::Duration;

use futures_util::{FutureExt, future::BoxFuture};
use portico_kernel::{Error, Kernel, MailParts, NoMail, Result, traced};
use portico_reading::{Limits, Mail, Reader, Unreadable};
use tokio::{sync::Semaphore, time::timeout};

use crate::{copies::Copy, drawing::reading_span};

/// Each reader may take half a gibibyte.
static READERS: Semaphore = Semaphore::const_new(2);
/// For one of them: a mail server waits no longer, and comes again.
const PATIENCE: Duration = Duration::from_secs(30);

/// A document's, but that the answer holds what is attached, and no more words than anybody reads.
fn limits() -> Limits {
    const MEBIBYTE: u64 = 1024 * 1024;
    Limits { text_bytes: MEBIBYTE, output_bytes: 40 * MEBIBYTE, ..Limits::default() }
}

pub fn take_apart_for_others<'a>(
    kernel: &'a Kernel,
    mail: &'a [u8],
    most_files: usize,
) -> BoxFuture<'a, Result<Result<MailParts, NoMail>>> {
    take_apart(kernel, mail, most_files).boxed()
}

async fn take_apart(kernel: &Kernel, mail: &[u8], most_files: usize) -> Result<Result<MailParts, NoMail>> {
    let waited = timeout(PATIENCE, READERS.acquire()).await.map_err(|_| Error::Busy)?;
    let _turn = waited.map_err(|error| Error::Internal(error.into()))?;
    let copy = Copy::of_bytes(kernel, "mail", mail).await?;
    let reader = Reader::of_this_program(limits())?;
    match traced(reading_span("mail"), reader.take_mail_apart(most_files, copy.path())).await {
        Ok(mail) => Ok(Ok(parts_of(mail))),
        Err(Unreadable::NotTried) => Err(Error::Unavailable(anyhow::anyhow!("the mail could not be tried"))),
        Err(unreadable) => {
            tracing::warn!(%unreadable, bytes = mail.len(), "a mail could not be read");
            Ok(Err(match unreadable {
                Unreadable::TooLarge | Unreadable::TimedOut => NoMail::TooLarge,
                _ => NoMail::Damaged,
            }))
        }
    }
}

pub fn parts_of(mail: Mail) -> MailParts {
    let Mail { head, files } = mail;
    MailParts {
        from: head.from,
        to: head.to,
        id: head.id,
        headers: head.headers,
        is_report: head.is_report,
        text: head.text,
        files: files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect(),
        attached: head.attached,
    }
}
