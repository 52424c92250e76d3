//! What is still new to somebody five minutes after it was published becomes one mail. The first job looks whom to
//! tell, and owes them the mail in the same transaction as it notes so; the second reads once more what is new to
//! them, and sends it. A third lets go, once a day, of what was deleted 30 days ago.

use futures_util::FutureExt;
use portico_facts::{AnnouncementId, PersonId};
use portico_kernel::{Job, JobKind, News, NewsKind, Readers, Result, System, Tx};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{letter::letter, store};

pub const DUE: &str = "announcements-due";
pub const MAIL: &str = "announcements-mail";
const PURGE: &str = "announcements-purge";
pub const NEWS: NewsKind = NewsKind {
    key: "announcements",
    label: "announcements-announcements",
    readers: Readers::Clients,
    compose,
};
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
    JobKind { kind: MAIL, run: |system, job| system.tell(NEWS, job).boxed() }
}

pub fn purge_daily() -> JobKind {
    JobKind { kind: PURGE, run: |system, _| purge(system).boxed() }
}

async fn look(system: System, job: Job) -> Result<()> {
    let Due { announcement } = job.payload()?;
    system.write(move |tx| store::settle_due(tx, announcement)).await
}

fn compose(_: &System, tx: &mut Tx, job: &Job) -> Result<Option<News>> {
    let unread: Unread = job.payload()?;
    let Some(facts) = store::letter_facts(tx, &unread)? else { return Ok(None) };
    let organization = tx.organization_profile();
    let language = facts.language.unwrap_or(organization.language);
    let letter = letter(&facts, organization, Text::new(language));
    Ok(Some(News {
        reader: unread.reader,
        to: facts.to,
        language,
        letter,
        place: None,
        whereabouts: None,
        reply_to: None,
    }))
}

/// Each in a transaction of its own, so that a crash leaves the others for tomorrow.
async fn purge(system: System) -> Result<()> {
    while system.write(store::purge_next).await?.is_some() {}
    Ok(())
}
