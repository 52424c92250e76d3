//! What is still new to somebody five minutes after it was published becomes one mail. The first job looks whom to
//! tell, and owes them the mail in the same transaction as it notes so; the second reads once more what is new to
//! them, and sends it. A third lets go, once a day, of what was deleted 30 days ago.

use futures_util::FutureExt;
use portico_facts::{AnnouncementId, PersonId};
use portico_kernel::{Job, JobKind, Result, System};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{letter::letter, store};

pub const DUE: &str = "announcements-due";
pub const MAIL: &str = "announcements-mail";
const PURGE: &str = "announcements-purge";
/// How long an announcement waits for its readers to come by themselves.
pub const UNREAD_SECONDS: i64 = 300;

/// An announcement was published.
#[derive(Debug, Serialize, Deserialize)]
pub struct Due {
    pub announcement: AnnouncementId,
}

/// A mail that is owed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Unread {
    pub reader: PersonId,
    pub announcements: Vec<AnnouncementId>,
}

pub fn due() -> JobKind {
    JobKind { kind: DUE, run: |system, job| look(system, job).boxed() }
}

pub fn mail() -> JobKind {
    JobKind { kind: MAIL, run: |system, job| send(system, job).boxed() }
}

pub fn purge_daily() -> JobKind {
    JobKind { kind: PURGE, run: |system, _| purge(system).boxed() }
}

async fn look(system: System, job: Job) -> Result<()> {
    let Due { announcement } = job.payload()?;
    system.write(move |tx| store::settle_due(tx, announcement)).await
}

async fn send(system: System, job: Job) -> Result<()> {
    let unread: Unread = job.payload()?;
    let Some(facts) = system.read(move |tx| store::letter_facts(tx, &unread)).await? else { return Ok(()) };
    let organization = system.organization();
    let language = facts.language.unwrap_or(organization.language);
    let host = system.kernel().public_url().host_name();
    // Every attempt at this job repeats it (T31).
    let id = format!("<announcements-{}@{host}>", job.id);
    let letter = letter(&facts, organization, Text::new(language));
    system.kernel().outbox().send(organization.mail(language, &facts.to, &letter, host, id)).await
}

/// Each in a transaction of its own, so that a crash leaves the others for tomorrow.
async fn purge(system: System) -> Result<()> {
    while system.write(store::purge_next).await?.is_some() {}
    Ok(())
}
