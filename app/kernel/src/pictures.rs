//! Pictures that somebody uploaded for the organization's looks, drawn anew by the module that has a limited process for
//! such things (T12). What comes out holds pixels and nothing else of what went in.

use futures_util::future::BoxFuture;
use portico_ui::{Colour, LogoGround};

use crate::{error::Result, system::Kernel};

/// What is to be made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedPicture {
    /// In pixels; the picture keeps its proportions and fits in.
    pub width: u16,
    pub height: u16,
    pub finish: PictureFinish,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFinish {
    WebP,
    Png,
    /// A PNG that fills its frame.
    Icon {
        /// Of the frame that the picture takes up at most, in percent.
        share: u8,
        /// Lies under it; without one it stays transparent.
        ground: Option<Colour>,
    },
}

pub struct DrawnPicture {
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// On what it can be seen.
    pub ground: LogoGround,
}

/// Why there is no picture, however often it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPicture {
    /// Of a kind that nothing is drawn of, an SVG among them.
    UnknownKind,
    Damaged,
    TooLarge,
}

/// Takes the bytes of PNG, JPEG, GIF (its first frame) or WebP. Fails when nothing was learnt about them.
pub type DrawPicture =
    for<'a> fn(&'a Kernel, &'a [u8], WantedPicture) -> BoxFuture<'a, Result<Result<DrawnPicture, NoPicture>>>;
