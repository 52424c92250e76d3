//! The languages whose endings are known, and which of them a text is in.

use whatlang::{Detector, Lang};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    French,
    German,
    Spanish,
}

/// In which languages the endings of a text are taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Languages {
    One(Language),
    /// For what is too short to tell: a name, a line.
    Each,
}

/// Characters of a text that are looked at: more cost time and change nothing.
const SAMPLE: usize = 600;

/// From this many characters on, the likeliest language is taken even when
/// another one is nearly as likely.
const LONG: usize = 200;

impl Language {
    pub const ALL: [Language; 4] = [Language::English, Language::French, Language::German, Language::Spanish];
}

impl Languages {
    pub fn every() -> impl Iterator<Item = Languages> {
        Language::ALL.into_iter().map(Languages::One).chain([Languages::Each])
    }
}

/// Knows languages apart by their groups of three letters.
pub(crate) struct Detection(Detector);

impl Detection {
    pub fn new() -> Detection {
        Detection(Detector::with_allowlist(vec![Lang::Eng, Lang::Fra, Lang::Deu, Lang::Spa]))
    }

    pub fn of(&self, text: &str) -> Languages {
        let sample = text.char_indices().nth(SAMPLE).map_or(text, |(end, _)| &text[..end]);
        let Some(found) = self.0.detect(sample) else { return Languages::Each };
        if !found.is_reliable() && sample.chars().count() < LONG {
            return Languages::Each;
        }
        match found.lang() {
            Lang::Eng => Languages::One(Language::English),
            Lang::Fra => Languages::One(Language::French),
            Lang::Deu => Languages::One(Language::German),
            Lang::Spa => Languages::One(Language::Spanish),
            _ => Languages::Each,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Languages {
        Detection::new().of(text)
    }

    /// The first sentence of the Universal Declaration of Human Rights, in its official translations.
    #[test]
    fn a_sentence_or_two_tell_the_language() {
        let english = "All human beings are born free and equal in dignity and rights. They are endowed with \
            reason and conscience and should act towards one another in a spirit of brotherhood.";
        let french = "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués \
            de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.";
        let german = "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft \
            und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.";
        let spanish = "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como \
            están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.";
        assert_eq!(of(english), Languages::One(Language::English));
        assert_eq!(of(french), Languages::One(Language::French));
        assert_eq!(of(german), Languages::One(Language::German));
        assert_eq!(of(spanish), Languages::One(Language::Spanish));
    }

    #[test]
    fn a_name_or_a_number_tells_none() {
        for text in ["", "2026", "Plan", "Contrat.pdf", "日本語の契約書です"] {
            assert_eq!(of(text), Languages::Each, "{text}");
        }
    }
}
