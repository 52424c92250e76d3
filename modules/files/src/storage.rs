//! How much storage space an organization has, as its owner sets it.

use portico_kernel::Problems;
use serde::Deserialize;

/// In bytes: sizes are written in steps of a thousand everywhere.
pub const MEGABYTE: u64 = 1_000_000;
/// A petabyte, in megabytes.
const LARGEST: u64 = 1_000_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitForm {
    /// In megabytes.
    pub limit: String,
}

impl LimitForm {
    pub fn of(bytes: u64) -> Self {
        Self { limit: bytes.div_ceil(MEGABYTE).to_string() }
    }

    /// In bytes.
    ///
    /// # Errors
    /// What is wrong, at its field.
    pub fn parse(&self) -> Result<u64, Problems> {
        let typed: String = self.limit.chars().filter(|letter| !letter.is_whitespace()).collect();
        match typed.parse::<u64>() {
            Ok(megabytes) if (1..=LARGEST).contains(&megabytes) => Ok(megabytes * MEGABYTE),
            _ => {
                let mut problems = Problems::default();
                problems.add("limit", "files-storage-limit-invalid");
                Err(problems)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_whole_number_of_megabytes() {
        let parsed = |limit: &str| LimitForm { limit: limit.to_owned() }.parse().ok();
        assert_eq!(parsed(" 1 500 "), Some(1_500_000_000));
        for nonsense in ["", "0", "-1", "1.5", "ten", "1000000001", "99999999999999999999999"] {
            assert_eq!(parsed(nonsense), None, "{nonsense}");
        }
    }
}
