//! How long and how large, by the environment.

use std::{env, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use tempfile::TempDir;

pub struct Settings {
    /// `BENCH_SECONDS`: how long each server is asked for one row.
    pub duration: Duration,
    /// `BENCH_SECONDS` too: how long a group takes by which time is what matters.
    asked_for: Option<Duration>,
    /// `BENCH_MINUTES`: of the soak.
    pub soak: Duration,
    /// `BENCH_PICTURES`: where curves are drawn; nowhere without it.
    pub pictures: Option<PathBuf>,
    /// `BENCH_DOCUMENTS`: of the large search index.
    pub documents: usize,
    /// `BENCH_MIB`: the size of a large file, in bytes.
    pub file_size: u64,
    /// `BENCH_ONLY`: a word in the names of the groups of rows that are wanted; empty for all.
    only: String,
}

/// Documents of the small index, and of the installation behind the pages.
pub const FEW_DOCUMENTS: usize = 2_000;

impl Settings {
    pub fn from_environment() -> Result<Self> {
        let seconds = given("BENCH_SECONDS")?.map(Duration::from_secs);
        Ok(Self {
            duration: seconds.unwrap_or(Duration::from_secs(4)),
            asked_for: seconds,
            soak: Duration::from_secs(60 * number("BENCH_MINUTES", 60)?),
            pictures: env::var_os("BENCH_PICTURES").filter(|path| !path.is_empty()).map(PathBuf::from),
            documents: number("BENCH_DOCUMENTS", 100_000)? as usize,
            file_size: number("BENCH_MIB", 200)? << 20,
            only: env::var("BENCH_ONLY").unwrap_or_default(),
        })
    }

    pub fn want(&self, group: &str) -> bool {
        group.contains(&self.only)
    }

    /// What takes long is done only then.
    pub fn is_named(&self, group: &str) -> bool {
        !self.only.is_empty() && self.want(group)
    }

    /// Two minutes for what was named, and a sixth of it in a run of everything.
    pub fn endurance(&self, group: &str) -> Duration {
        self.asked_for.unwrap_or(Duration::from_secs(if self.is_named(group) { 120 } else { 20 }))
    }
}

fn number(name: &str, usual: u64) -> Result<u64> {
    Ok(given(name)?.unwrap_or(usual))
}

fn given(name: &str) -> Result<Option<u64>> {
    let typed = env::var(name).ok();
    typed.map(|typed| typed.parse::<u64>().with_context(|| format!("{name} is no number"))).transpose()
}

/// For a server and for this program: each connection is an open file. Returns how many there may be.
pub fn raise_file_limit() -> Result<usize> {
    Ok(rlimit::increase_nofile_limit(65_536)? as usize)
}

/// Beside this program, since `/tmp` may be in memory. Gone when it is dropped.
pub fn scratch_folder() -> Result<TempDir> {
    Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(program_folder()?)?)
}

/// Where this program lies, and `portico` beside it.
pub fn program_folder() -> Result<PathBuf> {
    let mut program = env::current_exe()?;
    program.pop();
    Ok(program)
}
