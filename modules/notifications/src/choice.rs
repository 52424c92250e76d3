//! What somebody chose: when each kind of news comes, and at which hour the mail of the day.

use jiff::tz::{self, TimeZone};
use portico_kernel::{NewsKind, Problems};
use serde::Deserialize;

use crate::timing::Timing;

/// As it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChoicesForm {
    /// One for each kind, such as `messages:daily`.
    pub choice: Vec<String>,
    pub hour: String,
    /// Empty: the organization's.
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    pub timings: Vec<(&'static str, Timing)>,
    /// 0 to 23
    pub hour: i32,
    pub time_zone: Option<String>,
}

/// What a choice sends.
pub fn value(kind: &str, timing: Timing) -> String {
    format!("{kind}:{}", timing.name())
}

impl ChoicesForm {
    pub fn of(choices: &Choices) -> Self {
        Self {
            choice: choices.timings.iter().map(|(kind, timing)| value(kind, *timing)).collect(),
            hour: choices.hour.to_string(),
            time_zone: choices.time_zone.clone().unwrap_or_default(),
        }
    }

    /// For one kind, right or wrong.
    pub fn sent(&self, kind: &str) -> Option<&str> {
        let is_for_it = |sent: &&String| sent.split(':').next() == Some(kind);
        self.choice.iter().find(is_for_it).map(String::as_str)
    }

    /// # Errors
    /// Sentences for the fields; a choice's field is called as its kind.
    pub fn parse(&self, kinds: &[NewsKind]) -> Result<Choices, Problems> {
        let mut problems = Problems::default();
        let mut timings = Vec::with_capacity(kinds.len());
        for kind in kinds {
            let timing = self.sent(kind.key).and_then(|sent| parse_choice(kind.key, sent));
            let timing = problems.keep(kind.key, timing.ok_or("notifications-error-choice"));
            timings.extend(timing.map(|timing| (kind.key, timing)));
        }
        if let (Some(first), true) = (kinds.first(), self.choice.len() > kinds.len()) {
            problems.add(first.key, "notifications-error-choice");
        }
        let hour = problems.keep("hour", parse_hour(&self.hour));
        let time_zone = problems.keep("time_zone", parse_time_zone(&self.time_zone));
        match (hour, time_zone) {
            (Some(hour), Some(time_zone)) if problems.is_empty() => Ok(Choices { timings, hour, time_zone }),
            _ => Err(problems),
        }
    }
}

fn parse_choice(kind: &str, sent: &str) -> Option<Timing> {
    sent.strip_prefix(kind)?.strip_prefix(':').and_then(Timing::from_name)
}

fn parse_hour(sent: &str) -> Result<i32, &'static str> {
    sent.trim().parse().ok().filter(|hour| (0..24).contains(hour)).ok_or("notifications-error-hour")
}

fn parse_time_zone(sent: &str) -> Result<Option<String>, &'static str> {
    if sent.trim().is_empty() {
        return Ok(None);
    }
    match TimeZone::get(sent.trim()) {
        Ok(zone) => Ok(Some(zone.iana_name().unwrap_or("UTC").to_owned())),
        Err(_) => Err("notifications-error-zone"),
    }
}

/// The zones to choose from, with the chosen one whatever it is.
pub fn time_zones(chosen: &str) -> Vec<String> {
    let is_a_place =
        |name: &str| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("posix");
    let mut zones: Vec<String> =
        tz::db().available().map(|name| name.as_str().to_owned()).filter(|name| is_a_place(name)).collect();
    zones.push("UTC".to_owned());
    zones.extend((!chosen.is_empty()).then(|| chosen.to_owned()));
    zones.sort();
    zones.dedup();
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use portico_kernel::Readers;

    fn kinds() -> [NewsKind; 2] {
        ["messages", "portals"].map(|key| NewsKind {
            key,
            label: "notifications-notifications",
            readers: Readers::Everybody,
            compose: |_, _, _| Ok(None),
        })
    }

    fn form(choice: &[&str], hour: &str, time_zone: &str) -> ChoicesForm {
        ChoicesForm {
            choice: choice.iter().map(|choice| (*choice).to_owned()).collect(),
            hour: hour.into(),
            time_zone: time_zone.into(),
        }
    }

    const RIGHT: [&str; 2] = ["messages:daily", "portals:never"];

    #[test]
    fn a_choice_for_each_kind_an_hour_and_a_zone_are_read() {
        let choices = form(&RIGHT, "17", "Europe/Paris").parse(&kinds()).unwrap();
        assert_eq!(choices.timings, [("messages", Timing::Daily), ("portals", Timing::Never)]);
        assert_eq!((choices.hour, choices.time_zone.as_deref()), (17, Some("Europe/Paris")));
        assert_eq!(ChoicesForm::of(&choices).parse(&kinds()).unwrap(), choices);
        assert_eq!(form(&RIGHT, "0", " ").parse(&kinds()).unwrap().time_zone, None);
    }

    #[test]
    fn p43_whatever_else_is_sent_is_answered_at_its_field() {
        let problem = |form: ChoicesForm, field: &str| {
            form.parse(&kinds()).err().and_then(|problems| problems.of(field))
        };
        let choice = Some("notifications-error-choice");
        for wrong in ["", "messages", "messages:", "messages:weekly", "messages:daily:", "daily"] {
            let sent = form(&[wrong, "portals:never"], "8", "");
            assert_eq!(problem(sent.clone(), "messages"), choice, "{wrong}");
            assert_eq!(problem(sent, "portals"), None, "{wrong}");
        }
        assert_eq!(problem(form(&RIGHT[..1], "8", ""), "portals"), choice);
        assert_eq!(problem(form(&[RIGHT[0], RIGHT[1], RIGHT[1]], "8", ""), "messages"), choice);
        for hour in ["", "24", "-1", "8.5", "eight", "99999999999"] {
            assert_eq!(problem(form(&RIGHT, hour, ""), "hour"), Some("notifications-error-hour"), "{hour}");
        }
        let zone = problem(form(&RIGHT, "8", "Europe/Atlantis"), "time_zone");
        assert_eq!(zone, Some("notifications-error-zone"));
    }
}
