//! Words without their endings.

use frostem::{Algorithm, Stemmer};

/// The English and the French stem of a word. Both go into one field, so that
/// an index needs no language: a text of either is found, at the price of a
/// few meetings across languages, which rank low.
#[derive(Clone, Copy)]
pub(crate) struct Stems {
    english: Stemmer,
    french: Stemmer,
}

impl Stems {
    pub fn new() -> Stems {
        Stems { english: Stemmer::new(Algorithm::English), french: Stemmer::new(Algorithm::French) }
    }

    /// One or two stems of a folded word; none for numbers and other scripts,
    /// which have no endings we know.
    pub fn of(&self, word: &str) -> Vec<String> {
        if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Vec::new();
        }
        let english = self.english.stem(word).into_owned();
        let french = self.french.stem(word).into_owned();
        if english == french {
            return vec![english];
        }
        vec![english, french]
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;

    fn meet(one: &str, other: &str) -> bool {
        let others = Stems::new().of(other);
        Stems::new().of(one).iter().any(|stem| others.contains(stem))
    }

    #[test]
    fn plurals_meet_their_singular_in_both_languages() {
        assert!(meet("contracts", "contract"));
        assert!(meet("companies", "company"));
        assert!(meet("contrats", "contrat"));
        assert!(meet("societes", "societe"));
        assert!(meet("generales", "general"));
    }

    #[test]
    fn numbers_have_no_stem() {
        assert!(Stems::new().of("2026s").is_empty());
    }
}
