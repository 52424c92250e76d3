//! When those who were sent an invoice are reminded of it: so many days before its due date, and after it. Nobody is,
//! unless the organization says so: a mail to its clients is its own decision.

use jiff::{Span, ToSpan, civil::Date};

/// In days from the due date; negative before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Step(i16);

/// In ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(Vec<Step>);

const EARLIEST: i16 = 60;
const LATEST: i16 = 366;
const MOST: usize = 10;

impl Step {
    fn on(self, due_on: Date) -> Date {
        due_on.saturating_add(self.span())
    }

    fn span(self) -> Span {
        i64::from(self.0).days()
    }
}

impl Steps {
    pub fn new(before: Option<Step>, after: Vec<Step>) -> Self {
        Self(before.into_iter().chain(after).collect())
    }

    /// The latest due date for which the first step has come by `today`; `None` where there are no steps.
    pub fn latest_due_date(&self, today: Date) -> Option<Date> {
        self.0.first().map(|first| today.saturating_sub(first.span()))
    }

    /// The step that has come by `today` and was not taken yet. `heard_on` is the last day on which the reader was sent
    /// the invoice or reminded of it: what lies before it is not made up for, and of several that were missed since
    /// only the latest counts.
    pub fn due(&self, due_on: Date, heard_on: Date, today: Date) -> Option<Step> {
        let latest = self.0.iter().rev().find(|step| step.on(due_on) <= today);
        latest.copied().filter(|step| step.on(due_on) > heard_on)
    }
}

/// Nothing, or 0, for no reminder.
///
/// # Errors
/// The key of a sentence that says what to change.
pub fn parse_before(typed: &str) -> Result<Option<Step>, &'static str> {
    let typed = typed.trim();
    let days: i16 =
        if typed.is_empty() { Ok(0) } else { typed.parse() }.map_err(|_| "billing-error-remind-before")?;
    match days {
        0 => Ok(None),
        1..=EARLIEST => Ok(Some(Step(-days))),
        _ => Err("billing-error-remind-before"),
    }
}

/// A list such as "3, 10, 21", in any order; nothing, or 0, for no reminder.
///
/// # Errors
/// As above.
pub fn parse_after(typed: &str) -> Result<Vec<Step>, &'static str> {
    let words = typed.split([',', ';', ' ']).filter(|word| !word.is_empty());
    let step = |word: &str| word.parse().ok().filter(|days| (0..=LATEST).contains(days)).map(Step);
    let steps: Option<Vec<Step>> = words.map(step).collect();
    let mut steps = steps.filter(|steps| steps.len() <= MOST).ok_or("billing-error-remind-after")?;
    steps.retain(|step| step.0 > 0);
    steps.sort_unstable();
    steps.dedup();
    Ok(steps)
}

/// Why somebody is reminded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occasion {
    Step(Step),
    /// Staff pressed the button.
    Asked {
        on: Date,
    },
}

const ASKED: &str = "asked-";

impl Occasion {
    /// As stored: one name for each mail that is sent once.
    pub fn name(self) -> String {
        match self {
            Occasion::Step(Step(days @ ..0)) => format!("before-{}", -days),
            Occasion::Step(Step(days)) => format!("after-{days}"),
            Occasion::Asked { on } => format!("{ASKED}{on}"),
        }
    }

    pub fn was_asked(name: &str) -> bool {
        name.starts_with(ASKED)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DUE: Date = date(2026, 11, 30);

    fn steps(before: &str, after: &str) -> Steps {
        Steps::new(parse_before(before).expect("days"), parse_after(after).expect("days"))
    }

    fn due(heard_on: Date, today: Date) -> Option<i16> {
        steps("3", "10, 3, 21").due(DUE, heard_on, today).map(|step| step.0)
    }

    #[test]
    fn each_step_comes_on_its_day() {
        let sent = date(2026, 11, 1);
        for (today, step) in [
            (date(2026, 11, 26), None),
            (date(2026, 11, 27), Some(-3)),
            (date(2026, 12, 2), Some(-3)),
            (date(2026, 12, 3), Some(3)),
            (date(2026, 12, 10), Some(10)),
            (date(2026, 12, 21), Some(21)),
            (date(2027, 12, 21), Some(21)),
        ] {
            assert_eq!(due(sent, today), step, "{today}");
        }
    }

    #[test]
    fn whoever_heard_of_it_on_its_day_or_later_is_not_reminded_of_a_step() {
        assert_eq!(due(date(2026, 11, 27), date(2026, 11, 27)), None, "sent on that very day");
        assert_eq!(due(date(2026, 12, 5), date(2026, 12, 9)), None, "sent when it was overdue");
        assert_eq!(due(date(2026, 12, 5), date(2026, 12, 10)), Some(10));
        assert_eq!(due(date(2026, 12, 10), date(2026, 12, 20)), None);
    }

    #[test]
    fn of_several_that_were_missed_only_the_latest_is_taken() {
        assert_eq!(due(date(2026, 11, 27), date(2026, 12, 12)), Some(10));
        assert_eq!(due(date(2026, 12, 12), date(2026, 12, 12)), None, "and not the others after it");
    }

    #[test]
    fn without_steps_nobody_is_looked_for() {
        let today = date(2026, 12, 1);
        assert_eq!(steps("", " ").latest_due_date(today), None);
        assert_eq!(steps("0", "0").latest_due_date(today), None);
        assert_eq!(steps("7", "3").latest_due_date(today), Some(date(2026, 12, 8)));
        assert_eq!(steps("", "10;3").latest_due_date(today), Some(date(2026, 11, 28)));
    }

    #[test]
    fn what_is_no_number_of_days_is_refused() {
        for typed in ["-1", "61", "3.5", "three", "3, 10"] {
            assert_eq!(parse_before(typed), Err("billing-error-remind-before"), "{typed}");
        }
        for typed in ["-1", "367", "3.5", "3, x", "1 2 3 4 5 6 7 8 9 10 11"] {
            assert_eq!(parse_after(typed), Err("billing-error-remind-after"), "{typed}");
        }
        assert_eq!(parse_after("21, 3,3"), Ok(vec![Step(3), Step(21)]));
    }

    #[test]
    fn each_occasion_has_a_name_of_its_own() {
        let names = [Occasion::Step(Step(-3)), Occasion::Step(Step(3)), Occasion::Asked { on: DUE }]
            .map(Occasion::name);
        assert_eq!(names, ["before-3", "after-3", "asked-2026-11-30"]);
        assert_eq!(names.map(|name| Occasion::was_asked(&name)), [false, false, true]);
    }
}
