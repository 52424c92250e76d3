//! What makes a password good enough (T9): length and an estimate of how hard it is to guess, not
//! rules about kinds of characters (NIST SP 800-63B, 5.1.1.2).

use zxcvbn::{Score, zxcvbn};

const SHORTEST: usize = 12;
/// Longer ones would only make hashing slow for nobody's good.
const LONGEST: usize = 1000;
/// zxcvbn's work grows with the length; what is past this many characters makes no password worse.
const ESTIMATED: usize = 100;

/// A password that may be set. There is no `Debug`.
pub struct NewPassword(String);

impl NewPassword {
    /// `about`: what an attacker knows anyway, such as name, address and the organization.
    ///
    /// # Errors
    /// The key of a sentence that says what is wrong.
    pub fn parse(text: &str, about: &[&str]) -> Result<Self, &'static str> {
        match text.chars().count() {
            ..SHORTEST => return Err("accounts-password-short"),
            length if length > LONGEST => return Err("accounts-password-long"),
            _ => {}
        }
        let beginning: String = text.chars().take(ESTIMATED).collect();
        if zxcvbn(&beginning, about).score() < Score::Three {
            return Err("accounts-password-weak");
        }
        Ok(Self(text.to_owned()))
    }

    pub fn into_inner(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::NewPassword;

    fn refused(text: &str) -> Option<&'static str> {
        NewPassword::parse(text, &["carol@acme.test", "Carol", "Studio"]).err()
    }

    #[test]
    fn short_common_and_guessable_passwords_are_refused() {
        assert_eq!(refused(""), Some("accounts-password-short"));
        assert_eq!(refused("elevenchars"), Some("accounts-password-short"));
        assert_eq!(refused("password1234"), Some("accounts-password-weak"));
        assert_eq!(refused("aaaaaaaaaaaaaaaa"), Some("accounts-password-weak"));
        assert_eq!(refused("carol@acme.test"), Some("accounts-password-weak"));
        assert_eq!(refused(&"ab c".repeat(400)), Some("accounts-password-long"));
    }

    #[test]
    fn any_characters_make_a_password() {
        for text in [
            "correct horse battery staple",
            "дождь идёт весь день 7",
            "庭の桜が今年も早く咲きました",
            "\u{1f33f} plum tart, cold tea",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }
}
