//! Small pictures of what is inside a file, as WebP or PNG: of an image, or of one page of a PDF. Only
//! pixels go in, so that nothing else of the file comes out: no place where a photograph was taken,
//! no name of a camera. Like the formats, this runs in the confined child only.

mod canvas;
mod icon;
mod pdf_page;
mod picture;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::{Limits, Unreadable};

/// What is to be drawn. Written as JSON on the child's command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sight {
    pub of: Drawable,
    /// In pixels; what is drawn keeps its proportions and fits in.
    pub width: u16,
    pub height: u16,
    #[serde(default)]
    pub finish: Finish,
}

/// What becomes of the pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    #[default]
    WebP,
    /// For programs that know no WebP.
    Png,
    /// A PNG that fills its frame, with a picture in the middle of it.
    Icon {
        /// Of the frame that the picture takes up at most, in percent.
        share: u8,
        /// Red, green and blue of what lies under it; without one it stays transparent.
        ground: Option<[u8; 3]>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawable {
    /// PNG, JPEG, GIF (its first frame) or WebP, as its content says.
    Picture,
    /// From 1.
    PdfPage(u32),
}

/// A picture that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Of the kind that the finish says.
    pub bytes: Vec<u8>,
    pub facts: Facts,
}

/// What the child says about a picture before its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// Of the whole document, when it has pages.
    pub pages: Option<u32>,
    #[serde(default)]
    pub shade: Shade,
}

/// On which grounds a picture can be seen that lets its ground through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shade {
    /// On all of them; or it brings its own.
    #[default]
    Any,
    /// Much of it would vanish on a dark one.
    Dark,
    /// Much of it would vanish on a light one.
    Light,
}

pub fn draw(sight: &Sight, document: Document, limits: &Limits) -> Result<Drawing, Unreadable> {
    let (canvas, pages) = match sight.of {
        Drawable::Picture => (picture::draw(document, sight, limits)?, None),
        Drawable::PdfPage(number) => pdf_page::draw(document, number, sight)?,
    };
    let bytes = canvas.encoded(sight.finish)?;
    let facts = Facts { width: canvas.width, height: canvas.height, pages, shade: canvas.shade() };
    Ok(Drawing { bytes, facts })
}

impl Sight {
    /// The largest size of these proportions that fits in. `None` for what has no proportions.
    fn fitted(&self, width: f64, height: f64) -> Option<(u16, u16)> {
        if !(width.is_normal() && height.is_normal() && width > 0.0 && height > 0.0) {
            return None;
        }
        let scale = (f64::from(self.width) / width).min(f64::from(self.height) / height);
        let pixels = |length: f64, most: u16| ((length * scale).round() as u16).clamp(1, most);
        Some((pixels(width, self.width), pixels(height, self.height)))
    }
}

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&json)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("nothing that can be drawn: {0}")]
pub struct NotSight(#[from] serde_json::Error);

impl FromStr for Sight {
    type Err = NotSight;

    fn from_str(json: &str) -> Result<Self, NotSight> {
        Ok(serde_json::from_str(json)?)
    }
}

impl Drawing {
    /// As the child says it: a line about the picture, then the picture.
    pub(crate) fn said(answer: &Result<Self, Unreadable>) -> Result<Vec<u8>, serde_json::Error> {
        let facts = answer.as_ref().map(|drawing| drawing.facts).map_err(|unreadable| *unreadable);
        let mut said = serde_json::to_vec(&facts)?;
        said.push(b'\n');
        if let Ok(drawing) = answer {
            said.extend_from_slice(&drawing.bytes);
        }
        Ok(said)
    }

    /// `None` for what is no such answer. A child that was taken over must not choose what kind of
    /// thing browsers are handed as a picture.
    pub(crate) fn heard(said: &[u8], finish: Finish) -> Option<Result<Self, Unreadable>> {
        let end = said.iter().position(|byte| *byte == b'\n')?;
        let facts: Result<Facts, Unreadable> = serde_json::from_slice(&said[..end]).ok()?;
        let bytes = &said[end + 1..];
        let is_of_its_kind = match finish {
            Finish::WebP => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Finish::Png | Finish::Icon { .. } => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        };
        match facts {
            Ok(facts) => is_of_its_kind.then(|| Ok(Self { bytes: bytes.to_vec(), facts })),
            Err(unreadable) => Some(Err(unreadable)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(width: f64, height: f64) -> Option<(u16, u16)> {
        Sight { of: Drawable::Picture, width: 400, height: 300, finish: Finish::WebP }.fitted(width, height)
    }

    #[test]
    fn proportions_are_kept_within_the_frame() {
        assert_eq!(fitted(4000.0, 1000.0), Some((400, 100)));
        assert_eq!(fitted(100.0, 100.0), Some((300, 300)));
        // A page of a kilometre by a millimetre, and one that is no page.
        assert_eq!(fitted(1e12, 1.0), Some((400, 1)));
        assert_eq!(fitted(f64::NAN, 1.0), None);
        assert_eq!(fitted(f64::INFINITY, 1.0), None);
        assert_eq!(fitted(0.0, 1.0), None);
    }
}
