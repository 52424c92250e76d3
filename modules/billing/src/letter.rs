//! What the mails of billing say. Pure: a job brings the facts, and a sample brings invented ones.

use jiff::civil::date;
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Organization, OutgoingMail};
use portico_ui::{Language, Text, mail::Letter};

use crate::{
    currency::Currency,
    document::{Document, Issued, Kind},
    money::Money,
    profile::Seller,
    view::amount,
};

pub struct DocumentWords<'a> {
    pub to_name: &'a str,
    pub sender: Option<&'a str>,
    pub document: &'a Document,
    pub gross: Money,
    pub message: Option<&'a str>,
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
        if let Some(message) = self.message {
            let quoted = [("sender", sender.into()), ("message", message.into())];
            paragraphs.push(text.say_with("billing-mail-message", &quoted));
        }
        let of_kind = text.say_with(self.document.kind.key(), &names);
        let title = [("document", of_kind.into()), ("organization", organization.name.as_str().into())];
        Letter {
            title: text.say_with("billing-mail-title", &title),
            greeting: greeting(text, self.to_name),
            paragraphs,
            button: Some((text.say("billing-mail-open").into_owned(), self.link)),
            footer: text.say_with("billing-mail-footer", &names),
        }
    }
}

/// A new client's name is their address until they have told it, and nobody is called that.
fn greeting(text: Text, name: &str) -> String {
    match name.contains('@') {
        true => text.say("billing-mail-hello").into_owned(),
        false => text.say_with("billing-mail-hello-name", &[("name", name.into())]),
    }
}

pub fn sample_invoice(organization: &Organization, language: Language) -> OutgoingMail {
    let text = Text::new(language);
    let document = Document {
        id: DocumentId::from_bytes([7; 16]),
        kind: Kind::Invoice,
        client: (PersonId::from_bytes([1; 16]), "Carol Jones".into()),
        project: None,
        corrects: None,
        currency: Currency::EURO,
        buyer: "Acme".into(),
        buyer_tax_number: String::new(),
        words: String::new(),
        issue_on: None,
        due_on: None,
        issued: Some(Issued {
            number: "INV-2026-0042".into(),
            seller: Seller::default(),
            issue_on: date(2026, 11, 26),
            due_on: date(2026, 12, 10),
        }),
    };
    let words = DocumentWords {
        to_name: "Carol Jones",
        sender: Some("Ada Lovelace"),
        document: &document,
        gross: Money::new(652_781, Currency::EURO),
        message: Some("Thank you for the good work together.\nThe next milestone is on its way."),
        link: format!("{}/invoices/{}", organization.address, document.id),
    };
    // Pictures are taken without an installation.
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, "carol@acme.test", &words.letter(organization, text), "example.test", id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p41_the_mail_says_what_is_due_and_when_in_the_readers_way() {
        let own = [
            ("billing", Language::English, include_str!("../texts/en.ftl")),
            ("billing", Language::French, include_str!("../texts/fr.ftl")),
        ];
        portico_ui::Catalogue::build(portico_ui::texts::SOURCES.into_iter().chain(own)).install();
        let organization = Organization {
            id: portico_facts::OrganizationId::from_bytes([1; 16]),
            slug: "studio".into(),
            name: "Studio <North>".into(),
            colour: "#3451b2".into(),
            language: Language::English,
            time_zone: "Europe/Paris".into(),
            address: "https://studio.example".into(),
        };
        for (language, due, day) in [
            (Language::English, "€6,527.81", "10 December 2026"),
            (Language::French, "6\u{202f}527,81\u{a0}€", "10 décembre 2026"),
        ] {
            let mail = sample_invoice(&organization, language);
            for part in [due, day, "INV-2026-0042", "https://studio.example/invoices/0707"] {
                assert!(mail.html.contains(part) && mail.text.contains(part), "{part}: {}", mail.text);
            }
            assert!(mail.subject.contains("INV-2026-0042") && !mail.html.contains("<North>"));
        }
    }
}
