use image::imageops::{FilterType, overlay};
use image::{DynamicImage, Rgba, RgbaImage};

use super::{Finish, Sight};
use crate::Unreadable;

/// For an icon: the picture in the middle of the frame, as large as its share lets it be, and on its ground.
pub fn framed(image: DynamicImage, sight: &Sight) -> Result<DynamicImage, Unreadable> {
    let Finish::Icon { share, ground } = sight.finish else { return Ok(image) };
    let (width, height) =
        inner(sight, share).fitted(image.width().into(), image.height().into()).ok_or(Unreadable::Damaged)?;
    // A small picture is made larger here: an icon has the size that was asked for.
    let scaled = image.resize_exact(width.into(), height.into(), FilterType::CatmullRom).into_rgba8();
    let under = ground.map_or(Rgba([0; 4]), |[red, green, blue]| Rgba([red, green, blue, 255]));
    let mut framed = RgbaImage::from_pixel(sight.width.into(), sight.height.into(), under);
    let middle = |frame: u16, inside: u16| i64::from((frame - inside) / 2);
    overlay(&mut framed, &scaled, middle(sight.width, width), middle(sight.height, height));
    Ok(DynamicImage::from(framed))
}

/// The part of the frame that the picture may take up.
pub fn inner(sight: &Sight, share: u8) -> Sight {
    let part = |length: u16| (u32::from(length) * u32::from(share.min(100)) / 100).max(1) as u16;
    Sight { width: part(sight.width), height: part(sight.height), ..*sight }
}
