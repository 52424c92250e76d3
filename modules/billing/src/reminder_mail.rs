//! The mail that reminds of an invoice: what is left to pay, and since when or until when.

use std::pin::Pin;

use jiff::{Unit, civil::date};
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Job, JobKind, LetterSample, Organization, OutgoingMail, Result, System};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};
use serde::{Deserialize, Serialize};

use crate::{
    account::Account,
    currency::Currency,
    document::{Issued, Kind},
    jobs::mail_to,
    letter::sample_document,
    money::Money,
    store::{self, Addressee, ReminderFacts},
    view::{amount, client::why, client_address},
};

pub const REMINDER_MAIL: &str = "billing-reminder-mail";

#[derive(Debug, Serialize, Deserialize)]
pub struct ReminderLetter {
    pub invoice: DocumentId,
    pub person: PersonId,
}

pub fn job() -> JobKind {
    JobKind { kind: REMINDER_MAIL, run: send }
}

fn send(system: System, job: Job) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let letter: ReminderLetter = job.payload()?;
        let Some(facts) = system.read(move |tx| store::reminder_facts(tx, &letter)).await? else {
            return Ok(());
        };
        let Some(issued) = &facts.invoice.issued else { return Ok(()) };
        let mail = mail_to(&system, &job, &facts.to, |organization, text| {
            letter_of(&facts, issued, organization, text)
        });
        system.post(mail).await
    })
}

fn letter_of(facts: &ReminderFacts, issued: &Issued, organization: &Organization, text: Text) -> Letter {
    let ReminderFacts { invoice, account, today, to } = facts;
    let days = issued.due_on.until((Unit::Day, *today)).map(|span| span.get_days()).unwrap_or_default();
    let names = [
        ("number", issued.number.as_str().into()),
        ("organization", organization.name.as_str().into()),
        ("amount", amount(text, account.balance()).into()),
        ("date", text.date(issued.due_on).into()),
        ("days", i64::from(days).into()),
    ];
    let say = |key: &str| text.say_with(key, &names);
    let (title, sentence) = match account.is_overdue(issued.due_on, *today) {
        true => ("billing-mail-reminder-title-late", "billing-mail-reminder-late"),
        false => ("billing-mail-reminder-title", "billing-mail-reminder"),
    };
    let steps = (account.balance() != account.invoiced).then(|| why(text, account));
    let paragraphs = std::iter::once(say(sentence)).chain(steps).chain([say("billing-mail-reminder-thanks")]);
    let link = format!("{}{}", organization.address, client_address(invoice.kind, invoice.id));
    Letter {
        title: say(title),
        greeting: greeting(text, &to.name),
        paragraphs: paragraphs.collect(),
        button: Some((say("billing-mail-reminder-open"), link)),
        footer: say("billing-mail-reminder-footer"),
    }
}

pub fn samples() -> [LetterSample; 2] {
    [
        LetterSample { name: "billing-reminder", compose: sample_early },
        LetterSample { name: "billing-reminder-late", compose: sample_late },
    ]
}

fn sample_early(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, date(2026, 12, 7))
}

fn sample_late(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, date(2026, 12, 20))
}

fn sample(organization: &Organization, language: Language, today: jiff::civil::Date) -> OutgoingMail {
    let paid = Money::new(200_000, Currency::EURO);
    let facts = ReminderFacts {
        invoice: sample_document(Kind::Invoice, "INV-2026-0042", date(2026, 12, 10)),
        account: Account { paid, ..Account::new(Money::new(652_781, Currency::EURO)) },
        today,
        to: Addressee { name: "Carol Jones".into(), email: "carol@acme.test".into(), language: None },
    };
    let issued = facts.invoice.issued.as_ref().expect("the sample is issued");
    let letter = letter_of(&facts, issued, organization, Text::new(language));
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, &facts.to.email, &letter, "example.test", id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::sample_organization;

    #[test]
    fn p41_a_reminder_says_what_is_left_to_pay_and_since_when_in_the_readers_way() {
        let organization = sample_organization();
        for (language, left, late, soon) in [
            (
                Language::English,
                "€4,527.81",
                "was due on 10 December 2026, 10 days ago",
                "is due on 10 December 2026",
            ),
            (
                Language::French,
                "4\u{202f}527,81\u{a0}€",
                "était à payer avant le 10 décembre 2026 inclus, il y a 10 jours",
                "est à payer avant le 10 décembre 2026 inclus",
            ),
        ] {
            let (early, overdue) =
                (sample_early(&organization, language), sample_late(&organization, language));
            for (mail, said, unsaid) in [(&early, soon, late), (&overdue, late, soon)] {
                for part in [left, said, "INV-2026-0042", "https://studio.example/invoices/0707"] {
                    assert!(mail.html.contains(part) && mail.text.contains(part), "{part}: {}", mail.text);
                }
                assert!(!mail.text.contains(unsaid), "{}", mail.text);
                assert!(mail.subject.contains("INV-2026-0042"));
            }
        }
    }
}
