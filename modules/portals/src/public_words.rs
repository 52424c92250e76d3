//! What an organization says of itself before anyone signs in.

use portico_kernel::{EmailAddress, Name, Problems, parse_words};
use serde::Deserialize;

/// The longest title or headline, in characters: they are set large.
const LONGEST_LINE: usize = 200;
const LONGEST_WORDS: usize = 10_000;
const LONGEST_ADDRESS: usize = 500;
const LONGEST_TELEPHONE: usize = 40;

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PublicWordsForm {
    pub title: String,
    pub headline: String,
    pub words: String,
    pub contact_email: String,
    pub contact_telephone: String,
    pub contact_address: String,
}

/// What the public page says; any of it may be empty.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct PublicWords {
    pub title: String,
    pub headline: String,
    /// Markdown
    pub words: String,
    pub contact: Contact,
}

/// How to reach the organization.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Contact {
    pub email: String,
    pub telephone: String,
    /// In lines.
    pub address: String,
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// The number as telephones dial it (RFC 3966, section 5.1.1: visual separators say nothing).
    pub fn dialled(&self) -> String {
        self.telephone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

impl From<PublicWords> for PublicWordsForm {
    fn from(said: PublicWords) -> Self {
        Self {
            title: said.title,
            headline: said.headline,
            words: said.words,
            contact_email: said.contact.email,
            contact_telephone: said.contact.telephone,
            contact_address: said.contact.address,
        }
    }
}

impl PublicWordsForm {
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<PublicWords, Problems> {
        let mut problems = Problems::default();
        let title = problems.keep("title", parse_line(&self.title));
        let headline = problems.keep("headline", parse_line(&self.headline));
        let words = problems.keep("words", parse_words(&self.words, LONGEST_WORDS, "portals-words-too-long"));
        let email = problems.keep("contact_email", parse_email(&self.contact_email));
        let telephone = problems.keep("contact_telephone", parse_telephone(&self.contact_telephone));
        let address = parse_words(&self.contact_address, LONGEST_ADDRESS, "portals-contact-address-too-long");
        let address = problems.keep("contact_address", address);
        match (title, headline, words, email, telephone, address) {
            (Some(title), Some(headline), Some(words), Some(email), Some(telephone), Some(address)) => {
                let contact = Contact { email, telephone, address: address.trim().to_owned() };
                Ok(PublicWords { title, headline, words, contact })
            }
            _ => Err(problems),
        }
    }
}

fn parse_line(typed: &str) -> Result<String, &'static str> {
    match typed.trim() {
        "" => Ok(String::new()),
        typed if typed.chars().count() > LONGEST_LINE => Err("ui-name-long"),
        typed => Name::parse(typed).map(|name| name.as_str().to_owned()),
    }
}

fn parse_email(typed: &str) -> Result<String, &'static str> {
    match typed.trim() {
        "" => Ok(String::new()),
        typed => EmailAddress::parse(typed).map(|address| address.to_string()),
    }
}

/// Kept as it was typed, for people; only what belongs into a number may stand there.
fn parse_telephone(typed: &str) -> Result<String, &'static str> {
    let typed = typed.trim();
    let belongs = |c: char| c.is_ascii_digit() || " +-./()\u{a0}\u{202f}".contains(c);
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    match typed.chars().count() {
        0 => Ok(String::new()),
        3..=LONGEST_TELEPHONE if digits >= 3 && typed.chars().all(belongs) => Ok(typed.to_owned()),
        _ => Err("portals-telephone-unreadable"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_page_may_say_nothing() {
        assert_eq!(PublicWordsForm::default().parse().ok().unwrap(), PublicWords::default());
        let form = PublicWordsForm {
            headline: "a\u{202E}b".into(),
            words: "x".repeat(10_001),
            contact_email: "hello".into(),
            contact_telephone: "call me".into(),
            ..PublicWordsForm::default()
        };
        let problems = form.parse().err().unwrap();
        assert_eq!(problems.of("headline"), Some("ui-name-characters"));
        assert_eq!(problems.of("words"), Some("portals-words-too-long"));
        assert_eq!(problems.of("contact_email"), Some("ui-email-invalid"));
        assert_eq!(problems.of("contact_telephone"), Some("portals-telephone-unreadable"));
    }

    #[test]
    fn a_number_is_shown_as_typed_and_dialled_bare() {
        let form =
            PublicWordsForm { contact_telephone: " +33 (0)1 23-45.67 ".into(), ..PublicWordsForm::default() };
        let contact = form.parse().ok().unwrap().contact;
        assert_eq!(
            (contact.telephone.as_str(), contact.dialled().as_str()),
            ("+33 (0)1 23-45.67", "+3301234567")
        );
        assert!(!contact.is_empty());
    }
}
