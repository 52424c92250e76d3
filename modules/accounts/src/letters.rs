//! The mails of this module. A token is derived again from the job when the mail is sent, so
//! that it is stored nowhere but as a hash, and a mail that goes out twice after a crash is the
//! same mail.

use futures_util::{FutureExt, future::BoxFuture};
use portico_facts::{InvitationId, PersonId};
use portico_kernel::{EmailAddress, Job, Kernel, Organization, OutgoingMail, Result, System, Token};
use portico_ui::{Language, Text, mail::Letter};
use serde::{Deserialize, Serialize};

use crate::{
    proof::{self, NewProof, Purpose},
    store,
};

pub const RESET: &str = "accounts-reset";
pub const STAFF_INVITATION: &str = "accounts-staff-invitation";
pub const SECOND_STEP: &str = "accounts-second-step";

pub const RESET_SECONDS: i64 = 2 * 3600;
pub const INVITATION_SECONDS: i64 = 14 * 86_400;

#[derive(Serialize, Deserialize)]
pub struct ResetAsked {
    /// As it was typed; perhaps nobody's. The reply was the same (P5).
    pub email: String,
    /// Drawn anew for each request, in hexadecimal: a database that was restored gives the same numbers to other jobs.
    /// Nothing in what an earlier program put into the queue.
    #[serde(default)]
    pub drawn: String,
}

pub fn send_reset(system: System, job: Job) -> BoxFuture<'static, Result<()>> {
    async move {
        let asked: ResetAsked = job.payload()?;
        let Ok(email) = EmailAddress::parse(&asked.email) else { return Ok(()) };
        let (id, token) = reset_proof(system.kernel(), system.organization(), job.id, &asked);
        let stored = token.clone();
        let found = system
            .write(move |tx| {
                let Some(account) = store::held_account(tx, &email)? else { return Ok(tx.unchanged(None)) };
                let person = store::find_person(tx, account.person)?;
                proof::issue(
                    tx,
                    NewProof {
                        id,
                        purpose: Purpose::Reset,
                        person: person.id,
                        email: email.as_str(),
                        token: &stored,
                        seconds: RESET_SECONDS,
                    },
                )?;
                Ok(tx.unchanged(Some(person)))
            })
            .await?;
        let Some(person) = found else { return Ok(()) };
        let organization = system.organization();
        let language = organization.language_for(person.language.as_deref());
        let href = format!("{}/reset/{}", organization.address, token.reveal());
        let letter = reset_letter(Text::new(language), organization, &person.name, href);
        send(&system, language, &person.email, &letter, "reset", job.id).await
    }
    .boxed()
}

#[derive(Serialize, Deserialize)]
pub struct StaffInvited {
    pub person: PersonId,
    pub invitation: InvitationId,
}

/// The token of an invitation, derived from what identifies it.
pub fn invitation_token(
    kernel: &Kernel,
    organization: &Organization,
    person: PersonId,
    invitation: InvitationId,
) -> Token {
    let parts: [&[u8]; 4] = [b"invitation", &organization.id.bytes(), &person.bytes(), &invitation.bytes()];
    kernel.secret().token(&parts)
}

pub fn send_staff_invitation(system: System, job: Job) -> BoxFuture<'static, Result<()>> {
    async move {
        let invited: StaffInvited = job.payload()?;
        let person = system.read(move |tx| store::find_person(tx, invited.person)).await?;
        let organization = system.organization();
        let token = invitation_token(system.kernel(), organization, invited.person, invited.invitation);
        let language = organization.language_for(person.language.as_deref());
        let href = format!("{}/invitations/{}", organization.address, token.reveal());
        let letter = staff_invitation_letter(Text::new(language), organization, &person.name, href);
        send(&system, language, &person.email, &letter, "staff", job.id).await
    }
    .boxed()
}

#[derive(Serialize, Deserialize)]
pub struct SecondStepChanged {
    pub person: PersonId,
    pub change: SecondStepChange,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondStepChange {
    TurnedOn,
    TurnedOff,
    /// By somebody else.
    Reset,
    PasskeyAdded,
    PasskeyRemoved,
}

impl SecondStepChange {
    /// The keys of the title and of what it means.
    fn words(self) -> [&'static str; 2] {
        match self {
            Self::TurnedOn => ["accounts-mail-second-step-on-title", "accounts-mail-second-step-on-words"],
            Self::TurnedOff => ["accounts-mail-second-step-off-title", "accounts-mail-second-step-off-words"],
            Self::Reset => ["accounts-mail-second-step-reset-title", "accounts-mail-second-step-reset-words"],
            Self::PasskeyAdded => ["accounts-mail-passkey-added-title", "accounts-mail-passkey-added-words"],
            Self::PasskeyRemoved => {
                ["accounts-mail-passkey-removed-title", "accounts-mail-passkey-removed-words"]
            }
        }
    }
}

/// Whoever did not do it themselves is to know.
pub fn send_second_step(system: System, job: Job) -> BoxFuture<'static, Result<()>> {
    async move {
        let changed: SecondStepChanged = job.payload()?;
        let person = system.read(move |tx| store::find_person(tx, changed.person)).await?;
        let organization = system.organization();
        let language = organization.language_for(person.language.as_deref());
        let letter = second_step_letter(Text::new(language), organization, &person.name, changed.change);
        send(&system, language, &person.email, &letter, "second-step", job.id).await
    }
    .boxed()
}

