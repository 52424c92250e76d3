use super::figures;
use super::handbook::{FRONT_PAGES, Topic};
use super::helvetica;
use super::paper::{BRICK, Colour, GREY, HEIGHT, INK, LAMP, MOSS, PAPER, Paper, SLATE, Style, WIDTH, Weight};

const MARGIN: f32 = 64.0;
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Text stands in the wide column, reminders in the narrow one beside it.
const COLUMN: f32 = 312.0;
const ASIDE: f32 = MARGIN + COLUMN + 34.0;

const BODY: Style = Style { weight: Weight::Regular, size: 11.5, leading: 18.0, colour: INK };
const LEAD: Style = Style { size: 15.0, leading: 21.5, ..BODY };
const SMALL: Style = Style { size: 9.5, leading: 14.0, ..BODY };
const LABEL: Style = Style { weight: Weight::Bold, ..SMALL };
const TITLE: Style = Style { weight: Weight::Bold, size: 27.0, leading: 32.0, colour: INK };

pub fn cover() -> Vec<u8> {
    let mut paper = Paper::new();
    paper.rectangle(INK, [0.0, 0.0, WIDTH, HEIGHT]);
    paper.circle(INK.towards(SLATE, 0.35), [WIDTH - 60.0, 560.0], 330.0);
    paper.circle(INK.towards(SLATE, 0.7), [WIDTH - 60.0, 560.0], 230.0);
    paper.doorway(PAPER, [MARGIN, 420.0], 300.0);
    paper.circle(LAMP, [MARGIN + 156.0, 558.0], 60.0);
    let large = Style { size: 54.0, leading: 58.0, colour: PAPER, ..TITLE };
    paper.text(large, [MARGIN, 262.0], "Acme");
    paper.text(Style { colour: LAMP, ..large }, [MARGIN, 204.0], "Brand handbook");
    let note = Style { colour: PAPER.towards(INK, 0.2), ..BODY };
    paper.text(note, [MARGIN, 118.0], "How we look, how we sound, how we work together");
    paper.text(note, [MARGIN, 100.0], "Spring edition, prepared by the studio");
    paper.rectangle(BRICK, [0.0, 0.0, WIDTH * 0.45, 14.0]);
    paper.rectangle(MOSS, [WIDTH * 0.45, 0.0, WIDTH * 0.3, 14.0]);
    paper.rectangle(LAMP, [WIDTH * 0.75, 0.0, WIDTH * 0.25, 14.0]);
    paper.into_bytes()
}

pub fn contents(topics: &[Topic]) -> Vec<u8> {
    let mut paper = Paper::new();
    paper.text(TITLE, [MARGIN, 756.0], "Contents");
    paper.line(LAMP, [MARGIN, 738.0], [MARGIN + 48.0, 738.0], 3.0);
    let mut left = MARGIN;
    let mut baseline = 700.0;
    let mut chapter = "";
    for (place, topic) in topics.iter().enumerate() {
        if topic.chapter != chapter {
            chapter = topic.chapter;
            if chapter == "Type" {
                (left, baseline) = (MARGIN + MEASURE / 2.0 + 12.0, 700.0);
            }
            baseline -= 10.0;
            let label = Style { size: 11.0, colour: tint(chapter), ..LABEL };
            paper.text(label, [left, baseline], chapter);
            baseline -= 20.0;
        }
        paper.text(SMALL, [left, baseline], topic.title);
        let number = (place + FRONT_PAGES + 1).to_string();
        let right = left + MEASURE / 2.0 - 12.0 - helvetica::width(&number, SMALL.size);
        paper.text(Style { colour: GREY, ..SMALL }, [right, baseline], &number);
        baseline -= 18.0;
    }
    footer(&mut paper, 2);
    paper.into_bytes()
}

pub fn topic(topic: &Topic, number: usize) -> Vec<u8> {
    let mut paper = Paper::new();
    let colour = tint(topic.chapter);
    figures::panel(&mut paper, topic.figure, colour, number);
    paper.text(Style { colour, ..LABEL }, [MARGIN, 530.0], topic.chapter);
    let below = paper.paragraph(TITLE, [MARGIN, 496.0], MEASURE, topic.title);
    let lead = Style { colour, ..LEAD };
    let below = paper.paragraph(lead, [MARGIN, below - 4.0], MEASURE, topic.lead);
    let top = below - 14.0;
    let mut baseline = top;
    for paragraph in &topic.paragraphs {
        baseline = paper.paragraph(BODY, [MARGIN, baseline], COLUMN, paragraph) - 8.0;
    }
    aside(&mut paper, &topic.reminders, colour, top);
    footer(&mut paper, number);
    paper.into_bytes()
}

fn aside(paper: &mut Paper, reminders: &[&str], colour: Colour, top: f32) {
    paper.line(colour, [ASIDE, top + 8.0], [WIDTH - MARGIN, top + 8.0], 1.5);
    paper.text(LABEL, [ASIDE, top - 10.0], "Remember");
    let mut baseline = top - 30.0;
    for reminder in reminders {
        paper.circle(colour, [ASIDE + 2.5, baseline + 3.0], 2.2);
        let measure = WIDTH - MARGIN - ASIDE - 12.0;
        baseline = paper.paragraph(SMALL, [ASIDE + 12.0, baseline], measure, reminder) - 7.0;
    }
}

fn footer(paper: &mut Paper, number: usize) {
    let quiet = Style { colour: GREY, ..SMALL };
    paper.text(quiet, [MARGIN, 44.0], "Acme brand handbook");
    let number = number.to_string();
    let right = WIDTH - MARGIN - helvetica::width(&number, quiet.size);
    paper.text(quiet, [right, 44.0], &number);
}

/// Dark enough for text on white, one for each chapter and a neighbour for the rest.
fn tint(chapter: &str) -> Colour {
    match chapter {
        "Working together" | "Type" => SLATE,
        "Colour" | "Voice" => MOSS,
        _ => BRICK,
    }
}
