//! Names and longer words as people type them. Both databases must be able to hold them, and
//! nobody may be misled by how they are shown.

/// What a person, a project, a portal or anything else is called: one line of 1 to 200 characters,
/// none of which hides or turns the others around.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// In characters.
    pub const LONGEST: u32 = 200;

    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let name = typed.trim_matches(|c: char| c.is_whitespace() || is_unseen(c));
        match name.chars().count() {
            0 => Err("ui-name-empty"),
            length if length > Self::LONGEST as usize => Err("ui-name-long"),
            _ if name.chars().any(misleads) => Err("ui-name-characters"),
            _ => Ok(Self(name.to_owned())),
        }
    }

    /// An empty field is no name, which is no mistake where a name may be missing.
    ///
    /// # Errors
    /// As [`Name::parse`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, &'static str> {
        match typed.trim().is_empty() {
            true => Ok(None),
            false => Self::parse(typed).map(Some),
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

/// Several lines of at most `longest` characters, which may be none.
///
/// # Errors
/// The key of the sentence that says what to change.
pub fn parse_words(typed: &str, longest: usize, too_long: &'static str) -> Result<String, &'static str> {
    // Browsers send line ends as CRLF, whatever was typed.
    let words = typed.replace("\r\n", "\n");
    if words.chars().count() > longest {
        return Err(too_long);
    }
    // PostgreSQL cannot hold NUL, and no other control character says anything.
    if words.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err("ui-words-characters");
    }
    Ok(words.trim_end().to_owned())
}

/// Characters without width: a name of nothing else could not be pressed on.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Control characters, and those that make text run the other way, with which one name can pose as
/// another: `fdp.exe` as `exe.pdf`.
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
            ("Réunion d’été", "Réunion d’été"),
            ("אדה", "אדה"),
            ("<b>x</b>", "<b>x</b>"),
            ("../../etc/passwd", "../../etc/passwd"),
            ("\u{200b}Ada\u{feff}", "Ada"),
        ] {
            assert_eq!(Name::parse(typed).as_ref().map(Name::as_str), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_name_is_answered_in_words() {
        for empty in ["", "   ", " \u{200b} \u{200d}", "\u{feff} \u{ad}"] {
            assert_eq!(Name::parse(empty), Err("ui-name-empty"), "{empty:?}");
        }
        for hostile in [
            "a\0b",
            "a\nb",
            "a\u{202e}gpj.exe",
            "a\u{2067}b",
            "a\u{2028}b",
            "a\u{1b}[31m",
            "a\u{85}b",
            "a\u{7f}b",
        ] {
            assert_eq!(Name::parse(hostile), Err("ui-name-characters"), "{hostile:?}");
        }
    }

    #[test]
    fn a_name_has_at_most_200_characters_whatever_their_size() {
        assert!(Name::parse(&"é".repeat(200)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(201)), Err("ui-name-long"));
    }

    #[test]
    fn an_optional_name_may_be_missing_but_not_wrong() {
        assert_eq!(Name::parse_optional("  "), Ok(None));
        assert_eq!(Name::parse_optional("a\0"), Err("ui-name-characters"));
    }

    #[test]
    fn words_keep_their_lines_and_lose_what_cannot_be_stored() {
        let parse = |typed: &str| parse_words(typed, 10, "too-long");
        assert_eq!(parse("a\r\nb\tc\n\n"), Ok("a\nb\tc".to_owned()));
        assert_eq!(parse(""), Ok(String::new()));
        assert_eq!(parse("a\0"), Err("ui-words-characters"));
        assert_eq!(parse("12345678901"), Err("too-long"));
    }
}
