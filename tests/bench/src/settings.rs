//! How long and how large, by the environment.

use std::{env, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use tempfile::TempDir;

pub struct Settings {
    /// `BENCH_SECONDS`: how long each server is asked for one row.
    pub duration: Duration,
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
        Ok(Self {
            duration: Duration::from_secs(number("BENCH_SECONDS", 4)?),
            documents: number("BENCH_DOCUMENTS", 100_000)? as usize,
            file_size: number("BENCH_MIB", 200)? << 20,
            only: env::var("BENCH_ONLY").unwrap_or_default(),
        })
    }

    pub fn want(&self, group: &str) -> bool {
        group.contains(&self.only)
    }
}

fn number(name: &str, usual: u64) -> Result<u64> {
    match env::var(name) {
        Ok(typed) => typed.parse().with_context(|| format!("{name} is no number")),
        Err(_) => Ok(usual),
    }
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
