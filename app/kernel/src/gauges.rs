//! How busy the installation is at this moment, in numbers that say nothing of anybody, for `/metrics`.

use crate::{clock::Instant, error::Result, event, jobs, system::Kernel};

pub struct Gauges {
    /// Open pages that listen for what changes.
    pub event_streams: usize,
    pub database: DatabaseQueues,
    pub pools: [Pool; 2],
    /// `None` where the database does not answer.
    pub backlog: Option<Backlog>,
}

/// Who waits for a connection.
pub struct DatabaseQueues {
    pub readers: usize,
    pub writers: usize,
}

/// The connections for one purpose.
pub struct Pool {
    pub purpose: &'static str,
    pub open: u32,
    /// Those of them that are at work.
    pub busy: u32,
}

/// The queue of jobs, of all organizations together.
pub struct Backlog {
    /// Those whose time has come, also if one of them is just being done.
    pub waiting: i64,
    pub given_up: i64,
    /// For how many seconds the longest of them has waited.
    pub oldest_seconds: i64,
    /// Of the last backup that was written whole, in seconds.
    pub backup_age_seconds: Option<i64>,
    /// How many events what follows them has not seen yet, by its name; nothing of what has not looked yet.
    pub behind: Vec<(&'static str, i64)>,
}

impl Kernel {
    pub async fn gauges(&self) -> Gauges {
        let (readers, writers) = self.database().waiting();
        let pools = self.database().pools();
        let backlog = self.backlog().await.inspect_err(|error| tracing::warn!(%error, "metrics")).ok();
        Gauges {
            event_streams: self.live().listeners(),
            database: DatabaseQueues { readers, writers },
            pools,
            backlog,
        }
    }

    async fn backlog(&self) -> Result<Backlog> {
        let now = self.now();
        let last = self.backup_record().await?.last;
        // Less than nothing is of a clock that was wrong: that is to be seen.
        let backup_age_seconds = last.map(|last| now.seconds_since(last.made_at));
        let (waiting, oldest, given_up, newest): (i64, Option<Instant>, i64, i64) = self
            .database()
            .read(move |db| {
                let (waiting, oldest) = jobs::waiting(db, now)?;
                Ok((waiting, oldest, jobs::given_up(db)?, event::newest(db)?))
            })
            .await?;
        let oldest_seconds = oldest.map_or(0, |oldest| now.seconds_since(oldest));
        let followers = self.registry().followers().iter();
        // One that went on meanwhile may be ahead of what was the newest.
        let behind = followers
            .filter_map(|follower| Some((follower.name(), (newest - follower.reached()?).max(0))))
            .collect();
        Ok(Backlog { waiting, given_up, oldest_seconds, backup_age_seconds, behind })
    }
}
