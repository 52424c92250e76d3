//! How an organization looks and what it says of itself before anyone signs in.

use jiff::tz::{self, TimeZone};
use portico_kernel::{Name, Organization, Problems, parse_words};
use portico_ui::{Colour, Language};
use serde::Deserialize;

/// The longest headline, in characters: it is set large.
const LONGEST_HEADLINE: usize = 200;
const LONGEST_WORDS: usize = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LooksForm {
    pub name: String,
    pub colour: String,
    pub language: String,
    pub time_zone: String,
}

pub struct Looks {
    pub name: Name,
    pub colour: Colour,
    pub language: Language,
    /// An IANA name that this machine knows.
    pub time_zone: String,
}

impl LooksForm {
    pub fn of(organization: &Organization) -> Self {
        Self {
            name: organization.name.clone(),
            colour: organization.colour.clone(),
            language: organization.language.code().to_owned(),
            time_zone: organization.time_zone.clone(),
        }
    }

    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<Looks, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let colour = problems.keep("colour", self.colour.parse().map_err(|_| "portals-colour-unreadable"));
        let language = problems.keep("language", parse_language(&self.language));
        let time_zone = problems.keep("time_zone", parse_time_zone(&self.time_zone));
        match (name, colour, language, time_zone) {
            (Some(name), Some(colour), Some(language), Some(time_zone)) => {
                Ok(Looks { name, colour, language, time_zone })
            }
            _ => Err(problems),
        }
    }
}

fn parse_language(code: &str) -> Result<Language, &'static str> {
    Language::ALL.into_iter().find(|language| language.code() == code).ok_or("portals-language-unknown")
}

fn parse_time_zone(name: &str) -> Result<String, &'static str> {
    match TimeZone::get(name.trim()) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or("UTC").to_owned()),
        Err(_) => Err("portals-time-zone-unknown"),
    }
}

/// The zones to choose from, with the current one whatever it is.
pub fn time_zones(current: &str) -> Vec<String> {
    let is_a_place =
        |name: &str| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("posix");
    let mut zones: Vec<String> =
        tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| is_a_place(name)).collect();
    zones.extend(["UTC".to_owned(), current.to_owned()]);
    zones.sort();
    zones.dedup();
    zones
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicWordsForm {
    pub headline: String,
    pub words: String,
}

/// What the public page says; either may be empty.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct PublicWords {
    pub headline: String,
    /// Markdown
    pub words: String,
}

impl PublicWordsForm {
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<PublicWords, Problems> {
        let mut problems = Problems::default();
        let headline = problems.keep("headline", parse_headline(&self.headline));
        let words = problems.keep("words", parse_words(&self.words, LONGEST_WORDS, "portals-words-too-long"));
        match (headline, words) {
            (Some(headline), Some(words)) => Ok(PublicWords { headline, words }),
            _ => Err(problems),
        }
    }
}

fn parse_headline(typed: &str) -> Result<String, &'static str> {
    match typed.trim() {
        "" => Ok(String::new()),
        typed if typed.chars().count() > LONGEST_HEADLINE => Err("ui-name-long"),
        typed => Name::parse(typed).map(|name| name.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_read_or_answered_at_their_fields() {
        let form = |colour: &str, language: &str, zone: &str| LooksForm {
            name: "Studio North".into(),
            colour: colour.into(),
            language: language.into(),
            time_zone: zone.into(),
        };
        let looks = form("#0A7E5B", "fr", "Europe/Paris").parse().ok().unwrap();
        assert_eq!(looks.colour.to_string(), "#0a7e5b");
        assert_eq!(looks.time_zone, "Europe/Paris");
        let problems = form("red", "xx", "Mars/Olympus").parse().err().unwrap();
        assert_eq!(problems.of("colour"), Some("portals-colour-unreadable"));
        assert_eq!(problems.of("language"), Some("portals-language-unknown"));
        assert_eq!(problems.of("time_zone"), Some("portals-time-zone-unknown"));
        assert_eq!(problems.of("name"), None);
    }

    #[test]
    fn the_public_page_may_say_nothing() {
        assert_eq!(PublicWordsForm::default().parse().ok().unwrap(), PublicWords::default());
        let form = PublicWordsForm { headline: "a\u{202E}b".into(), words: "x".repeat(10_001) };
        let problems = form.parse().err().unwrap();
        assert_eq!(problems.of("headline"), Some("ui-name-characters"));
        assert_eq!(problems.of("words"), Some("portals-words-too-long"));
    }

    #[test]
    fn the_current_time_zone_can_always_be_chosen() {
        let zones = time_zones("Elsewhere/Unknown");
        assert!(zones.contains(&"UTC".to_owned()) && zones.contains(&"Elsewhere/Unknown".to_owned()));
    }
}
