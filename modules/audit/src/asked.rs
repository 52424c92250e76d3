//! What somebody wants to see of the log.

use jiff::{ToSpan, civil::Date};
use portico_kernel::{Instant, Problems, parse_day};
use serde::{Deserialize, Serialize};

use crate::topic::Topic;

/// As it stands in the address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskedForm {
    pub topic: String,
    pub who: String,
    pub from: String,
    pub to: String,
    /// Only what is older than this line.
    pub before: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub topic: Option<Topic>,
    /// A part of a name or of an address, of who did it or whom it concerns.
    pub who: String,
    /// Both days belong to it.
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl AskedForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<Asked, Problems> {
        let mut problems = Problems::default();
        let mut day = |field, typed: &str| problems.keep(field, parse_day(typed)).flatten();
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            problems.add("to", "audit-error-period");
        }
        match problems.is_empty() {
            true => Ok(Asked {
                topic: Topic::from_name(&self.topic),
                who: self.who.trim().to_lowercase(),
                from,
                to,
            }),
            false => Err(problems),
        }
    }

    /// Nonsense is the beginning.
    pub fn before(&self) -> i64 {
        self.before.parse().unwrap_or(i64::MAX)
    }
}

impl Asked {
    /// From the beginning of the first day to the beginning of the day after the last.
    pub fn moments(&self, zone: &str) -> (Option<Instant>, Option<Instant>) {
        let start = |day: Date| Instant::start_of(day, zone);
        let after = |day: Date| day.checked_add(1.day()).ok();
        (self.from.map(start), self.to.and_then(after).map(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(from: &str, to: &str) -> AskedForm {
        AskedForm { from: from.into(), to: to.into(), ..AskedForm::default() }
    }

    #[test]
    fn a_period_is_of_whole_days_where_the_organization_is() {
        let asked = asked("2026-11-27", "2026-11-27").parse().unwrap();
        let (from, to) = asked.moments("Asia/Tokyo");
        assert_eq!(to.unwrap().seconds_since(from.unwrap()), 86_400);
        assert_eq!(from.unwrap().in_zone("UTC").to_string(), "2026-11-26T15:00:00+00:00[UTC]");
        assert_eq!(AskedForm::default().parse().unwrap(), Asked::default());
    }

    #[test]
    fn what_is_no_period_is_said_at_its_field() {
        for (from, to, field) in
            [("2026-02-30", "", "from"), ("", "tomorrow", "to"), ("2026-11-28", "2026-11-27", "to")]
        {
            assert!(asked(from, to).parse().unwrap_err().of(field).is_some(), "{from} {to}");
        }
        assert_eq!(AskedForm { before: "x".into(), ..AskedForm::default() }.before(), i64::MAX);
    }
}
