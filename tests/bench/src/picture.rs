//! Curves as a picture that a browser shows, with nothing in it but lines and words.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use maud::{Markup, html};

use crate::table::Unit;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 50.0;
const STEPS: u32 = 5;
/// Told apart without seeing colours, too: each has its own dashes.
const LINES: [(&str, &str); 4] =
    [("#0b6e4f", "none"), ("#b4532a", "8 4"), ("#2f4b8f", "2 4"), ("#7a3b8f", "12 3 3 3")];

pub struct Curve {
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Even,
    /// Of ten.
    Powers,
}

pub struct Picture {
    pub title: String,
    pub across: &'static str,
    pub scale: Scale,
    pub unit: Unit,
    pub curves: Vec<Curve>,
}

impl Picture {
    pub fn write(&self, folder: &Path, name: &str) -> Result<()> {
        fs::create_dir_all(folder)?;
        let path = folder.join(name);
        fs::write(&path, self.draw().into_string()).with_context(|| path.display().to_string())
    }

    fn draw(&self) -> Markup {
        let frame = Frame::around(self);
        html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img"
                font-family="sans-serif" font-size="13" {
                title { (self.title) }
                rect width="100%" height="100%" fill="#ffffff" {}
                text x=(LEFT.to_string()) y="24" font-size="16" fill="#1b1b1b" { (self.title) }
                @for step in 0..=STEPS { (self.height_line(&frame, step)) }
                @for across in self.marks() {
                    text x=(pixels(frame.x(across))) y=(pixels(HEIGHT - BOTTOM + 20.0)) text-anchor="middle" fill="#444444" {
                        (short(across))
                    }
                }
                text x=(pixels(WIDTH - RIGHT)) y=(pixels(HEIGHT - 10.0)) text-anchor="end" fill="#444444" { (self.across) }
                @for (number, curve) in self.curves.iter().enumerate() { (curve.draw(&frame, number)) }
            }
        }
    }

    fn height_line(&self, frame: &Frame, step: u32) -> Markup {
        let value = frame.highest * f64::from(step) / f64::from(STEPS);
        let y = pixels(frame.y(value));
        html! {
            line x1=(pixels(LEFT)) x2=(pixels(WIDTH - RIGHT)) y1=(y) y2=(y) stroke="#d8d8d8" {}
            text x=(pixels(LEFT - 8.0)) y=(y) dy="4" text-anchor="end" fill="#444444" { (self.unit.of(value).to_string()) }
        }
    }

    /// Where a number stands below: at each point of the first curve, or at even steps.
    fn marks(&self) -> Vec<f64> {
        let points = || self.curves.iter().flat_map(|curve| &curve.points).map(|(across, _)| *across);
        match self.scale {
            Scale::Powers => {
                let mut marks: Vec<f64> = points().collect();
                marks.sort_by(f64::total_cmp);
                marks.dedup();
                marks
            }
            Scale::Even => {
                let last = points().fold(0.0, f64::max);
                (0..=STEPS).map(|step| last * f64::from(step) / f64::from(STEPS)).collect()
            }
        }
    }
}

impl Curve {
    fn draw(&self, frame: &Frame, number: usize) -> Markup {
        let (colour, dashes) = LINES[number % LINES.len()];
        let points: Vec<_> = self
            .points
            .iter()
            .map(|(across, up)| format!("{},{}", pixels(frame.x(*across)), pixels(frame.y(*up))))
            .collect();
        let y = 44.0 + 18.0 * number as f64;
        html! {
            polyline points=(points.join(" ")) fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=(dashes) {}
            line x1=(pixels(LEFT + 10.0)) x2=(pixels(LEFT + 50.0)) y1=(pixels(y)) y2=(pixels(y)) stroke=(colour)
                stroke-width="2" stroke-dasharray=(dashes) {}
            text x=(pixels(LEFT + 58.0)) y=(pixels(y)) dy="4" fill="#1b1b1b" { (self.name) }
        }
    }
}

/// From what is told to where it is drawn.
struct Frame {
    scale: Scale,
    first: f64,
    last: f64,
    highest: f64,
}

impl Frame {
    fn around(picture: &Picture) -> Self {
        let points = || picture.curves.iter().flat_map(|curve| &curve.points);
        let across = || points().map(|(across, _)| *across);
        let highest = points().map(|(_, up)| *up).fold(0.0, f64::max);
        Self {
            scale: picture.scale,
            first: if picture.scale == Scale::Even { 0.0 } else { across().fold(f64::INFINITY, f64::min) },
            last: across().fold(0.0, f64::max),
            // Room for the names above the curves.
            highest: if highest > 0.0 { highest * 1.5 } else { 1.0 },
        }
    }

    fn x(&self, across: f64) -> f64 {
        let place = match self.scale {
            Scale::Even => across / self.last,
            Scale::Powers => (across / self.first).log10() / (self.last / self.first).log10(),
        };
        LEFT + (WIDTH - LEFT - RIGHT) * if place.is_finite() { place } else { 0.0 }
    }

    fn y(&self, up: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * up / self.highest
    }
}

fn pixels(place: f64) -> String {
    format!("{place:.1}")
}

fn short(number: f64) -> String {
    if number >= 1_000.0 { format!("{}k", number / 1_000.0) } else { format!("{number:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(scale: Scale, points: Vec<(f64, f64)>) -> String {
        let curves = vec![Curve { name: "pages & more", points }];
        let title = "Growth".to_owned();
        Picture { title, across: "portals", scale, unit: Unit::Milliseconds, curves }.draw().into_string()
    }

    #[test]
    fn powers_of_ten_stand_as_far_apart_and_the_floor_is_nothing() {
        let picture = drawn(Scale::Powers, vec![(10.0, 1.0), (100.0, 1.0), (1_000.0, 0.0)]);
        assert!(picture.contains("points=\"70.0,150.0 405.0,150.0 740.0,350.0\""), "{picture}");
        assert!(picture.contains("pages &amp; more") && picture.contains(">1k<"));
    }

    #[test]
    fn nothing_and_a_single_point_are_drawn_too() {
        for picture in [drawn(Scale::Even, vec![]), drawn(Scale::Powers, vec![(1.0, 0.0)])] {
            assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
        }
    }
}
