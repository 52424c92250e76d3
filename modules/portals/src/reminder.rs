//! Reminding by hand: once a day for each thing, so that nobody is pressed.

use portico_kernel::Instant;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Nobody was reminded yet, or not today.
    Open { last: Option<Instant> },
    /// Done for today.
    Taken { at: Instant },
}

/// `last`: of a button and of a clock alike. Days are those of the organization.
pub fn turn(last: Option<Instant>, now: Instant, zone: &str) -> Turn {
    match last {
        Some(at) if at.in_zone(zone).date() == now.in_zone(zone).date() => Turn::Taken { at },
        last => Turn::Open { last },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    #[test]
    fn the_next_day_begins_where_the_organization_is() {
        // Midnight in UTC, which is one o'clock in Paris.
        let midnight = Instant::from_micros(1_795_824_000_000_000);
        let hours = |hours: i64| midnight.plus_seconds(hours * HOUR);
        assert_eq!(turn(None, midnight, "Europe/Paris"), Turn::Open { last: None });
        let late = hours(-2);
        assert_eq!(turn(Some(late), hours(-1), "UTC"), Turn::Taken { at: late });
        assert_eq!(turn(Some(late), hours(-1), "Europe/Paris"), Turn::Open { last: Some(late) });
        assert_eq!(turn(Some(late), hours(0), "UTC"), Turn::Open { last: Some(late) });
    }
}
