//! Links: an address on the web that people open themselves. The server never fetches one (T13).

use portico_kernel::{Name, Problems};
use serde::Deserialize;
use url::Url;

const LONGEST_ADDRESS: usize = 2_000;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    pub title: String,
    pub address: String,
    /// Where it goes; nothing at the top of the portal. Says nothing for a link that exists.
    #[serde(default)]
    pub folder: String,
}

pub struct Link {
    pub title: Name,
    pub address: Address,
}

/// `http` or `https`, with a host and without a password in it. Typed without either it is `https`, as in any address bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// # Errors
    /// The key of the sentence that says what to change.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err("portals-address-missing");
        }
        if typed.chars().count() > LONGEST_ADDRESS {
            return Err("portals-address-too-long");
        }
        // The parser would drop line breaks and tabs in the middle.
        if typed.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("portals-address-unreadable");
        }
        let whole = with_scheme(typed).ok_or("portals-address-unreadable")?;
        let url = Url::parse(&whole).map_err(|_| "portals-address-unreadable")?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err("portals-address-unreadable");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("portals-address-password");
        }
        // Percent-encoding may have made it longer.
        if url.as_str().len() > 4 * LONGEST_ADDRESS {
            return Err("portals-address-too-long");
        }
        Ok(Self(url))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub fn host(&self) -> &str {
        host_of(&self.0)
    }
}

/// What stands before a colon may be a scheme, and of those only the web's two are read: a host that is typed without one
/// has a dot in it, and nothing but a port behind its colon.
fn with_scheme(typed: &str) -> Option<String> {
    let place = typed.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let (name, port) = place.split_once(':').unwrap_or((place, ""));
    if ["http", "https"].iter().any(|scheme| name.eq_ignore_ascii_case(scheme)) {
        return Some(typed.to_owned());
    }
    let is_host = name.trim_matches('.').contains('.')
        && !name.contains('@')
        && port.bytes().all(|byte| byte.is_ascii_digit());
    is_host.then(|| format!("https://{typed}"))
}

/// What a listing shows of a stored address: its host, which says more than the rest.
pub fn host(address: &str) -> String {
    match Url::parse(address) {
        Ok(url) => host_of(&url).to_owned(),
        Err(_) => address.to_owned(),
    }
}

fn host_of(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

impl LinkForm {
    /// A link without a title is called after its host.
    ///
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<Link, Problems> {
        let mut problems = Problems::default();
        let address = problems.keep("address", Address::parse(&self.address));
        let title = match (self.title.trim(), &address) {
            ("", Some(address)) => problems.keep("title", Name::parse(address.host())),
            ("", None) => None,
            (typed, _) => problems.keep("title", Name::parse(typed)),
        };
        match (title, address) {
            (Some(title), Some(address)) => Ok(Link { title, address }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_http_with_a_host_and_without_a_password() {
        for good in ["https://example.com", "http://example.com:8080/a?b=c#d", "https://例え.jp/"] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for (bad, key) in [
            ("", "portals-address-missing"),
            ("nothing", "portals-address-unreadable"),
            ("//evil.test", "portals-address-unreadable"),
            ("\\\\evil.test", "portals-address-unreadable"),
            ("javascript:alert(1)", "portals-address-unreadable"),
            ("data:text/html,x", "portals-address-unreadable"),
            ("java\nscript:alert(1)", "portals-address-unreadable"),
            ("JavaScript:alert(1)//example.com", "portals-address-unreadable"),
            ("javascript:0", "portals-address-unreadable"),
            ("mailto:me@example.com", "portals-address-unreadable"),
            ("localhost:80", "portals-address-unreadable"),
            ("tel:112", "portals-address-unreadable"),
            ("example.com:80:90", "portals-address-unreadable"),
            ("example.com:99999", "portals-address-unreadable"),
            ("...", "portals-address-unreadable"),
            ("me@example.com", "portals-address-unreadable"),
            ("https://", "portals-address-unreadable"),
            ("ftp://example.com", "portals-address-unreadable"),
            ("https://me:secret@example.com", "portals-address-password"),
            ("https://me@example.com", "portals-address-password"),
        ] {
            assert_eq!(Address::parse(bad), Err(key), "{bad:?}");
        }
        let long = format!("https://example.com/{}", "a".repeat(2_000));
        assert_eq!(Address::parse(&long), Err("portals-address-too-long"));
    }

    #[test]
    fn without_a_scheme_an_address_is_https() {
        for (typed, whole) in [
            ("example.com", "https://example.com/"),
            (" Example.com/x?y=https://z#a:b ", "https://example.com/x?y=https://z#a:b"),
            ("www.example.com:8080/a", "https://www.example.com:8080/a"),
            ("例え.jp", "https://xn--r8jz45g.jp/"),
            ("HTTP://example.com", "http://example.com/"),
            ("https://localhost:80/a", "https://localhost:80/a"),
        ] {
            assert_eq!(Address::parse(typed).unwrap().as_str(), whole, "{typed:?}");
        }
    }

    #[test]
    fn a_host_shows_how_it_is_really_written() {
        // A Cyrillic a: the address of another place, which Punycode makes plain (RFC 3492).
        assert_eq!(Address::parse("https://аpple.com").unwrap().host(), "xn--pple-43d.com");
        assert_eq!(host("https://www.example.com/a"), "example.com");
    }

    #[test]
    fn a_link_without_a_title_is_called_after_its_host() {
        let form = LinkForm { address: "https://www.example.com/x".into(), ..Default::default() };
        assert_eq!(form.parse().ok().unwrap().title.as_str(), "example.com");
        let form = LinkForm { title: "Staging".into(), address: "nothing".into(), ..Default::default() };
        let problems = form.parse().err().unwrap();
        assert_eq!(problems.of("address"), Some("portals-address-unreadable"));
        assert_eq!(problems.of("title"), None);
    }
}
