//! The mails of a file request: when it is made, when nothing has come for some days, and when a file
//! is asked for again. Each looks, when it is about to go out, whether it is still true.

use jiff::civil::{Date, date};
use portico_facts::{FileRequestId, RequestSlotId};
use portico_kernel::{Job, News, NewsKind, Organization, OutgoingMail, Readers, Result, System, Tx};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};
use serde::{Deserialize, Serialize};

use crate::store;

pub const REQUEST_MAIL: &str = "files-request-mail";
pub const NEWS: NewsKind =
    NewsKind { key: "requests", label: "files-news-requests", readers: Readers::Clients, compose };

/// A mail that is owed to the client of a request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RequestLetter {
    pub request: FileRequestId,
    pub occasion: Occasion,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Occasion {
    Asked,
    /// By the clock.
    Reminder,
    /// By a button.
    Pressed,
    /// The file in this slot was given back.
    Again(RequestSlotId),
}

/// What the clock sends is as the reader chose; what staff press a button for is sent.
pub async fn send(system: System, job: Job) -> Result<()> {
    let letter: RequestLetter = job.payload()?;
    match letter.occasion {
        Occasion::Pressed => system.tell_at_once(NEWS, job).await,
        Occasion::Asked | Occasion::Reminder | Occasion::Again(_) => system.tell(NEWS, job).await,
    }
}

fn compose(_: &System, tx: &mut Tx, job: &Job) -> Result<Option<News>> {
    let letter: RequestLetter = job.payload()?;
    let Some(facts) = store::letter_facts(tx, letter)? else { return Ok(None) };
    let organization = tx.organization_profile();
    let language = facts.language.unwrap_or(organization.language);
    let words = RequestWords {
        to_name: &facts.to_name,
        sender: facts.sender.as_deref(),
        title: &facts.title,
        due_on: facts.due_on,
        today: facts.today,
        message: &facts.message,
        missing: &facts.missing,
        again: facts.again.as_ref().map(|(file, reason)| (file.as_str(), reason.as_str())),
        link: format!("{}/requests/{}", organization.address, letter.request),
    };
    let letter = words.letter(letter.occasion, organization, Text::new(language));
    Ok(Some(News {
        reader: facts.reader,
        to: facts.to,
        language,
        letter,
        place: None,
        whereabouts: None,
        reply_to: None,
    }))
}

struct RequestWords<'a> {
    to_name: &'a str,
    sender: Option<&'a str>,
    title: &'a str,
    due_on: Date,
    today: Date,
    message: &'a str,
    /// What has not come, one line each.
    missing: &'a [String],
    /// The file that was given back, and why.
    again: Option<(&'a str, &'a str)>,
    link: String,
}

impl RequestWords<'_> {
    fn letter(self, occasion: Occasion, organization: &Organization, text: Text) -> Letter {
        let (file, reason) = self.again.unwrap_or_default();
        let names = [
            ("sender", self.sender.unwrap_or(&organization.name).into()),
            ("organization", organization.name.as_str().into()),
            ("title", self.title.into()),
            ("file", file.into()),
            ("date", text.date(self.due_on).into()),
        ];
        let missing = self.missing.iter().map(|line| format!("• {line}")).collect::<Vec<_>>().join("\n");
        let (title, opening, rest) = match occasion {
            Occasion::Asked => {
                ("files-mail-asked-title", "files-mail-asked", vec![missing, self.message.to_owned()])
            }
            Occasion::Reminder | Occasion::Pressed if self.due_on < self.today => {
                ("files-mail-reminder-title", "files-mail-reminder-late", vec![missing])
            }
            Occasion::Reminder | Occasion::Pressed => {
                ("files-mail-reminder-title", "files-mail-reminder", vec![missing])
            }
            Occasion::Again(_) => ("files-mail-again-title", "files-mail-again", vec![reason.to_owned()]),
        };
        let mut paragraphs = vec![text.say_with(opening, &names)];
        paragraphs.extend(rest.into_iter().filter(|paragraph| !paragraph.is_empty()));
        Letter {
            title: text.say_with(title, &names),
            greeting: greeting(text, self.to_name),
            paragraphs,
            button: Some((text.say("files-mail-send").into_owned(), self.link)),
            footer: text.say_with("files-mail-footer", &names),
        }
    }
}

pub fn sample_asked(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, Occasion::Asked)
}

pub fn sample_reminder(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, Occasion::Reminder)
}

pub fn sample_again(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, Occasion::Again(RequestSlotId::from_bytes([0; 16])))
}

/// Pictures are taken without an installation.
fn sample(organization: &Organization, language: Language, occasion: Occasion) -> OutgoingMail {
    let words = RequestWords {
        to_name: "Carol Jones",
        sender: Some("Ada Lovelace"),
        title: "Documents for the annual accounts",
        due_on: date(2026, 12, 11),
        today: date(2026, 11, 30),
        message: "Scans are fine, as long as every page is there.",
        missing: &[
            "Bank statements (October to December, as PDF)".to_owned(),
            "Payroll journal".to_owned(),
            "Photographs of the new shop".to_owned(),
        ],
        again: Some(("Payroll journal", "The last page is missing, the one with the totals.")),
        link: format!("{}/requests/019ab0c1d2e374f5a6b7c8d9e0f1a2b3", organization.address),
    };
    let letter = words.letter(occasion, organization, Text::new(language));
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, "carol@acme.test", &letter, "example.test", id)
}
