use portico_kernel::PublicUrl;
use url::Host;

/// The name of a host that could be an organization's own: lower case, in the letters of DNS (`xn--…` for others), with a
/// dot in it, neither an address of numbers nor one of the installation's own names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainName(String);

/// RFC 1035, section 3.1, without the dot at the end.
const LONGEST: usize = 253;
const LONGEST_LABEL: usize = 63;

impl DomainName {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(typed: &str, public_url: &PublicUrl) -> Result<Self, &'static str> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err("domains-error-missing");
        }
        // What a URL would take apart, or decode.
        if typed.len() > 4 * LONGEST || typed.contains([':', '/', '\\', '@', '%', '?', '#', '[', ']']) {
            return Err("domains-error-no-name");
        }
        // UTS #46 by the crate idna, which url stands on.
        let name = match Host::parse(typed) {
            Ok(Host::Domain(name)) => name,
            Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return Err("domains-error-number"),
            Err(url::ParseError::InvalidIpv4Address) => return Err("domains-error-number"),
            Err(_) => return Err("domains-error-no-name"),
        };
        let labels: Vec<&str> = name.split('.').collect();
        if name.len() > LONGEST || labels.len() < 2 || !labels.iter().all(|label| is_label(label)) {
            return Err("domains-error-no-name");
        }
        if public_url.owns_name(&name) {
            return Err("domains-error-own");
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_label(label: &str) -> bool {
    let is_of_a_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !label.is_empty()
        && label.len() <= LONGEST_LABEL
        && label.bytes().all(is_of_a_label)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(typed: &str) -> Result<String, &'static str> {
        let public_url = PublicUrl::parse("https://portal.example").unwrap();
        DomainName::parse(typed, &public_url).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn a_domain_is_written_as_dns_has_it() {
        for (typed, name) in [
            ("portal.acme.com", "portal.acme.com"),
            ("  Portal.ACME.com ", "portal.acme.com"),
            ("acme.com", "acme.com"),
            // RFC 3492, and https://www.unicode.org/reports/tr46/
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("portal。acme.com", "portal.acme.com"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(parsed(typed).as_deref(), Ok(name), "{typed}");
        }
    }

    #[test]
    fn what_is_no_domain_is_answered_in_words() {
        let long_label = format!("{}.com", "a".repeat(64));
        let long = format!("{}com", "abcdefgh.".repeat(30));
        for typed in [
            "acme",
            "https://portal.acme.com",
            "portal.acme.com:8080",
            "portal.acme.com/",
            "portal.acme.com.",
            "portal..acme.com",
            ".acme.com",
            "-a.acme.com",
            "a-.acme.com",
            "a_b.acme.com",
            "a b.acme.com",
            "me@acme.com",
            "portal%2eacme.com",
            "*.acme.com",
            "portal.acme.com\r\nHost: evil.test",
            "a\0.acme.com",
            "[::1]",
            &long_label,
            &long,
            &"x".repeat(100_000),
        ] {
            assert_eq!(parsed(typed), Err("domains-error-no-name"), "{typed}");
        }
        assert_eq!(parsed("   "), Err("domains-error-missing"));
    }

    /// However it is written: <https://url.spec.whatwg.org/#concept-ipv4-parser>.
    #[test]
    fn an_address_of_numbers_is_no_domain() {
        for typed in [
            "127.0.0.1",
            "169.254.169.254",
            "0x7f.1",
            "2130706433",
            "10.1",
            "256.256.256.256",
            "１２７.0.0.1",
        ] {
            assert_eq!(parsed(typed), Err("domains-error-number"), "{typed}");
        }
    }

    #[test]
    fn the_installations_own_names_are_nobodys_domain() {
        for typed in ["portal.example", "studio.portal.example", "a.b.Portal.example"] {
            assert_eq!(parsed(typed), Err("domains-error-own"), "{typed}");
        }
        assert!(parsed("notportal.example").is_ok());
    }
}
