//! What changed between two texts, line by line.

use similar::{Algorithm, ChangeTag, TextDiff};

/// Of each text; comparing takes the more time the more lines differ.
const MOST_LINES: usize = 5_000;
/// Unchanged lines around each change, so that a reader finds the place.
const AROUND: usize = 3;

#[derive(Debug, PartialEq, Eq)]
pub struct Changes {
    pub lines: Vec<Line>,
    pub added: usize,
    pub removed: usize,
    /// Both texts were compared to their end.
    pub is_whole: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    Same(String),
    Added(String),
    Removed(String),
    /// So many lines that are the same and far from any change.
    Left(usize),
}

pub fn changes(before: &str, after: &str) -> Changes {
    let [(old, old_is_whole), (new, new_is_whole)] = [before, after].map(first_lines);
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_slices(&old, &new);
    let mut changes =
        Changes { lines: Vec::new(), added: 0, removed: 0, is_whole: old_is_whole && new_is_whole };
    let mut told = 0;
    for group in diff.grouped_ops(AROUND) {
        let Some(start) = group.first().map(|op| op.old_range().start) else { continue };
        changes.leave(start - told);
        for op in &group {
            for change in diff.iter_changes(op) {
                changes.tell(change.tag(), change.value());
            }
            told = op.old_range().end;
        }
    }
    changes.leave(old.len() - told);
    changes
}

fn first_lines(text: &str) -> (Vec<&str>, bool) {
    let lines: Vec<&str> = text.lines().take(MOST_LINES + 1).collect();
    let is_whole = lines.len() <= MOST_LINES;
    (lines.into_iter().take(MOST_LINES).collect(), is_whole)
}

impl Changes {
    pub fn are_none(&self) -> bool {
        self.added == 0 && self.removed == 0
    }

    fn leave(&mut self, lines: usize) {
        if lines > 0 {
            self.lines.push(Line::Left(lines));
        }
    }

    fn tell(&mut self, tag: ChangeTag, line: &str) {
        let line = line.to_owned();
        self.lines.push(match tag {
            ChangeTag::Equal => Line::Same(line),
            ChangeTag::Insert => {
                self.added += 1;
                Line::Added(line)
            }
            ChangeTag::Delete => {
                self.removed += 1;
                Line::Removed(line)
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let line = |line: &Line| match line {
            Line::Same(text) => format!("  {text}"),
            Line::Added(text) => format!("+ {text}"),
            Line::Removed(text) => format!("- {text}"),
            Line::Left(lines) => format!("({lines})"),
        };
        changes(before, after).lines.iter().map(line).collect()
    }

    #[test]
    fn a_changed_line_stands_between_its_neighbours() {
        let before: String = (1..=20).map(|number| format!("line {number}\n")).collect();
        let after = before.replace("line 10\n", "tenth line\n");
        let expected = [
            "(6)",
            "  line 7",
            "  line 8",
            "  line 9",
            "- line 10",
            "+ tenth line",
            "  line 11",
            "  line 12",
            "  line 13",
            "(7)",
        ];
        assert_eq!(told(&before, &after), expected);
    }

    #[test]
    fn line_endings_and_a_missing_last_one_are_no_change() {
        assert!(changes("a\r\nb\r\n", "a\nb").are_none());
        assert!(changes("", "").are_none());
        assert_eq!(told("", "a"), ["+ a"]);
    }

    #[test]
    fn a_very_long_text_is_compared_as_far_as_it_goes() {
        let long = "x\n".repeat(MOST_LINES);
        assert!(changes(&long, &long).is_whole);
        let changes = changes(&long, &format!("{long}y\n"));
        assert!(changes.are_none() && !changes.is_whole);
    }
}
