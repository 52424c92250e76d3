//! Names and longer words as people type them. Both databases must be able to hold them, and
//! nobody may be misled by how they are shown.

/// The longest name, in characters.
pub const LONGEST_NAME: u32 = 200;

/// What a portal, a folder, a note or a link is called: one line of 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// # Errors
    /// The key of the sentence that says what to change.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let name = typed.trim();
        if !name.chars().any(is_seen) {
            return Err("portals-name-missing");
        }
        if name.chars().count() > LONGEST_NAME as usize {
            return Err("portals-name-too-long");
        }
        if name
            .chars()
            .any(|c| c.is_control() || turns_text_around(c) || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            return Err("portals-name-characters");
        }
        Ok(Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
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
        return Err("portals-words-characters");
    }
    Ok(words.trim_end().to_owned())
}

/// Marks that make the rest of a line read backwards can disguise `fdp.exe` as `exe.pdf`.
fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_trimmed_line_that_can_be_seen() {
        assert_eq!(Name::parse("  Réunion d’été <b>  ").unwrap().as_str(), "Réunion d’été <b>");
        assert_eq!(Name::parse("../../etc/passwd").unwrap().as_str(), "../../etc/passwd");
        for empty in ["", "   ", "\u{200B}", "\u{FEFF} \u{AD}"] {
            assert_eq!(Name::parse(empty), Err("portals-name-missing"), "{empty:?}");
        }
        for broken in ["a\0b", "a\nb", "a\u{202E}fdp.exe", "a\u{2066}b", "a\u{2028}b", "a\u{7F}b"] {
            assert_eq!(Name::parse(broken), Err("portals-name-characters"), "{broken:?}");
        }
    }

    #[test]
    fn a_name_has_at_most_200_characters_whatever_their_size() {
        assert!(Name::parse(&"é".repeat(200)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(201)), Err("portals-name-too-long"));
    }

    #[test]
    fn words_keep_their_lines_and_lose_what_cannot_be_stored() {
        let parse = |typed: &str| parse_words(typed, 10, "too-long");
        assert_eq!(parse("a\r\nb\tc\n\n"), Ok("a\nb\tc".to_owned()));
        assert_eq!(parse(""), Ok(String::new()));
        assert_eq!(parse("a\0"), Err("portals-words-characters"));
        assert_eq!(parse("12345678901"), Err("too-long"));
    }
}
