//! What is still new to somebody five minutes after it was written becomes one mail for each conversation and
//! reader. The first job looks whom to tell, and owes them the mail in the same transaction as it notes so; the
//! second reads once more what is new to them, and sends it.

use futures_util::FutureExt;
use portico_facts::{ConversationId, PersonId};
use portico_kernel::{Job, JobKind, OutgoingMail, Result, System};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{letter::letter, reply_token::ReplyToken, store};

pub const DUE: &str = "messages-due";
pub const MAIL: &str = "messages-mail";
pub const FORGET: &str = "messages-forget-objects";
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

/// Objects whose rows are gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget {
    pub keys: Vec<String>,
}

pub fn forget() -> JobKind {
    JobKind { kind: FORGET, run: |system, job| forget_objects(system, job).boxed() }
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
    let (conversation, reader) = (unread.conversation, unread.reader);
    let Some(mut facts) = system.read(move |tx| store::letter_facts(tx, &unread)).await? else {
        return Ok(());
    };
    let reply_to = match facts.takes_answers {
        true => reply_address(&system, conversation, reader).await?,
        false => None,
    };
    facts.takes_answers = reply_to.is_some();
    let organization = system.organization();
    let language = facts.language.unwrap_or(organization.language);
    let host = system.kernel().public_url().host_name();
    // Every attempt at this job repeats it (T31).
    let id = format!("<messages-{}@{host}>", job.id);
    let letter = letter(&facts, organization, Text::new(language));
    let mail = OutgoingMail { reply_to, ..organization.mail(language, &facts.to, &letter, host, id) };
    system.kernel().outbox().send(mail).await
}

/// Where this reader's answers go, and whose they are, if they can come in anywhere.
async fn reply_address(
    system: &System,
    conversation: ConversationId,
    reader: PersonId,
) -> Result<Option<String>> {
    let kernel = system.kernel();
    let Some(inbound) = &kernel.configuration().inbound else { return Ok(None) };
    let token = ReplyToken::of(kernel.secret(), system.organization().id, conversation, reader);
    let mac = token.mac(kernel.secret());
    system.write(move |tx| store::keep_reply_address(tx, conversation, reader, &mac)).await?;
    Ok(Some(inbound.address(&token.reveal())))
}

async fn forget_objects(system: System, job: Job) -> Result<()> {
    let Forget { keys } = job.payload()?;
    forget_unknown(&system, keys).await
}

/// Those that no row holds. Deleting what is gone already is no error, so a repetition does no harm.
///
/// # Errors
/// The database's, and the object store's.
pub async fn forget_unknown(system: &System, keys: Vec<String>) -> Result<()> {
    let (kernel, asked) = (system.kernel().clone(), keys.clone());
    let known = system.read(move |tx| kernel.registry().known_objects(tx, &asked)).await?;
    for key in keys.iter().filter(|key| !known.contains(*key)) {
        system.kernel().objects().delete(key).await?;
    }
    Ok(())
}
