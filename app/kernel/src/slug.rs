//! What an organization is called in its address: the first label of its host.

use std::fmt;

/// A host label (RFC 1123, section 2.1) of lower-case letters, digits and single dashes, so that none looks like a
/// name in another script (`xn--…`, RFC 5891), that stands for nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

const LONGEST: usize = 40;

/// Where people and programs expect something of the installation itself.
const RESERVED: [&str; 28] = [
    "admin",
    "api",
    "app",
    "assets",
    "autoconfig",
    "autodiscover",
    "cdn",
    "ftp",
    "help",
    "imap",
    "localhost",
    "mail",
    "mta-sts",
    "mx",
    "ns",
    "ns1",
    "ns2",
    "pop",
    "pop3",
    "portico",
    "smtp",
    "staff",
    "static",
    "status",
    "support",
    "webmail",
    "wpad",
    "www",
];

impl Slug {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let slug = typed.trim().to_ascii_lowercase();
        let is_of_a_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_label = !slug.is_empty()
            && slug.len() <= LONGEST
            && slug.bytes().all(is_of_a_label)
            && !slug.starts_with('-')
            && !slug.ends_with('-')
            && !slug.contains("--");
        if !is_label {
            return Err("ui-error-slug");
        }
        if RESERVED.contains(&slug.as_str()) {
            return Err("ui-error-slug-reserved");
        }
        Ok(Self(slug))
    }

    /// Made of the letters and digits of an organization's name. It may be taken.
    pub fn of_name(name: &str) -> Self {
        let name = name.to_lowercase();
        let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let joined = words.collect::<Vec<_>>().join("-");
        let label: String = joined.chars().take(LONGEST).collect();
        let label = label.trim_matches('-');
        // What nobody may be called becomes a word longer, and what has no letters gets some.
        let of_label = |label: &str| Self::parse(label).ok();
        of_label(label)
            .or_else(|| of_label(&format!("{label}-portal")))
            .unwrap_or_else(|| Self("studio".to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_host_label_that_stands_for_nothing_else() {
        for (typed, slug) in
            [("studio", "studio"), ("  Studio-Nord ", "studio-nord"), ("7", "7"), ("a1", "a1")]
        {
            assert_eq!(Slug::parse(typed).unwrap().as_str(), slug);
        }
        let long = "a".repeat(41);
        for typed in [
            "",
            " ",
            "-",
            "-a",
            "a-",
            "a--b",
            "xn--bcher-kva",
            "a.b",
            "a_b",
            "a b",
            "été",
            "合同",
            "a/b",
            "a:1",
            &long,
        ] {
            assert_eq!(Slug::parse(typed), Err("ui-error-slug"), "{typed}");
        }
        for typed in ["www", "STAFF", "assets", "mail", "localhost"] {
            assert_eq!(Slug::parse(typed), Err("ui-error-slug-reserved"), "{typed}");
        }
        assert!(Slug::parse(&"a".repeat(40)).is_ok());
    }

    #[test]
    fn a_name_makes_a_slug() {
        let of_name = |name: &str| Slug::of_name(name).to_string();
        assert_eq!(of_name("Studio Nord & Co."), "studio-nord-co");
        assert_eq!(of_name("  Été  "), "t");
        assert_eq!(of_name("合同"), "studio");
        assert_eq!(of_name("Staff"), "staff-portal");
        assert_eq!(of_name("XN -- x"), "xn-x");
        assert_eq!(of_name(&"a b ".repeat(50)).len(), 39);
    }

    #[test]
    fn what_is_reserved_is_in_order_and_stands_there_once() {
        assert!(RESERVED.is_sorted_by(|a, b| a < b));
    }
}
