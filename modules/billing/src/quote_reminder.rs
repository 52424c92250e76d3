//! The mail that reminds of a quote which nobody has answered yet: staff pressed a button, no clock sends it.

use std::pin::Pin;

use jiff::civil::date;
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Job, JobKind, LetterSample, Organization, OutgoingMail, Result, System};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    document::{Issued, Kind},
    jobs::mail_to,
    letter::sample_document,
    money::Money,
    store::{self, Addressee, QuoteReminderFacts},
    view::{amount, client_address},
};

pub const QUOTE_REMINDER_MAIL: &str = "billing-quote-reminder-mail";

#[derive(Debug, Serialize, Deserialize)]
pub struct QuoteReminder {
    pub quote: DocumentId,
    pub person: PersonId,
}

pub fn job() -> JobKind {
    JobKind { kind: QUOTE_REMINDER_MAIL, run: send }
}

fn send(system: System, job: Job) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let letter: QuoteReminder = job.payload()?;
        let Some(facts) = system.read(move |tx| store::quote_reminder_facts(tx, &letter)).await? else {
            return Ok(());
        };
        let Some(issued) = &facts.quote.issued else { return Ok(()) };
        let mail = mail_to(&system, &job, &facts.to, |organization, text| {
            letter_of(&facts, issued, organization, text)
        });
        system.post(mail).await
    })
}

fn letter_of(facts: &QuoteReminderFacts, issued: &Issued, organization: &Organization, text: Text) -> Letter {
    let QuoteReminderFacts { quote, gross, to } = facts;
    let names = [
        ("number", issued.number.as_str().into()),
        ("organization", organization.name.as_str().into()),
        ("amount", amount(text, *gross).into()),
        ("date", text.date(issued.due_on).into()),
    ];
    let say = |key: &str| text.say_with(key, &names);
    Letter {
        title: say("billing-mail-quote-reminder-title"),
        greeting: greeting(text, &to.name),
        paragraphs: vec![say("billing-mail-quote-reminder"), say("billing-mail-quote-reminder-how")],
        button: Some((
            text.say("billing-mail-open-quote").into_owned(),
            format!("{}{}", organization.address, client_address(quote.kind, quote.id)),
        )),
        footer: say("billing-mail-quote-reminder-footer"),
    }
}

pub fn sample() -> LetterSample {
    LetterSample { name: "billing-quote-reminder", compose: compose_sample }
}

fn compose_sample(organization: &Organization, language: Language) -> OutgoingMail {
    let facts = QuoteReminderFacts {
        quote: sample_document(Kind::Quote, "Q-2026-0007", date(2026, 12, 26)),
        gross: Money::new(652_781, Currency::EURO),
        to: Addressee { name: "Carol Jones".into(), email: "carol@acme.test".into(), language: None },
    };
    let issued = facts.quote.issued.as_ref().expect("the sample is issued");
    let letter = letter_of(&facts, issued, organization, Text::new(language));
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, &facts.to.email, &letter, "example.test", id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::sample_organization;

    #[test]
    fn p41_a_reminder_of_a_quote_says_which_and_until_when_in_the_readers_way() {
        let organization = sample_organization();
        for (language, gross, day) in [
            (Language::English, "€6,527.81", "26 December 2026"),
            (Language::French, "6\u{202f}527,81\u{a0}€", "26 décembre 2026"),
        ] {
            let mail = compose_sample(&organization, language);
            for part in [gross, day, "Q-2026-0007", "https://studio.example/quotes/0707"] {
                assert!(mail.html.contains(part) && mail.text.contains(part), "{part}: {}", mail.text);
            }
            assert!(mail.subject.contains("Q-2026-0007") && !mail.html.contains("<North>"));
        }
    }
}
