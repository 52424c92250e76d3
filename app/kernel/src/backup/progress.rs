//! How far a backup or a restore is, told now and then to whoever waits for a long one (P44).

use crate::clock::{Clock, Instant};

/// Seconds before the first line, and between two: nobody is told of what is done sooner.
const PAUSE: i64 = 10;

/// What is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The file, in MiB, before anything of it is believed.
    Check,
    Rows,
    Objects,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub step: Step,
    pub done: u64,
    /// `None` while nobody has counted them.
    pub of: Option<u64>,
}

pub struct Watch {
    clock: Clock,
    told_at: Instant,
    tell: Box<dyn FnMut(Progress) + Send>,
}

impl Watch {
    pub fn new(clock: Clock, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        let told_at = clock.now();
        Self { clock, told_at, tell: Box::new(tell) }
    }

    /// Called often; tells of it when it is a while since the last time.
    pub(super) fn look(&mut self, step: Step, done: u64, of: Option<u64>) {
        let now = self.clock.now();
        if now.seconds_since(self.told_at) >= PAUSE {
            self.told_at = now;
            (self.tell)(Progress { step, done, of });
        }
    }
}

/// Where nobody waits.
pub(super) fn nobody() -> Watch {
    Watch::new(Clock::System, |_| {})
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::mpsc::channel};

    use super::*;

    #[test]
    fn p44_a_line_comes_once_in_a_while_and_none_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        // Between two of these no real second counts.
        let ahead = |seconds: i64| fs::write(&file, seconds.to_string()).unwrap();
        ahead(0);
        let (told, heard) = channel();
        let mut watch =
            Watch::new(Clock::Shifted(file.clone()), move |progress| told.send(progress).unwrap());
        watch.look(Step::Rows, 1, None);
        assert!(heard.try_recv().is_err());
        ahead(3_600);
        watch.look(Step::Rows, 2, None);
        watch.look(Step::Rows, 3, None);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [Progress { step: Step::Rows, done: 2, of: None }]);
        ahead(7_200);
        watch.look(Step::Objects, 4, Some(9));
        let last = Progress { step: Step::Objects, done: 4, of: Some(9) };
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [last]);
    }
}