pub async fn send(
    system: &System,
    language: Language,
    to: &str,
    letter: &Letter,
    kind: &str,
    job: i64,
) -> Result<()> {
    let host = system.kernel().public_url().host_name();
    let message_id = format!("<{kind}-{job}@{host}>");
    let mail = system.organization().mail(language, to, letter, host, message_id);
    system.post(mail).await
}

fn reset_proof(
    kernel: &Kernel,
    organization: &Organization,
    job: i64,
    asked: &ResetAsked,
) -> (InvitationId, Token) {
    let (organization, job) = (organization.id.bytes(), job.to_be_bytes());
    let parts: [&[u8]; 5] = [b"reset", &organization, &job, asked.email.as_bytes(), asked.drawn.as_bytes()];
    let token = kernel.secret().token(&parts);
    let mut id = [0; 16];
    id.copy_from_slice(&token.hash("id of a reset").bytes()[..16]);
    (InvitationId::from_bytes(id), token)
}

fn reset_letter(text: Text, organization: &Organization, name: &str, href: String) -> Letter {
    let about = [("organization", organization.name.as_str().into())];
    Letter {
        title: text.say_with("accounts-mail-reset-title", &about),
        greeting: text.say_with("accounts-mail-greeting", &[("name", name.into())]),
        paragraphs: vec![text.say_with("accounts-mail-reset-words", &about)],
        button: Some((text.say("accounts-mail-reset-button").into_owned(), href)),
        footer: text.say("accounts-mail-reset-footer").into_owned(),
    }
}

fn staff_invitation_letter(text: Text, organization: &Organization, name: &str, href: String) -> Letter {
    let about = [("organization", organization.name.as_str().into())];
    Letter {
        title: text.say_with("accounts-mail-staff-title", &about),
        greeting: text.say_with("accounts-mail-greeting", &[("name", name.into())]),
        paragraphs: vec![text.say_with("accounts-mail-staff-words", &about)],
        button: Some((text.say("accounts-mail-staff-button").into_owned(), href)),
        footer: text.say("accounts-mail-staff-footer").into_owned(),
    }
}

/// No button: what is to be done if it was somebody else is done by people.
fn second_step_letter(
    text: Text,
    organization: &Organization,
    name: &str,
    change: SecondStepChange,
) -> Letter {
    let about = [("organization", organization.name.as_str().into())];
    let [title, words] = change.words().map(|key| text.say_with(key, &about));
    Letter {
        title,
        greeting: text.say_with("accounts-mail-greeting", &[("name", name.into())]),
        paragraphs: vec![words, text.say_with("accounts-mail-second-step-not-you", &about)],
        button: None,
        footer: text.say_with("accounts-mail-second-step-footer", &about),
    }
}

pub fn second_step_on_sample(organization: &Organization, language: Language) -> OutgoingMail {
    second_step_sample(organization, language, SecondStepChange::TurnedOn)
}

pub fn second_step_off_sample(organization: &Organization, language: Language) -> OutgoingMail {
    second_step_sample(organization, language, SecondStepChange::TurnedOff)
}

pub fn second_step_reset_sample(organization: &Organization, language: Language) -> OutgoingMail {
    second_step_sample(organization, language, SecondStepChange::Reset)
}

pub fn passkey_added_sample(organization: &Organization, language: Language) -> OutgoingMail {
    second_step_sample(organization, language, SecondStepChange::PasskeyAdded)
}

pub fn passkey_removed_sample(organization: &Organization, language: Language) -> OutgoingMail {
    second_step_sample(organization, language, SecondStepChange::PasskeyRemoved)
}

fn second_step_sample(
    organization: &Organization,
    language: Language,
    change: SecondStepChange,
) -> OutgoingMail {
    let letter = second_step_letter(Text::new(language), organization, "Carol", change);
    organization.mail(language, "carol@acme.test", &letter, "localhost", "<sample@localhost>".into())
}

pub fn reset_sample(organization: &Organization, language: Language) -> OutgoingMail {
    let href = format!("{}/reset/sample", organization.address);
    let letter = reset_letter(Text::new(language), organization, "Carol", href);
    organization.mail(language, "carol@acme.test", &letter, "localhost", "<sample@localhost>".into())
}

pub fn staff_invitation_sample(organization: &Organization, language: Language) -> OutgoingMail {
    let href = format!("{}/invitations/sample", organization.address);
    let letter = staff_invitation_letter(Text::new(language), organization, "Ben", href);
    organization.mail(language, "ben@studio.test", &letter, "localhost", "<sample@localhost>".into())
}
