use std::pin::Pin;

use portico_facts::{InvitationId, PersonId, PortalId};
use portico_kernel::{Event, Job, NewJob, News, NewsKind, OutgoingMail, Readers, Result, System, Tx};
use portico_ui::Text;
use serde::{Deserialize, Serialize};

use crate::{
    invitation,
    letter::{InvitationWords, PortalWords},
    store,
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
            system.post(mail).await?;
        }
        Ok(())
    })
}

/// Whoever has an account can do without it.
pub const NEWS: NewsKind =
    NewsKind { key: "portals", label: "sharing-news", readers: Readers::Clients, compose: portal_news };

pub fn send_portal(system: System, job: Job) -> Running {
    Box::pin(system.tell(NEWS, job))
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
    let language = organization.language_for(facts.to.language.as_deref());
    let letter = words.letter(organization, Text::new(language));
    let host = system.kernel().public_url().host_name();
    // Every attempt at this job repeats it (T31).
    let id = format!("<invitation-{}@{host}>", job.id);
    Ok(Some(organization.mail(language, &facts.to.email, &letter, host, id)))
}

fn portal_news(_: &System, tx: &mut Tx, job: &Job) -> Result<Option<News>> {
    let payload: PortalLetter = job.payload()?;
    let Some(facts) = store::portal_facts(tx, &payload)? else { return Ok(None) };
    let organization = tx.organization_profile();
    let words = PortalWords {
        to_name: &facts.to.name,
        sender: facts.sender.as_deref(),
        portal: &facts.portal,
        message: payload.message.as_deref(),
        link: format!("{}/portals/{}", organization.address, payload.portal),
    };
    let language = organization.language_for(facts.to.language.as_deref());
    let letter = words.letter(organization, Text::new(language));
    let to = facts.to.email;
    Ok(Some(News {
        reader: payload.person,
        to,
        language,
        letter,
        place: Some(facts.portal),
        whereabouts: None,
        reply_to: None,
    }))
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
