//! What is still new to somebody five minutes after it was written becomes one mail for each conversation and
//! reader. The first job looks whom to tell, and owes them the mail in the same transaction as it notes so; the
//! second reads once more what is new to them, and sends it.

use futures_util::FutureExt;
use portico_facts::{ConversationId, PersonId, RoomId};
use portico_kernel::{Job, JobKind, News, NewsKind, Readers, Result, System, Tx};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{letter::letter, reply_token::ReplyToken, store};

pub const DUE: &str = "messages-due";
/// A program that knows of no rooms leaves it to one that does.
pub const DUE_IN_ROOM: &str = "messages-due-in-room";
pub const MAIL: &str = "messages-mail";
pub const FORGET: &str = "messages-forget-objects";
pub const NEWS: NewsKind =
    NewsKind { key: "messages", label: "messages-messages", readers: Readers::Everybody, compose };
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

/// A message was written in this room.
#[derive(Debug, Serialize, Deserialize)]
pub struct DueInRoom {
    pub room: RoomId,
}

/// The same in a room.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnreadInRoom {
    pub room: RoomId,
    pub reader: PersonId,
    pub after: i32,
    pub up_to: i32,
}

/// What the payload of a mail is.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Owed {
    InConversation(Unread),
    InRoom(UnreadInRoom),
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

pub fn due_in_room() -> JobKind {
    JobKind { kind: DUE_IN_ROOM, run: |system, job| look_into_room(system, job).boxed() }
}

pub fn mail() -> JobKind {
    JobKind { kind: MAIL, run: |system, job| system.tell(NEWS, job).boxed() }
}

async fn look(system: System, job: Job) -> Result<()> {
    let Due { conversation } = job.payload()?;
    let kernel = system.kernel().clone();
    // Without somebody who reads mails nobody is told to answer one.
    let takes_answers = kernel.configuration().inbound.is_some() && kernel.registry().mail_reader().is_some();
    system.write(move |tx| store::settle_due(tx, conversation, takes_answers.then(|| kernel.secret()))).await
}

async fn look_into_room(system: System, job: Job) -> Result<()> {
    let DueInRoom { room } = job.payload()?;
    let kernel = system.kernel().clone();
    let takes_answers = kernel.configuration().inbound.is_some() && kernel.registry().mail_reader().is_some();
    system.write(move |tx| store::settle_due_room(tx, room, takes_answers.then(|| kernel.secret()))).await
}

fn compose(system: &System, tx: &mut Tx, job: &Job) -> Result<Option<News>> {
    let (secret, organization) = (system.kernel().secret(), tx.organization());
    let (facts, reader, token) = match job.payload::<Owed>()? {
        Owed::InConversation(unread) => (
            store::letter_facts(tx, &unread)?,
            unread.reader,
            ReplyToken::of(secret, organization, unread.conversation, unread.reader),
        ),
        Owed::InRoom(unread) => (
            store::room_letter_facts(tx, &unread)?,
            unread.reader,
            store::token_of(secret, organization, unread.room, unread.reader),
        ),
    };
    let Some(mut facts) = facts else { return Ok(None) };
    let inbound = system.kernel().configuration().inbound.as_ref().filter(|_| facts.takes_answers);
    let reply_to = inbound.map(|inbound| inbound.address(&token.reveal()));
    facts.takes_answers = reply_to.is_some();
    let organization = tx.organization_profile();
    let language = facts.language.unwrap_or(organization.language);
    let letter = letter(&facts, organization, Text::new(language));
    Ok(Some(News {
        reader,
        to: facts.to,
        language,
        letter,
        place: Some(facts.portal),
        whereabouts: facts.place.whereabouts(),
        reply_to,
    }))
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
