//! What takes the app's place on a day without the phone: ten codes of twelve digits, each good for once. Digits alone, so
//! that they fit into the same field on a phone's keypad.

use portico_facts::{OrganizationId, PersonId};
use portico_kernel::{Randomness, Secret, TokenHash};

use crate::code::Code;

const NUMBER: usize = 10;
const DIGITS: usize = 12;
const PURPOSE: &str = "recovery code";

/// There is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    pub fn draw(randomness: &Randomness) -> Vec<Self> {
        let numbers = (0..NUMBER).map(|_| u64::from_be_bytes(randomness.bytes()) % 1_000_000_000_000);
        numbers.map(|number| Self(format!("{number:0DIGITS$}"))).collect()
    }

    pub fn in_groups(&self) -> String {
        let (first, rest) = self.0.split_at(4);
        let (second, third) = rest.split_at(4);
        format!("{first} {second} {third}")
    }

    /// What is stored. The installation's secret is part of it, since twelve digits alone could be tried out by whoever
    /// has a backup of the database.
    pub fn hash(&self, secret: &Secret, organization: OrganizationId, person: PersonId) -> TokenHash {
        let parts: [&[u8]; 4] =
            [PURPOSE.as_bytes(), &organization.bytes(), &person.bytes(), self.0.as_bytes()];
        secret.token(&parts).hash(PURPOSE)
    }
}

/// What somebody typed who was asked for a code.
pub enum TypedCode {
    OfApp(Code),
    Recovery(RecoveryCode),
}

impl TypedCode {
    /// With or without the spaces between its groups.
    ///
    /// # Errors
    /// The key of a sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let is_recovery = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        match Code::parse(&digits) {
            Some(code) => Ok(Self::OfApp(code)),
            None if is_recovery => Ok(Self::Recovery(RecoveryCode(digits))),
            None => Err("accounts-code-form"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_what_is_typed() {
        let codes = RecoveryCode::draw(&Randomness::of_the_system());
        assert_eq!(codes.len(), 10);
        for code in codes {
            let shown = code.in_groups();
            assert_eq!(shown.len(), 14, "{shown}");
            assert!(matches!(TypedCode::parse(&shown), Ok(TypedCode::Recovery(typed)) if typed == code));
        }
    }

    #[test]
    fn zeros_in_front_stay() {
        let zeros = Randomness::from_source(|bytes| bytes.fill(0));
        assert_eq!(RecoveryCode::draw(&zeros)[0].in_groups(), "0000 0000 0000");
    }

    #[test]
    fn six_digits_are_of_the_app_and_anything_else_is_nothing() {
        assert!(matches!(TypedCode::parse(" 287 082 "), Ok(TypedCode::OfApp(_))));
        for text in ["", "28708", "2870821", "1234 5678 901", "1234 5678 901a", "portico demo, plum tart"] {
            assert!(TypedCode::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_hash_is_of_one_person_and_one_installation() {
        let code = RecoveryCode("123456789012".into());
        let [here, there] = [[1; 16], [2; 16]].map(OrganizationId::from_bytes);
        let [carol, dora] = [[3; 16], [4; 16]].map(PersonId::from_bytes);
        let [own, other] = [[5; 32], [6; 32]].map(Secret::from_bytes);
        let hash = code.hash(&own, here, carol);
        assert!(hash == code.hash(&own, here, carol));
        for foreign in
            [code.hash(&own, here, dora), code.hash(&own, there, carol), code.hash(&other, here, carol)]
        {
            assert!(hash != foreign);
        }
    }
}
