use std::fmt;

/// An e-mail address in lower case: two spellings of one address are one person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Plain addresses as mail servers deliver them (RFC 5321, 4.5.3.1 for the lengths); the quoted
    /// and commented forms of RFC 5322 are refused, since nobody types them and headers would have
    /// to escape them.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        let local_is_plain = (1..=64).contains(&local.len())
            && local
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&byte))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_is_plain = domain.contains('.') && domain.split('.').all(is_label);
        (text.len() <= 254 && local_is_plain && domain_is_plain).then(|| Self(text.to_ascii_lowercase()))
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
    fn addresses_are_read_in_lower_case() {
        let read = |text: &str| EmailAddress::parse(text).map(|address| address.to_string());
        assert_eq!(read("Carol.Jones+work@Acme.TEST").as_deref(), Some("carol.jones+work@acme.test"));
        assert_eq!(read("o'neil@xn--bcher-kva.example").as_deref(), Some("o'neil@xn--bcher-kva.example"));
    }

    #[test]
    fn what_no_mail_server_takes_is_no_address() {
        let long = format!("{}@acme.test", "a".repeat(65));
        for text in [
            "",
            "carol",
            "@acme.test",
            "carol@",
            "carol@acme",
            "carol@@acme.test",
            "ca rol@acme.test",
            "carol@acme..test",
            "carol@-acme.test",
            ".carol@acme.test",
            "carol@acme.test\r\nBcc: eve@rival.test",
            "car\u{202e}ol@acme.test",
            "car\0ol@acme.test",
            "<carol@acme.test>",
            &long,
        ] {
            assert_eq!(EmailAddress::parse(text), None, "{text:?}");
        }
    }
}
