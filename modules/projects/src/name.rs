//! What projects and milestones may be called.

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
            0 => Err("projects-error-name-empty"),
            length if length > LONGEST => Err("projects-error-name-long"),
            _ if text.chars().any(misleads) => Err("projects-error-name-characters"),
            _ => Ok(Self(text.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
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
            ("  Relaunch\t", "Relaunch"),
            ("été", "été"),
            ("<b>x</b>", "<b>x</b>"),
            ("\u{200b}A\u{feff}", "A"),
        ] {
            assert_eq!(Name::parse(typed).as_ref().map(Name::as_str), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_name_is_answered_in_words() {
        assert_eq!(Name::parse(" \u{200b}"), Err("projects-error-name-empty"));
        assert_eq!(Name::parse(&"é".repeat(201)), Err("projects-error-name-long"));
        assert!(Name::parse(&"é".repeat(200)).is_ok());
        for hostile in ["a\0b", "a\nb", "a\u{202e}b", "a\u{2067}b", "a\u{1b}[31m"] {
            assert_eq!(Name::parse(hostile), Err("projects-error-name-characters"), "{hostile:?}");
        }
    }
}
