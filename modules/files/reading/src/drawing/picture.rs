use std::io::BufReader;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader};

use super::canvas::Canvas;
use super::{Sight, icon};
use crate::document::Document;
use crate::{Limits, Unreadable};

/// 64 megapixels, twice what a good camera takes. Told from the header, before anything of that
/// size is held.
const PIXELS: u64 = 64 * 1024 * 1024;

pub fn draw(document: Document, sight: &Sight, limits: &Limits) -> Result<Canvas, Unreadable> {
    let mut reader =
        ImageReader::new(BufReader::new(document)).with_guessed_format().map_err(|_| Unreadable::Damaged)?;
    let mut memory = image::Limits::no_limits();
    memory.max_alloc = Some(limits.memory_bytes / 2);
    reader.limits(memory);
    let mut decoder = reader.into_decoder().map_err(cause_of)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Unreadable::TooLarge);
    }
    // As a camera notes how it was held (Exif 3.0, section 4.6.5.1.6).
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(cause_of)?;
    let mut small = shrunk(&image, sight, orientation)?;
    drop(image);
    small.apply_orientation(orientation);
    Ok(canvas_of(icon::framed(small, sight)?))
}

/// Before it is turned, which copies it.
fn shrunk(image: &DynamicImage, sight: &Sight, orientation: Orientation) -> Result<DynamicImage, Unreadable> {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let is_on_its_side = matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH);
    let frame = match is_on_its_side {
        true => Sight { width: sight.height, height: sight.width, ..*sight },
        false => *sight,
    };
    let (width, height) =
        frame.fitted(image.width().into(), image.height().into()).ok_or(Unreadable::Damaged)?;
    match u32::from(width) < image.width() || u32::from(height) < image.height() {
        true => Ok(image.thumbnail_exact(width.into(), height.into())),
        false => Ok(image.clone()),
    }
}

fn canvas_of(image: DynamicImage) -> Canvas {
    let (width, height) = (image.width(), image.height());
    let is_opaque = !image.color().has_alpha();
    let pixels = if is_opaque { image.into_rgb8().into_raw() } else { image.into_rgba8().into_raw() };
    Canvas { width, height, pixels, is_opaque }
}

fn cause_of(error: ImageError) -> Unreadable {
    match error {
        ImageError::Limits(_) => Unreadable::TooLarge,
        ImageError::Unsupported(_) => Unreadable::UnknownKind,
        _ => Unreadable::Damaged,
    }
}
