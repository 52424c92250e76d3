//! When the mail of the day goes out: at an hour of somebody's own clocks, whatever these do in spring and autumn.

use jiff::{civil::Date, tz::TimeZone};
use portico_kernel::Instant;

/// Of whoever chose none.
pub const USUAL: i32 = 8;

/// An hour of the day on the clocks of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    /// 0 to 23
    pub hour: i32,
    /// An IANA name.
    pub zone: String,
}

impl Hour {
    /// The next time that it strikes after this moment.
    pub fn next_after(&self, now: Instant) -> Instant {
        let today = now.in_zone(&self.zone).date();
        let strikes = self.on(today);
        if strikes > now { strikes } else { self.on(today.tomorrow().unwrap_or(today)) }
    }

    /// Whether it strikes at this moment, and did not when another hour was chosen.
    pub fn is(&self, moment: Instant) -> bool {
        self.on(moment.in_zone(&self.zone).date()) == moment
    }

    /// Where clocks leave it out, as much later; where they have it twice, the first time.
    fn on(&self, day: Date) -> Instant {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        let hour = i8::try_from(self.hour.clamp(0, 23)).unwrap_or_default();
        let strikes = day.at(hour, 0, 0, 0).to_zoned_datetime(zone);
        Instant::from_micros(strikes.map(|at| at.timestamp().as_microsecond()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Instant {
        Instant::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    fn paris(hour: i32) -> Hour {
        Hour { hour, zone: "Europe/Paris".to_owned() }
    }

    #[test]
    fn it_strikes_once_a_day_on_the_clocks_of_its_zone() {
        // Winter is an hour, summer two ahead of UTC.
        for (now, next) in [
            ("2026-11-28T06:59:59Z", "2026-11-28T07:00:00Z"),
            ("2026-11-28T07:00:00Z", "2026-11-29T07:00:00Z"),
            ("2026-07-01T05:00:00Z", "2026-07-01T06:00:00Z"),
            ("2026-12-31T23:30:00Z", "2027-01-01T07:00:00Z"),
        ] {
            assert_eq!(paris(8).next_after(moment(now)), moment(next), "{now}");
        }
        let tokyo = Hour { hour: 0, zone: "Asia/Tokyo".to_owned() };
        assert_eq!(tokyo.next_after(moment("2026-11-28T15:00:00Z")), moment("2026-11-29T15:00:00Z"));
        let nowhere = Hour { hour: 8, zone: "Nowhere/None".to_owned() };
        assert_eq!(nowhere.next_after(moment("2026-11-28T07:00:00Z")), moment("2026-11-28T08:00:00Z"));
    }

    /// In Paris the clocks of 2026 go from two to three on 29 March, and from three to two on 25 October.
    #[test]
    fn a_day_of_23_or_25_hours_has_it_once_too() {
        for (now, next) in [
            ("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
            ("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"),
            ("2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z"),
            ("2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"),
        ] {
            assert_eq!(paris(2).next_after(moment(now)), moment(next), "{now}");
        }
    }

    #[test]
    fn what_was_due_at_another_hour_is_not_due() {
        let due = moment("2026-11-28T07:00:00Z");
        assert!(paris(8).is(due));
        assert!(!paris(9).is(due) && !paris(7).is(due));
        assert!(!paris(8).is(moment("2026-11-28T07:00:01Z")));
        assert!(!Hour { hour: 8, zone: "UTC".to_owned() }.is(due));
    }
}
