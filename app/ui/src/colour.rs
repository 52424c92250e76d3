//! An organization picks one colour; every shade on its pages derives from it, corrected until text
//! on it reads.

mod oklch;
mod palette;
mod srgb;

pub use palette::{brand_css, paper_accent};
pub(crate) use palette::{icon_colours, mail_colours};
pub use srgb::{Colour, NotAColour};

/// What an organization decides about its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brand {
    pub accent: Colour,
    /// The sidebar of staff's pages, where it has a colour of its own.
    pub sidebar: Option<Colour>,
}

impl Brand {
    pub fn new(accent: Colour) -> Brand {
        Brand { accent, sidebar: None }
    }
}

impl Default for Brand {
    /// A calm blue, until the owner picks.
    fn default() -> Brand {
        Brand::new(Colour { red: 0x34, green: 0x51, blue: 0xb2 })
    }
}
