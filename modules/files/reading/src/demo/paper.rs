use pdf_writer::types::LineCapStyle;
use pdf_writer::{Content, Name, Str};

use super::helvetica;

/// A4, in points, the origin at the lower left.
pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;

#[derive(Clone, Copy, PartialEq)]
pub struct Colour(pub f32, pub f32, pub f32);

pub const INK: Colour = Colour(0.09, 0.13, 0.23);
pub const PAPER: Colour = Colour(0.985, 0.97, 0.94);
pub const LAMP: Colour = Colour(0.98, 0.76, 0.25);
pub const MOSS: Colour = Colour(0.34, 0.46, 0.35);
pub const BRICK: Colour = Colour(0.74, 0.35, 0.26);
pub const SLATE: Colour = Colour(0.27, 0.38, 0.52);
pub const GREY: Colour = Colour(0.42, 0.44, 0.48);

impl Colour {
    /// On the way to `other`: 0 is this colour, 1 the other.
    pub fn towards(self, other: Self, part: f32) -> Self {
        let mix = |from: f32, to: f32| from + (to - from) * part;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

#[derive(Clone, Copy)]
pub enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// The name under which every page of the handbook lists the font.
    pub fn resource(self) -> Name<'static> {
        match self {
            Self::Regular => Name(b"R"),
            Self::Bold => Name(b"B"),
        }
    }
}

#[derive(Clone, Copy)]
pub struct Style {
    pub weight: Weight,
    pub size: f32,
    pub leading: f32,
    pub colour: Colour,
}

/// One page being drawn.
pub struct Paper(Content);

impl Paper {
    pub fn new() -> Self {
        Self(Content::new())
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0.finish().to_vec()
    }

    pub fn rectangle(&mut self, colour: Colour, [x, y, width, height]: [f32; 4]) {
        self.ink(colour).rect(x, y, width, height).fill_nonzero();
    }

    pub fn circle(&mut self, colour: Colour, [x, y]: [f32; 2], radius: f32) {
        self.ink(colour);
        self.round([x, y], radius);
        self.0.fill_nonzero();
    }

    pub fn ring(&mut self, colour: Colour, [x, y]: [f32; 2], radius: f32, line: f32) {
        self.pen(colour, line);
        self.round([x, y], radius);
        self.0.stroke();
    }

    pub fn line(&mut self, colour: Colour, from: [f32; 2], to: [f32; 2], line: f32) {
        self.pen(colour, line).move_to(from[0], from[1]).line_to(to[0], to[1]).stroke();
    }

    /// A filled shape with straight edges.
    pub fn polygon(&mut self, colour: Colour, corners: &[[f32; 2]]) {
        let Some((first, others)) = corners.split_first() else { return };
        self.ink(colour).move_to(first[0], first[1]);
        for corner in others {
            self.0.line_to(corner[0], corner[1]);
        }
        self.0.close_path().fill_nonzero();
    }

    /// Acme's doorway: a square whose upper left corner is round.
    pub fn doorway(&mut self, colour: Colour, [x, y]: [f32; 2], side: f32) {
        let radius = side * 0.4;
        let pull = radius * (1.0 - ARC);
        self.ink(colour).move_to(x, y).line_to(x, y + side - radius);
        self.0.cubic_to(x, y + side - pull, x + pull, y + side, x + radius, y + side);
        self.0.line_to(x + side, y + side).line_to(x + side, y).close_path().fill_nonzero();
    }

    /// One line of text with its baseline at `y`.
    pub fn text(&mut self, style: Style, [x, y]: [f32; 2], text: &str) {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        self.ink(style.colour).begin_text().set_font(style.weight.resource(), style.size);
        self.0.next_line(x, y).show(Str(&bytes)).end_text();
    }

    /// Text broken to a measure, its first baseline at `y`; returns the baseline that follows.
    pub fn paragraph(&mut self, style: Style, [x, y]: [f32; 2], measure: f32, text: &str) -> f32 {
        let mut baseline = y;
        for line in helvetica::broken_into_lines(text, style.size, measure) {
            self.text(style, [x, baseline], &line);
            baseline -= style.leading;
        }
        baseline
    }

    fn ink(&mut self, Colour(red, green, blue): Colour) -> &mut Content {
        self.0.set_fill_rgb(red, green, blue)
    }

    fn pen(&mut self, Colour(red, green, blue): Colour, line: f32) -> &mut Content {
        self.0.set_line_width(line).set_line_cap(LineCapStyle::RoundCap);
        self.0.set_stroke_rgb(red, green, blue)
    }

    fn round(&mut self, [x, y]: [f32; 2], radius: f32) {
        let pull = radius * ARC;
        self.0.move_to(x + radius, y);
        self.0.cubic_to(x + radius, y + pull, x + pull, y + radius, x, y + radius);
        self.0.cubic_to(x - pull, y + radius, x - radius, y + pull, x - radius, y);
        self.0.cubic_to(x - radius, y - pull, x - pull, y - radius, x, y - radius);
        self.0.cubic_to(x + pull, y - radius, x + radius, y - pull, x + radius, y);
        self.0.close_path();
    }
}

/// How far the handles of a cubic curve reach for a quarter of a circle, in radii.
const ARC: f32 = 0.5523;
