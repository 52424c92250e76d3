//! The words of a file as its page shows them: the beginning of a text itself, or what was read
//! out of a document that no browser shows.

use futures_util::TryStreamExt;
use portico_kernel::{Core, Objects, Result};

use crate::{
    file::{Content, File, ReadingState},
    look::Look,
    showing::Showing,
    store,
    view::Words,
};

/// In bytes.
const SHOWN: u64 = 200_000;

/// What was read out of a document that no browser shows, or out of the page of it that is open.
///
/// # Errors
/// The database's.
pub fn inside(tx: &mut Core, file: &File, look: &Look) -> Result<Option<Words>> {
    let content = &file.content;
    match (Showing::of(&content.media_type), content.pictures.pages()) {
        (Showing::Pdf, Some(pages)) if pages > 0 => {
            let page = store::page_of(tx, content.version, look.page_of(pages))?;
            Ok(Some(beginning(page)))
        }
        (Showing::Pdf | Showing::Nothing, _) => read_out(tx, content),
        _ => Ok(None),
    }
}

/// What was read out of a document, however it is shown. A text is read from itself.
///
/// # Errors
/// The database's.
pub fn read_out(tx: &mut Core, content: &Content) -> Result<Option<Words>> {
    let is_text = Showing::of(&content.media_type) == Showing::Text;
    if is_text || content.reading != ReadingState::Read {
        return Ok(None);
    }
    let pages = store::pages_of(tx, content.version)?;
    let pages: Vec<String> = pages.into_iter().map(|page| page.text).collect();
    Ok(Some(beginning(pages.join("\n\n"))))
}

/// Whether both have words that could be read.
pub fn can_be_compared(before: &Content, after: &Content) -> bool {
    let has_words = |content: &Content| {
        Showing::of(&content.media_type) == Showing::Text || content.reading == ReadingState::Read
    };
    has_words(before) && has_words(after)
}

/// # Errors
/// The object store's.
pub async fn of(objects: &dyn Objects, file: &Content, inside: Option<Words>) -> Result<Words> {
    if let Some(words) = inside {
        return Ok(words);
    }
    if Showing::of(&file.media_type) != Showing::Text {
        return Ok(Words::default());
    }
    let object = objects.read(&file.key, 0..file.size().min(SHOWN)).await?;
    let collect = |mut all: Vec<u8>, chunk: bytes::Bytes| async move {
        all.extend_from_slice(&chunk);
        Ok(all)
    };
    let bytes = object.bytes.try_fold(Vec::new(), collect).await?;
    let is_whole = file.size() <= SHOWN;
    let text = portico_reading::text_of(&bytes);
    // Cut anywhere, the last letter may be half of one.
    let text = if is_whole { &text } else { text.trim_end_matches(char::REPLACEMENT_CHARACTER) };
    Ok(Words { text: without_controls(text), is_whole })
}

fn beginning(text: String) -> Words {
    let most = usize::try_from(SHOWN).unwrap_or(usize::MAX);
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    Words { is_whole: end == text.len(), text: without_controls(&text[..end]) }
}

/// HTML has no place for them, not even escaped.
fn without_controls(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let words = beginning("é".repeat(100_001));
        assert_eq!(words.text.len(), 200_000);
        assert!(!words.is_whole);
        assert!(beginning("é".repeat(100_000)).is_whole);
    }

    #[test]
    fn control_characters_do_not_reach_the_page() {
        assert_eq!(without_controls("a\u{0}\u{1b}[1m\r\n\tb"), "a[1m\n\tb");
    }
}
