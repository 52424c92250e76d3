//! Every sentence the product says, in Fluent catalogues.
//!
//! Modules bring `(module, language, source)` triples; [`Catalogue::build`] puts them together once
//! at start and panics on a key that two modules claim. Pages then carry a [`Text`], which is one
//! byte, and ask it for words, dates and sizes.

mod formats;

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use unic_langid::LanguageIdentifier;

/// The kit's own words. Whoever builds a catalogue passes these along with the modules' sources.
pub const SOURCES: [Source; 2] = [
    ("ui", Language::English, include_str!("../texts/en.ftl")),
    ("ui", Language::French, include_str!("../texts/fr.ftl")),
];

/// Which module says it, in which language, and its Fluent source.
pub type Source = (&'static str, Language, &'static str);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    English,
    French,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::French];

    /// The BCP 47 code, as in `<html lang>`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::French => "Français",
        }
    }

    /// Reads a BCP 47 tag; the region is ignored, `fr-CA` is French.
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary.trim()))
    }

    /// The most wanted of our languages in an `Accept-Language` header (RFC 9110, 12.5.4).
    pub fn from_accept_language(header: &str) -> Option<Language> {
        let mut best: Option<(Language, f32)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let language = parts.next().and_then(Language::from_code);
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            match (language, best) {
                (Some(_), Some((_, heaviest))) if weight <= heaviest => {}
                (Some(language), _) if weight > 0.0 => best = Some((language, weight)),
                _ => {}
            }
        }
        best.map(|(language, _)| language)
    }
}

/// All texts of all modules in all languages.
pub struct Catalogue {
    shelves: BTreeMap<Language, Shelf>,
}

static INSTALLED: OnceLock<Catalogue> = OnceLock::new();

impl Catalogue {
    /// Panics on a source that does not parse and on a key that is there twice in one language,
    /// naming both modules: a mistake in a text must stop the start, not a page.
    pub fn build(sources: impl IntoIterator<Item = Source>) -> Catalogue {
        let mut shelves = BTreeMap::from(Language::ALL.map(|language| (language, Shelf::new(language))));
        for (module, language, source) in sources {
            shelves.entry(language).or_insert_with(|| Shelf::new(language)).add(module, language, source);
        }
        for shelf in shelves.values_mut() {
            shelf.set_plain_messages_aside();
        }
        Catalogue { shelves }
    }

    /// Makes this the catalogue behind every [`Text`]. The first one stays: tests start several
    /// servers in one process, all with the same texts.
    pub fn install(self) {
        let _ = INSTALLED.set(self);
    }

    /// All keys of a language, sorted, so that a test can compare languages.
    pub fn keys(&self, language: Language) -> Vec<&str> {
        self.shelves
            .get(&language)
            .map(|shelf| shelf.owners.keys().map(String::as_str).collect())
            .unwrap_or_default()
    }

    /// Sentences of the form "French lacks `ui-save` (of ui)", empty when every language says
    /// everything.
    pub fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        for (language, shelf) in &self.shelves {
            for (other, theirs) in &self.shelves {
                let missing = shelf.owners.iter().filter(|(key, _)| !theirs.owners.contains_key(*key));
                gaps.extend(missing.map(|(key, module)| {
                    format!("{other:?} lacks `{key}` of {module}, {language:?} has it")
                }));
            }
        }
        gaps
    }

    fn installed() -> &'static Catalogue {
        INSTALLED.get_or_init(|| Catalogue::build(SOURCES))
    }

    fn shelf(&self, language: Language) -> &Shelf {
        // `build` puts a shelf there for each of `Language::ALL`.
        &self.shelves[&language]
    }
}

struct Shelf {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, formatted once: nearly all of them, and the only hot path.
    plain: HashMap<String, String>,
    owners: BTreeMap<String, &'static str>,
}

impl Shelf {
    fn new(language: Language) -> Shelf {
        let locale: LanguageIdentifier = language.code().parse().expect("our codes are BCP 47");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks around inserted names confuse search, copying and tests, and both languages
        // run left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| formats::fluent_number(value, Language::English),
            Language::French => |value, _| formats::fluent_number(value, Language::French),
        }));
        Shelf { bundle, plain: HashMap::new(), owners: BTreeMap::new() }
    }

    fn add(&mut self, module: &'static str, language: Language, source: &str) {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => resource,
            Err((_, errors)) => {
                panic!("texts of {module} in {language:?} do not parse: {errors:?}")
            }
        };
        for entry in resource.entries() {
            if let ast::Entry::Message(message) = entry {
                let key = message.id.name.to_owned();
                if let Some(owner) = self.owners.insert(key, module) {
                    panic!("text `{}` is in {owner} and in {module} ({language:?})", message.id.name);
                }
            }
        }
        if let Err(errors) = self.bundle.add_resource(resource) {
            panic!("texts of {module} in {language:?} clash: {errors:?}");
        }
    }

    fn set_plain_messages_aside(&mut self) {
        for key in self.owners.keys() {
            let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = self.bundle.format_pattern(pattern, None, &mut errors);
            // An error here is a variable without a value: such a message is for `say_with`.
            if errors.is_empty() {
                self.plain.insert(key.clone(), text.into_owned());
            }
        }
    }
}

