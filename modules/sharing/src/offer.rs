//! What the dialog offers while someone is choosing: pure, and forgiving about what is half typed.

use portico_facts::PersonId;
use portico_ui::components::Checked;

use crate::{
    selection::{Known, Relation, ShareForm},
    typed::Typed,
};

/// People shown at once; the others are found by typing.
const MOST_SHOWN: usize = 50;

#[derive(Debug)]
pub struct Offer {
    pub choices: Vec<Choice>,
    /// People whom the list has no room for.
    pub more: usize,
    /// Addresses that would be invited as new clients.
    pub newcomers: Vec<String>,
    /// How many people would gain the portal.
    pub gaining: usize,
}

#[derive(Debug)]
pub struct Choice {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub checked: Checked,
}

impl Offer {
    pub fn new(form: &ShareForm, known: &[Known]) -> Self {
        let ticked = form.people();
        let typed = Typed::read(&form.email);
        let is_typed = |email: &str| typed.addresses.iter().any(|address| address.as_str() == email);
        let is_chosen = |person: &Known| ticked.contains(&person.id) || is_typed(&person.email);
        let outside = || known.iter().filter(|person| person.relation == Relation::Outside);
        let (mut choices, mut more) = (Vec::new(), 0);
        for person in outside().filter(|person| is_chosen(person) || matches(person, &typed.search)) {
            if is_chosen(person) || choices.len() < MOST_SHOWN {
                choices.push(Choice::new(person, is_chosen(person)));
            } else {
                more += 1;
            }
        }
        let is_known = |email: &str| known.iter().any(|person| person.email == email);
        let newcomers: Vec<String> =
            typed.addresses.iter().map(ToString::to_string).filter(|email| !is_known(email)).collect();
        let gaining = outside().filter(|person| is_chosen(person)).count() + newcomers.len();
        Self { choices, more, newcomers, gaining }
    }

    pub fn without_newcomers(self) -> Self {
        let gaining = self.gaining - self.newcomers.len();
        Self { newcomers: Vec::new(), gaining, ..self }
    }
}

impl Choice {
    fn new(person: &Known, chosen: bool) -> Self {
        Self {
            person: person.id,
            name: person.name.clone(),
            email: person.email.clone(),
            company: person.company.clone(),
            checked: if chosen { Checked::Yes } else { Checked::No },
        }
    }
}

fn matches(person: &Known, search: &str) -> bool {
    [Some(&person.name), Some(&person.email), person.company.as_ref()]
        .into_iter()
        .flatten()
        .any(|words| words.to_lowercase().contains(search))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8, name: &str, email: &str, relation: Relation) -> Known {
        Known {
            id: PersonId::from_bytes([number; 16]),
            name: name.to_owned(),
            email: email.to_owned(),
            company: (number < 4).then(|| "Acme".to_owned()),
            joined_at: None,
            relation,
        }
    }

    fn offer(ticked: &[u8], email: &str) -> (Vec<String>, usize) {
        let known = [
            person(1, "Ada", "ada@studio.test", Relation::Staff),
            person(2, "Carol", "carol@acme.test", Relation::Outside),
            person(3, "Cyril", "cyril@acme.test", Relation::Holds),
            person(4, "Élodie", "e@globex.test", Relation::Outside),
        ];
        let person = ticked.iter().map(|n| PersonId::from_bytes([*n; 16]).to_string()).collect();
        let offer =
            Offer::new(&ShareForm { person, email: email.to_owned(), ..ShareForm::default() }, &known);
        let mark = |choice: Choice| match choice.checked {
            Checked::Yes => format!("[{}]", choice.name),
            Checked::No => choice.name,
        };
        let lines = offer.choices.into_iter().map(mark).chain(offer.newcomers).collect();
        (lines, offer.gaining)
    }

    #[test]
    fn only_clients_without_the_portal_are_offered() {
        assert_eq!(offer(&[], ""), (vec!["Carol".into(), "Élodie".into()], 0));
    }

    #[test]
    fn typing_narrows_and_keeps_whoever_is_ticked() {
        assert_eq!(offer(&[], "ACM"), (vec!["Carol".into()], 0));
        assert_eq!(offer(&[2], "élo"), (vec!["[Carol]".into(), "Élodie".into()], 1));
        assert_eq!(offer(&[], "nobody"), (vec![], 0));
    }

    #[test]
    fn a_whole_address_counts_as_chosen() {
        assert_eq!(offer(&[2], "carol@acme.test"), (vec!["[Carol]".into()], 1));
        assert_eq!(offer(&[], "new@x.test"), (vec!["new@x.test".into()], 1));
        // Nobody gains by being staff or by having it already.
        assert_eq!(offer(&[3], "ada@studio.test, cyril@acme.test"), (vec![], 0));
    }

    #[test]
    fn a_long_list_is_cut_but_never_the_ticked_ones() {
        let known: Vec<Known> = (0..60)
            .map(|n| person(n, &format!("P{n}"), &format!("p{n}@x.test"), Relation::Outside))
            .collect();
        let last = PersonId::from_bytes([59; 16]).to_string();
        let offer = Offer::new(&ShareForm { person: vec![last], ..ShareForm::default() }, &known);
        assert_eq!((offer.choices.len(), offer.more), (51, 9));
        assert_eq!(offer.choices.last().unwrap().checked, Checked::Yes);
    }
}
