//! The database: its version, its rows, and its clock.

use portico_kernel::{Clock, Instant, Kernel};

use super::{caused, finding::Finding};

/// In seconds. Codes of the second step count half a minute early and late.
const TOLERATED: i64 = 20;

pub fn steps(kernel: &Kernel) -> Finding {
    match kernel.missing_steps() {
        Ok(missing) if missing.is_empty() => {
            Finding::good("database", format!("answers, at step {}", portico_kernel::schema_version()))
        }
        Ok(missing) => {
            let words = format!("answers, and lacks {} steps of this program", missing.len());
            Finding::broken(
                "database",
                words,
                "Run `portico migrate`, or start the server, which does the same.",
            )
        }
        Err(error) => {
            let advice = "Start the database, or use the program that wrote it last.";
            Finding::broken("database", format!("{error:#}"), advice)
        }
    }
}

pub fn rows(kernel: &Kernel) -> Finding {
    match kernel.orphaned_rows() {
        Ok(orphans) if orphans.is_empty() => Finding::good("rows", "each leads to others that are there"),
        Ok(orphans) => {
            let words = format!("some lead to others that are not there: {}", orphans.join(", "));
            Finding::doubtful(
                "rows",
                words,
                "Somebody wrote past the product: restore a backup, or mend it by hand.",
            )
        }
        Err(error) => {
            Finding::unknown("rows", format!("{error:#}"), "Ask again when the database is less busy.")
        }
    }
}

pub async fn clock(kernel: &Kernel) -> Finding {
    let advice = "Let both machines set their clocks by the network (NTP).";
    let theirs = match kernel.database_clock().await {
        Ok(theirs) => theirs,
        Err(error) => return Finding::unknown("clock", caused(error), advice),
    };
    let newest = match kernel.newest_event_at().await {
        Ok(newest) => newest,
        Err(error) => return Finding::unknown("clock", caused(error), advice),
    };
    // What tests shift is the product's clock, not the machine's.
    match judged(Clock::System.now(), theirs, kernel.now(), newest) {
        Ok(words) => Finding::good("clock", words),
        Err(words) => Finding::doubtful("clock", words, advice),
    }
}

fn judged(
    machines: Instant,
    databases: Option<Instant>,
    products: Instant,
    newest: Option<Instant>,
) -> Result<&'static str, String> {
    let ahead = databases.map_or(0, |databases| databases.seconds_since(machines));
    if ahead.abs() > TOLERATED {
        return Err(format!("the database's differs from this machine's by {} seconds", ahead.abs()));
    }
    let to_come = newest.map_or(0, |newest| newest.seconds_since(products));
    if to_come > TOLERATED {
        return Err(format!("the newest event happens in {to_come} seconds: the clock was set back"));
    }
    Ok(match databases {
        Some(_) => "is the database's, and no event lies ahead",
        None => "no event lies ahead",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_that_differ_and_events_to_come_are_told() {
        let now = Instant::from_micros(1_795_000_000_000_000);
        assert!(judged(now, None, now, None).is_ok());
        assert!(judged(now, Some(now.plus_seconds(-20)), now, Some(now)).is_ok());
        for seconds in [-21, 21, 86_400] {
            let told = judged(now, Some(now.plus_seconds(seconds)), now, None).unwrap_err();
            assert!(told.contains(&format!("by {} seconds", seconds.abs())), "{told}");
        }
        let told = judged(now, None, now, Some(now.plus_seconds(60))).unwrap_err();
        assert!(told.contains("in 60 seconds"), "{told}");
    }
}
