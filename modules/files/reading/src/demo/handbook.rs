use pdf_writer::{Finish, Name, Pdf, Rect, Ref, TextStr};

use super::paper::{HEIGHT, WIDTH, Weight};
use super::sheets;

/// The 38 pages of prose, each `# chapter | title | figure`, a leading sentence, two paragraphs and
/// three reminders.
const PROSE: &str = include_str!("texts/handbook.txt");

/// One page of the handbook after its cover and its contents.
pub struct Topic {
    pub chapter: &'static str,
    pub title: &'static str,
    pub figure: &'static str,
    pub lead: &'static str,
    pub paragraphs: Vec<&'static str>,
    pub reminders: Vec<&'static str>,
}

/// Pages that come before the first topic.
pub const FRONT_PAGES: usize = 2;

/// The brand handbook of Acme: 40 pages of A4 with a cover, contents, and
/// [`super::HANDBOOK_SENTENCE`] on page 7.
pub fn handbook_pdf() -> Vec<u8> {
    let topics = topics();
    let mut sheets = vec![sheets::cover(), sheets::contents(&topics)];
    for (place, topic) in topics.iter().enumerate() {
        sheets.push(sheets::topic(topic, place + FRONT_PAGES + 1));
    }
    bound(sheets)
}

fn topics() -> Vec<Topic> {
    let prose = PROSE.trim_start_matches("# ");
    prose.split("\n# ").map(topic).collect()
}

fn topic(source: &'static str) -> Topic {
    let mut lines = source.lines().filter(|line| !line.is_empty());
    let mut heading = lines.next().unwrap_or_default().split(" | ");
    let lead = lines.next().unwrap_or_default();
    let (reminders, paragraphs): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("- "));
    Topic {
        chapter: heading.next().unwrap_or_default(),
        title: heading.next().unwrap_or_default(),
        figure: heading.next().unwrap_or_default(),
        lead,
        paragraphs,
        reminders: reminders.into_iter().map(|line| line.trim_start_matches("- ")).collect(),
    }
}

/// The fonts are two of the fourteen that every PDF reader brings along, so nothing is embedded.
fn bound(sheets: Vec<Vec<u8>>) -> Vec<u8> {
    let [catalog, tree, information, regular, bold] = [1, 2, 3, 4, 5].map(Ref::new);
    let numbers = (6..).step_by(2).map(|number| (Ref::new(number), Ref::new(number + 1)));
    let sheets: Vec<_> = numbers.zip(sheets).collect();

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree).lang(TextStr("en"));
    pdf.document_info(information)
        .title(TextStr("Acme brand handbook"))
        .author(TextStr("Ada, design studio"))
        .subject(TextStr("How Acme looks, sounds and works with its studio"));
    let count = i32::try_from(sheets.len()).expect("forty sheets are not two thousand million");
    pdf.pages(tree).kids(sheets.iter().map(|((page, _), _)| *page)).count(count);
    for (font, name) in [(regular, "Helvetica"), (bold, "Helvetica-Bold")] {
        pdf.type1_font(font).base_font(Name(name.as_bytes())).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for ((page, content), drawing) in &sheets {
        let mut page = pdf.page(*page);
        page.parent(tree).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(*content);
        page.resources()
            .fonts()
            .pair(Weight::Regular.resource(), regular)
            .pair(Weight::Bold.resource(), bold);
        page.finish();
        pdf.stream(*content, drawing);
    }
    pdf.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::HANDBOOK_SENTENCE;

    #[test]
    fn the_sentence_opens_the_seventh_page_and_appears_once() {
        let topics = topics();
        assert_eq!(topics.len() + FRONT_PAGES, 40);
        assert_eq!(topics[7 - FRONT_PAGES - 1].lead, HANDBOOK_SENTENCE);
        assert_eq!(PROSE.matches("quarterly retainer").count(), 1);
    }

    #[test]
    fn no_two_pages_say_the_same() {
        let topics = topics();
        let mut paragraphs: Vec<&str> = topics.iter().flat_map(|t| t.paragraphs.clone()).collect();
        let all = paragraphs.len();
        paragraphs.sort_unstable();
        paragraphs.dedup();
        assert_eq!((paragraphs.len(), all), (76, 76));
    }
}
