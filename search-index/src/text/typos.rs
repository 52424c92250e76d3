//! How wrong a word may be typed.

/// How many slips are forgiven in a word. A slip is a letter too many, missing
/// or wrong, or two neighbours swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Typos {
    None,
    One,
    Two,
}

impl Typos {
    /// One from five letters on, two from nine. None where a digit is: another
    /// number is another thing, not a slip.
    pub fn allowed_in(word: &str) -> Typos {
        if !word.chars().all(char::is_alphabetic) {
            return Typos::None;
        }
        match word.chars().count() {
            0..5 => Typos::None,
            5..9 => Typos::One,
            _ => Typos::Two,
        }
    }

    pub fn count(self) -> u8 {
        self as u8
    }
}

/// Whether `found` is `wanted` but for the allowed slips.
pub(crate) fn within(typos: Typos, wanted: &str, found: &str) -> bool {
    last_row(wanted, found)
        .last()
        .is_some_and(|slips| *slips <= typos.count() as usize)
}

/// Whether `found` begins with `wanted` but for the allowed slips.
pub(crate) fn within_prefix(typos: Typos, wanted: &str, found: &str) -> bool {
    last_row(wanted, found)
        .iter()
        .any(|slips| *slips <= typos.count() as usize)
}

/// Optimal string alignment: the slips between `wanted` and each prefix of
/// `found`. The same measure as the automaton that searches the dictionary.
fn last_row(wanted: &str, found: &str) -> Vec<usize> {
    let found: Vec<char> = found.chars().collect();
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=found.len()).collect();
    let mut previous = None;
    for (row, letter) in wanted.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in found.iter().enumerate() {
            let changed = above[column] + usize::from(letter != *other);
            let mut least = changed.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped = column > 0 && previous == Some(*other) && found[column - 1] == letter;
            if swapped {
                let before: &Vec<usize> = &before;
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
        previous = Some(letter);
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_as_people_count_them() {
        assert!(within(Typos::One, "invoice", "invoice"));
        assert!(within(Typos::One, "invoice", "invocie"));
        assert!(within(Typos::One, "invoice", "invice"));
        assert!(within(Typos::One, "invoice", "invoicee"));
        assert!(!within(Typos::One, "invoice", "invocee"));
        assert!(within(Typos::Two, "invoice", "invocee"));
    }

    #[test]
    fn a_beginning_may_hold_the_slip() {
        assert!(within_prefix(Typos::One, "agrement", "agreements"));
        assert!(!within(Typos::One, "agrement", "agreements"));
    }

    #[test]
    fn only_long_words_of_letters_may_be_wrong() {
        assert_eq!(Typos::allowed_in("plan"), Typos::None);
        assert_eq!(Typos::allowed_in("plans"), Typos::One);
        assert_eq!(Typos::allowed_in("contract"), Typos::One);
        assert_eq!(Typos::allowed_in("contracts"), Typos::Two);
        assert_eq!(Typos::allowed_in("202611230"), Typos::None);
    }
}
