use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use webp::{Encoder, PixelLayout};

use super::{Finish, Shade};
use crate::Unreadable;

/// From 0 to 100: a photograph of 480 pixels comes to about 20 KiB, and text stays sharp.
const QUALITY: f32 = 78.0;

/// Pixels of 8 bits a channel, line by line from the upper left.
pub struct Canvas {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<u8>,
    pub is_opaque: bool,
}

impl Canvas {
    pub fn encoded(&self, finish: Finish) -> Result<Vec<u8>, Unreadable> {
        let expected = u64::from(self.width) * u64::from(self.height) * self.channels() as u64;
        // The encoders take the size on trust.
        if self.pixels.len() as u64 != expected {
            return Err(Unreadable::Damaged);
        }
        match finish {
            Finish::WebP => self.webp(),
            Finish::Png | Finish::Icon { .. } => self.png(),
        }
    }

    fn webp(&self) -> Result<Vec<u8>, Unreadable> {
        let layout = if self.is_opaque { PixelLayout::Rgb } else { PixelLayout::Rgba };
        let encoder = Encoder::new(&self.pixels, layout, self.width, self.height);
        let webp = encoder.encode_simple(false, QUALITY).map_err(|_| Unreadable::Damaged)?;
        Ok(webp.to_vec())
    }

    fn png(&self) -> Result<Vec<u8>, Unreadable> {
        let colour = if self.is_opaque { ExtendedColorType::Rgb8 } else { ExtendedColorType::Rgba8 };
        let mut png = Vec::new();
        PngEncoder::new(&mut png)
            .write_image(&self.pixels, self.width, self.height, colour)
            .map_err(|_| Unreadable::Damaged)?;
        Ok(png)
    }

    fn channels(&self) -> usize {
        if self.is_opaque { 3 } else { 4 }
    }

    /// Told from how much of what is seen is nearly black or nearly white.
    pub fn shade(&self) -> Shade {
        if self.is_opaque {
            return Shade::Any;
        }
        let (mut seen, mut through, mut dark, mut light) = (0_u64, 0_u64, 0_u64, 0_u64);
        for pixel in self.pixels.chunks_exact(4) {
            let [red, green, blue, alpha] = [0, 1, 2, 3].map(|channel| u64::from(pixel[channel]));
            seen += alpha;
            through += 255 - alpha;
            match (2126 * red + 7152 * green + 722 * blue) / 10_000 {
                0..=NEARLY_BLACK => dark += alpha,
                NEARLY_WHITE.. => light += alpha,
                _ => {}
            }
        }
        let lets_ground_through = through * 20 > seen + through;
        match dark.max(light) * 8 > seen && lets_ground_through {
            true if dark >= light => Shade::Dark,
            true => Shade::Light,
            false => Shade::Any,
        }
    }
}

/// Of 255, as the eye weighs the channels (ITU-R BT.709-6, section 3.2).
const NEARLY_BLACK: u64 = 80;
const NEARLY_WHITE: u64 = 215;

#[cfg(test)]
mod tests {
    use super::*;

    /// A disc of one grey on nothing.
    fn disc(grey: u8) -> Canvas {
        let pixels = (0..100_i32).flat_map(|at| {
            let (x, y) = (at % 10 - 5, at / 10 - 5);
            [grey, grey, grey, if x * x + y * y < 20 { 255 } else { 0 }]
        });
        Canvas { width: 10, height: 10, pixels: pixels.collect(), is_opaque: false }
    }

    #[test]
    fn black_and_white_on_nothing_need_a_ground() {
        assert_eq!([0, 128, 255].map(|grey| disc(grey).shade()), [Shade::Dark, Shade::Any, Shade::Light]);
        let mut covered = disc(0);
        covered.pixels.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
        assert_eq!(covered.shade(), Shade::Any);
    }
}
