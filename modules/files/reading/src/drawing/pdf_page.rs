use std::io::Read;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::Sight;
use super::canvas::Canvas;
use crate::document::Document;
use crate::{Unreadable, formats};

/// The page, and how many there are. However large a page says it is, what is drawn has the size
/// of the frame.
pub fn draw(mut document: Document, number: u32, sight: &Sight) -> Result<(Canvas, Option<u32>), Unreadable> {
    let mut bytes = Vec::new();
    document.read_to_end(&mut bytes).map_err(formats::failure)?;
    let pdf = Pdf::new(bytes).map_err(cause_of)?;
    let pages = pdf.pages();
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let page = index.and_then(|index| pages.get(index)).ok_or(Unreadable::Damaged)?;
    let (wide, tall) = page.render_dimensions();
    let (width, height) = sight.fitted(wide.into(), tall.into()).ok_or(Unreadable::Damaged)?;
    let settings = PixmapSettings {
        // Half a pixel more, since the renderer cuts fractions off.
        x_scale: (f32::from(width) + 0.5) / wide,
        y_scale: (f32::from(height) + 0.5) / tall,
        bg_color: WHITE,
    };
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    // On white ground nothing is left transparent.
    let opaque = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2]];
    let canvas = Canvas {
        width: pixmap.width().into(),
        height: pixmap.height().into(),
        pixels: pixmap.data_as_u8_slice().chunks_exact(4).flat_map(opaque).collect(),
        is_opaque: true,
    };
    Ok((canvas, u32::try_from(pages.len()).ok()))
}

fn cause_of(error: LoadPdfError) -> Unreadable {
    match error {
        LoadPdfError::Decryption(_) => Unreadable::Encrypted,
        LoadPdfError::Invalid => Unreadable::Damaged,
    }
}
