/// Widths of the printable ASCII characters of Helvetica, from the space on, in thousandths of the
/// font size (Adobe's core 14 AFM files).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, // digits
    278, 278, 584, 584, 584, 556, 1015, // : to @
    667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, // A to M
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, // N to Z
    278, 278, 278, 469, 556, 333, // [ to `
    556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, // a to m
    556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, // n to z
    334, 260, 334, 584, // { to ~
];

/// Width of ASCII text in points; a character outside of ASCII counts as a letter.
pub fn width(text: &str, size: f32) -> f32 {
    let of_letter = |letter: u8| {
        let place = usize::from(letter).checked_sub(32);
        place.and_then(|place| WIDTHS.get(place)).copied().unwrap_or(556)
    };
    text.bytes().map(|letter| f32::from(of_letter(letter))).sum::<f32>() * size / 1000.0
}

/// Lines no wider than `measure` points, broken at spaces.
pub fn broken_into_lines(text: &str, size: f32, measure: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= measure => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_word_has_the_width_of_its_letters() {
        // H 722 + i 222, by hand from the table.
        assert_eq!(width("Hi", 1000.0), 944.0);
    }

    #[test]
    fn lines_break_at_spaces_and_lose_nothing() {
        let lines = broken_into_lines("one two three four", 10.0, 45.0);
        assert_eq!(lines, ["one two", "three four"]);
    }
}
