//! A subscription: a document that is never issued itself, and of which an invoice is made for each period (P26).

use jiff::civil::Date;
use portico_facts::PersonId;
use portico_kernel::{Name, Problems, parse_day};
use serde::Deserialize;

use crate::{
    document::{Head, HeadForm, Sheet},
    plan::{Plan, Share},
    profile::parse_days,
    schedule::{Interval, Unit},
    store::Recipient,
    tax::Treatment,
    totals::Totals,
};

/// With what every invoice of it holds, and who gets them.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub sheet: Sheet,
    pub name: String,
    pub plan: Plan,
    /// From the day of issue to the due date, where it is not the organization's usual time.
    pub payment_days: Option<u16>,
    pub recipients: Vec<Recipient>,
}

impl Subscription {
    /// What stands between it and its next invoice, as the key of a sentence.
    pub fn obstacle(&self) -> Option<&'static str> {
        if self.sheet.document.buyer.is_empty() {
            Some("billing-held-buyer")
        } else if self.sheet.lines.is_empty() {
            Some("billing-held-lines")
        } else if self.sheet.totals.gross.is_negative() {
            Some("billing-held-negative")
        } else if self.recipients.is_empty() {
            Some("billing-held-recipients")
        } else if self.sheet.is_mixed() {
            Some("billing-held-not-subject")
        } else if self.sheet.has(Treatment::IntraCommunity) {
            // Nobody is there to say when and where.
            Some("billing-held-delivery")
        } else {
            None
        }
    }

    /// Of the invoice of a period of which this share is paid for.
    pub fn totals(&self, share: Share) -> Totals {
        let lines = self.sheet.lines.iter().map(|line| (line.tax.as_ref(), line.shared(share).net));
        Totals::of(self.sheet.document.currency, lines)
    }

    /// The obstacle to an invoice that is due already.
    pub fn holdup(&self, today: Date) -> Option<&'static str> {
        self.plan.due(today).and_then(|_| self.obstacle())
    }

    pub fn form(&self) -> SubscriptionForm {
        let HeadForm { client, project, currency, buyer, buyer_tax_number, buyer_country, words, .. } =
            self.sheet.document.form();
        let Plan { schedule, next, ends_on, prorates, .. } = self.plan;
        SubscriptionForm {
            name: self.name.clone(),
            client,
            project,
            currency,
            every: schedule.interval.every.to_string(),
            unit: schedule.interval.unit.name().to_owned(),
            starts_on: schedule.begin(next).to_string(),
            ends_on: ends_on.map(|day| day.to_string()).unwrap_or_default(),
            prorates: prorates.then(|| "yes".to_owned()),
            payment_days: self.payment_days.map(|days| days.to_string()).unwrap_or_default(),
            person: self.recipients.iter().map(|recipient| recipient.person.to_string()).collect(),
            buyer,
            buyer_tax_number,
            buyer_country,
            words,
        }
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubscriptionForm {
    pub name: String,
    pub client: String,
    pub project: String,
    pub currency: String,
    pub every: String,
    pub unit: String,
    pub starts_on: String,
    pub ends_on: String,
    pub prorates: Option<String>,
    pub payment_days: String,
    pub person: Vec<String>,
    pub buyer: String,
    pub buyer_tax_number: String,
    pub buyer_country: String,
    pub words: String,
}

/// As it may be stored, once people and project are known to be the organization's.
#[derive(Clone, Debug)]
pub struct Terms {
    pub head: Head,
    pub name: Name,
    pub interval: Interval,
    /// Of the next period to be invoiced.
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub prorates: bool,
    pub payment_days: Option<u16>,
    /// Never empty: without a choice, the client.
    pub recipients: Vec<PersonId>,
}

/// Of an interval: a hundred years.
const MOST: u16 = 1_200;

impl SubscriptionForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<Terms, Problems> {
        let (head, mut problems) = match self.head().parse() {
            Ok(head) => (Some(head), Problems::default()),
            Err(problems) => (None, problems),
        };
        let name = problems.keep("name", Name::parse(&self.name));
        let every = problems.keep("every", parse_every(&self.every));
        let unit = problems.keep("unit", Unit::from_name(&self.unit).ok_or("billing-error-unit"));
        let starts_on = problems.keep(
            "starts_on",
            parse_day(&self.starts_on).and_then(|day| day.ok_or("billing-error-no-start")),
        );
        let ends_on = problems.keep("ends_on", parse_day(&self.ends_on));
        let payment_days = problems.keep("payment_days", parse_optional_days(&self.payment_days));
        let chosen: Result<Vec<PersonId>, _> = self.person.iter().map(|id| id.parse()).collect();
        let chosen = problems.keep("person", chosen.map_err(|_| "billing-error-recipients"));
        match (head, name, every, unit, starts_on, ends_on, payment_days, chosen) {
            (
                Some(head),
                Some(name),
                Some(every),
                Some(unit),
                Some(starts_on),
                Some(ends_on),
                Some(payment_days),
                Some(chosen),
            ) => {
                let recipients = if chosen.is_empty() { vec![head.client] } else { chosen };
                let interval = Interval { every, unit };
                let prorates = self.prorates.is_some();
                Ok(Terms { head, name, interval, starts_on, ends_on, prorates, payment_days, recipients })
            }
            _ => Err(problems),
        }
    }

    fn head(&self) -> HeadForm {
        HeadForm {
            client: self.client.clone(),
            project: self.project.clone(),
            currency: self.currency.clone(),
            buyer: self.buyer.clone(),
            buyer_tax_number: self.buyer_tax_number.clone(),
            buyer_country: self.buyer_country.clone(),
            words: self.words.clone(),
            ..HeadForm::default()
        }
    }
}

