//! A billing document: a quote, an invoice or a credit note. Until it is issued it is a draft that
//! staff change as they like; from then on it stays as it is (P23). A subscription is never issued:
//! invoices are made of it.

use jiff::{ToSpan, civil::Date};
use portico_facts::{DocumentId, EventKind, PersonId, ProjectId};
use portico_kernel::{Problems, parse_day, parse_words};
use serde::Deserialize;

use crate::{
    country::{parse_country, parse_delivery_country},
    currency::Currency,
    deposit::Deposit,
    line::Line,
    profile::Seller,
    totals::Totals,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Quote,
    Invoice,
    CreditNote,
    Subscription,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Quote, Kind::Invoice, Kind::CreditNote, Kind::Subscription];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Quote => "quote",
            Kind::Invoice => "invoice",
            Kind::CreditNote => "credit-note",
            Kind::Subscription => "subscription",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The text that names one of them, with its number if it has one.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Quote => "billing-quote-number",
            Kind::Invoice => "billing-invoice-number",
            Kind::CreditNote => "billing-credit-note-number",
            Kind::Subscription => "billing-subscription",
        }
    }
}

/// What happens to documents of all kinds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    Drafted,
    Changed,
    Deleted,
    Restored,
    Issued,
    Sent,
    Revoked,
}

