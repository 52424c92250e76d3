//! What the mails of billing say. Pure: a job brings the facts, and a sample brings invented ones.

use jiff::civil::{Date, date};
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Organization, OutgoingMail};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};

use crate::{
    currency::Currency,
    document::{Document, Issued, Kind},
    money::Money,
    profile::Seller,
    view::{amount, client_address},
};

pub struct DocumentWords<'a> {
    pub to_name: &'a str,
    pub sender: Option<&'a str>,
    pub document: &'a Document,
    pub gross: Money,
    pub message: Option<&'a str>,
    /// The number of the quote whose place this one takes.
    pub replaces: Option<&'a str>,
    pub link: String,
}

impl DocumentWords<'_> {
    pub fn letter(self, organization: &Organization, text: Text) -> Letter {
        let number = self.document.issued.as_ref().map(|issued| issued.number.as_str()).unwrap_or_default();
        let sender = self.sender.unwrap_or(&organization.name);
        let mut names = vec![
            ("number", number.into()),
            ("organization", organization.name.as_str().into()),
            ("sender", sender.into()),
            ("amount", amount(text, self.gross).into()),
        ];
        let sentence = match &self.document.issued {
            Some(issued) if self.document.kind == Kind::Invoice => {
                names.push(("date", text.date(issued.due_on).into()));
                text.say_with("billing-mail-invoice", &names)
            }
            Some(issued) if self.document.kind == Kind::Quote => {
                names.push(("date", text.date(issued.due_on).into()));
                text.say_with("billing-mail-quote", &names)
            }
            _ => text.say_with("billing-mail-credit-note", &names),
        };
        let mut paragraphs = vec![sentence];
        if let Some(old) = self.replaces {
            paragraphs.push(text.say_with("billing-mail-replaces", &[("old", old.into())]));
        }
        if let Some(message) = self.message {
            let quoted = [("sender", sender.into()), ("message", message.into())];
            paragraphs.push(text.say_with("billing-mail-message", &quoted));
        }
        let open = match self.document.kind {
            Kind::Quote => "billing-mail-open-quote",
            Kind::Invoice | Kind::CreditNote | Kind::Subscription => "billing-mail-open",
        };
        let of_kind = text.say_with(self.document.kind.key(), &names);
        let title = [("document", of_kind.into()), ("organization", organization.name.as_str().into())];
        Letter {
            title: text.say_with("billing-mail-title", &title),
            greeting: greeting(text, self.to_name),
            paragraphs,
            button: Some((text.say(open).into_owned(), self.link)),
            footer: text.say_with("billing-mail-footer", &names),
        }
    }
}

pub fn sample_invoice(organization: &Organization, language: Language) -> OutgoingMail {
    let message = "Thank you for the good work together.\nThe next milestone is on its way.";
    sample(
        organization,
        language,
        sample_document(Kind::Invoice, "INV-2026-0042", date(2026, 12, 10)),
        message,
    )
}

pub fn sample_quote(organization: &Organization, language: Language) -> OutgoingMail {
    let message = "As we said on the phone: the photographs are an option.";
    sample(organization, language, sample_document(Kind::Quote, "Q-2026-0007", date(2026, 12, 26)), message)
}

/// Pictures are taken without an installation.
fn sample(
    organization: &Organization,
    language: Language,
    document: Document,
    message: &str,
) -> OutgoingMail {
    let words = DocumentWords {
        to_name: "Carol Jones",
        sender: Some("Ada Lovelace"),
        document: &document,
        gross: Money::new(652_781, Currency::EURO),
        message: Some(message),
        replaces: None,
        link: format!("{}{}", organization.address, client_address(document.kind, document.id)),
    };
    let letter = words.letter(organization, Text::new(language));
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, "carol@acme.test", &letter, "example.test", id)
}

/// An invented one, of 26 November 2026.
pub fn sample_document(kind: Kind, number: &str, due_on: Date) -> Document {
    Document {
        id: DocumentId::from_bytes([7; 16]),
        kind,
        client: (PersonId::from_bytes([1; 16]), "Carol Jones".into()),
        project: None,
        corrects: None,
        currency: Currency::EURO,
        buyer: "Acme".into(),
        buyer_tax_number: String::new(),
        buyer_country: String::new(),
        words: String::new(),
        issue_on: None,
        due_on: None,
        delivered_on: None,
        delivery_country: String::new(),
        issued: Some(Issued {
            number: number.into(),
            seller: Seller::default(),
            issue_on: date(2026, 11, 26),
            due_on,
        }),
        quote: None,
        is_deposit: false,
        deposit: None,
        replaces: None,
    }
}

/// With the texts of this module at hand.
#[cfg(test)]
pub fn sample_organization() -> Organization {
    let own = [
        ("billing", Language::English, include_str!("../texts/en.ftl")),
        ("billing", Language::French, include_str!("../texts/fr.ftl")),
    ];
    portico_ui::Catalogue::build(portico_ui::texts::SOURCES.into_iter().chain(own)).install();
    Organization {
        id: portico_facts::OrganizationId::from_bytes([1; 16]),
        slug: "studio".into(),
        name: "Studio <North>".into(),
        colour: "#3451b2".into(),
        language: Language::English,
        time_zone: "Europe/Paris".into(),
        sidebar: None,
        logo: None,
        address: "https://studio.example".into(),
        demands_second_step: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p41_the_mail_says_what_is_due_and_when_in_the_readers_way() {
        let organization = sample_organization();
        for (language, due, day) in [
            (Language::English, "€6,527.81", "10 December 2026"),
            (Language::French, "6\u{202f}527,81\u{a0}€", "10 décembre 2026"),
        ] {
            let mail = sample_invoice(&organization, language);
            for part in [due, day, "INV-2026-0042", "https://studio.example/invoices/0707"] {
                assert!(mail.html.contains(part) && mail.text.contains(part), "{part}: {}", mail.text);
            }
            assert!(mail.subject.contains("INV-2026-0042") && !mail.html.contains("<North>"));
            let mail = sample_quote(&organization, language);
            for invoice in ["nvoice", "acture", "document"] {
                assert!(!mail.text.contains(invoice), "a quote is no invoice: {}", mail.text);
            }
        }
    }
}
