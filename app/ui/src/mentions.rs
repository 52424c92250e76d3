//! Where a text names somebody: `@` and a name, as whole words.

use std::ops::Range;

/// Places of `@name` in `text` with the index of the name, in order. Case does not matter; of names that begin alike the
/// longest counts. An address, `ada@studio.test`, names nobody.
pub fn mentions(text: &str, names: &[String]) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let is_within = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if is_within || found.last().is_some_and(|(place, _)| at < place.end) {
            continue;
        }
        let begins = at + '@'.len_utf8();
        let all = names.iter().enumerate();
        let longest = all
            .filter_map(|(index, name)| Some((length_of(name, &text[begins..])?, index)))
            .max_by_key(|(length, _)| *length);
        if let Some((length, index)) = longest {
            found.push((at..begins + length, index));
        }
    }
    found
}

/// Of the name with which the text begins, if it does and no letter follows.
fn length_of(name: &str, text: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = letters.as_str();
    let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
    (!name.is_empty() && !goes_on).then(|| text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, usize)> {
        let names = ["Ada Berg", "Ada", "Zoé", "", "ben@studio.test"].map(str::to_owned);
        mentions(text, &names).into_iter().map(|(place, name)| (&text[place], name)).collect()
    }

    #[test]
    fn a_name_after_the_sign_is_a_mention_whatever_its_case() {
        assert_eq!(found("@Ada Berg, and @ada: hello"), [("@Ada Berg", 0), ("@ada", 1)]);
        assert_eq!(found("(@ZOÉ)"), [("@ZOÉ", 2)]);
        assert_eq!(found("@Ada Berger"), [("@Ada", 1)]);
        assert_eq!(found("@ben@studio.test!"), [("@ben@studio.test", 4)]);
    }

    #[test]
    fn parts_of_words_and_addresses_name_nobody() {
        for nobody in ["", "@", "@ Ada", "Ada", "@Adam", "x@Ada", "carol@ada.test", "@@", "@Zo"] {
            assert!(found(nobody).is_empty(), "{nobody}");
        }
        assert_eq!(found("@@Ada"), [("@Ada", 1)]);
        assert!(found(&"@".repeat(10_000)).is_empty());
    }
}
