//! An answer by mail becomes a message of whoever was sent the address that it came to, if it is from them and they may
//! still write there. A mail that no person sent is dropped without a word, or two programs could answer each other for
//! ever; one that proves nothing is refused, and written down for staff where it is known of which organization it is.

use std::fmt;

use portico_kernel::{
    ArrivedFile, ArrivingFile, Error, FileBytes, InboundMail, Kernel, NoMail, Result, Side, System, Tx,
};
use portico_ui::Text;

use crate::{
    conversation::{Place, Where},
    file::{LARGEST, MOST},
    incoming::{Incoming, read, token_in_letters},
    message::{LONGEST, NewMessage, Words},
    receiving::forget_arrived,
    reply_token::{ReplyToken, mail_mac},
    store::{self, Replying},
};

/// In bytes, attachments as they are encoded included: what mail servers commonly take.
pub const LARGEST_MAIL: usize = 25 * 1024 * 1024;

/// What became of a mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opened {
    Posted,
    Repeated,
    Dropped(&'static str),
    Refused(&'static str),
}

impl Opened {
    pub const TOO_LARGE: Self = Self::Dropped("it is larger than 25 MiB");
}

impl fmt::Display for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Posted => f.write_str("The answer was added to its conversation."),
            Self::Repeated => f.write_str("The answer was there already."),
            Self::Dropped(why) => write!(f, "The mail was dropped: {why}."),
            Self::Refused(why) => write!(f, "The mail was refused: {why}."),
        }
    }
}

/// # Errors
/// [`Error::NotFound`] where no answers are expected; the database's and the object store's, and where no process could be
/// started to read it, after which it may be tried again.
pub async fn open_mail(kernel: &Kernel, mail: Vec<u8>) -> Result<Opened> {
    let inbound = kernel.configuration().inbound.clone().ok_or(Error::NotFound)?;
    let take_apart = kernel.registry().mail_reader().ok_or(Error::NotFound)?;
    // Whatever it does to its reader costs this one mail (T12).
    let incoming = match take_apart(kernel, &mail, MOST).await? {
        Ok(parts) => {
            // Up to a mebibyte of words, which are still a stranger's: they hold up nobody, and if they break who reads
            // them, the mail does no better again.
            let reading = tokio::task::spawn_blocking(move || read(parts, &inbound)).await;
            let Ok(incoming) = reading else { return Ok(Opened::Dropped("it cannot be read")) };
            incoming
        }
        Err(no_mail) => return unread(kernel, &mail, &inbound, no_mail).await,
    };
    if incoming.is_automatic {
        return Ok(Opened::Dropped("no person sent it"));
    }
    let Some((system, token)) = addressed(kernel, incoming.token.as_deref()).await? else {
        return Ok(Opened::Refused("it is to no address of ours"));
    };
    answer(&system, &token, incoming).await
}

/// The organization that an address may be of.
async fn addressed(kernel: &Kernel, token: Option<&str>) -> Result<Option<(System, ReplyToken)>> {
    let Some(token) = token.and_then(ReplyToken::parse) else { return Ok(None) };
    let organizations = kernel.organizations().await?;
    let Some(of) = organizations.iter().find(|each| token.may_be_of(each.id)) else { return Ok(None) };
    Ok(Some((kernel.system(of.id).await?, token)))
}

/// The same mail does no better when it comes again. Staff learn that there was one where it is to a conversation.
async fn unread(kernel: &Kernel, mail: &[u8], inbound: &InboundMail, no_mail: NoMail) -> Result<Opened> {
    let why = match no_mail {
        NoMail::Damaged => "it cannot be read",
        NoMail::TooLarge => "it is too large to be read",
    };
    let token = token_in_letters(mail, inbound);
    let Some((system, token)) = addressed(kernel, token.as_deref()).await? else {
        return Ok(Opened::Dropped(why));
    };
    let row = token.mac(kernel.secret());
    let told = system.write(move |tx| match store::replying(tx, &row)? {
        // From whom it is, nobody knows: only to whose address it came.
        Some(at) => store::record_refusal(tx, Some(&at), &at.email, why),
        None => Ok(tx.unchanged(())),
    });
    told.await?;
    Ok(Opened::Dropped(why))
}

