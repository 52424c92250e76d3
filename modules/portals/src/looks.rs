//! How an organization looks.

use jiff::tz::{self, TimeZone};
use portico_kernel::{Name, Organization, Problems};
use portico_ui::{Brand, Colour, Language};
use serde::Deserialize;

/// What the picker shows until somebody picks: a night blue.
const FIRST_SIDEBAR: &str = "#1d2536";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LooksForm {
    pub name: String,
    pub colour: String,
    /// Ticked where the sidebar has a colour of its own.
    #[serde(default)]
    pub own_sidebar: String,
    #[serde(default)]
    pub sidebar: String,
    pub language: String,
    pub time_zone: String,
}

pub struct Looks {
    pub name: Name,
    pub colour: Colour,
    pub sidebar: Option<Colour>,
    pub language: Language,
    /// An IANA name that this machine knows.
    pub time_zone: String,
}

impl LooksForm {
    pub fn of(organization: &Organization) -> Self {
        Self {
            name: organization.name.clone(),
            colour: organization.colour.clone(),
            own_sidebar: organization.sidebar.as_ref().map(|_| "yes".to_owned()).unwrap_or_default(),
            sidebar: organization.sidebar.clone().unwrap_or_else(|| FIRST_SIDEBAR.to_owned()),
            language: organization.language.code().to_owned(),
            time_zone: organization.time_zone.clone(),
        }
    }

    /// What is drawn while colours are being picked; what cannot be read counts as not picked.
    pub fn brand(&self) -> Brand {
        brand_of(&self.colour, &self.own_sidebar, &self.sidebar)
    }

    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<Looks, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let colour = problems.keep("colour", self.colour.parse().map_err(|_| "portals-colour-unreadable"));
        let sidebar = problems.keep("sidebar", parse_sidebar(&self.own_sidebar, &self.sidebar));
        let language = problems.keep("language", parse_language(&self.language));
        let time_zone = problems.keep("time_zone", parse_time_zone(&self.time_zone));
        match (name, colour, sidebar, language, time_zone) {
            (Some(name), Some(colour), Some(sidebar), Some(language), Some(time_zone)) => {
                Ok(Looks { name, colour, sidebar, language, time_zone })
            }
            _ => Err(problems),
        }
    }
}

pub fn brand_of(colour: &str, own_sidebar: &str, sidebar: &str) -> Brand {
    let accent = colour.parse().unwrap_or(Brand::default().accent);
    Brand { accent, sidebar: parse_sidebar(own_sidebar, sidebar).unwrap_or_default() }
}

/// Of a sidebar without a colour of its own nothing is read.
fn parse_sidebar(own: &str, colour: &str) -> Result<Option<Colour>, &'static str> {
    match own {
        "" => Ok(None),
        _ => colour.parse().map(Some).map_err(|_| "portals-colour-unreadable"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_read_or_answered_at_their_fields() {
        let form = |colour: &str, language: &str, zone: &str| LooksForm {
            name: "Studio North".into(),
            colour: colour.into(),
            own_sidebar: String::new(),
            sidebar: "nothing that is read".into(),
            language: language.into(),
            time_zone: zone.into(),
        };
        let looks = form("#0A7E5B", "fr", "Europe/Paris").parse().ok().unwrap();
        assert_eq!(looks.colour.to_string(), "#0a7e5b");
        assert_eq!(looks.time_zone, "Europe/Paris");
        assert_eq!(looks.sidebar, None);
        let own = LooksForm { own_sidebar: "yes".into(), ..form("#0A7E5B", "fr", "Europe/Paris") };
        assert_eq!(own.parse().err().unwrap().of("sidebar"), Some("portals-colour-unreadable"));
        let problems = form("red", "xx", "Mars/Olympus").parse().err().unwrap();
        assert_eq!(problems.of("colour"), Some("portals-colour-unreadable"));
        assert_eq!(problems.of("language"), Some("portals-language-unknown"));
        assert_eq!(problems.of("time_zone"), Some("portals-time-zone-unknown"));
        assert_eq!(problems.of("name"), None);
    }

    #[test]
    fn the_current_time_zone_can_always_be_chosen() {
        let zones = time_zones("Elsewhere/Unknown");
        assert!(zones.contains(&"UTC".to_owned()) && zones.contains(&"Elsewhere/Unknown".to_owned()));
    }
}
