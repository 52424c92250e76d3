//! One spelling for what readers take as the same letters.

use unicode_normalization::UnicodeNormalization;

/// Longer words are cut here, on both sides alike. A base64 blob would
/// otherwise fill the dictionary with terms nobody types.
pub(super) const LONGEST_WORD: usize = 40;

/// Lower case, without accents, ligatures and full-width forms taken apart.
/// Empty when nothing of the word can be typed.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let cut = word.len().min(LONGEST_WORD);
        return word[..cut].to_ascii_lowercase();
    }
    word.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_accent(*letter) && is_written(*letter))
        .flat_map(|letter| spelled_out(letter).chars().chain(kept(letter)))
        .take(LONGEST_WORD)
        .collect()
}

/// Only the marks of Latin, Greek and Cyrillic: in Indic scripts the combining
/// marks are vowels, and words without them are other words.
fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn is_written(letter: char) -> bool {
    letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter)
}

/// Letters that Unicode does not take apart although people type them so.
fn spelled_out(letter: char) -> &'static str {
    match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => "",
    }
}

fn kept(letter: char) -> Option<char> {
    spelled_out(letter).is_empty().then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(fold("Éléphant"), "elephant");
        assert_eq!(fold("e\u{301}le\u{301}phant"), "elephant");
        assert_eq!(fold("ŒUVRE"), "oeuvre");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("ｆｉｌｅ"), "file");
        assert_eq!(fold("ﬁle"), "file");
    }

    #[test]
    fn a_soft_hyphen_is_not_part_of_a_word() {
        assert_eq!(fold("con\u{ad}tract"), "contract");
    }

    #[test]
    fn vowel_signs_are_kept() {
        assert_eq!(fold("हिन्दी"), "हिन्दी");
    }
}
