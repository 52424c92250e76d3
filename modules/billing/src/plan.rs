//! What a subscription's clock does: which period is due, which come next, and which nobody is billed for.

use jiff::{ToSpan, civil::Date};
use portico_ui::components::Tone;

use crate::schedule::Schedule;

/// What staff decided last. That a subscription is over by its end follows from the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Draft,
    Running,
    Paused { since: Date },
    Cancelled,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Draft,
    Running,
    Paused,
    Ended,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    pub state: State,
    pub schedule: Schedule,
    /// The first period that neither has an invoice nor was passed over.
    pub next: i32,
    /// The last day on which a period may begin.
    pub ends_on: Option<Date>,
    /// What is cut short is charged by its days.
    pub prorates: bool,
}

/// How much of a period somebody pays for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    pub days: u32,
    pub of: u32,
}

impl Share {
    /// All three are days of it.
    fn new(first: Date, last_paid: Date, last: Date) -> Share {
        let days = |last: Date| {
            let days = first.until(last).map_or(0, |span| span.get_days());
            u32::try_from(days).unwrap_or(0) + 1
        };
        Share { days: days(last_paid), of: days(last) }
    }

    /// Of a period that was invoiced from `first` to `last`, when it ends today.
    pub fn until(today: Date, first: Date, last: Date) -> Share {
        Share::new(first, today, last)
    }

    pub fn is_all(self) -> bool {
        self.days == self.of
    }
}

impl State {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Running => "running",
            State::Paused { .. } => "paused",
            State::Cancelled => "cancelled",
        }
    }

    pub fn from_stored(name: &str, paused_on: Option<Date>) -> Option<Self> {
        match (name, paused_on) {
            ("draft", None) => Some(State::Draft),
            ("running", None) => Some(State::Running),
            ("paused", Some(since)) => Some(State::Paused { since }),
            ("cancelled", None) => Some(State::Cancelled),
            _ => None,
        }
    }
}

impl Standing {
    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Draft => "billing-standing-draft",
            Standing::Running => "billing-subscription-running",
            Standing::Paused => "billing-subscription-paused",
            Standing::Ended => "billing-subscription-ended",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Standing::Running => Tone::Good,
            Standing::Paused => Tone::Waiting,
            Standing::Draft | Standing::Ended => Tone::Neutral,
        }
    }
}

impl Plan {
    /// A period that began and still waits for its invoice keeps a subscription from being over.
    pub fn standing(&self, today: Date) -> Standing {
        match self.state {
            State::Draft => Standing::Draft,
            State::Paused { .. } => Standing::Paused,
            State::Cancelled => Standing::Ended,
            State::Running if self.next_on().is_none() && self.ends_on.is_some_and(|end| end < today) => {
                Standing::Ended
            }
            State::Running => Standing::Running,
        }
    }

    /// The first day of the next period to be invoiced; `None` when there is none before the end.
    pub fn next_on(&self) -> Option<Date> {
        self.upcoming().next().map(|(_, day)| day)
    }

    /// All that is still to be invoiced, with the first day of each.
    pub fn upcoming(&self) -> impl Iterator<Item = (i32, Date)> {
        let last = match self.state {
            State::Cancelled => None,
            _ => Some(self.ends_on.unwrap_or(Date::MAX)),
        };
        let periods = (self.next..).map(|number| (number, self.schedule.begin(number)));
        periods.take_while(move |(_, day)| last.is_some_and(|last| *day <= last))
    }

    /// The period that has begun and waits for its invoice, the earliest first.
    pub fn due(&self, today: Date) -> Option<i32> {
        let (number, day) = self.upcoming().next()?;
        (self.state == State::Running && day <= today).then_some(number)
    }

    /// Of a period as it is invoiced.
    pub fn last_day(&self, number: i32) -> Date {
        let whole = self.schedule.last_day(number);
        match self.ends_on {
            Some(end) if self.prorates => whole.min(end),
            _ => whole,
        }
    }

    pub fn share(&self, number: i32) -> Share {
        Share::new(self.schedule.begin(number), self.last_day(number), self.schedule.last_day(number))
    }

    /// The periods that began while it was paused: resumed today, they are passed over. What was due before the
    /// pause stays due, and so does what begins today.
    pub fn missed(&self, today: Date) -> Vec<i32> {
        let State::Paused { since } = self.state else { return Vec::new() };
        let begun = self.upcoming().take_while(|(_, day)| *day < today);
        begun.filter(|(_, day)| *day >= since).map(|(number, _)| number).collect()
    }

