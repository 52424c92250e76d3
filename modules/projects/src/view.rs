//! Fragments.

pub mod milestones;
pub mod projects;

use jiff::civil::Date;
use maud::Markup;
use portico_kernel::problem;
use portico_ui::{
    Text,
    components::{self, milestone_track},
};

use crate::milestone::{Milestone, states};

/// Without the year where it is this one.
fn day(text: Text, day: Date, today: Date) -> String {
    match day.year() == today.year() {
        true => text.short_date(day),
        false => text.date(day),
    }
}

/// "3 Nov – 12 Dec", "from 3 Nov", "until 12 Dec", or nothing.
fn period(text: Text, today: Date, starts_on: Option<Date>, ends_on: Option<Date>) -> Option<String> {
    let say = |key: &str, of: Date| text.say_with(key, &[("day", day(text, of, today).into())]);
    match (starts_on, ends_on) {
        (Some(first), Some(last)) => {
            Some(format!("{} – {}", day(text, first, today), day(text, last, today)))
        }
        (Some(first), None) => Some(say("projects-from", first)),
        (None, Some(last)) => Some(say("projects-until", last)),
        (None, None) => None,
    }
}

/// Where we are, for staff and clients alike.
fn track(text: Text, today: Date, milestones: &[Milestone]) -> Markup {
    with_steps(text, today, milestones, milestone_track)
}

/// As `track` draws them.
pub fn with_steps(
    text: Text,
    today: Date,
    milestones: &[Milestone],
    track: fn(Text, &[components::Milestone]) -> Markup,
) -> Markup {
    let steps: Vec<components::Milestone> = milestones
        .iter()
        .zip(states(milestones))
        .map(|(milestone, state)| components::Milestone {
            name: &milestone.name,
            date: milestone.completed_on.or(milestone.due_on).map(|of| day(text, of, today)),
            state,
        })
        .collect();
    track(text, &steps)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico_ui::Language;

    use super::*;

    #[test]
    fn the_year_stands_only_where_it_is_another_one() {
        let text = Text::new(Language::English);
        let today = date(2026, 6, 1);
        assert_eq!(day(text, date(2026, 11, 23), today), "23 Nov");
        assert_eq!(day(text, date(2027, 1, 2), today), "2 January 2027");
        let both = period(text, today, Some(date(2026, 11, 3)), Some(date(2026, 12, 12)));
        assert_eq!(both.as_deref(), Some("3 Nov – 12 Dec"));
        assert_eq!(period(text, today, None, None), None);
    }
}
