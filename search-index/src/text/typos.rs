//! How wrong a word may be typed.

use super::fold::LONGEST_WORD;

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
    // Each slip changes the length by one letter at most, of four bytes.
    if wanted.len().abs_diff(found.len()) > 4 * typos.count() as usize {
        return false;
    }
    let (slips, letters) = slips(wanted, found);
    slips[letters] <= typos.count()
}

/// Whether `found` begins with `wanted` but for the allowed slips.
pub(crate) fn within_prefix(typos: Typos, wanted: &str, found: &str) -> bool {
    let (slips, letters) = slips(wanted, found);
    slips[..=letters].iter().any(|slips| *slips <= typos.count())
}

type Row = [u8; LONGEST_WORD + 1];

/// Optimal string alignment: the slips between `wanted` and each beginning of
/// `found`, and how many letters `found` has. The same measure as the automaton
/// that searches the dictionary. Called for every word of a snippet's text, so
/// it stays on the stack.
fn slips(wanted: &str, found: &str) -> (Row, usize) {
    let mut letters = ['\0'; LONGEST_WORD];
    let mut count = 0;
    for (slot, letter) in letters.iter_mut().zip(found.chars()) {
        *slot = letter;
        count += 1;
    }
    let mut before = [0; LONGEST_WORD + 1];
    let mut above: Row = std::array::from_fn(|place| place as u8);
    let mut previous = '\0';
    for (letter, row) in wanted.chars().take(LONGEST_WORD).zip(1..) {
        let mut current = [row; LONGEST_WORD + 1];
        for place in 0..count {
            let wrong = above[place] + u8::from(letter != letters[place]);
            let mut least = wrong.min(above[place + 1] + 1).min(current[place] + 1);
            if place > 0 && letters[place] == previous && letters[place - 1] == letter {
                least = least.min(before[place - 1] + 1);
            }
            current[place + 1] = least;
        }
        before = above;
        above = current;
        previous = letter;
    }
    (above, count)
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