    /// The last day of the period that runs today, for which it is paid already.
    pub fn end_of_current(&self, today: Date) -> Date {
        let later = (self.next..).map(|number| self.schedule.begin(number)).find(|day| *day > today);
        later.unwrap_or(Date::MAX).saturating_sub(1.day())
    }

    /// Whether there is a period whose end a cancellation can wait for.
    pub fn has_begun(&self, today: Date) -> bool {
        self.next > 0 || self.schedule.begin(self.next) <= today
    }

    /// Whether the next period has ended already: an invoice of it, and of those after it, would surprise.
    pub fn begins_too_early(&self, today: Date) -> bool {
        self.schedule.last_day(self.next) < today
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::schedule::{Interval, Unit};

    fn monthly(state: State) -> Plan {
        let interval = Interval { every: 1, unit: Unit::Month };
        let schedule = Schedule { interval, anchor: date(2027, 1, 31), first: 0 };
        Plan { state, schedule, next: 0, ends_on: None, prorates: false }
    }

    #[test]
    fn a_period_is_due_from_its_first_day_on_while_it_runs() {
        let plan = monthly(State::Running);
        assert_eq!(plan.due(date(2027, 1, 30)), None);
        assert_eq!(plan.due(date(2027, 1, 31)), Some(0));
        assert_eq!(Plan { next: 1, ..plan }.due(date(2027, 2, 27)), None);
        // Weeks later it is still the earliest.
        assert_eq!(Plan { next: 1, ..plan }.due(date(2027, 5, 1)), Some(1));
        for state in [State::Draft, State::Paused { since: date(2027, 1, 1) }, State::Cancelled] {
            assert_eq!(monthly(state).due(date(2027, 5, 1)), None, "{state:?}");
        }
    }

    #[test]
    fn the_last_period_begins_on_or_before_the_end() {
        let plan = Plan { ends_on: Some(date(2027, 3, 31)), ..monthly(State::Running) };
        let days: Vec<Date> = plan.upcoming().map(|(_, day)| day).collect();
        assert_eq!(days, [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]);
        let over = Plan { next: 3, ..plan };
        assert_eq!(over.standing(date(2027, 3, 31)), Standing::Running);
        assert_eq!(over.standing(date(2027, 4, 1)), Standing::Ended);
        // What is held up is still owed.
        assert_eq!(Plan { next: 2, ..plan }.standing(date(2027, 4, 1)), Standing::Running);
    }

    #[test]
    fn only_by_the_day_is_the_last_period_cut_short() {
        let whole = Plan { ends_on: Some(date(2027, 3, 9)), ..monthly(State::Running) };
        assert!(whole.share(1).is_all());
        let by_day = Plan { prorates: true, ..whole };
        assert!(by_day.share(0).is_all());
        // From 28 February to 9 March, of the days up to 30 March.
        assert_eq!((by_day.share(1), by_day.last_day(1)), (Share { days: 10, of: 31 }, date(2027, 3, 9)));
        let until = |day| Share::until(day, date(2027, 2, 28), date(2027, 3, 9));
        assert_eq!(until(date(2027, 2, 28)), Share { days: 1, of: 10 });
        assert!(until(date(2027, 3, 9)).is_all());
    }

    #[test]
    fn what_begins_in_a_pause_is_passed_over() {
        let paused = Plan { next: 1, ..monthly(State::Paused { since: date(2027, 3, 1) }) };
        // February was due before the pause; what begins on the day of resuming is not missed.
        assert_eq!(paused.missed(date(2027, 4, 30)), [2]);
        assert_eq!(paused.missed(date(2027, 5, 1)), [2, 3]);
        assert!(monthly(State::Running).missed(date(2027, 5, 1)).is_empty());
    }

    #[test]
    fn the_current_period_ends_before_the_first_that_has_not_begun() {
        let plan = Plan { next: 1, ..monthly(State::Running) };
        assert_eq!(plan.end_of_current(date(2027, 2, 10)), date(2027, 2, 27));
        // Also where its invoice is not made yet.
        assert_eq!(plan.end_of_current(date(2027, 3, 5)), date(2027, 3, 30));
    }

    #[test]
    fn a_start_is_too_early_once_its_first_period_is_over() {
        let plan = monthly(State::Draft);
        assert!(!plan.begins_too_early(date(2027, 2, 27)));
        assert!(plan.begins_too_early(date(2027, 2, 28)));
    }
}
