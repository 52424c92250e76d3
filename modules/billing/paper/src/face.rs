//! Letters: the family that every document is set in, and how words of it are shaped.

use std::sync::LazyLock;

use harfrust::{
    Buffer, Direction, Feature, Font as Shaping, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
};
use krilla::text::{Font as Drawing, GlyphId, KrillaGlyph};

use crate::paper::Colour;

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");

/// Stands for every character that the family lacks. PDF/A forbids the glyph that fonts have for that.
const BOX: char = '□';

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    Regular,
    SemiBold,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Figures {
    /// As words have them.
    Proportional,
    /// Of one width, below each other.
    Tabular,
}

/// Sizes in points.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub weight: Weight,
    pub figures: Figures,
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
    pub colour: Colour,
}

/// Shaped words on one line.
#[derive(Clone, Debug)]
pub struct Run {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In parts of the size.
    width: f32,
}

struct Face {
    shaping: Shaping,
    /// For words and for figures.
    plans: [ShapePlan; 2],
    drawing: Drawing,
    units: f32,
    missing: (GlyphId, f32),
}

static REGULAR_FACE: LazyLock<Face> = LazyLock::new(|| Face::new(REGULAR));
static SEMI_BOLD_FACE: LazyLock<Face> = LazyLock::new(|| Face::new(SEMI_BOLD));

impl Face {
    fn new(file: &'static [u8]) -> Self {
        let shaping = Shaping::new(file, 0).expect("the vendored font is one");
        let drawing = Drawing::new(file.into(), 0).expect("the vendored font is one");
        let units = drawing.units_per_em();
        let font = ShaperFont::new(&shaping);
        let glyph = font.nominal_glyph(BOX.into()).expect("the vendored font has a box");
        let width = font.glyph_h_advance(glyph) as f32 / units;
        let missing = (GlyphId::new(glyph.to_u32()), width);
        let plan = |figures: Figures| {
            ShapePlan::new(&shaping, Direction::LeftToRight, Some(Script::LATIN), None, &figures.features())
        };
        let plans = [plan(Figures::Proportional), plan(Figures::Tabular)];
        Self { shaping, plans, drawing, units, missing }
    }
}

impl Figures {
    /// Alternates that depend on their neighbours are off: `16x9` stays so.
    fn features(self) -> [Feature; 3] {
        let set = |tag: &[u8; 4], on: bool| Feature::new(Tag::new(tag), on.into(), ..);
        [set(b"tnum", self == Figures::Tabular), set(b"calt", false), set(b"liga", false)]
    }
}

impl Weight {
    fn face(self) -> &'static Face {
        match self {
            Weight::Regular => &REGULAR_FACE,
            Weight::SemiBold => &SEMI_BOLD_FACE,
        }
    }

    pub fn font(self) -> Drawing {
        self.face().drawing.clone()
    }
}

impl Style {
    /// One line, from left to right: the family has no letters that are written otherwise.
    pub fn shape(&self, text: &str) -> Run {
        let face = self.weight.face();
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        let [words, figures] = &face.plans;
        let plan = if self.figures == Figures::Tabular { figures } else { words };
        let features = self.figures.features();
        let options = ShapeOptions::new().plan(Some(plan)).features(&features);
        harfrust::shape(&ShaperFont::new(&face.shaping), &mut buffer, options)
            .expect("the plan is of this direction and script");
        let mut glyphs = Vec::with_capacity(buffer.glyph_infos().len());
        let mut width = 0.0;
        for (place, (info, position)) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()).enumerate()
        {
            let start = info.cluster as usize;
            let following = buffer.glyph_infos().get(place..).unwrap_or_default().iter();
            let end =
                following.map(|next| next.cluster as usize).find(|next| *next > start).unwrap_or(text.len());
            let part = |units: i32| units as f32 / face.units;
            let (glyph, advance) = match info.glyph_id {
                0 => face.missing,
                known => (GlyphId::new(known), part(position.x_advance)),
            };
            let (x, y) = (part(position.x_offset), part(position.y_offset));
            glyphs.push(KrillaGlyph::new(glyph, advance, x, y, 0.0, start..end, None));
            width += advance;
        }
        Run { text: text.to_owned(), glyphs, width }
    }

    /// In points.
    pub fn width(&self, run: &Run) -> f32 {
        run.width * self.size
    }

    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// Without what no reader could see or no file may hold: controls and characters that are nobody's become boxes,
/// invisible ones go. Line breaks stay.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| match letter {
            '\n' => '\n',
            '\t' => ' ',
            letter if letter.is_control() || is_nobodys(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// Marks of direction and of joining, soft hyphens, variation selectors, tags.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\r' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Private use, and what will never be a character: PDF/A has no way to say what they mean.
fn is_nobodys(letter: char) -> bool {
    let code = u32::from(letter);
    matches!(code, 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xf0000..) || code & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style {
        weight: Weight::Regular,
        figures: Figures::Tabular,
        size: 10.0,
        leading: 14.0,
        colour: Colour { red: 0, green: 0, blue: 0 },
    };

    #[test]
    fn the_family_has_the_letters_of_europe_and_its_money() {
        let text = "Straße façade œuvre Łódź Ţimişoara Ελληνικά Україна Ђорђе € £ ¥ ₺ ₽ ₴ ₪ ₩ ₿ 1\u{202f}234,50\u{a0}€ −";
        for weight in [Weight::Regular, Weight::SemiBold] {
            let missing = weight.face().missing.0.to_u32();
            let run = Style { weight, ..STYLE }.shape(text);
            assert!(run.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != missing), "{weight:?}");
        }
    }

    #[test]
    fn what_is_missing_is_a_box_that_says_what_it_stands_for() {
        let run = STYLE.shape("a漢b");
        let missing = Weight::Regular.face().missing.0.to_u32();
        let boxes: Vec<_> = run.glyphs.iter().filter(|glyph| glyph.glyph_id.to_u32() == missing).collect();
        assert_eq!(boxes.len(), 1);
        assert_eq!(&run.text[boxes[0].text_range.clone()], "漢");
    }

    #[test]
    fn figures_are_equally_wide() {
        assert!((STYLE.width(&STYLE.shape("1111")) - STYLE.width(&STYLE.shape("8888"))).abs() < 0.001);
    }

    #[test]
    fn what_no_file_may_hold_becomes_a_box_or_goes() {
        assert_eq!(printable("a\u{200f}b\u{202e}c\u{ad}"), "abc");
        assert_eq!(printable("a\u{1}\u{e000}\u{ffff}\tb\r\nc"), "a\u{fffd}\u{fffd}\u{fffd} b\nc");
    }
}
