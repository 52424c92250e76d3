//! Where everything stands on a document: who writes to whom, what it is about, the lines, what they come to, how to pay.

use krilla::image::Image;

use crate::{
    face::{Figures, Style, Weight},
    flow::{Cell, Flow, LEFT, Mark, RIGHT, WIDTH, height_of},
    paper::{Colour, Fact, Logo, Note, Paper, Party},
    structure::Role,
    table::table,
};

pub const INK: Colour = Colour { red: 0x1d, green: 0x1f, blue: 0x24 };
pub const SOFT: Colour = Colour { red: 0x5c, green: 0x60, blue: 0x69 };
pub const HAIRLINE: Colour = Colour { red: 0xdc, green: 0xde, blue: 0xe3 };

const fn style(weight: Weight, size: f32, leading: f32, colour: Colour) -> Style {
    Style { weight, figures: Figures::Proportional, size, leading, colour }
}

pub const TEXT: Style = style(Weight::Regular, 9.5, 13.5, INK);
pub const FIGURES: Style = Style { figures: Figures::Tabular, ..TEXT };
pub const SMALL: Style = style(Weight::Regular, 8.0, 11.5, SOFT);
pub const HEADING: Style = style(Weight::SemiBold, 8.0, 11.0, SOFT);
const NAME: Style = style(Weight::SemiBold, 13.0, 18.0, INK);
const TITLE: Style = style(Weight::SemiBold, 22.0, 28.0, INK);
const STRONG: Style = style(Weight::SemiBold, 9.5, 13.5, INK);
const SUM: Style = Style { figures: Figures::Tabular, ..style(Weight::SemiBold, 13.0, 19.0, INK) };

const WHOLE: (f32, f32) = (LEFT, RIGHT - LEFT);
/// Long lines are hard to read.
const MEASURE: (f32, f32) = (LEFT, 400.0);
/// Of the sums: the right half of the page.
const SUMS: (f32, f32) = (RIGHT - 245.0, 245.0);
const COLUMNS: usize = 4;
/// As wide and as tall as it gets.
const LOGO: (f32, f32) = (150.0, 26.0);
/// From the top of the page.
const WINDOW: f32 = 130.0;

pub fn lay_out(paper: &Paper) -> Flow {
    let mut flow = Flow::new();
    flow.put(Mark::Bar { x: 0.0, y: 0.0, width: WIDTH, height: 6.0, colour: paper.accent });
    parties(&mut flow, paper);
    let title = flow.structure.add(Role::Title(paper.title.clone()));
    flow.row(&[Cell::new(Some(title), WHOLE, TITLE, &paper.title)]);
    flow.skip(14.0);
    facts(&mut flow, &paper.facts);
    if !paper.words.is_empty() {
        paragraph(&mut flow, MEASURE, TEXT, &paper.words);
        flow.skip(18.0);
    }
    if !paper.table.lines.is_empty() {
        table(&mut flow, &paper.table, paper.accent);
        flow.skip(8.0);
    }
    totals(&mut flow, &paper.totals, paper.accent);
    for note in &paper.notes {
        flow.skip(14.0);
        self::note(&mut flow, note);
    }
    if !paper.footer.is_empty() {
        flow.skip(18.0);
        paragraph(&mut flow, WHOLE, SMALL, &paper.footer);
    }
    edges(&mut flow, paper);
    flow
}

fn paragraph(flow: &mut Flow, place: (f32, f32), style: Style, text: &str) {
    let part = flow.structure.add(Role::Paragraph);
    flow.row(&[Cell::new(Some(part), place, style, text)]);
}