fn parse_every(typed: &str) -> Result<u16, &'static str> {
    typed.trim().parse().ok().filter(|every| (1..=MOST).contains(every)).ok_or("billing-error-every")
}

fn parse_optional_days(typed: &str) -> Result<Option<u16>, &'static str> {
    if typed.trim().is_empty() { Ok(None) } else { parse_days(typed).map(Some) }
}

/// When a cancellation takes effect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cancellation {
    /// What is left of a period that was invoiced is credited where it is charged by the day, and else not.
    Now,
    AtTheEndOfThePeriod,
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CancellationForm {
    pub when: String,
}

impl CancellationForm {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(&self) -> Result<Cancellation, &'static str> {
        match self.when.as_str() {
            "now" => Ok(Cancellation::Now),
            "end" => Ok(Cancellation::AtTheEndOfThePeriod),
            _ => Err("billing-error-when"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn form() -> SubscriptionForm {
        SubscriptionForm {
            name: "Website care".into(),
            client: PersonId::from_bytes([1; 16]).to_string(),
            currency: "EUR".into(),
            every: "1".into(),
            unit: "month".into(),
            starts_on: "2027-01-31".into(),
            ..SubscriptionForm::default()
        }
    }

    #[test]
    fn without_a_choice_the_client_gets_the_invoices() {
        let terms = form().parse().expect("all is there");
        assert_eq!(terms.recipients, [PersonId::from_bytes([1; 16])]);
        assert_eq!((terms.starts_on, terms.ends_on, terms.payment_days), (date(2027, 1, 31), None, None));
        let other = PersonId::from_bytes([2; 16]);
        let chosen = SubscriptionForm { person: vec![other.to_string()], ..form() };
        assert_eq!(chosen.parse().expect("all is there").recipients, [other]);
    }

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let wrong = SubscriptionForm {
            name: " ".into(),
            client: "carol".into(),
            every: "0".into(),
            unit: "day".into(),
            starts_on: String::new(),
            ends_on: "soon".into(),
            payment_days: "-1".into(),
            person: vec!["x".into()],
            ..form()
        };
        let problems = wrong.parse().err().unwrap_or_default();
        for (field, key) in [
            ("name", "ui-name-empty"),
            ("client", "billing-error-client"),
            ("every", "billing-error-every"),
            ("unit", "billing-error-unit"),
            ("starts_on", "billing-error-no-start"),
            ("ends_on", "ui-error-day"),
            ("payment_days", "billing-error-days"),
            ("person", "billing-error-recipients"),
        ] {
            assert_eq!(problems.of(field), Some(key), "{field}");
        }
    }
}
