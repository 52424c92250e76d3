use std::pin::Pin;

use portico_facts::{InvitationId, PersonId, PortalId};
use portico_kernel::{Job, NewJob, OutgoingMail, Result, System, Tx};
use portico_ui::{Language, Text};
use serde::{Deserialize, Serialize};

use crate::{
    invitation,
    letter::{Envelope, InvitationWords, PortalWords},
    store,
};

pub const INVITATION_MAIL: &str = "sharing-invitation-mail";
pub const PORTAL_MAIL: &str = "sharing-portal-mail";

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
    let envelope = envelope(system, job, "invitation", facts.to.language.as_deref(), &facts.to.email);
    Ok(Some(envelope.seal(words.letter(organization, envelope.text))))
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
    let envelope = envelope(system, job, "portal", facts.to.language.as_deref(), &facts.to.email);
    Ok(Some(envelope.seal(words.letter(organization, envelope.text))))
}

/// In the reader's language (P41), with an id that every attempt at this job repeats (T31).
fn envelope<'a>(system: &'a System, job: &Job, kind: &str, language: Option<&str>, to: &str) -> Envelope<'a> {
    let organization = system.organization();
    let host = system.kernel().public_url().host_name();
    Envelope {
        organization,
        text: Text::new(language.and_then(Language::from_code).unwrap_or(organization.language)),
        to: to.to_owned(),
        from_address: format!("portal@{host}"),
        message_id: format!("<{kind}-{}@{host}>", job.id),
    }
}
