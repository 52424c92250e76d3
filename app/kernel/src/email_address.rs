use std::fmt;

/// A mail address in the one form under which a person is known: trimmed and in lower case. What
/// is accepted is what mail servers in use accept; quoted local parts (RFC 5321, 4.1.2) are not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// # Errors
    /// The key of a sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let address = text.trim().to_lowercase();
        if address.is_empty() {
            return Err("ui-email-empty");
        }
        let (local, domain) = address.rsplit_once('@').ok_or("ui-email-invalid")?;
        let local_is_fine = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let label_is_fine = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let domain_is_fine = domain.contains('.') && domain.split('.').all(label_is_fine);
        if address.len() > 254 || !local_is_fine || !domain_is_fine {
            return Err("ui-email-invalid");
        }
        Ok(Self(address))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn one_person_has_one_spelling() {
        assert_eq!(EmailAddress::parse("  Carol@ACME.test ").unwrap().as_str(), "carol@acme.test");
        assert!(EmailAddress::parse("o'brien+tag@mail.acme.test").is_ok());
    }

    #[test]
    fn what_could_leave_its_header_is_refused() {
        for text in [
            "",
            " ",
            "carol",
            "@acme.test",
            "carol@",
            "carol@acme",
            "a@b@c.test",
            "a b@acme.test",
            "a@ac me.test",
            "a@acme.test\r\nBcc: x@y.test",
            "<a@acme.test>",
            "a,b@acme.test",
            "\"a\"@acme.test",
            ".a@acme.test",
            "a..b@acme.test",
            "a@-acme.test",
            "a@acme..test",
            "a\u{0}@acme.test",
            "a\u{202e}@acme.test",
        ] {
            assert!(EmailAddress::parse(text).is_err(), "{text:?}");
        }
        assert!(EmailAddress::parse(&format!("{}@acme.test", "a".repeat(250))).is_err());
    }
}
