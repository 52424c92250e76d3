//! `GET /metrics`: how the program is doing, in the OpenMetrics format 1.0 or the text that was before it. Whoever has no token
//! finds no such page.

mod exposition;
mod process;

use std::fmt;

use poem::{
    Request, Response, handler,
    http::header::{ACCEPT, VARY},
    web::Data,
};
use portico_adapters::{OUTSIDE_CALLS, OutsideCalls};
use portico_kernel::{Backlog, Error, Gauges, Kernel, Result, bearer};

use self::{
    exposition::{Exposition, Format, Kind},
    process::Process,
};
use crate::server::{BOUNDS, MetricsToken, REQUESTS, Requests};

#[derive(Clone)]
pub struct Opening(pub Option<MetricsToken>);

#[handler]
pub async fn show(req: &Request, kernel: Kernel, Data(opening): Data<&Opening>) -> Result<Response> {
    let token = opening.0.as_ref().ok_or(Error::NotFound)?;
    if !bearer(req).is_some_and(|given| token.is(given)) {
        return Err(Error::NotFound);
    }
    let format = Format::wanted_by(req.header(ACCEPT));
    let written = written(format, (&REQUESTS, &OUTSIDE_CALLS), &kernel.gauges().await, &Process::this());
    let written = written.map_err(anyhow::Error::from)?;
    Ok(Response::builder().header(VARY, "accept").content_type(format.content_type()).body(written))
}

