//! When everything was last backed up.

use portico_kernel::{BackupRecord, Instant, Kernel};

use super::{caused, finding::Finding};
use crate::environment::Environment;

/// In seconds. One a day, and half a day for whatever came between.
const LATE: i64 = 36 * 3_600;

pub async fn finding(environment: &Environment, kernel: &Kernel) -> Finding {
    match kernel.backup_record().await {
        Ok(record) => judged(&record, kernel.now(), environment.backs_up_daily()),
        Err(error) => Finding::unknown("backup", caused(error), "Ask again when the database answers."),
    }
}

fn judged(record: &BackupRecord, now: Instant, is_daily: bool) -> Finding {
    let Some(last) = record.last else {
        let advice =
            "Name a folder or a bucket in PORTICO_BACKUP, or let a clock of yours call `portico backup`.";
        return Finding::doubtful("backup", "none was made yet", advice);
    };
    let made = last.made_at.in_zone("UTC").strftime("%Y-%m-%d %H:%M UTC");
    let kind = if last.is_encrypted { "encrypted" } else { "not encrypted" };
    let words = format!("made on {made}, {kind}, {} MiB", last.size.div_ceil(1024 * 1024));
    if record.failed_at.is_some() {
        let advice = "The server's log says why it failed; it is tried again every hour.";
        return Finding::doubtful("backup", format!("the last try failed; {words}"), advice);
    }
    if last.missing > 0 {
        let words = format!("{words}, without {} objects that the store did not have", last.missing);
        return Finding::doubtful("backup", words, "Settings, Storage names the files that are missing.");
    }
    if is_daily && now.seconds_since(last.made_at) > LATE {
        let advice = "Look whether a server with PORTICO_BACKUP runs, and what its log says.";
        return Finding::doubtful("backup", words, advice);
    }
    Finding::good("backup", words)
}

#[cfg(test)]
mod tests {
    use portico_kernel::LastBackup;

    use super::*;
    use crate::commands::doctor::finding::State;

    #[test]
    fn a_backup_that_is_late_or_lacks_something_is_told() {
        let now = Instant::from_micros(1_795_000_000_000_000);
        let last = LastBackup { made_at: now, size: 5, missing: 0, is_encrypted: true };
        let record = |last: LastBackup| BackupRecord { last: Some(last), failed_at: None };
        let state = |record: BackupRecord, at: Instant, is_daily: bool| judged(&record, at, is_daily).state;
        assert_eq!(state(BackupRecord { last: None, failed_at: None }, now, true), State::Doubtful);
        assert_eq!(state(record(last), now.plus_seconds(LATE), true), State::Good);
        assert_eq!(state(record(last), now.plus_seconds(LATE + 1), true), State::Doubtful);
        assert_eq!(state(record(last), now.plus_days(90), false), State::Good);
        assert_eq!(state(record(LastBackup { missing: 1, ..last }), now, true), State::Doubtful);
        assert_eq!(
            state(BackupRecord { last: Some(last), failed_at: Some(now) }, now, true),
            State::Doubtful
        );
    }
}
