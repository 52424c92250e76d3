//! Marks words in a text that somebody came to from a search.

use std::ops::Range;

use maud::{Markup, html};

/// The words that are to be marked, as `?words=` carries them: spelled as they stand in the text,
/// but for their case.
#[derive(Clone, Debug, Default)]
pub struct MarkedWords(Vec<String>);

/// The id of the first marked word of a page, to which a search leads.
pub const FOUND: &str = "found";

/// Words of a link that are looked at; who types more into an address gets no more.
const MOST: usize = 12;

impl MarkedWords {
    pub fn new(words: &str) -> Self {
        Self(words.split_whitespace().take(MOST).map(str::to_lowercase).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where they stand in `text`, as whole words, in order.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        if self.is_empty() {
            return places;
        }
        let mut rest = 0;
        while let Some(start) = text[rest..].find(char::is_alphanumeric).map(|at| rest + at) {
            let end = text[start..].find(|c: char| !continues(c)).map_or(text.len(), |at| start + at);
            let word = text[start..end].to_lowercase();
            if self.0.contains(&word) {
                places.push(start..end);
            }
            rest = end;
        }
        places
    }

    /// A plain text with its words marked; the first one can be linked to as `#found`.
    pub fn mark(&self, text: &str) -> Markup {
        self.mark_part(text, &mut false)
    }

    /// The same of a text in parts, of which an earlier one may have the first word already.
    pub fn mark_part(&self, text: &str, is_found: &mut bool) -> Markup {
        let places = self.places(text);
        let is_first = !*is_found && !places.is_empty();
        *is_found |= is_first;
        let ends = std::iter::once(0).chain(places.iter().map(|place| place.end));
        html! {
            @for (number, (before, place)) in ends.zip(&places).enumerate() {
                (&text[before..place.start])
                mark id=[(is_first && number == 0).then_some(FOUND)] { (&text[place.clone()]) }
            }
            (&text[places.last().map_or(0, |place| place.end)..])
        }
    }
}

/// A word goes on over its accents and soft hyphens.
fn continues(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{ad}' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::MarkedWords;

    fn marked(words: &str, text: &str) -> String {
        MarkedWords::new(words).mark(text).0.replace(" id=\"found\"", "")
    }

    #[test]
    fn whole_words_are_marked_whatever_their_case() {
        assert_eq!(marked("retainer", "A Retainer, retainers"), "A <mark>Retainer</mark>, retainers");
        assert_eq!(marked("été über", "Été. ÜBER"), "<mark>Été</mark>. <mark>ÜBER</mark>");
        assert_eq!(marked("", "nothing"), "nothing");
        assert_eq!(marked("a", ""), "");
    }

    #[test]
    fn what_is_marked_is_escaped_like_everything_else() {
        assert_eq!(marked("b <i>", "<b> & <i>"), "&lt;<mark>b</mark>&gt; &amp; &lt;i&gt;");
    }

    #[test]
    fn the_first_one_can_be_linked_to() {
        let shown = MarkedWords::new("a").mark("a a").0;
        assert_eq!(shown, "<mark id=\"found\">a</mark> <mark>a</mark>");
        let mut is_found = false;
        let parts = ["b", "a", "a"].map(|part| MarkedWords::new("a").mark_part(part, &mut is_found).0);
        assert_eq!(parts, ["b", "<mark id=\"found\">a</mark>", "<mark>a</mark>"]);
    }
}