async fn answer(system: &System, token: &ReplyToken, incoming: Incoming) -> Result<Opened> {
    let secret = system.kernel().secret();
    let row = token.mac(secret);
    // Without an id of its own it is known by its words.
    let mac = mail_mac(secret, token, incoming.id.as_deref().unwrap_or(&incoming.words));
    let asked = mac.clone();
    let (replying, was_taken) =
        system.read(move |tx| Ok((store::replying(tx, &row)?, store::was_taken(tx, &asked)?))).await?;
    let Some(replying) = replying else {
        return refuse(system, None, &incoming, "nobody has this address").await;
    };
    if !incoming.from.eq_ignore_ascii_case(&replying.email) {
        return refuse(system, Some(replying), &incoming, "it is from somebody else").await;
    }
    let Some(side) = replying.side else {
        return refuse(system, Some(replying), &incoming, "its sender may not write there any more").await;
    };
    if was_taken {
        return Ok(Opened::Repeated);
    }
    if incoming.words.trim().is_empty() && incoming.attachments.is_empty() {
        return Ok(Opened::Dropped("nothing is written in it"));
    }
    post(system, (replying, side), incoming, mac).await
}

async fn refuse(
    system: &System,
    at: Option<Replying>,
    incoming: &Incoming,
    why: &'static str,
) -> Result<Opened> {
    let from = incoming.from.clone();
    system.write(move |tx| store::record_refusal(tx, at.as_ref(), &from, why)).await?;
    Ok(Opened::Refused(why))
}

async fn post(
    system: &System,
    (replying, side): (Replying, Side),
    incoming: Incoming,
    mac: Vec<u8>,
) -> Result<Opened> {
    let (kernel, organization) = (system.kernel(), system.organization().id);
    let kept = keep(system, &incoming).await?;
    let text = Text::new(system.organization().language);
    let words = words(text, &incoming, incoming.attachments.len() - kept.len());
    let files = kept.iter().map(|arrived| arrived.file.clone()).collect();
    let new = NewMessage { words, files, mail_mac: Some(mac) };
    let writer = system.clone().acting_as(replying.person);
    let posted = writer.write(move |tx| {
        match replying.place {
            Where::Conversation(place) => {
                check(tx, place, side)?;
                store::send(tx, place, &new)
            }
            // Whoever acts is whoever answers.
            Where::Room(room) => {
                let entered = store::open_room(tx, side, room)?;
                store::send_to_room(tx, &entered, &new)
            }
        }
    });
    match posted.await {
        Ok(()) => Ok(Opened::Posted),
        Err(error) => {
            forget_arrived(kernel, organization, &kept).await;
            match error {
                // The same mail at the same moment.
                Error::Conflict("ui-error-changed-meanwhile") => Ok(Opened::Repeated),
                Error::NotFound | Error::Conflict(_) => {
                    Ok(Opened::Refused("its sender may not write there any more"))
                }
                other => Err(other),
            }
        }
    }
}

/// Once more, in the transaction that writes (P12).
fn check(tx: &mut Tx, place: Place, side: Side) -> Result<()> {
    match side {
        Side::Staff if tx.sees(place.whereabouts()) => store::open_conversation(tx, place).map(drop),
        Side::Client if store::holds_grant(tx, place)? => Ok(()),
        Side::Staff | Side::Client => Err(Error::NotFound),
    }
}

/// What is attached, as far as there is room for it.
async fn keep(system: &System, incoming: &Incoming) -> Result<Vec<ArrivedFile>> {
    let kernel = system.kernel();
    let mut kept = Vec::new();
    let Some(keeper) = kernel.registry().file_keeper() else { return Ok(kept) };
    for (name, bytes) in &incoming.attachments {
        let bytes = FileBytes::whole(bytes.clone());
        let file = ArrivingFile { name, bytes, largest: LARGEST };
        match keeper.keep(kernel, system.organization().id, file).await {
            Ok(Ok(arrived)) => kept.push(arrived),
            Ok(Err(not_kept)) => tracing::info!(?not_kept, "what was attached to an answer was left out"),
            Err(error) => {
                forget_arrived(kernel, system.organization().id, &kept).await;
                return Err(error);
            }
        }
    }
    Ok(kept)
}

/// Whoever reads is told what is missing.
fn words(text: Text, incoming: &Incoming, left_out: usize) -> Words {
    let mut missing = Vec::new();
    if incoming.words.chars().count() > LONGEST {
        missing.push(text.say("messages-mail-cut"));
    }
    if left_out > 0 || incoming.has_more {
        missing.push(text.say("messages-mail-left-out"));
    }
    if missing.is_empty() {
        return Words::of_mail(&incoming.words);
    }
    let missing = format!("*{}*", missing.join(" "));
    let room = LONGEST.saturating_sub(missing.chars().count() + 2);
    let kept: String = incoming.words.chars().take(room).collect();
    Words::of_mail(format!("{}\n\n{missing}", kept.trim_end()).trim_start())
}