impl Kind {
    /// The event that tells of it.
    pub fn event(self, change: Change) -> EventKind {
        let (of_quote, of_invoice, of_subscription) = match change {
            Change::Drafted => {
                (EventKind::QUOTE_DRAFTED, EventKind::INVOICE_DRAFTED, EventKind::SUBSCRIPTION_DRAFTED)
            }
            Change::Changed => {
                (EventKind::QUOTE_CHANGED, EventKind::INVOICE_CHANGED, EventKind::SUBSCRIPTION_CHANGED)
            }
            Change::Deleted => {
                (EventKind::QUOTE_DELETED, EventKind::INVOICE_DELETED, EventKind::SUBSCRIPTION_DELETED)
            }
            Change::Restored => {
                (EventKind::QUOTE_RESTORED, EventKind::INVOICE_RESTORED, EventKind::SUBSCRIPTION_RESTORED)
            }
            Change::Issued => {
                (EventKind::QUOTE_ISSUED, EventKind::INVOICE_ISSUED, EventKind::SUBSCRIPTION_STARTED)
            }
            Change::Sent => {
                (EventKind::QUOTE_SENT, EventKind::INVOICE_SENT, EventKind::SUBSCRIPTION_ADDRESSED)
            }
            Change::Revoked => {
                (EventKind::QUOTE_REVOKED, EventKind::INVOICE_REVOKED, EventKind::SUBSCRIPTION_REVOKED)
            }
        };
        match self {
            Kind::Quote => of_quote,
            Kind::Invoice | Kind::CreditNote => of_invoice,
            Kind::Subscription => of_subscription,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Document {
    pub id: DocumentId,
    pub kind: Kind,
    pub client: (PersonId, String),
    pub project: Option<(ProjectId, String)>,
    /// The invoice that a credit note corrects.
    pub corrects: Option<DocumentId>,
    pub currency: Currency,
    /// Name and address, as they are printed.
    pub buyer: String,
    pub buyer_tax_number: String,
    /// Two letters, or empty.
    pub buyer_country: String,
    pub words: String,
    pub issue_on: Option<Date>,
    pub due_on: Option<Date>,
    /// When goods got to another country of the European Union, and to which: two letters, or empty.
    pub delivered_on: Option<Date>,
    pub delivery_country: String,
    /// `None` for a draft.
    pub issued: Option<Issued>,
    /// The quote that an invoice was made of.
    pub quote: Option<DocumentId>,
    /// Of a quote's invoices, the one in advance.
    pub is_deposit: bool,
    /// What a quote asks for in advance.
    pub deposit: Option<Deposit>,
    /// The quote whose place this one takes when it is sent.
    pub replaces: Option<DocumentId>,
}

#[derive(Clone, Debug)]
pub struct Issued {
    pub number: String,
    pub seller: Seller,
    pub issue_on: Date,
    pub due_on: Date,
}

/// A document with everything that stands on it.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub document: Document,
    pub lines: Vec<Line>,
    pub totals: Totals,
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeadForm {
    pub client: String,
    pub project: String,
    pub currency: String,
    pub issue_on: String,
    pub due_on: String,
    pub buyer: String,
    pub buyer_tax_number: String,
    pub buyer_country: String,
    /// On invoices only, where a line asks for them.
    pub delivered_on: String,
    pub delivery_country: String,
    pub words: String,
    /// On quotes only: a figure, and whether it is [`crate::deposit::PERCENT`] or [`crate::deposit::AMOUNT`].
    pub deposit: String,
    pub deposit_in: String,
    /// What a new quote begins from.
    pub template: String,
}

/// As it may be stored, once client and project are known to be the organization's.
#[derive(Clone, Debug)]
pub struct Head {
    pub client: PersonId,
    pub project: Option<ProjectId>,
    pub currency: Currency,
    pub issue_on: Option<Date>,
    pub due_on: Option<Date>,
    pub buyer: String,
    pub buyer_tax_number: String,
    pub buyer_country: String,
    pub delivered_on: Option<Date>,
    pub delivery_country: String,
    pub words: String,
    pub deposit: Option<Deposit>,
    pub template: Option<DocumentId>,
}

/// Of a quote that does not say its last day.
const VALID_DAYS: u16 = 30;
const LONGEST_BUYER: usize = 500;
const LONGEST_WORDS: usize = 5_000;

impl HeadForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<Head, Problems> {
        let mut problems = Problems::default();
        let client = problems.keep("client", self.client.parse().map_err(|_| "billing-error-client"));
        let project = problems.keep("project", parse_project(&self.project));
        let currency = problems.keep("currency", Currency::parse(&self.currency));
        let issue_on = problems.keep("issue_on", parse_day(&self.issue_on));
        let due_on = problems.keep("due_on", parse_day(&self.due_on));
        let long = "billing-error-long";
        let buyer = problems.keep("buyer", parse_words(self.buyer.trim(), LONGEST_BUYER, long));
        let tax_number =
            problems.keep("buyer_tax_number", parse_words(self.buyer_tax_number.trim(), LONGEST_BUYER, long));
        let country = problems.keep("buyer_country", parse_country(&self.buyer_country));
        let delivered_on = problems.keep("delivered_on", parse_day(&self.delivered_on));
        let delivery_country =
            problems.keep("delivery_country", parse_delivery_country(&self.delivery_country));
        let words = problems.keep("words", parse_words(&self.words, LONGEST_WORDS, long));
        // Without a currency, nobody knows how many digits an amount has.
        let deposit = currency
            .map_or(Ok(None), |currency| Deposit::parse_optional(&self.deposit, &self.deposit_in, currency));
        let deposit = problems.keep("deposit", deposit);
        let template = problems.keep("template", parse_template(&self.template));
        if let (Some(Some(issue_on)), Some(Some(due_on))) = (issue_on, due_on)
            && due_on < issue_on
        {
            problems.add("due_on", "billing-error-due-before-issue");
            return Err(problems);
        }
        match (
            client,
            project,
            currency,
            issue_on,
            due_on,
            buyer,
            tax_number,
            country,
            delivered_on,
            delivery_country,
            words,
            deposit,
            template,
        ) {
            (
                Some(client),
                Some(project),
                Some(currency),
                Some(issue_on),
                Some(due_on),
                Some(buyer),
                Some(buyer_tax_number),
                Some(buyer_country),
                Some(delivered_on),
                Some(delivery_country),
                Some(words),
                Some(deposit),
                Some(template),
            ) => Ok(Head {
                client,
                project,
                currency,
                issue_on,
                due_on,
                buyer,
                buyer_tax_number,
                buyer_country,
                delivered_on,
                delivery_country,
                words,
                deposit,
                template,
            }),
            _ => Err(problems),
        }
    }
}

fn parse_project(chosen: &str) -> Result<Option<ProjectId>, &'static str> {
    match chosen {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "billing-error-project"),
    }
}

fn parse_template(chosen: &str) -> Result<Option<DocumentId>, &'static str> {
    match chosen {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "billing-error-template"),
    }
}