/// A letterhead, and the reader where an envelope has its window (DIN 5008).
fn parties(flow: &mut Flow, paper: &Paper) {
    let part = |flow: &mut Flow| Some(flow.structure.add(Role::Paragraph));
    let (seller, top, pages) = (part(flow), flow.y, flow.pages.len());
    if let Some(logo) = &paper.logo {
        self::logo(flow, logo);
    }
    flow.row(&[Cell::new(
        seller,
        (LEFT, column(3).0 - LEFT - 12.0),
        NAME.coloured(paper.accent),
        &paper.seller.name,
    )]);
    let (below, own) = (flow.y, part(flow));
    // Beside the name, unless that filled a page.
    if flow.pages.len() == pages {
        flow.y = top + 3.0;
    }
    flow.row(&[Cell::new(own, column(3), SMALL, &paper.seller.details)]);
    if flow.pages.len() == pages {
        flow.y = flow.y.max(below).max(WINDOW - 20.0);
    }
    flow.skip(20.0);
    let Party { label, name, details } = &paper.buyer;
    for (style, text) in [(HEADING, label), (STRONG, name), (TEXT, details)] {
        let part = part(flow);
        flow.row(&[Cell::new(part, MEASURE, style, text)]);
    }
    flow.skip(26.0);
}

/// The name below it stays above the window. A picture that cannot be read is left out: the paper counts without it.
fn logo(flow: &mut Flow, logo: &Logo) {
    let Ok(image) = Image::from_png(logo.png.clone().into(), false) else { return };
    let (pixels_wide, pixels_tall) = image.size();
    let (wide, tall) = LOGO;
    let scale = (wide / pixels_wide.max(1) as f32).min(tall / pixels_tall.max(1) as f32);
    let (width, height) = (pixels_wide as f32 * scale, pixels_tall as f32 * scale);
    let y = flow.y;
    let x = match logo.ground {
        Some(colour) => {
            flow.put(Mark::Bar { x: LEFT, y: y - 4.0, width: width + 8.0, height: height + 8.0, colour });
            LEFT + 4.0
        }
        None => LEFT,
    };
    flow.put(Mark::Picture { image, x, y, width, height });
    flow.skip(height + 6.0);
}

/// One of four that the page is divided into.
fn column(place: usize) -> (f32, f32) {
    let width = (RIGHT - LEFT) / COLUMNS as f32;
    (LEFT + width * place as f32, width - 12.0)
}

fn facts(flow: &mut Flow, facts: &[Fact]) {
    for row in facts.chunks(COLUMNS) {
        let parts: Vec<_> = row.iter().map(|_| flow.structure.add(Role::Paragraph)).collect();
        let cells = |style: Style, text: fn(&Fact) -> &str| -> Vec<Cell> {
            let each = row.iter().zip(&parts).enumerate();
            each.map(|(index, (fact, part))| Cell::new(Some(*part), column(index), style, text(fact)))
                .collect()
        };
        flow.row(&cells(HEADING, |fact| &fact.label));
        flow.skip(1.0);
        flow.row(&cells(TEXT, |fact| &fact.value));
        flow.skip(10.0);
    }
    flow.skip(12.0);
}

/// All of them on one page; the last one stands out.
fn totals(flow: &mut Flow, totals: &[Fact], accent: Colour) {
    let whole = flow.structure.add(Role::Table(String::new()));
    let (x, width) = SUMS;
    let mut rows = Vec::with_capacity(totals.len());
    for (place, fact) in totals.iter().enumerate() {
        let row = flow.structure.add_to(whole, Role::Row);
        let (label, value) = match place + 1 == totals.len() {
            true => (SUM, SUM),
            false => (TEXT.coloured(SOFT), FIGURES),
        };
        let part = flow.structure.add_to(row, Role::RowHeading(1));
        let wide = value.width(&value.shape(&fact.value)).ceil() + 1.0;
        let wide = wide.min(width * 0.7);
        let label = Cell::new(Some(part), (x, width - wide - 10.0), label, &fact.label);
        let part = flow.structure.add_to(row, Role::Cell);
        rows.push([label, Cell::new(Some(part), (x + width - wide, wide), value, &fact.value).at_end()]);
    }
    let height: f32 = rows.iter().map(|row| height_of(row) + 4.0).sum();
    flow.keep(height + 14.0);
    for (place, row) in rows.iter().enumerate() {
        if place + 1 == rows.len() {
            flow.skip(3.0);
            flow.rule((x, width), 1.2, accent);
            flow.skip(7.0);
        }
        flow.row(row);
        flow.skip(4.0);
    }
}

