//! Names inside an archive, which other people's programs will make paths of: nothing in them leads
//! out of the folder, means a device, or hides another name of the same folder (T11).

use std::collections::HashSet;

use crate::file_name::FileName;

/// What Windows refuses in a name.
const REFUSED: [char; 7] = [':', '*', '?', '"', '<', '>', '|'];
/// What Windows takes for a device, whatever its ending.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// The names of one folder that are given out already.
#[derive(Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// A name that every system can make, and that no other of the folder has, whatever its case.
    pub fn give(&mut self, name: &str) -> String {
        let name = harmless(name);
        let (stem, ending) = match name.rfind('.') {
            Some(dot) if dot > 0 => name.split_at(dot),
            _ => (name.as_str(), ""),
        };
        let numbered = (2_u64..).map(|number| format!("{stem} ({number}){ending}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        // There are more numbers than names.
        candidates.find(|candidate| self.0.insert(candidate.to_lowercase())).unwrap_or_default()
    }
}

fn harmless(name: &str) -> String {
    let name = FileName::from_client(name).to_string().replace(REFUSED, "_");
    let name = name.trim_end_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|number| number.chars().count() == 1 && number.chars().all(char::is_numeric))
    };
    match name.is_empty() || DEVICES.contains(&stem.as_str()) || is_port("COM") || is_port("LPT") {
        true => format!("_{name}"),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t11_every_name_can_be_made_and_leads_nowhere() {
        for (given, kept) in [
            ("Plan.pdf", "Plan.pdf"),
            ("../../etc/passwd", "etc-passwd"),
            ("..", "file"),
            ("C:\\x", "C_-x"),
            ("what?.txt", "what_.txt"),
            ("trailing. .", "trailing"),
            ("con.txt", "_con.txt"),
            ("NUL", "_NUL"),
            ("lpt1", "_lpt1"),
            ("console.log", "console.log"),
            (".htaccess", ".htaccess"),
        ] {
            assert_eq!(Names::default().give(given), kept, "{given}");
        }
    }

    #[test]
    fn no_name_of_a_folder_hides_another() {
        let mut names = Names::default();
        let given =
            ["Plan.pdf", "plan.PDF", "Plan.pdf", "Plan (2).pdf", "a/b", "a-b"].map(|name| names.give(name));
        assert_eq!(given, ["Plan.pdf", "plan (2).PDF", "Plan (3).pdf", "Plan (2) (2).pdf", "a-b", "a-b (2)"]);
    }
}