impl Document {
    pub fn form(&self) -> HeadForm {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (deposit, deposit_in) = self.deposit.map(Deposit::form).unwrap_or_default();
        HeadForm {
            client: self.client.0.to_string(),
            project: self.project.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default(),
            currency: self.currency.code().to_owned(),
            issue_on: day(self.issue_on),
            due_on: day(self.due_on),
            buyer: self.buyer.clone(),
            buyer_tax_number: self.buyer_tax_number.clone(),
            buyer_country: self.buyer_country.clone(),
            delivered_on: day(self.delivered_on),
            delivery_country: self.delivery_country.clone(),
            words: self.words.clone(),
            deposit,
            deposit_in: deposit_in.to_owned(),
            template: String::new(),
        }
    }

    /// Of another one for the same client, with neither dates nor words of its own.
    pub fn head(&self) -> Head {
        Head {
            client: self.client.0,
            project: self.project.as_ref().map(|(id, _)| *id),
            currency: self.currency,
            issue_on: None,
            due_on: None,
            buyer: self.buyer.clone(),
            buyer_tax_number: self.buyer_tax_number.clone(),
            buyer_country: self.buyer_country.clone(),
            delivered_on: None,
            delivery_country: self.delivery_country.clone(),
            words: String::new(),
            deposit: None,
            template: None,
        }
    }

    /// The days that a document gets which is issued today, where it does not say them itself. The
    /// second one is the last on which an invoice is paid in time and a quote is valid.
    pub fn days(&self, today: Date, payment_days: u16) -> (Date, Date) {
        let issue_on = self.issue_on.unwrap_or(today);
        let days = if self.kind == Kind::Quote { VALID_DAYS } else { payment_days };
        let usual = issue_on.saturating_add(i64::from(days).days());
        (issue_on, self.due_on.unwrap_or(usual))
    }
}

impl Sheet {
    /// What stands between a draft and its number, as the key of a sentence.
    pub fn obstacle(&self) -> Option<&'static str> {
        if self.document.buyer.is_empty() {
            Some("billing-obstacle-buyer")
        } else if self.lines.is_empty() {
            Some("billing-obstacle-lines")
        } else if let (Some(Deposit::Amount(amount)), Kind::Quote) =
            (self.document.deposit, self.document.kind)
            && (self.totals.net - amount).is_negative()
        {
            Some("billing-obstacle-deposit")
        } else if self.document.kind == Kind::Quote {
            // A quote may come to less than nothing as long as its options are not chosen.
            self.is_mixed().then_some("billing-obstacle-not-subject")
        } else if self.totals.gross.is_negative() {
            Some("billing-obstacle-negative")
        } else {
            self.obstacle_of_tax()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(issue_on: &str, due_on: &str) -> HeadForm {
        HeadForm {
            client: PersonId::from_bytes([1; 16]).to_string(),
            currency: "EUR".into(),
            issue_on: issue_on.into(),
            due_on: due_on.into(),
            ..HeadForm::default()
        }
    }

    #[test]
    fn nothing_is_due_before_it_is_issued() {
        let problems = form("2026-11-26", "2026-11-25").parse().err().unwrap_or_default();
        assert_eq!(problems.of("due_on"), Some("billing-error-due-before-issue"));
        for (issue_on, due_on) in
            [("2026-11-26", "2026-11-26"), ("", "2026-11-26"), ("2026-11-26", ""), ("", "")]
        {
            assert!(form(issue_on, due_on).parse().is_ok());
        }
    }

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let wrong = HeadForm {
            client: "carol".into(),
            project: "x".into(),
            currency: "€".into(),
            issue_on: "soon".into(),
            buyer: "a\0".into(),
            delivered_on: "2026-02-30".into(),
            delivery_country: "EU".into(),
            ..HeadForm::default()
        };
        let problems = wrong.parse().err().unwrap_or_default();
        assert_eq!(problems.of("client"), Some("billing-error-client"));
        assert_eq!(problems.of("project"), Some("billing-error-project"));
        assert_eq!(problems.of("currency"), Some("billing-error-currency"));
        assert_eq!(problems.of("issue_on"), Some("ui-error-day"));
        assert_eq!(problems.of("buyer"), Some("ui-words-characters"));
        assert_eq!(problems.of("delivered_on"), Some("ui-error-day"));
        assert_eq!(problems.of("delivery_country"), Some("billing-error-country"));
    }
}
