use std::pin::Pin;

use portico_facts::{InvitationId, PersonId, PortalId};
use portico_kernel::{Event, Job, NewJob, OutgoingMail, Result, System, Tx};
use portico_ui::{Language, Text, mail::Letter};
use serde::{Deserialize, Serialize};

use crate::{
    invitation,
    letter::{InvitationWords, PortalWords},
    store::{self, Addressee},
};

pub const INVITATION_MAIL: &str = "sharing-invitation-mail";
pub const PORTAL_MAIL: &str = "sharing-portal-mail";
pub const RENEWAL: &str = "sharing-renewal";

/// A mail that is owed to somebody.
#[derive(Debug)]
pub enum LetterJob {
    /// To someone without an account.
    Invitation(InvitationLetter),
    /// To someone who has one (P2).
    Portal(PortalLetter),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct InvitationLetter {
    pub invitation: InvitationId,
    /// The portal that was shared just now.
    pub portal: Option<PortalId>,
    pub message: Option<String>,
    pub sender: Option<PersonId>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct PortalLetter {
    pub person: PersonId,
    pub portal: PortalId,
    pub message: Option<String>,
    pub sender: Option<PersonId>,
}

impl LetterJob {
    /// # Errors
    /// The database's.
    pub fn enqueue(self, tx: &mut Tx) -> Result<()> {
        match self {
            LetterJob::Invitation(payload) => tx.enqueue(NewJob { kind: INVITATION_MAIL, payload }),
            LetterJob::Portal(payload) => tx.enqueue(NewJob { kind: PORTAL_MAIL, payload }),
        }
    }
}

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

pub fn send_invitation(system: System, job: Job) -> Running {
    Box::pin(async move {
        if let Some(mail) = invitation_mail(&system, &job).await? {
            system.kernel().outbox().send(mail).await?;
        }
        Ok(())
    })
}

pub fn send_portal(system: System, job: Job) -> Running {
    Box::pin(async move {
        if let Some(mail) = portal_mail(&system, &job).await? {
            system.kernel().outbox().send(mail).await?;
        }
        Ok(())
    })
}

async fn invitation_mail(system: &System, job: &Job) -> Result<Option<OutgoingMail>> {
    let payload: InvitationLetter = job.payload()?;
    let (id, message) = (payload.invitation, payload.message.clone());
    let Some(facts) = system.read(move |tx| store::invitation_facts(tx, &payload)).await? else {
        return Ok(None);
    };
    let organization = system.organization();
    let token = invitation::token(system.kernel().secret(), organization.id, facts.to.id, id);
    let words = InvitationWords {
        to_name: &facts.to.name,
        sender: facts.sender.as_deref(),
        portals: &facts.portals,
        message: message.as_deref(),
        link: format!("{}/invitations/{}", organization.address, token.reveal()),
        expires_at: facts.expires_at,
    };
    Ok(Some(seal(system, job, "invitation", &facts.to, |text| words.letter(organization, text))))
}

async fn portal_mail(system: &System, job: &Job) -> Result<Option<OutgoingMail>> {
    let payload: PortalLetter = job.payload()?;
    let (portal, message) = (payload.portal, payload.message.clone());
    let Some(facts) = system.read(move |tx| store::portal_facts(tx, &payload)).await? else {
        return Ok(None);
    };
    let organization = system.organization();
    let words = PortalWords {
        to_name: &facts.to.name,
        sender: facts.sender.as_deref(),
        portal: &facts.portal,
        message: message.as_deref(),
        link: format!("{}/portals/{portal}", organization.address),
    };
    Ok(Some(seal(system, job, "portal", &facts.to, |text| words.letter(organization, text))))
}

/// In the reader's language (P41), with an id that every attempt at this job repeats (T31).
fn seal(
    system: &System,
    job: &Job,
    kind: &str,
    to: &Addressee,
    write: impl FnOnce(Text) -> Letter,
) -> OutgoingMail {
    let organization = system.organization();
    let language = to.language.as_deref().and_then(Language::from_code).unwrap_or(organization.language);
    let host = system.kernel().public_url().host_name();
    let id = format!("<{kind}-{}@{host}>", job.id);
    organization.mail(language, &to.email, &write(Text::new(language)), host, id)
}

/// Someone whose invitation ran out asks for another: the event is theirs, the answer ours.
#[derive(Debug, Serialize, Deserialize)]
pub struct Renewal {
    pub person: PersonId,
}

/// # Errors
/// The database's.
pub fn owe_renewal(tx: &mut Tx, event: &Event) -> Result<()> {
    match event.person_id {
        Some(person) => tx.enqueue(NewJob { kind: RENEWAL, payload: Renewal { person } }),
        None => Ok(()),
    }
}

pub fn renew(system: System, job: Job) -> Running {
    Box::pin(async move {
        let Renewal { person } = job.payload()?;
        let secret = system.kernel().secret().clone();
        system.write(move |tx| store::renew_expired(tx, &secret, person)).await
    })
}
