use std::{fmt, fs};

use super::exposition::Exposition;

/// What the operating system says of this process (proc(5)); nothing where there is no such folder. The names are those of the
/// clients of Prometheus (<https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics>).
#[derive(Default)]
pub struct Process {
    pub resident_bytes: Option<u64>,
    pub open_files: Option<usize>,
    pub most_files: Option<u64>,
    pub stat: Option<Stat>,
    /// When the machine was started, in seconds since 1970.
    pub booted_at: Option<u64>,
}

/// Of `/proc/self/stat`; times are in ticks of the clock.
#[derive(Debug, PartialEq, Eq)]
pub struct Stat {
    pub cpu_ticks: u64,
    pub threads: u64,
    /// Since the machine was started.
    pub started_ticks: u64,
    pub virtual_bytes: u64,
}

impl Stat {
    /// The second field is the program's name in brackets, in which anything may stand.
    fn parse(line: &str) -> Option<Self> {
        let (_, rest) = line.rsplit_once(')')?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        // The first of them is the third of proc(5).
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        Some(Self {
            cpu_ticks: field(14)? + field(15)?,
            threads: field(20)?,
            started_ticks: field(22)?,
            virtual_bytes: field(23)?,
        })
    }
}

impl Process {
    pub fn this() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).and_then(|rest| {
            let kibibytes: u64 = rest.split_whitespace().next()?.parse().ok()?;
            Some(kibibytes * 1024)
        });
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let machine = fs::read_to_string("/proc/stat").unwrap_or_default();
        let booted_at = machine.lines().find_map(|line| line.strip_prefix("btime "));
        Self {
            resident_bytes: resident,
            open_files: fs::read_dir("/proc/self/fd").ok().map(Iterator::count),
            most_files: rlimit::Resource::NOFILE.get().ok().map(|(soft, _)| soft),
            stat: Stat::parse(&stat),
            booted_at: booted_at.and_then(|seconds| seconds.trim().parse().ok()),
        }
    }

    pub fn write(&self, out: &mut Exposition) -> fmt::Result {
        let ticks_per_second = rustix::param::clock_ticks_per_second() as f64;
        if let Some(stat) = &self.stat {
            let seconds = |ticks: u64| ticks as f64 / ticks_per_second;
            let about = "Time of processors, of all threads.";
            out.counter("process_cpu_seconds", about, seconds(stat.cpu_ticks))?;
            out.gauge("process_threads", "Threads that there are.", stat.threads)?;
            let about = "Addresses that are set aside.";
            out.gauge("process_virtual_memory_bytes", about, stat.virtual_bytes)?;
            if let Some(booted_at) = self.booted_at {
                let started_at = booted_at as f64 + seconds(stat.started_ticks);
                out.gauge("process_start_time_seconds", "When it was started, since 1970.", started_at)?;
            }
        }
        if let Some(bytes) = self.resident_bytes {
            out.gauge("process_resident_memory_bytes", "Memory that is in use.", bytes)?;
        }
        if let Some(files) = self.open_files {
            out.gauge("process_open_fds", "Open files, connections among them.", files)?;
        }
        if let Some(files) = self.most_files {
            out.gauge("process_max_fds", "So many files may be open.", files)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of proc(5), for a program whose name tries to be more fields.
    #[test]
    fn a_line_of_proc_is_read_behind_the_name() {
        let line = "42 (a) S 1 (b) R 1 42 42 0 -1 4194560 900 0 3 0 250 50 0 0 20 0 9 0 1234 987654321 321 9";
        let stat = Stat { cpu_ticks: 300, threads: 9, started_ticks: 1234, virtual_bytes: 987_654_321 };
        assert_eq!(Stat::parse(line), Some(stat));
        let no_numbers = format!("42 (portico) S{}", " a".repeat(40));
        for wrong in ["", "42 (portico", "42 (portico) S 1", no_numbers.as_str()] {
            assert_eq!(Stat::parse(wrong), None, "{wrong}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_known() {
        let process = Process::this();
        assert!(process.stat.is_some_and(|stat| stat.threads > 0 && stat.virtual_bytes > 0));
        assert!(process.booted_at.is_some() && process.resident_bytes.is_some_and(|bytes| bytes > 0));
        assert!(process.most_files.is_some() && process.open_files.is_some_and(|files| files > 0));
    }
}
