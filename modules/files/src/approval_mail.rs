//! The mail that asks a client for approval. A version that comes to be shown instead asks again.

use futures_util::FutureExt;
use portico_facts::{ApprovalId, EventKind};
use portico_kernel::{
    Event, Job, JobKind, LetterSample, News, NewsKind, Organization, OutgoingMail, Reaction, Readers, Result,
    System, Tx,
};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};
use serde::{Deserialize, Serialize};

use crate::{
    approval::Standing,
    store::{self, ApprovalFacts},
};

pub const APPROVAL_MAIL: &str = "files-approval-mail";
pub const NEWS: NewsKind =
    NewsKind { key: "approvals", label: "files-news-approvals", readers: Readers::Clients, compose };

#[derive(Serialize, Deserialize)]
pub struct ApprovalLetter {
    pub approval: ApprovalId,
    #[serde(default)]
    pub occasion: Occasion,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Occasion {
    #[default]
    Asked,
    /// Staff pressed the button.
    Reminder,
}

pub fn job() -> JobKind {
    JobKind { kind: APPROVAL_MAIL, run: |system, job| send(system, job).boxed() }
}

async fn send(system: System, job: Job) -> Result<()> {
    let letter: ApprovalLetter = job.payload()?;
    match letter.occasion {
        Occasion::Asked => system.tell(NEWS, job).await,
        Occasion::Reminder => system.tell_at_once(NEWS, job).await,
    }
}

pub fn reaction() -> Reaction {
    Reaction {
        name: "files-approvals",
        kinds: &[
            EventKind::ITEM_VERSION_ADDED,
            EventKind::ITEM_VERSION_PINNED,
            EventKind::ITEM_VERSION_UNPINNED,
            EventKind::ITEM_VERSION_DELETED,
            EventKind::ITEM_VERSION_RESTORED,
        ],
        react,
    }
}

fn react(tx: &mut Tx, event: &Event) -> Result<()> {
    match event.subject_id {
        Some(item) => store::ask_again(tx, item.into(), event.actor_id),
        None => Ok(()),
    }
}

/// In the reader's language (P41).
fn compose(_: &System, tx: &mut Tx, job: &Job) -> Result<Option<News>> {
    let ApprovalLetter { approval, occasion } = job.payload()?;
    let Some(facts) = store::approval_facts(tx, approval)? else { return Ok(None) };
    let organization = tx.organization_profile();
    let language = organization.language_for(facts.language.as_deref());
    let letter = letter(&facts, occasion, organization, Text::new(language));
    Ok(Some(News {
        reader: facts.reader,
        to: facts.to_email,
        language,
        letter,
        place: Some(facts.portal),
        whereabouts: None,
        reply_to: None,
    }))
}

fn letter(facts: &ApprovalFacts, occasion: Occasion, organization: &Organization, text: Text) -> Letter {
    let sender = facts.sender.as_ref().unwrap_or(&organization.name);
    let names = [
        ("sender", sender.into()),
        ("organization", organization.name.as_str().into()),
        ("file", facts.file.as_str().into()),
        ("portal", facts.portal.as_str().into()),
        ("number", facts.number.into()),
    ];
    let (title, opening) = match occasion {
        Occasion::Asked => ("files-mail-approval-title", "files-mail-approval"),
        Occasion::Reminder => ("files-mail-approval-reminder-title", "files-mail-approval-reminder"),
    };
    let mut paragraphs = vec![text.say_with(opening, &names)];
    if let Some((earlier, standing)) = facts.replaces {
        paragraphs.push(replacing(text, facts.number, earlier, standing));
    }
    paragraphs.push(text.say("files-mail-approval-how").into_owned());
    Letter {
        title: text.say_with(title, &names),
        greeting: greeting(text, &facts.to_name),
        paragraphs,
        button: Some((
            text.say("files-mail-approval-open").into_owned(),
            format!("{}/files/{}", organization.address, facts.item),
        )),
        footer: text.say_with("files-mail-approval-footer", &names),
    }
}

/// What a request about a new version says of the earlier one.
pub fn replacing(text: Text, number: i32, earlier: i32, standing: Standing) -> String {
    let key = match standing {
        Standing::Approved => "files-approval-replaces-approved",
        Standing::Declined => "files-approval-replaces-declined",
        Standing::Waiting | Standing::Withdrawn => "files-approval-replaces-open",
    };
    text.say_with(key, &[("number", number.into()), ("earlier", earlier.into())])
}

pub fn samples() -> [LetterSample; 2] {
    [
        LetterSample { name: "files-approval", compose: sample_asked },
        LetterSample { name: "files-approval-reminder", compose: sample_reminder },
    ]
}

fn sample_asked(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, Occasion::Asked)
}

fn sample_reminder(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, Occasion::Reminder)
}

fn sample(organization: &Organization, language: Language, occasion: Occasion) -> OutgoingMail {
    let facts = ApprovalFacts {
        reader: portico_facts::PersonId::from_bytes([0x19; 16]),
        to_name: "Carol Jones".to_owned(),
        to_email: "carol@acme.test".to_owned(),
        language: None,
        sender: Some("Ada Lovelace".to_owned()),
        item: portico_facts::ItemId::from_bytes([0x19; 16]),
        file: "Homepage draft.pdf".to_owned(),
        portal: "Acme website relaunch".to_owned(),
        number: 3,
        replaces: Some((2, Standing::Declined)),
    };
    let letter = letter(&facts, occasion, organization, Text::new(language));
    organization.mail(language, &facts.to_email, &letter, "example.test", "<sample@example.test>".to_owned())
}
