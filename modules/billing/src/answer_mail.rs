//! The mail that tells staff what became of a quote: somebody accepted it, or declined it and why.

use jiff::civil::date;
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{
    Instant, Job, JobKind, LetterSample, News, NewsKind, Organization, OutgoingMail, Readers, Result, System,
    Tx,
};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    document::Kind,
    letter::sample_document,
    money::Money,
    quote::{Decision, Verdict},
    store::{self, AnswerFacts},
    view::{address, amount},
};

pub const ANSWER_MAIL: &str = "billing-answer-mail";
pub const NEWS: NewsKind =
    NewsKind { key: "quote-answers", label: "billing-news-answers", readers: Readers::Staff, compose };

#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerLetter {
    pub quote: DocumentId,
    /// Whom of the staff it is for.
    pub person: PersonId,
}

pub fn job() -> JobKind {
    JobKind { kind: ANSWER_MAIL, run: |system, job| Box::pin(system.tell(NEWS, job)) }
}

fn compose(_: &System, tx: &mut Tx, job: &Job) -> Result<Option<News>> {
    let letter: AnswerLetter = job.payload()?;
    let Some(facts) = store::answer_facts(tx, &letter)? else { return Ok(None) };
    let organization = tx.organization_profile();
    let language = organization.language_for(facts.language.as_deref());
    let reader = letter.person;
    let letter = letter_of(&facts, organization, Text::new(language));
    Ok(Some(News {
        reader,
        to: facts.email,
        language,
        letter,
        place: None,
        whereabouts: None,
        reply_to: None,
    }))
}

fn letter_of(facts: &AnswerFacts, organization: &Organization, text: Text) -> Letter {
    let AnswerFacts { quote, decision, .. } = facts;
    let number = quote.issued.as_ref().map(|issued| issued.number.as_str()).unwrap_or_default();
    let names = [
        ("name", decision.name.as_str().into()),
        ("number", number.into()),
        ("amount", amount(text, facts.gross).into()),
        ("moment", text.moment(decision.at.in_zone(&organization.time_zone)).into()),
        ("organization", organization.name.as_str().into()),
        ("reason", decision.reason.as_str().into()),
    ];
    let say = |key: &str| text.say_with(key, &names);
    let (title, paragraphs) = match decision.verdict {
        Verdict::Accepted => (
            say("billing-mail-accepted-title"),
            vec![say("billing-mail-accepted"), say("billing-mail-accepted-next")],
        ),
        Verdict::Declined | Verdict::Withdrawn => {
            let reason = (!decision.reason.is_empty()).then(|| say("billing-mail-declined-reason"));
            let told = std::iter::once(say("billing-mail-declined")).chain(reason);
            (say("billing-mail-declined-title"), told.collect())
        }
    };
    Letter {
        title,
        greeting: greeting(text, &facts.name),
        paragraphs,
        button: Some((
            say("billing-mail-open-quote"),
            format!("{}{}", organization.address, address(Kind::Quote, quote.id)),
        )),
        footer: say("billing-mail-answer-footer"),
    }
}

pub fn samples() -> [LetterSample; 2] {
    [
        LetterSample { name: "billing-quote-accepted", compose: sample_accepted },
        LetterSample { name: "billing-quote-declined", compose: sample_declined },
    ]
}

fn sample_accepted(organization: &Organization, language: Language) -> OutgoingMail {
    sample(organization, language, Verdict::Accepted, "")
}

fn sample_declined(organization: &Organization, language: Language) -> OutgoingMail {
    let reason = "We found somebody nearer by.\nMaybe next year?";
    sample(organization, language, Verdict::Declined, reason)
}

fn sample(organization: &Organization, language: Language, verdict: Verdict, reason: &str) -> OutgoingMail {
    let facts = AnswerFacts {
        quote: sample_document(Kind::Quote, "Q-2026-0007", date(2026, 12, 10)),
        decision: Decision {
            verdict,
            name: "Carol Jones".into(),
            at: Instant::from_micros(1_795_691_700_000_000),
            address: None,
            shown: None,
            reason: reason.into(),
            chosen: Vec::new(),
        },
        gross: Money::new(652_781, Currency::EURO),
        name: "Ada Lovelace".into(),
        email: "ada@studio.test".into(),
        language: None,
    };
    let letter = letter_of(&facts, organization, Text::new(language));
    organization.mail(language, &facts.email, &letter, "example.test", "<sample@example.test>".to_owned())
}