fn written(
    format: Format,
    (requests, calls): (&Requests, &OutsideCalls),
    gauges: &Gauges,
    process: &Process,
) -> Result<String, fmt::Error> {
    let mut out = Exposition::new(format);
    out.family("portico_build", Kind::Info, "The version of the program.")?;
    out.sample("portico_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1)?;
    write_requests(&mut out, requests)?;
    write_calls(&mut out, calls)?;
    out.gauge("portico_event_streams", "Open pages that listen for changes.", gauges.event_streams)?;
    write_database(&mut out, gauges)?;
    if let Some(backlog) = &gauges.backlog {
        write_backlog(&mut out, backlog)?;
    }
    process.write(&mut out)?;
    Ok(out.end())
}

fn write_requests(out: &mut Exposition, requests: &Requests) -> fmt::Result {
    out.family("portico_requests", Kind::Counter, "Requests that were answered.")?;
    for (class, status, series) in requests.series() {
        let [.., all] = series.up_to();
        out.sample("portico_requests_total", &[("route", class.name()), ("status", status)], all)?;
    }
    let name = "portico_request_duration_seconds";
    let (bucket, count, sum) = (format!("{name}_bucket"), format!("{name}_count"), format!("{name}_sum"));
    out.family(name, Kind::Histogram, "From a request's headers to the beginning of its answer.")?;
    for (class, status, series) in requests.series() {
        let labels = [("route", class.name()), ("status", status)];
        let pieces = series.up_to();
        let [.., all] = pieces;
        for (bound, up_to) in BOUNDS.into_iter().zip(pieces) {
            let bound = format!("{:?}", seconds(bound));
            out.sample(&bucket, &[labels[0], labels[1], ("le", bound.as_str())], up_to)?;
        }
        out.sample(&bucket, &[labels[0], labels[1], ("le", "+Inf")], all)?;
        out.sample(&count, &labels, all)?;
        out.sample(&sum, &labels, format!("{:?}", seconds(series.micros())))?;
    }
    Ok(())
}

fn write_calls(out: &mut Exposition, calls: &OutsideCalls) -> fmt::Result {
    out.family("portico_object_store_calls", Kind::Counter, "What was asked of the object store.")?;
    for (verb, failed, well) in calls.objects() {
        for (outcome, count) in [("failed", failed), ("done", well)] {
            let labels = [("verb", verb.name()), ("outcome", outcome)];
            out.sample("portico_object_store_calls_total", &labels, count)?;
        }
    }
    out.family("portico_mails", Kind::Counter, "Mails that were handed over, each attempt.")?;
    for (delivery, count) in calls.mails() {
        out.sample("portico_mails_total", &[("outcome", delivery.name())], count)?;
    }
    Ok(())
}

fn write_database(out: &mut Exposition, gauges: &Gauges) -> fmt::Result {
    out.family("portico_database_waiting", Kind::Gauge, "Who waits for a connection to the database.")?;
    let queues = [("read", gauges.database.readers), ("write", gauges.database.writers)];
    for (purpose, waiting) in queues {
        out.sample("portico_database_waiting", &[("purpose", purpose)], waiting)?;
    }
    let name = "portico_database_connections";
    out.family(name, Kind::Gauge, "Open connections to the database.")?;
    for pool in &gauges.pools {
        let idle = pool.open.saturating_sub(pool.busy);
        for (state, connections) in [("busy", pool.busy), ("idle", idle)] {
            out.sample(name, &[("purpose", pool.purpose), ("state", state)], connections)?;
        }
    }
    let is_up = u8::from(gauges.backlog.is_some());
    out.gauge("portico_database_up", "Whether the database answered just now.", is_up)
}

fn write_backlog(out: &mut Exposition, backlog: &Backlog) -> fmt::Result {
    out.gauge("portico_jobs_waiting", "Jobs whose time has come.", backlog.waiting)?;
    out.gauge("portico_jobs_given_up", "Jobs that failed for days.", backlog.given_up)?;
    let about = "For how long the oldest of the waiting jobs has waited.";
    out.gauge("portico_oldest_job_age_seconds", about, backlog.oldest_seconds)?;
    if !backlog.behind.is_empty() {
        let name = "portico_follower_events_behind";
        let about = "Events that what follows them, as the search index does, has not seen.";
        out.family(name, Kind::Gauge, about)?;
        for &(follower, behind) in &backlog.behind {
            out.sample(name, &[("follower", follower)], behind)?;
        }
    }
    if let Some(age) = backlog.backup_age_seconds {
        out.gauge("portico_backup_age_seconds", "Since the last backup that was written whole.", age)?;
    }
    Ok(())
}

fn seconds(micros: u64) -> f64 {
    micros as f64 / 1_000_000.0
}

#[cfg(test)]
mod tests {
    use portico_kernel::{DatabaseQueues, Pool};

    use super::*;

    fn gauges(backlog: Option<Backlog>) -> Gauges {
        let pool = |purpose| Pool { purpose, open: 4, busy: 1 };
        let database = DatabaseQueues { readers: 2, writers: 0 };
        Gauges { event_streams: 7, database, pools: [pool("read"), pool("write")], backlog }
    }

    #[test]
    fn every_sample_stands_behind_its_type_and_the_end_is_marked() {
        let backlog = Backlog {
            waiting: 3,
            given_up: 1,
            oldest_seconds: 40,
            backup_age_seconds: Some(86_400),
            behind: vec![("search-index", 5)],
        };
        let process = Process { resident_bytes: Some(1024), open_files: Some(9), ..Process::default() };
        let calls = (&REQUESTS, &OUTSIDE_CALLS);
        let text = written(Format::OpenMetrics, calls, &gauges(Some(backlog)), &process).unwrap();
        for line in [
            "# TYPE portico_jobs_waiting gauge",
            "portico_jobs_waiting 3",
            "portico_oldest_job_age_seconds 40",
            "portico_event_streams 7",
            "portico_follower_events_behind{follower=\"search-index\"} 5",
            "portico_database_waiting{purpose=\"read\"} 2",
            "portico_database_connections{purpose=\"write\",state=\"idle\"} 3",
            "# UNIT process_resident_memory_bytes bytes",
            "process_resident_memory_bytes 1024",
        ] {
            assert!(text.lines().any(|each| each == line), "no {line} in\n{text}");
        }
        assert!(text.ends_with("\n# EOF\n"), "{text}");
        let mut family = "";
        for line in text.lines().filter(|line| *line != "# EOF") {
            match line.strip_prefix("# TYPE ") {
                Some(typed) => family = typed.split(' ').next().unwrap(),
                None => {
                    let line = line.trim_start_matches("# HELP ").trim_start_matches("# UNIT ");
                    assert!(line.starts_with(family), "{line}");
                }
            }
        }
    }

    #[test]
    fn without_a_database_the_rest_is_told() {
        let (calls, nothing) = ((&REQUESTS, &OUTSIDE_CALLS), Process::default());
        let text = written(Format::OpenMetrics, calls, &gauges(None), &nothing).unwrap();
        assert!(text.contains("\nportico_database_up 0\n"), "{text}");
        assert!(!text.contains("portico_jobs_waiting") && !text.contains("process_"), "{text}");
    }
}
