//! The lines of a document: words that take what room there is, and figures below each other.

use crate::{
    face::{Style, Weight},
    flow::{Align, Cell, Flow, LEFT, RIGHT, Repeated, height_of},
    layout::{FIGURES, HAIRLINE, HEADING, SMALL, SOFT, TEXT},
    paper::{Colour, Line, Table},
    structure::{Part, Role},
};

const COLUMNS: usize = 6;
/// Discount and tax are left out where no line has any.
const OPTIONAL: [usize; 2] = [3, 4];
const GAP: f32 = 12.0;
/// What the description keeps, however long the figures are.
const LEAST_WORDS: f32 = 150.0;
/// A heading of several words breaks where it is wider.
const WIDEST_HEADING: f32 = 60.0;
/// The name of a tax breaks where it is wider.
const WIDEST_TAX: f32 = 76.0;
const PADDING: f32 = 6.0;

struct Column {
    place: usize,
    x: f32,
    width: f32,
    align: Align,
}

pub fn table(flow: &mut Flow, table: &Table, accent: Colour) {
    let columns = columns(table);
    let whole = flow.structure.add(Role::Table(table.summary.clone()));
    let head = flow.structure.add_to(whole, Role::Head);
    let row = flow.structure.add_to(head, Role::Row);
    let headings: Vec<Cell> = columns
        .iter()
        .map(|column| {
            let part = flow.structure.add_to(row, Role::ColumnHeading);
            cell(column, part, HEADING, &table.headings[column.place])
        })
        .collect();
    // Not alone at the foot of a page.
    flow.keep(height_of(&headings) + 60.0);
    flow.row(&headings);
    flow.skip(4.0);
    flow.rule((LEFT, RIGHT - LEFT), 0.8, accent);
    flow.skip(PADDING);
    flow.repeated = Repeated { cells: headings, below: Some(accent) };
    let body = flow.structure.add_to(whole, Role::Body);
    let mut section = "";
    for line in &table.lines {
        if line.section != section && !line.section.is_empty() {
            section_row(flow, body, &columns, &line.section);
        }
        section = &line.section;
        line_row(flow, body, &columns, line);
    }
    flow.repeated = Repeated::default();
}

fn section_row(flow: &mut Flow, body: Part, columns: &[Column], section: &str) {
    let row = flow.structure.add_to(body, Role::Row);
    let part = flow.structure.add_to(row, Role::RowHeading(columns.len().try_into().unwrap_or(1)));
    let style = Style { weight: Weight::SemiBold, ..TEXT };
    let cells = [Cell::new(Some(part), (LEFT, RIGHT - LEFT), style, section)];
    // With the line that it is about.
    flow.keep(height_of(&cells) + 40.0);
    flow.skip(4.0);
    flow.row(&cells);
    flow.skip(4.0);
}

fn line_row(flow: &mut Flow, body: Part, columns: &[Column], line: &Line) {
    let row = flow.structure.add_to(body, Role::Row);
    let mut cells: Vec<Cell> = Vec::with_capacity(columns.len());
    for column in columns {
        let part = flow.structure.add_to(row, Role::Cell);
        let style = if column.align == Align::End { FIGURES } else { TEXT };
        cells.push(cell(column, part, style, &line.cells[column.place]));
    }
    let words = cells.first().map(|cell| (cell.part, cell.x, cell.width));
    let mark = words.map(|(part, x, width)| [Cell::new(part, (x, width), SMALL.coloured(SOFT), &line.mark)]);
    flow.keep(height_of(&cells) + mark.as_ref().map_or(0.0, |mark| height_of(mark)) + PADDING);
    flow.row(&cells);
    if let Some(mark) = mark {
        flow.row(&mark);
    }
    flow.skip(PADDING);
    flow.rule((LEFT, RIGHT - LEFT), 0.4, HAIRLINE);
    flow.skip(PADDING);
}

fn cell(column: &Column, part: Part, style: Style, text: &str) -> Cell {
    let cell = Cell::new(Some(part), (column.x, column.width), style, text);
    if column.align == Align::End { cell.at_end() } else { cell }
}

fn columns(table: &Table) -> Vec<Column> {
    let shown: Vec<usize> = (0..COLUMNS)
        .filter(|place| {
            !OPTIONAL.contains(place) || table.lines.iter().any(|line| !line.cells[*place].is_empty())
        })
        .collect();
    let natural: Vec<f32> = shown.iter().skip(1).map(|place| natural_width(table, *place)).collect();
    let room = RIGHT - LEFT - GAP * natural.len() as f32 - LEAST_WORDS;
    let wanted: f32 = natural.iter().sum();
    let share = if wanted > room { room / wanted } else { 1.0 };
    let words = RIGHT - LEFT - GAP * natural.len() as f32 - wanted * share;
    let mut x = LEFT;
    let widths = std::iter::once(words).chain(natural.iter().map(|width| width * share));
    shown
        .iter()
        .zip(widths)
        .map(|(place, width)| {
            let align = if matches!(place, 0 | 4) { Align::Start } else { Align::End };
            let column = Column { place: *place, x, width, align };
            x += width + GAP;
            column
        })
        .collect()
}

/// Of the longest figure, and of the heading, which may break where it is long.
fn natural_width(table: &Table, place: usize) -> f32 {
    let heading = &table.headings[place];
    let words = heading.split(' ').map(|word| HEADING.width(&HEADING.shape(word)));
    let whole = HEADING.width(&HEADING.shape(heading)).min(WIDEST_HEADING);
    let cells = table.lines.iter().map(|line| FIGURES.width(&FIGURES.shape(&line.cells[place])));
    let widest = words.chain(cells).fold(whole, f32::max).ceil() + 0.5;
    if place == 4 { widest.min(WIDEST_TAX) } else { widest }
}
