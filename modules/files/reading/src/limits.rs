use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const MEBIBYTE: u64 = 1024 * 1024;

/// What one reading may cost. Written as JSON on the child's command line, so both sides agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Wall clock, counted by the parent, which then kills the whole process group.
    pub seconds: u64,
    /// Processor time of each process.
    pub cpu_seconds: u64,
    /// Address space of each process.
    pub memory_bytes: u64,
    /// Size of the document itself; a larger one is not opened.
    pub input_bytes: u64,
    /// What the parts of an archive may add up to once inflated.
    pub inflated_bytes: u64,
    /// Text kept; a longer text is cut and marked as truncated.
    pub text_bytes: u64,
    /// Answer the parent accepts. JSON doubles a quote or a line break, so anything under twice
    /// `text_bytes` can refuse a text that is not too long.
    pub output_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            seconds: 30,
            cpu_seconds: 30,
            memory_bytes: 512 * MEBIBYTE,
            input_bytes: 200 * MEBIBYTE,
            inflated_bytes: 64 * MEBIBYTE,
            text_bytes: 4 * MEBIBYTE - 64 * 1024,
            output_bytes: 8 * MEBIBYTE,
        }
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&json)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not the limits of a reading: {0}")]
pub struct NotLimits(#[from] serde_json::Error);

impl FromStr for Limits {
    type Err = NotLimits;

    fn from_str(json: &str) -> Result<Self, NotLimits> {
        Ok(serde_json::from_str(json)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_survive_the_command_line() {
        let limits = Limits { seconds: 7, ..Limits::default() };
        assert_eq!(limits.to_string().parse::<Limits>().unwrap(), limits);
        assert!("{}".parse::<Limits>().is_err());
    }
}
