//! What is still new to somebody five minutes after it was written becomes one mail for each conversation and
//! reader. The first job looks whom to tell, and owes them the mail in the same transaction as it notes so; the
//! second reads once more what is new to them, and sends it.

use futures_util::FutureExt;
use portico_facts::{ConversationId, PersonId};
use portico_kernel::{Job, JobKind, Result, System};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{letter::letter, store};

pub const DUE: &str = "messages-due";
pub const MAIL: &str = "messages-mail";
/// How long a message waits for its reader to come by themselves.
pub const UNREAD_SECONDS: i64 = 300;

/// A message was written in this conversation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Due {
    pub conversation: ConversationId,
}

/// A mail that is owed, about the messages after one number and up to another.
#[derive(Debug, Serialize, Deserialize)]
pub struct Unread {
    pub conversation: ConversationId,
    pub reader: PersonId,
    pub after: i32,
    pub up_to: i32,
}

pub fn due() -> JobKind {
    JobKind { kind: DUE, run: |system, job| look(system, job).boxed() }
}

pub fn mail() -> JobKind {
    JobKind { kind: MAIL, run: |system, job| send(system, job).boxed() }
}

async fn look(system: System, job: Job) -> Result<()> {
    let Due { conversation } = job.payload()?;
    system.write(move |tx| store::settle_due(tx, conversation)).await
}

async fn send(system: System, job: Job) -> Result<()> {
    let unread: Unread = job.payload()?;
    let Some(facts) = system.read(move |tx| store::letter_facts(tx, &unread)).await? else { return Ok(()) };
    let organization = system.organization();
    let language = facts.language.unwrap_or(organization.language);
    let host = system.kernel().public_url().host_name();
    // Every attempt at this job repeats it (T31).
    let id = format!("<messages-{}@{host}>", job.id);
    let letter = letter(&facts, organization, Text::new(language));
    system.kernel().outbox().send(organization.mail(language, &facts.to, &letter, host, id)).await
}
