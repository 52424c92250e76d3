//! What somebody types who cannot follow the link of a mail, because it is on another device: eight characters, none of which
//! is taken for another, of the browser that asked alone.

use portico_facts::OrganizationId;
use portico_kernel::{Secret, Token, TokenHash};

/// Without I and 1, O and 0.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH: usize = 8;
const PURPOSE: &str = "code of a sign-in link";

/// There is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct MailCode(String);

impl MailCode {
    /// The same for the same token, which nobody but us knows.
    pub fn of(token: &Token) -> Self {
        let hash = token.hash(PURPOSE);
        let letters = hash.bytes().iter().take(LENGTH).map(|byte| LETTERS[usize::from(byte % 32)]);
        Self(letters.map(char::from).collect())
    }

    /// In whatever case, with or without what separates its groups.
    ///
    /// # Errors
    /// The key of a sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let typed = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let code: String = typed.map(|c| c.to_ascii_uppercase()).collect();
        let is_code = code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte));
        if is_code { Ok(Self(code)) } else { Err("accounts-link-code-form") }
    }

    pub fn in_groups(&self) -> String {
        let (first, second) = self.0.split_at(4);
        format!("{first}-{second}")
    }

    /// What is stored. The installation's secret is part of it, since eight characters alone could be tried out by whoever
    /// has a backup of the database.
    pub fn hash(&self, secret: &Secret, organization: OrganizationId, browser: &[u8]) -> TokenHash {
        let parts: [&[u8]; 4] = [PURPOSE.as_bytes(), &organization.bytes(), browser, self.0.as_bytes()];
        secret.token(&parts).hash(PURPOSE)
    }
}

#[cfg(test)]
mod tests {
    use portico_kernel::Randomness;

    use super::*;

    #[test]
    fn what_is_shown_is_what_is_typed() {
        for _ in 0..100 {
            let code = MailCode::of(&Randomness::of_the_system().token());
            let shown = code.in_groups();
            assert_eq!(shown.len(), 9, "{shown}");
            for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), format!(" {shown}\n")]
            {
                assert!(MailCode::parse(&typed) == Ok(code.clone()), "{typed}");
            }
        }
    }

    #[test]
    fn a_token_has_one_code() {
        let token = Randomness::of_the_system().token();
        assert!(MailCode::of(&token) == MailCode::of(&token));
        assert!(MailCode::of(&token) != MailCode::of(&Randomness::of_the_system().token()));
    }

    #[test]
    fn anything_else_is_no_code() {
        for text in ["", "ABCD", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG0", "ABCD-EFGI", "ÄBCD-EFGH", "1234 5678"]
        {
            assert!(MailCode::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_hash_is_of_one_browser_one_organization_and_one_installation() {
        let code = MailCode("ABCDEFGH".into());
        let [here, there] = [[1; 16], [2; 16]].map(OrganizationId::from_bytes);
        let [own, other] = [[5; 32], [6; 32]].map(Secret::from_bytes);
        let hash = code.hash(&own, here, b"browser");
        assert!(hash == code.hash(&own, here, b"browser"));
        for foreign in [
            code.hash(&own, here, b"another"),
            code.hash(&own, there, b"browser"),
            code.hash(&other, here, b"browser"),
        ] {
            assert!(hash != foreign);
        }
    }
}
