use portico_facts::PersonId;
use portico_kernel::{Instant, Problems, parse_words};
use serde::Deserialize;

use crate::typed::Typed;

/// People at once: more is a mailing, not sharing.
const MOST_PEOPLE: usize = 50;
const LONGEST_MESSAGE: usize = 5_000;

/// What the dialog's form sends, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareForm {
    #[serde(default)]
    pub person: Vec<String>,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub message: String,
}

/// Somebody chosen and everything readable.
#[derive(Debug)]
pub struct Wish {
    people: Vec<PersonId>,
    typed: Typed,
    pub message: Option<String>,
}

/// A person of the organization, seen from the portal that is being shared.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub joined_at: Option<Instant>,
    pub relation: Relation,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    Staff,
    /// No longer a client.
    Removed,
    /// Has the portal already.
    Holds,
    Outside,
}

/// Who is about to gain the portal.
#[derive(Debug, Default)]
pub struct Recipients {
    pub people: Vec<Known>,
    /// Addresses that nobody has yet.
    pub newcomers: Vec<String>,
}

impl ShareForm {
    pub fn parse(&self) -> Result<Wish, Problems> {
        let mut problems = Problems::default();
        let people = self.people();
        let typed = Typed::read(&self.email);
        if people.len() != self.person.len() {
            problems.add("email", "sharing-problem-unknown-person");
        } else if self.email.len() > MOST_PEOPLE * 300 || people.len() + typed.addresses.len() > MOST_PEOPLE {
            problems.add("email", "sharing-problem-too-many");
        } else if people.is_empty() && typed.is_empty() {
            problems.add("email", "sharing-problem-nobody");
        } else if !typed.rest.is_empty() && (people.is_empty() || !typed.addresses.is_empty()) {
            // Beside ticked people and nothing else, it is what they were searched with.
            problems.add("email", "sharing-problem-address");
        }
        let message = problems.keep("message", parse_message(&self.message)).flatten();
        if problems.is_empty() { Ok(Wish { people, typed, message }) } else { Err(problems) }
    }

    /// The ticked people, without what is no id.
    pub fn people(&self) -> Vec<PersonId> {
        self.person.iter().filter_map(|id| id.parse().ok()).collect()
    }
}

impl Wish {
    /// Whoever has the portal already stays as they are.
    pub fn meet(&self, known: &[Known]) -> Result<Recipients, Problems> {
        let mut problems = Problems::default();
        let mut recipients = Recipients::default();
        for id in &self.people {
            match known.iter().find(|person| person.id == *id) {
                Some(person) if person.relation == Relation::Outside => recipients.add(person),
                Some(person) if person.relation == Relation::Holds => {}
                _ => problems.add("email", "sharing-problem-unknown-person"),
            }
        }
        for address in &self.typed.addresses {
            let person = known.iter().find(|person| person.email == address.as_str());
            match person.map(|person| (person, person.relation)) {
                None => recipients.newcomers.push(address.to_string()),
                Some((person, Relation::Outside)) => recipients.add(person),
                Some((_, Relation::Holds)) => {}
                Some((_, Relation::Staff)) => problems.add("email", "sharing-problem-staff"),
                Some((_, Relation::Removed)) => problems.add("email", "sharing-problem-removed"),
            }
        }
        if problems.is_empty() { Ok(recipients) } else { Err(problems) }
    }
}

impl Recipients {
    fn add(&mut self, person: &Known) {
        if !self.people.iter().any(|other| other.id == person.id) {
            self.people.push(person.clone());
        }
    }
}

fn parse_message(text: &str) -> Result<Option<String>, &'static str> {
    let words = parse_words(text.trim(), LONGEST_MESSAGE, "sharing-problem-message-long")?;
    Ok(Some(words).filter(|words| !words.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8, email: &str, relation: Relation) -> Known {
        Known {
            id: PersonId::from_bytes([number; 16]),
            name: email.to_owned(),
            email: email.to_owned(),
            company: None,
            joined_at: None,
            relation,
        }
    }

    fn known() -> Vec<Known> {
        vec![
            person(1, "ada@studio.test", Relation::Staff),
            person(2, "carol@acme.test", Relation::Outside),
            person(3, "cyril@acme.test", Relation::Holds),
            person(4, "paul@acme.test", Relation::Removed),
        ]
    }

    fn form(ticked: &[u8], email: &str) -> ShareForm {
        let person = ticked.iter().map(|n| PersonId::from_bytes([*n; 16]).to_string()).collect();
        ShareForm { person, email: email.to_owned(), message: String::new() }
    }

    fn gaining(ticked: &[u8], email: &str) -> Vec<String> {
        let recipients = form(ticked, email).parse().unwrap().meet(&known()).unwrap();
        recipients.people.into_iter().map(|person| person.email).chain(recipients.newcomers).collect()
    }

    fn problem(ticked: &[u8], email: &str) -> &'static str {
        let met = form(ticked, email).parse().and_then(|wish| wish.meet(&known()));
        met.unwrap_err().of("email").unwrap()
    }

    #[test]
    fn people_are_chosen_by_tick_by_known_and_by_new_address() {
        assert_eq!(gaining(&[2], ""), ["carol@acme.test"]);
        assert_eq!(gaining(&[], "Carol@ACME.test; new@x.test"), ["carol@acme.test", "new@x.test"]);
        assert_eq!(gaining(&[2], "carol@acme.test carol@acme.test"), ["carol@acme.test"]);
    }

    #[test]
    fn whoever_has_it_already_stays_as_they_are() {
        assert!(gaining(&[3], "").is_empty());
        assert!(gaining(&[], "cyril@acme.test").is_empty());
    }

    #[test]
    fn what_is_left_of_a_search_does_no_harm_beside_ticked_people() {
        assert_eq!(gaining(&[2], "car"), ["carol@acme.test"]);
        assert_eq!(problem(&[], "car"), "sharing-problem-address");
        assert_eq!(problem(&[2], "car, new@x.test"), "sharing-problem-address");
        assert_eq!(problem(&[], "new@x.test, dave@"), "sharing-problem-address");
    }

    #[test]
    fn everything_else_is_answered_in_words() {
        assert_eq!(problem(&[], " \n"), "sharing-problem-nobody");
        assert_eq!(problem(&[], "ADA@studio.test"), "sharing-problem-staff");
        assert_eq!(problem(&[], "paul@acme.test"), "sharing-problem-removed");
        assert_eq!(problem(&[9], ""), "sharing-problem-unknown-person");
        assert_eq!(problem(&[1], ""), "sharing-problem-unknown-person");
        let many: Vec<String> = (0..51).map(|n| format!("p{n}@x.test")).collect();
        assert_eq!(problem(&[], &many.join(",")), "sharing-problem-too-many");
        assert_eq!(problem(&[], &"x".repeat(20_000)), "sharing-problem-too-many");
        let not_an_id = ShareForm { person: vec!["1' OR 1".into()], ..ShareForm::default() };
        assert_eq!(not_an_id.parse().unwrap_err().of("email"), Some("sharing-problem-unknown-person"));
    }

    #[test]
    fn a_message_is_plain_text_of_bearable_length() {
        assert_eq!(parse_message("  \r\n "), Ok(None));
        assert_eq!(parse_message("Hello\r\nCarol").unwrap().as_deref(), Some("Hello\nCarol"));
        assert_eq!(parse_message("a\0b"), Err("ui-words-characters"));
        assert!(parse_message(&"é".repeat(5_000)).is_ok());
        assert_eq!(parse_message(&"é".repeat(5_001)), Err("sharing-problem-message-long"));
    }
}
