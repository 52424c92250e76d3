//! Words without their endings.

use frostem::{Algorithm, Stemmer};

use super::language::{Language, Languages};

#[derive(Clone, Copy)]
pub(crate) struct Stems([(Language, Stemmer); 4]);

impl Stems {
    pub fn new() -> Stems {
        Stems(Language::ALL.map(|language| (language, Stemmer::new(algorithm(language)))))
    }

    /// The different stems of a folded word; none for numbers and other
    /// scripts, which have no endings we know.
    pub fn of(&self, word: &str, languages: Languages) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return stems;
        }
        for (language, stemmer) in &self.0 {
            if languages == Languages::Each || languages == Languages::One(*language) {
                let stem = stemmer.stem(word);
                if !stems.iter().any(|known| *known == stem) {
                    stems.push(stem.into_owned());
                }
            }
        }
        stems
    }
}

fn algorithm(language: Language) -> Algorithm {
    match language {
        Language::English => Algorithm::English,
        Language::French => Algorithm::French,
        Language::German => Algorithm::German,
        Language::Spanish => Algorithm::Spanish,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn meet(language: Language, pairs: &[(&str, &str)]) {
        let stems = |word| Stems::new().of(word, Languages::One(language));
        for (one, other) in pairs {
            assert_eq!(stems(one), stems(other), "{one} and {other}");
        }
    }

    /// Folded, as they are in the index.
    #[test]
    fn a_plural_meets_its_singular() {
        meet(Language::English, &[("contracts", "contract"), ("companies", "company")]);
        meet(Language::French, &[("contrats", "contrat"), ("societes", "societe"), ("generales", "general")]);
        meet(Language::German, &[("vertrage", "vertrag"), ("rechnungen", "rechnung"), ("hauser", "haus")]);
        meet(
            Language::Spanish,
            &[("facturas", "factura"), ("contratos", "contrato"), ("clientes", "cliente")],
        );
    }

    #[test]
    fn a_word_of_no_known_language_has_each_stem_once() {
        let stems = Stems::new().of("rechnungen", Languages::Each);
        assert!(stems.contains(&"rechnung".to_owned()), "{stems:?}");
        let mut once = stems.clone();
        once.dedup();
        assert_eq!(once, stems);
    }

    #[test]
    fn numbers_have_no_stem() {
        assert!(Stems::new().of("2026s", Languages::Each).is_empty());
    }
}
