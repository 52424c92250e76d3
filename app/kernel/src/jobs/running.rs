//! The jobs that are under way here, and their leases.

use std::collections::HashMap;

use tokio::task::{self, JoinSet};

use super::{AT_ONCE, JobRow, run_one};
use crate::{clock::Instant, system::Kernel};

/// How old a lease becomes before whoever works on the job asks for another five minutes: a machine that is away for less
/// than four keeps what it has.
const RENEWED_AFTER_SECONDS: i64 = 60;

/// What this machine works on at the moment.
#[derive(Default)]
pub(super) struct Running {
    tasks: JoinSet<()>,
    jobs: HashMap<task::Id, Held>,
}

/// One attempt at a job, which is ours until the lease is over.
struct Held {
    id: i64,
    attempt: i32,
    leased_at: Instant,
}

impl Held {
    /// Also where the clock was set back.
    fn is_ageing(&self, now: Instant) -> bool {
        !(0..RENEWED_AFTER_SECONDS).contains(&now.seconds_since(self.leased_at))
    }
}

impl Running {
    pub fn start(&mut self, kernel: &Kernel, row: JobRow) {
        let held = Held { id: row.id, attempt: row.attempts, leased_at: kernel.now() };
        let task = self.tasks.spawn(run_one(kernel.clone(), row));
        self.jobs.insert(task.id(), held);
    }

    pub fn has_room(&self) -> bool {
        self.jobs.len() < AT_ONCE
    }

    pub fn ids(&self) -> Vec<i64> {
        self.jobs.values().map(|held| held.id).collect()
    }

    /// One after the other, so that no two machines wait for each other's rows.
    pub async fn renew_leases(&mut self, kernel: &Kernel) {
        let now = kernel.now();
        for held in self.jobs.values_mut() {
            if !held.is_ageing(now) {
                continue;
            }
            match kernel.renew_lease(held.id, held.attempt).await {
                Ok(()) => held.leased_at = now,
                Err(error) => tracing::warn!(job = held.id, %error, "a lease could not be renewed"),
            }
        }
    }

    /// `None` at once when there is none.
    pub async fn end_one(&mut self) -> Option<()> {
        let task = match self.tasks.join_next_with_id().await? {
            Ok((task, ())) => task,
            Err(panic) => panic.id(),
        };
        self.jobs.remove(&task);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::LEASE_SECONDS, *};

    #[test]
    fn a_lease_is_renewed_long_before_it_ends() {
        let noon = Instant::from_micros(1_800_000_000_000_000);
        let held = Held { id: 1, attempt: 1, leased_at: noon };
        for (seconds, is_ageing) in [(0, false), (59, false), (60, true), (LEASE_SECONDS, true), (-1, true)] {
            assert_eq!(held.is_ageing(noon.plus_seconds(seconds)), is_ageing, "{seconds}");
        }
    }
}