fn note(flow: &mut Flow, note: &Note) {
    if !note.label.is_empty() {
        let label = [Cell::new(Some(flow.structure.add(Role::Paragraph)), WHOLE, HEADING, &note.label)];
        flow.keep(height_of(&label) + TEXT.leading);
        flow.row(&label);
        flow.skip(2.0);
    }
    paragraph(flow, WHOLE, TEXT, &note.text);
}

/// At the foot of each page what it belongs to, and which of how many it is.
fn edges(flow: &mut Flow, paper: &Paper) {
    let pages = flow.pages.len();
    let y = crate::flow::HEIGHT - 40.0;
    for (place, page) in flow.pages.iter_mut().enumerate() {
        let number =
            paper.page_of.replace("{pages}", &pages.to_string()).replace("{page}", &(place + 1).to_string());
        let number = SMALL.shape(&number);
        let x = RIGHT - SMALL.width(&number);
        page.push(Mark::Words { run: number, style: SMALL, x, y, part: None });
        if place > 0 {
            let belongs =
                crate::paragraph::broken(&format!("{} · {}", paper.seller.name, paper.title), &SMALL, 380.0);
            if let Some(run) = belongs.into_iter().next() {
                page.push(Mark::Words { run, style: SMALL, x: LEFT, y, part: None });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Line, Table};

    /// Figures, words and names far longer than their columns, on several pages.
    fn overfull() -> Paper {
        let fact = |label: &str, value: String| Fact { label: label.repeat(40), value };
        let figure = "999,999,999,999,999.99999 whatsoever".to_owned();
        let mut cells: [String; 6] = std::array::from_fn(|_| figure.clone());
        cells[0] = "Donaudampfschifffahrtsgesellschaft".repeat(15);
        let line = Line { section: "Section ".repeat(30), mark: "Optional".repeat(20), cells };
        let address = || format!("{}\n{}", "Street".repeat(40), "wide ".repeat(60));
        Paper {
            language: "en",
            title: "Invoice ".repeat(40),
            seller: Party { name: "Studio".repeat(100), details: address(), ..Party::default() },
            buyer: Party { label: "For".repeat(60), name: "Acme".repeat(100), details: address() },
            facts: (0..6).map(|_| fact("Number ", "INV-2026-0042".repeat(9))).collect(),
            words: "word".repeat(300),
            table: Table {
                summary: "Lines".into(),
                headings: ["Description", "Quantity", "Unit price", "Discount", "Tax", "Net"]
                    .map(|heading| heading.repeat(9)),
                lines: vec![line; 12],
            },
            totals: (0..3).map(|_| fact("Total ", "€".repeat(300))).collect(),
            notes: vec![Note { label: "Pay".repeat(90), text: address() }],
            footer: "small print".repeat(90),
            page_of: "Page {page} of {pages}".into(),
            ..Paper::default()
        }
    }

    #[test]
    fn whatever_its_length_everything_stands_within_the_margins_and_beside_its_neighbour() {
        let pages = lay_out(&overfull()).pages;
        assert!(pages.len() > 2);
        for marks in &pages {
            let mut spans: Vec<(f32, f32, f32, &str)> = Vec::new();
            for mark in marks {
                match mark {
                    Mark::Words { run, style, x, y, .. } => {
                        assert!(style.size < *y && *y < crate::flow::HEIGHT, "{}: at {y}", run.text);
                        spans.push((*y, *x, x + style.width(run), run.text.as_str()));
                    }
                    Mark::Bar { x, width, .. } | Mark::Picture { x, width, .. } => {
                        assert!(*x >= 0.0 && x + width <= WIDTH + 0.1, "{x} to {}", x + width);
                    }
                }
            }
            // Letters draw nearer to each other across a space than the sum of the words says.
            for (_, from, to, text) in &spans {
                assert!(LEFT - 1.0 <= *from && *to <= RIGHT + 1.0, "{text:?} from {from} to {to}");
            }
            spans.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
            for pair in spans.windows(2) {
                let ((y, _, to, text), (below, from, _, next)) = (pair[0], pair[1]);
                assert!(y < below || to <= from + 1.0, "{text:?} ends at {to}, {next:?} begins at {from}");
            }
        }
    }
}