/// A value for a variable in a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Words(String),
    Whole(i64),
    /// Chooses a plural form only; what is read is written by [`Text::decimal`].
    Fraction(f64),
}

impl From<&str> for Value {
    fn from(words: &str) -> Value {
        Value::Words(words.to_owned())
    }
}

impl From<String> for Value {
    fn from(words: String) -> Value {
        Value::Words(words)
    }
}

impl From<&String> for Value {
    fn from(words: &String) -> Value {
        Value::Words(words.clone())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Fraction(number)
    }
}

macro_rules! value_from_integer {
    ($($integer:ty),*) => { $(
        impl From<$integer> for Value {
            fn from(number: $integer) -> Value {
                Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )* };
}
value_from_integer!(i32, i64, u16, u32, u64, usize);

/// The words of one reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub language: Language,
}

impl Text {
    pub fn new(language: Language) -> Text {
        Text { language }
    }

    /// A text without variables. An unknown key panics in a debug build and shows itself otherwise.
    pub fn say(&self, key: &str) -> Cow<'static, str> {
        match Catalogue::installed().shelf(self.language).plain.get(key) {
            Some(text) => Cow::Borrowed(text.as_str()),
            None => Cow::Owned(self.unknown(key)),
        }
    }

    /// A text with variables; integers choose their plural form and are written with the
    /// language's separators.
    pub fn say_with(&self, key: &str, values: &[(&str, Value)]) -> String {
        let bundle = &Catalogue::installed().shelf(self.language).bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return self.unknown(key);
        };
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            match value {
                Value::Words(words) => arguments.set(*name, FluentValue::from(words.as_str())),
                Value::Whole(number) => arguments.set(*name, FluentValue::from(*number)),
                Value::Fraction(number) => arguments.set(*name, FluentValue::from(*number)),
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        debug_assert!(errors.is_empty(), "text `{key}` in {:?}: {errors:?}", self.language);
        text.into_owned()
    }

    /// "23 November 2026", "23 novembre 2026".
    pub fn date(&self, date: jiff::civil::Date) -> String {
        formats::date(*self, date)
    }

    /// "23 Nov", "23 nov.": for lists where the year is plain.
    pub fn short_date(&self, date: jiff::civil::Date) -> String {
        formats::short_date(*self, date)
    }

    /// "23 November 2026, 14:05", in the zone that the moment carries.
    pub fn moment(&self, at: impl Borrow<jiff::ZonedDateTime>) -> String {
        formats::moment(*self, at.borrow())
    }

    /// "just now", "5 minutes ago", "3 days ago"; a date once it is more than four weeks old.
    pub fn ago(
        &self,
        then: impl Borrow<jiff::ZonedDateTime>,
        now: impl Borrow<jiff::ZonedDateTime>,
    ) -> String {
        formats::ago(*self, then.borrow(), now.borrow())
    }

    /// "1.2 MB", "1,2 Mo": decimal units, as file managers show them.
    pub fn bytes(&self, bytes: u64) -> String {
        formats::bytes(self.language, bytes)
    }

    /// An amount in minor units, of which `digits` stand after the mark: "€1,234.50", "1 234,50 €".
    pub fn amount(&self, minor: i64, digits: u32, currency: &str) -> String {
        formats::amount(self.language, minor, digits, currency)
    }

    /// A decimal that is written "1234.5": "1,234.5", "1 234,5".
    pub fn decimal(&self, plain: &str) -> String {
        formats::decimal(self.language, plain)
    }

    /// "12,345", "12 345".
    pub fn number(&self, number: i64) -> String {
        formats::number(self.language, number)
    }

    fn unknown(&self, key: &str) -> String {
        debug_assert!(false, "no text `{key}` in {:?}, or it needs values", self.language);
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_is_read_by_weight() {
        let read = Language::from_accept_language;
        assert_eq!(read("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5"), Some(Language::French));
        assert_eq!(read("de, en-GB;q=0.5, fr;q=0.7"), Some(Language::French));
        assert_eq!(read("fr;q=0, en"), Some(Language::English));
        assert_eq!(read("de"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn every_language_says_everything() {
        assert_eq!(Catalogue::build(SOURCES).gaps(), Vec::<String>::new());
    }

    #[test]
    #[should_panic(expected = "text `a` is in one and in two (English)")]
    fn a_key_that_two_modules_claim_stops_the_start() {
        Catalogue::build([("one", Language::English, "a = A"), ("two", Language::English, "a = B")]);
    }

    #[test]
    fn a_missing_translation_is_named() {
        let catalogue = Catalogue::build([("one", Language::English, "a = A")]);
        assert_eq!(catalogue.gaps(), ["French lacks `a` of one, English has it"]);
        assert_eq!(catalogue.keys(Language::English), ["a"]);
    }

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        let text = |language| Text::new(language);
        let count = |language, n: i64| text(language).say_with("ui-count-items", &[("count", n.into())]);
        assert_eq!(count(Language::English, 1), "1 item");
        assert_eq!(count(Language::English, 14), "14 items");
        assert_eq!(count(Language::English, 12345), "12,345 items");
        assert_eq!(count(Language::French, 0), "0 élément");
        assert_eq!(count(Language::French, 2), "2 éléments");
        assert_eq!(count(Language::French, 12345), "12\u{202f}345 éléments");
    }
}
