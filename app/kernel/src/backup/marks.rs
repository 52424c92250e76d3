//! Who is about a place: a mark lies in it while a backup is written and while chunks are taken away, so that no chunk
//! goes that a backup is about to speak of. Either lays its own first and looks for others then: of two that begin
//! together at least one sees the other. All times are the place's own, by its clock.

use anyhow::Context;

use super::place::BackupPlace;
use crate::{clock::Instant, outside::ListedObject};

const MARKS: &str = "marks";
/// Seconds after which whoever laid a mark is believed to have died over it.
const DEAD_WRITING: i64 = 24 * 3_600;
const DEAD_SWEEPING: i64 = 2 * 3_600;
/// Seconds after which a mark is laid anew by whoever is still about it.
const RENEWED: i64 = 3_600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Writing,
    Sweeping,
}

impl Work {
    fn name(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Sweeping => "sweeping",
        }
    }

    fn of(address: &str) -> Option<Self> {
        let name = address.strip_prefix(MARKS)?.strip_prefix('/')?;
        [Self::Writing, Self::Sweeping].into_iter().find(|work| name.starts_with(work.name()))
    }

    fn is_dead(self, laid_at: Instant, now: Instant) -> bool {
        let age = now.seconds_since(laid_at);
        match self {
            Self::Writing => age > DEAD_WRITING,
            Self::Sweeping => age > DEAD_SWEEPING,
        }
    }
}

pub(super) struct Mark {
    place: BackupPlace,
    address: String,
    laid_at: Instant,
}

/// What others are about, and what time it is in the place.
pub(super) struct Others {
    pub works: Vec<Work>,
    pub now: Instant,
}

impl Mark {
    /// `number` is one that nobody else has; `now` is by the clock of this machine.
    pub async fn lay(place: &BackupPlace, work: Work, number: [u8; 8], now: Instant) -> anyhow::Result<Self> {
        let address = format!("{MARKS}/{}-{}", work.name(), hex::encode(number));
        let mark = Self { place: place.clone(), address, laid_at: now };
        mark.write().await?;
        Ok(mark)
    }

    /// Of what takes long.
    pub async fn renew(&mut self, now: Instant) -> anyhow::Result<()> {
        if now.seconds_since(self.laid_at) >= RENEWED {
            self.write().await?;
            self.laid_at = now;
        }
        Ok(())
    }

    async fn write(&self) -> anyhow::Result<()> {
        self.place.put(&self.address, b"somebody is about it\n".to_vec()).await
    }

    /// Takes away marks of the dead on its way.
    pub async fn others(&self) -> anyhow::Result<Others> {
        let mut marks = Vec::new();
        self.place.each(MARKS, |mark| marks.push(mark)).await?;
        let own = marks.iter().find(|mark| mark.key == self.address);
        let now =
            own.with_context(|| format!("{} does not keep what is written", self.place.name()))?.written_at;
        let mut works = Vec::new();
        for ListedObject { key, written_at, .. } in marks {
            match Work::of(&key) {
                Some(_) if key == self.address => {}
                Some(work) if work.is_dead(written_at, now) => self.place.delete(&key).await?,
                Some(work) => works.push(work),
                None => {}
            }
        }
        Ok(Others { works, now })
    }

    /// One that cannot be removed holds up nothing but sweeping, and that for a day.
    pub async fn remove(self) {
        if let Err(error) = self.place.delete(&self.address).await {
            tracing::warn!(error = format!("{error:#}"), "the mark of a backup could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_what_its_owner_is_about_and_for_how_long_it_counts() {
        let laid = Instant::from_micros(1_795_000_000_000_000);
        assert_eq!(Work::of("marks/writing-0a"), Some(Work::Writing));
        assert_eq!(Work::of("marks/sweeping-0a"), Some(Work::Sweeping));
        assert_eq!(Work::of("marks/README"), None);
        for (work, lives) in [(Work::Writing, DEAD_WRITING), (Work::Sweeping, DEAD_SWEEPING)] {
            assert!(
                !work.is_dead(laid, laid.plus_seconds(lives)) && !work.is_dead(laid, laid.plus_seconds(-9))
            );
            assert!(work.is_dead(laid, laid.plus_seconds(lives + 1)));
        }
    }
}
