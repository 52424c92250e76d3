use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::BigInt,
};
use jiff::{SignedDuration, Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A moment in microseconds since 1970-01-01 UTC. An integer, because SQLite would keep
/// nanoseconds that PostgreSQL cuts off.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, AsExpression, FromSqlRow, Serialize, Deserialize,
)]
#[diesel(sql_type = BigInt)]
pub struct Instant(i64);

impl Instant {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days * 86_400)
    }

    /// Whole seconds from `earlier` to this moment; negative when it lies ahead.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }

    /// When `day` begins on the clocks of `zone`, or in UTC as below.
    pub fn start_of(day: Date, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let begins = day.to_zoned_datetime(zone).map(|begins| begins.timestamp().as_microsecond());
        Self(begins.unwrap_or_default())
    }

    /// This moment on the clocks of `zone`; UTC when the zone's name is unknown to this machine.
    pub fn in_zone(self, zone: &str) -> ZonedDateTime {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone)
    }
}

impl<DB: Backend> ToSql<BigInt, DB> for Instant
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Instant
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(value).map(Self)
    }
}

/// Where the time comes from. Tests shift it by rewriting a file; nothing else reads the system's
/// clock for a rule.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// The system's clock plus the whole number of seconds in this file.
    Shifted(PathBuf),
}

impl Clock {
    pub fn now(&self) -> Instant {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let system = Instant(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX));
        match self {
            Clock::System => system,
            Clock::Shifted(file) => {
                let shift =
                    std::fs::read_to_string(file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
                system.plus_seconds(shift)
            }
        }
    }

    pub fn seconds_until(&self, later: Instant) -> SignedDuration {
        SignedDuration::from_micros(later.0 - self.now().0)
    }
}
