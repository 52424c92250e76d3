//! Addresses of people. Whoever sends mail reads them again with a parser of their own.

/// In bytes: RFC 5321 (4.5.3.1.3) allows paths of 256 with their angle brackets.
const LONGEST: usize = 254;

/// `local@domain`, all lower case: two ways to write one address are one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("clients-error-email-empty");
        }
        let parts = text.split_once('@').filter(|(local, domain)| is_local(local) && is_domain(domain));
        match parts {
            Some(_) if text.len() <= LONGEST => Ok(Self(text.to_ascii_lowercase())),
            _ => Err("clients-error-email"),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A dot-atom of RFC 5322 (3.2.3). Quoted forms exist on paper only; they could hold spaces and
/// line breaks, which have no place in a header.
fn is_local(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    local.len() <= 64 && local.split('.').all(is_atom)
}

/// At least two labels of RFC 1035 (2.3.1). Browsers write other alphabets as `xn--…` by themselves.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_compared_without_case() {
        for (typed, kept) in [
            (" Carol@Acme.TEST ", "carol@acme.test"),
            ("a.b+c_d@sub.example.co.uk", "a.b+c_d@sub.example.co.uk"),
            ("o'brien@xn--bcher-kva.example", "o'brien@xn--bcher-kva.example"),
        ] {
            assert_eq!(Email::parse(typed).as_ref().map(Email::as_str), Ok(kept));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@{}.test", "a".repeat(64), "b.".repeat(100));
        let wrong = [
            "carol",
            "carol@",
            "@acme.test",
            "carol@acme",
            "a@b@c.test",
            "a b@c.test",
            "<a@b.test>",
            "a@b.test\r\nBcc: x@y.test",
            "a\0@b.test",
            "a@b..test",
            ".a@b.test",
            "a..b@c.test",
            "a@-b.test",
            "a@b-.test",
            "\"a b\"@c.test",
            "é@b.test",
            "a@b.test,c@d.test",
            "a@[127.0.0.1]",
            &long,
        ];
        for typed in wrong {
            assert_eq!(Email::parse(typed), Err("clients-error-email"), "{typed:?}");
        }
        assert_eq!(Email::parse("  "), Err("clients-error-email-empty"));
    }
}
