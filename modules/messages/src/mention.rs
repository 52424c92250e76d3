//! Whom a message names: `@` and somebody's name, or their first name where nobody else has it. In a conversation only staff
//! are named; a client is nobody whom another could name (P10) but in a room that both are in.

use portico_facts::PersonId;
use portico_ui::mentions;

/// Of the staff, with their names.
pub type Colleague = (PersonId, String);

/// Those whom these words name, once each.
pub fn mentioned(words: &str, colleagues: &[Colleague]) -> Vec<PersonId> {
    let mut names = Vec::new();
    let mut people = Vec::new();
    for (person, name) in colleagues {
        let is_shared = |first: &str| {
            colleagues
                .iter()
                .filter(|(_, other)| first_name(other).to_lowercase() == first.to_lowercase())
                .count()
                > 1
        };
        for spelling in spellings(name) {
            if spelling == *name || !is_shared(&spelling) {
                names.push(spelling);
                people.push(*person);
            }
        }
    }
    let mut found: Vec<PersonId> =
        mentions(words, &names).into_iter().map(|(_, index)| people[index]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How somebody may be named.
pub fn spellings(name: &str) -> Vec<String> {
    let first = first_name(name);
    match first == name {
        true => vec![name.to_owned()],
        false => vec![name.to_owned(), first.to_owned()],
    }
}

fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_named_in_full_or_by_a_first_name_of_their_own_is_mentioned() {
        let person = |number| PersonId::from_bytes([number; 16]);
        let colleagues = [
            (person(1), "Ada Berg".to_owned()),
            (person(2), "Ben Hall".into()),
            (person(3), "Ben Okri".into()),
        ];
        let named = |words| mentioned(words, &colleagues);
        assert_eq!(named("@ada, could you ask @Ben Okri? @Ada Berg"), [person(1), person(3)]);
        for nobody in ["@Ben: hello", "Ada Berg", "@Carol", "ada@studio.test", ""] {
            assert!(named(nobody).is_empty(), "{nobody}");
        }
        assert!(mentioned("@Ada", &[]).is_empty());
    }
}
