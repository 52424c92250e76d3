//! When the periods of a subscription begin. Each is reckoned from the anchor and not from the period before it: 31
//! January is followed by 28 or 29 February and then by 31 March again (P26).

use jiff::{Span, ToSpan, civil::Date};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Week,
    Month,
    Year,
}

impl Unit {
    pub const ALL: [Unit; 3] = [Unit::Week, Unit::Month, Unit::Year];

    /// As stored, and as a form sends it.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// The text that names it where it is chosen.
    pub fn key(self) -> &'static str {
        match self {
            Unit::Week => "billing-unit-week",
            Unit::Month => "billing-unit-month",
            Unit::Year => "billing-unit-year",
        }
    }

    /// The text that says how often, of `$count` of them.
    pub fn rhythm(self) -> &'static str {
        match self {
            Unit::Week => "billing-every-week",
            Unit::Month => "billing-every-month",
            Unit::Year => "billing-every-year",
        }
    }
}

/// Every so many weeks, months or years.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    pub every: u16,
    pub unit: Unit,
}

/// The period with the number `first` begins on `anchor`; those before it belong to an earlier schedule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schedule {
    pub interval: Interval,
    pub anchor: Date,
    pub first: i32,
}

impl Schedule {
    /// The first day of a period; past the end of the calendar, in the year 9999, its last day.
    pub fn begin(&self, number: i32) -> Date {
        let count = i64::from(number - self.first) * i64::from(self.interval.every);
        let span = match self.interval.unit {
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        span.and_then(|span| self.anchor.checked_add(span)).unwrap_or(Date::MAX)
    }

    pub fn last_day(&self, number: i32) -> Date {
        self.begin(number + 1).saturating_sub(1.day())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn schedule(every: u16, unit: Unit, anchor: Date) -> Schedule {
        Schedule { interval: Interval { every, unit }, anchor, first: 0 }
    }

    fn begins(every: u16, unit: Unit, anchor: Date, count: i32) -> Vec<String> {
        let schedule = schedule(every, unit, anchor);
        (0..count).map(|number| schedule.begin(number).to_string()).collect()
    }

    #[test]
    fn p26_the_31_of_january_is_followed_by_the_end_of_february_and_then_the_31_of_march() {
        let usual = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"];
        assert_eq!(begins(1, Unit::Month, date(2027, 1, 31), 5), usual);
        assert_eq!(begins(1, Unit::Month, date(2028, 1, 31), 3), ["2028-01-31", "2028-02-29", "2028-03-31"]);
        assert_eq!(begins(3, Unit::Month, date(2026, 11, 30), 3), ["2026-11-30", "2027-02-28", "2027-05-30"]);
    }

    #[test]
    fn p26_the_29_of_february_comes_back_in_leap_years() {
        let years = ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"];
        assert_eq!(begins(1, Unit::Year, date(2028, 2, 29), 5), years);
        // 2100 is none.
        assert_eq!(begins(4, Unit::Year, date(2096, 2, 29), 3), ["2096-02-29", "2100-02-28", "2104-02-29"]);
    }

    #[test]
    fn weeks_keep_their_day_over_the_turn_of_the_year() {
        assert_eq!(begins(2, Unit::Week, date(2026, 12, 21), 3), ["2026-12-21", "2027-01-04", "2027-01-18"]);
    }

    #[test]
    fn a_period_ends_the_day_before_the_next_one() {
        let monthly = schedule(1, Unit::Month, date(2027, 1, 31));
        assert_eq!(monthly.last_day(0), date(2027, 2, 27));
        assert_eq!(monthly.last_day(1), date(2027, 3, 30));
    }

    #[test]
    fn past_the_end_of_the_calendar_nothing_begins() {
        assert_eq!(schedule(120, Unit::Year, date(2199, 12, 31)).begin(i32::MAX - 1), Date::MAX);
    }

    fn schedules() -> impl Strategy<Value = Schedule> {
        let units = prop::sample::select(Unit::ALL.to_vec());
        (1_u16..=24, units, 1970_i16..=2199, 1_i8..=12, 1_i8..=31, 0_i32..1_000).prop_map(
            |(every, unit, year, month, day, first)| {
                let month = date(year, month, 1);
                let anchor = date(year, month.month(), day.min(month.days_in_month()));
                Schedule { interval: Interval { every, unit }, anchor, first }
            },
        )
    }

    proptest! {
        /// Reckoned by year and month, with no date but the last one made: another way than the product's.
        #[test]
        fn p26_the_nth_period_is_reckoned_from_the_anchor_with_its_day_kept(
            schedule in schedules(), count in 0_i32..300,
        ) {
            let Schedule { anchor, interval: Interval { every, unit }, first } = schedule;
            let begin = schedule.begin(first + count);
            let months = match unit {
                Unit::Week => {
                    let days = i64::from(anchor.until(begin).unwrap().get_days());
                    prop_assert_eq!(days, 7 * i64::from(every) * i64::from(count));
                    return Ok(());
                }
                Unit::Month => i32::from(every) * count,
                Unit::Year => 12 * i32::from(every) * count,
            };
            let whole = i32::from(anchor.year()) * 12 + i32::from(anchor.month()) - 1 + months;
            let month = date((whole / 12) as i16, (whole % 12 + 1) as i8, 1);
            prop_assert_eq!((begin.year(), begin.month()), (month.year(), month.month()));
            prop_assert_eq!(begin.day(), anchor.day().min(month.days_in_month()));
        }

        #[test]
        fn p26_periods_follow_each_other_without_a_gap_or_an_overlap(schedule in schedules(), count in 0_i32..300) {
            let number = schedule.first + count;
            prop_assert!(schedule.begin(number) < schedule.begin(number + 1));
            prop_assert_eq!(schedule.last_day(number).tomorrow().unwrap(), schedule.begin(number + 1));
        }
    }
}
