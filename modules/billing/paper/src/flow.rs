//! Pages that fill from the top to the bottom, in points of A4.

use krilla::image::Image;

use crate::{
    face::{Run, Style},
    paper::Colour,
    paragraph::broken,
    structure::{Part, Structure},
};

pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 56.0;
pub const RIGHT: f32 = WIDTH - 56.0;
const TOP: f32 = 56.0;
/// Below it stand the numbers of pages.
const BOTTOM: f32 = HEIGHT - 58.0;

pub enum Mark {
    /// Its left end and its baseline. Of no part is what repeats itself or stands at the edge.
    Words { run: Run, style: Style, x: f32, y: f32, part: Option<Part> },
    /// A filled rectangle, for the eye alone.
    Bar { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// For the eye alone, too.
    Picture { image: Image, x: f32, y: f32, width: f32, height: f32 },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    Start,
    End,
}

/// Words in a column of their own.
#[derive(Clone)]
pub struct Cell {
    pub part: Option<Part>,
    pub x: f32,
    pub width: f32,
    pub align: Align,
    pub style: Style,
    lines: Vec<Run>,
}

impl Cell {
    pub fn new(part: Option<Part>, (x, width): (f32, f32), style: Style, text: &str) -> Self {
        Self { part, x, width, align: Align::Start, style, lines: broken(text, &style, width) }
    }

    pub fn at_end(self) -> Self {
        Self { align: Align::End, ..self }
    }
}

/// What stands at the head of each page that a table goes on to.
#[derive(Clone, Default)]
pub struct Repeated {
    pub cells: Vec<Cell>,
    pub below: Option<Colour>,
}

pub struct Flow {
    pub pages: Vec<Vec<Mark>>,
    pub structure: Structure,
    pub y: f32,
    pub repeated: Repeated,
}

impl Flow {
    pub fn new() -> Self {
        Self {
            pages: vec![Vec::new()],
            structure: Structure::default(),
            y: TOP,
            repeated: Repeated::default(),
        }
    }

    pub fn skip(&mut self, points: f32) {
        self.y += points;
    }

    pub fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A line from edge to edge of the text, where the next row begins.
    pub fn rule(&mut self, (x, width): (f32, f32), thickness: f32, colour: Colour) {
        let y = self.y;
        self.put(Mark::Bar { x, y, width, height: thickness, colour });
    }

    /// Begins a page if less than this is left of the one that is being written, and a whole one has more.
    pub fn keep(&mut self, height: f32) {
        let whole = BOTTOM - TOP - height_of(&self.repeated.cells);
        if self.y + height > BOTTOM && height <= whole {
            self.turn();
        }
    }

    /// Cells beside each other. They stay on one page where one can hold them, and go on to the next line by line where
    /// none can.
    pub fn row(&mut self, cells: &[Cell]) {
        self.keep(height_of(cells));
        let leading = leading_of(cells);
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        for line in 0..lines {
            if self.y + leading > BOTTOM {
                self.turn();
            }
            let baseline = self.y + baseline_of(cells);
            for cell in cells {
                let Some(run) = cell.lines.get(line) else { continue };
                if run.text.is_empty() {
                    continue;
                }
                let x = match cell.align {
                    Align::Start => cell.x,
                    Align::End => cell.x + cell.width - cell.style.width(run),
                };
                self.put(Mark::Words {
                    run: run.clone(),
                    style: cell.style,
                    x,
                    y: baseline,
                    part: cell.part,
                });
            }
            self.y += leading;
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
        let repeated = self.repeated.clone();
        if repeated.cells.is_empty() {
            return;
        }
        // Already read out once, where the table began.
        let cells: Vec<Cell> =
            repeated.cells.iter().map(|cell| Cell { part: None, ..cell.clone() }).collect();
        self.repeated.cells.clear();
        self.row(&cells);
        if let Some(colour) = repeated.below {
            self.skip(4.0);
            self.rule((LEFT, RIGHT - LEFT), 0.8, colour);
            self.skip(6.0);
        }
        self.repeated = repeated;
    }
}

pub fn height_of(cells: &[Cell]) -> f32 {
    let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
    lines as f32 * leading_of(cells)
}

fn leading_of(cells: &[Cell]) -> f32 {
    cells.iter().map(|cell| cell.style.leading).fold(0.0, f32::max)
}

/// Cells of different sizes stand on one line.
fn baseline_of(cells: &[Cell]) -> f32 {
    let largest = cells.iter().map(|cell| cell.style.size).fold(0.0, f32::max);
    // Half of what the leading adds, and the height of capital letters below it.
    (leading_of(cells) - largest) / 2.0 + largest * 0.86
}
