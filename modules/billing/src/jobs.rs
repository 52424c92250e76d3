//! Mail that is owed to whoever was sent a document, and what the calendar asks for every day: the invoices of
//! subscriptions, and reminders.

use std::pin::Pin;

use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Job, Organization, OutgoingMail, Result, System};
use portico_ui::{Text, mail::Letter};
use serde::{Deserialize, Serialize};

use crate::{
    letter::DocumentWords,
    store::{self, Addressee, Attempt},
    view::client_address,
};

pub const DOCUMENT_MAIL: &str = "billing-document-mail";

#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentLetter {
    pub document: DocumentId,
    pub person: PersonId,
    pub message: Option<String>,
    pub sender: Option<PersonId>,
}

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

pub fn send_document(system: System, job: Job) -> Running {
    Box::pin(async move {
        if let Some(mail) = document_mail(&system, &job).await? {
            system.post(mail).await?;
        }
        Ok(())
    })
}

/// `None` when it was taken back meanwhile.
async fn document_mail(system: &System, job: &Job) -> Result<Option<OutgoingMail>> {
    let letter: DocumentLetter = job.payload()?;
    let message = letter.message.clone();
    let Some(facts) = system.read(move |tx| store::letter_facts(tx, &letter)).await? else { return Ok(None) };
    let words = DocumentWords {
        to_name: &facts.to.name,
        sender: facts.sender.as_deref(),
        document: &facts.document,
        gross: facts.gross,
        message: message.as_deref(),
        replaces: facts.replaces.as_deref(),
        link: format!(
            "{}{}",
            system.organization().address,
            client_address(facts.document.kind, facts.document.id)
        ),
    };
    Ok(Some(mail_to(system, job, &facts.to, |organization, text| words.letter(organization, text))))
}

/// In the language of whom it is to; the same mail for every attempt at this job (T31).
pub fn mail_to(
    system: &System,
    job: &Job,
    to: &Addressee,
    letter: impl FnOnce(&Organization, Text) -> Letter,
) -> OutgoingMail {
    let organization = system.organization();
    let language = to.language(organization);
    let host = system.kernel().public_url().host_name();
    let id = format!("<billing-{}@{host}>", job.id);
    organization.mail(language, &to.email, &letter(organization, Text::new(language)), host, id)
}

pub const SUBSCRIPTIONS: &str = "billing-subscriptions";

/// Once a day, and when what is due was changed: all that is due by now. Each invoice is a transaction of its own, so
/// that a run that dies, or another one beside it, costs nothing but time. One that fails does not keep the others
/// waiting.
pub fn invoice_subscriptions(system: System, _: Job) -> Running {
    Box::pin(async move {
        let (mut after, mut outcome) = (None, Ok(()));
        loop {
            let due = system.read(move |tx| store::due_subscriptions(tx, after)).await?;
            let Some(last) = due.last() else { return outcome };
            after = Some(*last);
            for id in due {
                outcome = outcome.and(invoice_all_periods(&system, id).await);
            }
        }
    })
}

/// Several where the program was down for longer than a period.
async fn invoice_all_periods(system: &System, id: DocumentId) -> Result<()> {
    while let Attempt::Made(_) = system.write(move |tx| store::invoice_next_period(tx, id)).await? {}
    Ok(())
}

pub const REMINDERS: &str = "billing-reminders";

/// Once a day: all that have come by now. Each invoice is a transaction of its own, and one that fails does not keep the
/// others waiting.
pub fn remind(system: System, _: Job) -> Running {
    Box::pin(async move {
        let (mut after, mut outcome) = (None, Ok(()));
        loop {
            let (due, next) = system.read(move |tx| store::invoices_to_remind_of(tx, after)).await?;
            for id in due {
                outcome = outcome.and(system.write(move |tx| store::remind_by_rule(tx, id)).await);
            }
            if next.is_none() {
                return outcome;
            }
            after = next;
        }
    })
}
