//! What people and companies may be called.

/// In characters.
const LONGEST: usize = 200;

/// Between 1 and 200 characters on one line, none of which hides or turns the others around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        match text.chars().count() {
            0 => Err("clients-error-name-empty"),
            length if length > LONGEST => Err("clients-error-name-long"),
            _ if text.chars().any(misleads) => Err("clients-error-name-characters"),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// An empty field is no name, which is no mistake where a name may be missing.
    ///
    /// # Errors
    /// As [`Name::parse`].
    pub fn parse_optional(text: &str) -> Result<Option<Self>, &'static str> {
        match text.trim().is_empty() {
            true => Ok(None),
            false => Self::parse(text).map(Some),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a person would call it the same name.
    pub fn is_same_as(&self, other: &str) -> bool {
        self.0.to_lowercase() == other.to_lowercase()
    }
}

/// Characters without width: a name of nothing else could not be pressed on.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Control characters (NUL cannot even be stored in PostgreSQL) and those that make text run the
/// other way, with which one name can pose as another.
fn misleads(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_may_be_of_any_script() {
        for (typed, kept) in [
            ("  Carol Jones\t", "Carol Jones"),
            ("Élodie", "Élodie"),
            ("אדה", "אדה"),
            ("<b>x</b>", "<b>x</b>"),
            ("\u{200b}Ada\u{feff}", "Ada"),
        ] {
            assert_eq!(Name::parse(typed).as_ref().map(Name::as_str), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_name_is_answered_in_words() {
        assert_eq!(Name::parse(" \u{200b} \u{200d}"), Err("clients-error-name-empty"));
        assert_eq!(Name::parse(&"é".repeat(201)), Err("clients-error-name-long"));
        assert!(Name::parse(&"é".repeat(200)).is_ok());
        for hostile in ["a\0b", "a\nb", "a\u{202e}gpj.exe", "a\u{2067}b", "a\u{1b}[31m", "a\u{85}b"] {
            assert_eq!(Name::parse(hostile), Err("clients-error-name-characters"), "{hostile:?}");
        }
    }

    #[test]
    fn an_optional_name_may_be_missing_but_not_wrong() {
        assert_eq!(Name::parse_optional("  "), Ok(None));
        assert_eq!(Name::parse_optional("a\0"), Err("clients-error-name-characters"));
    }
}
