//! A server as a process of its own, and what it costs the machine.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// In which /proc counts: USER_HZ, a hundredth of a second on every Linux that Rust knows.
const TICK: Duration = Duration::from_millis(10);

/// Told to stop when it is dropped.
pub struct Process {
    child: Child,
    /// Kept open: a server whose output goes nowhere would end.
    _output: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Process {
    /// Returns when it says where it listens.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("its output is piped")?;
        let mut output = BufReader::new(output);
        let address = match announced(&mut output) {
            Ok(address) => address,
            Err(error) => {
                child.kill()?;
                child.wait()?;
                return Err(error);
            }
        };
        Ok(Self { child, _output: output, address })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Of all its threads, in user and kernel, since it was started.
    pub fn processor_time(&self) -> Result<Duration> {
        processor_time(&self.child.id().to_string())
    }

    /// In MiB, without its children.
    pub fn resident(&self) -> Result<f64> {
        self.status("VmRSS:")
    }

    /// The most that it has ever been, or since [`Process::forget_highest`]; in MiB, without its children.
    pub fn highest_resident(&self) -> Result<f64> {
        self.status("VmHWM:")
    }

    /// proc(5): 5 sets the highest back to what it is now.
    pub fn forget_highest(&self) -> Result<()> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    fn status(&self, name: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        mebibytes(&status, name)
    }

    /// The proportional set size, in MiB.
    pub fn memory(&self) -> Result<f64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        mebibytes(&rollup, "Pss:")
    }
}

/// Of this very program, which asks.
pub fn own_processor_time() -> Result<Duration> {
    processor_time("self")
}

fn processor_time(process: &str) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // proc(5): the name may hold anything; utime and stime are the 12th and 13th field after it.
    let (_, fields) = stat.rsplit_once(')').context("/proc/pid/stat has a name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>()?.into_iter().sum();
    Ok(TICK * ticks as u32)
}

/// Of a line of /proc in kB.
fn mebibytes(lines: &str, name: &str) -> Result<f64> {
    let line =
        lines.lines().find_map(|line| line.strip_prefix(name)).context("a line in /proc is missing")?;
    let kibibytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kibibytes / 1024.0)
}

fn announced(output: &mut BufReader<ChildStdout>) -> Result<SocketAddr> {
    let mut line = String::new();
    while output.read_line(&mut line)? > 0 {
        if let Some(address) = line.trim().strip_prefix("listening on http://") {
            return Ok(address.parse()?);
        }
        line.clear();
    }
    bail!("a server ended before it listened")
}

impl Drop for Process {
    fn drop(&mut self) {
        // The shell's own kill: std sends nothing but SIGKILL, after which the next start would recover.
        let _ = Command::new("sh").args(["-c", "kill -TERM $0", &self.child.id().to_string()]).status();
        for _ in 0..500 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
