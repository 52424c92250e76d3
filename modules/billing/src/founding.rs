//! The project that an accepted quote becomes.

use portico_facts::LineId;
use portico_kernel::{Name, ProjectPlan};
use portico_ui::markdown;

use crate::{document::Sheet, quote::counted};

/// Of a first line, in characters: a longer one is a sentence and no name.
const LONGEST_NAME: usize = 80;

/// One milestone for each section of what was accepted. `usual` is its name where the quote has none.
pub fn plan(sheet: &Sheet, chosen: &[LineId], usual: &str) -> ProjectPlan {
    let mut milestones: Vec<Name> = Vec::new();
    for line in counted(sheet, chosen) {
        if let Ok(section) = Name::parse(&line.section)
            && !milestones.contains(&section)
        {
            milestones.push(section);
        }
    }
    let client = sheet.document.client.0;
    ProjectPlan { name: name(&sheet.document.words, usual), client, milestones }
}

/// What a quote calls itself: the first line of its introduction, if that is short.
///
/// # Panics
/// For a usual name that is none.
pub fn name(words: &str, usual: &str) -> Name {
    let plain = markdown::plain_text(words);
    let first = plain.lines().next().unwrap_or_default();
    let own = (first.chars().count() <= LONGEST_NAME).then(|| Name::parse(first).ok()).flatten();
    own.unwrap_or_else(|| Name::parse(usual).expect("our own words are a name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_called_by_its_first_line_if_that_is_no_sentence() {
        for (words, called) in [
            ("# Relaunch of the shop\n\nAs we said.", "Relaunch of the shop"),
            ("**Care**, first year", "Care, first year"),
            ("", "Quote Q-2026-0001"),
            (&"a word ".repeat(20), "Quote Q-2026-0001"),
            ("\u{202e}elif", "Quote Q-2026-0001"),
        ] {
            assert_eq!(name(words, "Quote Q-2026-0001").as_str(), called, "{words:?}");
        }
    }
}
