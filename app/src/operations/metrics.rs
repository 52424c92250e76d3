//! `GET /metrics`: how the program is doing, as text in the OpenMetrics format 1.0
//! (<https://github.com/prometheus/OpenMetrics>). Whoever has no token finds no such page.

use std::fmt::{self, Write};

use poem::{Request, Response, handler, web::Data};
use portico_kernel::{Backlog, Error, Gauges, Kernel, Result, bearer};

use crate::server::{BOUNDS, MetricsToken, REQUESTS, Requests};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone)]
pub struct Opening(pub Option<MetricsToken>);

#[handler]
pub async fn show(req: &Request, kernel: Kernel, Data(opening): Data<&Opening>) -> Result<Response> {
    let token = opening.0.as_ref().ok_or(Error::NotFound)?;
    if !bearer(req).is_some_and(|given| token.is(given)) {
        return Err(Error::NotFound);
    }
    let written = written(&REQUESTS, &kernel.gauges().await, &Process::this());
    let written = written.map_err(anyhow::Error::from)?;
    Ok(Response::builder().content_type(OPEN_METRICS).body(written))
}

/// What the operating system says of this process (proc(5)); nothing where there is no such folder.
struct Process {
    resident_bytes: Option<u64>,
    open_files: Option<usize>,
}

impl Process {
    fn this() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).and_then(|rest| {
            let kibibytes: u64 = rest.split_whitespace().next()?.parse().ok()?;
            Some(kibibytes * 1024)
        });
        let open_files = std::fs::read_dir("/proc/self/fd").ok().map(Iterator::count);
        Self { resident_bytes: resident, open_files }
    }
}

fn written(requests: &Requests, gauges: &Gauges, process: &Process) -> Result<String, fmt::Error> {
    let mut out = String::new();
    family(&mut out, "portico_build", "info", "The version of the program.")?;
    writeln!(out, "portico_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))?;
    write_requests(&mut out, requests)?;
    gauge(&mut out, "portico_event_streams", "Open pages that listen for changes.", gauges.event_streams)?;
    family(&mut out, "portico_database_waiting", "gauge", "Who waits for a connection to the database.")?;
    let queues = [("read", gauges.database.readers), ("write", gauges.database.writers)];
    for (purpose, waiting) in queues {
        writeln!(out, "portico_database_waiting{{purpose=\"{purpose}\"}} {waiting}")?;
    }
    let is_up = u8::from(gauges.backlog.is_some());
    gauge(&mut out, "portico_database_up", "Whether the database answered just now.", is_up)?;
    if let Some(backlog) = &gauges.backlog {
        write_backlog(&mut out, backlog)?;
    }
    if let Some(bytes) = process.resident_bytes {
        gauge(&mut out, "process_resident_memory_bytes", "Memory that is in use.", bytes)?;
    }
    if let Some(files) = process.open_files {
        gauge(&mut out, "process_open_fds", "Open files, connections among them.", files)?;
    }
    out.push_str("# EOF\n");
    Ok(out)
}

fn write_requests(out: &mut String, requests: &Requests) -> fmt::Result {
    family(out, "portico_requests", "counter", "Requests that were answered.")?;
    for (class, status, series) in requests.series() {
        let [.., all] = series.up_to();
        let class = class.name();
        writeln!(out, "portico_requests_total{{route=\"{class}\",status=\"{status}\"}} {all}")?;
    }
    let name = "portico_request_duration_seconds";
    family(out, name, "histogram", "From a request's headers to the beginning of its answer.")?;
    for (class, status, series) in requests.series() {
        let labels = format!("route=\"{}\",status=\"{status}\"", class.name());
        let pieces = series.up_to();
        let [.., all] = pieces;
        for (bound, count) in BOUNDS.into_iter().zip(pieces) {
            writeln!(out, "{name}_bucket{{{labels},le=\"{:?}\"}} {count}", seconds(bound))?;
        }
        writeln!(out, "{name}_bucket{{{labels},le=\"+Inf\"}} {all}")?;
        writeln!(out, "{name}_count{{{labels}}} {all}")?;
        writeln!(out, "{name}_sum{{{labels}}} {:?}", seconds(series.micros()))?;
    }
    Ok(())
}

fn write_backlog(out: &mut String, backlog: &Backlog) -> fmt::Result {
    gauge(out, "portico_jobs_waiting", "Jobs whose time has come.", backlog.waiting)?;
    gauge(out, "portico_jobs_given_up", "Jobs that failed for days.", backlog.given_up)?;
    let about = "For how long the oldest of the waiting jobs has waited.";
    gauge(out, "portico_oldest_job_age_seconds", about, backlog.oldest_seconds)?;
    if let Some(age) = backlog.backup_age_seconds {
        gauge(out, "portico_backup_age_seconds", "Since the last backup that was written whole.", age)?;
    }
    Ok(())
}

fn family(out: &mut String, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(out, "# TYPE {name} {kind}")?;
    writeln!(out, "# HELP {name} {help}")
}

fn gauge(out: &mut String, name: &str, help: &str, value: impl fmt::Display) -> fmt::Result {
    family(out, name, "gauge", help)?;
    writeln!(out, "{name} {value}")
}

fn seconds(micros: u64) -> f64 {
    micros as f64 / 1_000_000.0
}

#[cfg(test)]
mod tests {
    use portico_kernel::DatabaseQueues;

    use super::*;

    #[test]
    fn every_sample_stands_behind_its_type_and_the_end_is_marked() {
        let backlog =
            Backlog { waiting: 3, given_up: 1, oldest_seconds: 40, backup_age_seconds: Some(86_400) };
        let database = DatabaseQueues { readers: 2, writers: 0 };
        let gauges = Gauges { event_streams: 7, database, backlog: Some(backlog) };
        let process = Process { resident_bytes: Some(1024), open_files: Some(9) };
        let text = written(&REQUESTS, &gauges, &process).unwrap();
        for line in [
            "# TYPE portico_jobs_waiting gauge",
            "portico_jobs_waiting 3",
            "portico_oldest_job_age_seconds 40",
            "portico_event_streams 7",
            "portico_database_waiting{purpose=\"read\"} 2",
            "process_resident_memory_bytes 1024",
        ] {
            assert!(text.lines().any(|each| each == line), "no {line} in\n{text}");
        }
        assert!(text.ends_with("\n# EOF\n"), "{text}");
        let mut family = "";
        for line in text.lines().filter(|line| *line != "# EOF") {
            match line.strip_prefix("# TYPE ") {
                Some(typed) => family = typed.split(' ').next().unwrap(),
                None => assert!(line.trim_start_matches("# HELP ").starts_with(family), "{line}"),
            }
        }
    }

    #[test]
    fn without_a_database_the_rest_is_told() {
        let database = DatabaseQueues { readers: 0, writers: 0 };
        let gauges = Gauges { event_streams: 0, database, backlog: None };
        let text = written(&REQUESTS, &gauges, &Process { resident_bytes: None, open_files: None }).unwrap();
        assert!(text.contains("\nportico_database_up 0\n"), "{text}");
        assert!(!text.contains("portico_jobs_waiting") && !text.contains("process_"), "{text}");
    }
}
