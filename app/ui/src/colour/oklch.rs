//! OKLCH: lightness, chroma and hue as eyes see them.
//!
//! The matrices are Björn Ottosson's, "A perceptual color space for image processing" (2020),
//! <https://bottosson.github.io/posts/oklab/>.

use super::Colour;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Oklch {
    /// 0 is black, 1 is white.
    pub lightness: f64,
    /// 0 is grey; sRGB ends near 0.32.
    pub chroma: f64,
    /// In degrees; meaningless for greys.
    pub hue: f64,
}

impl Oklch {
    pub fn new(lightness: f64, chroma: f64, hue: f64) -> Oklch {
        Oklch { lightness, chroma, hue }
    }

    pub fn of(colour: Colour) -> Oklch {
        let [red, green, blue] = colour.linear();
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch { lightness, chroma: a.hypot(b), hue: b.atan2(a).to_degrees().rem_euclid(360.0) }
    }

    /// The nearest sRGB colour of the same lightness and hue: chroma gives way until it fits.
    pub fn colour(self) -> Colour {
        let lightness = self.lightness.clamp(0.0, 1.0);
        let at = |chroma| Oklch { lightness, chroma, ..self }.linear();
        if fits(at(self.chroma)) {
            return Colour::from_linear(at(self.chroma));
        }
        let (mut inside, mut outside) = (0.0, self.chroma);
        for _ in 0..24 {
            let middle = (inside + outside) / 2.0;
            if fits(at(middle)) { inside = middle } else { outside = middle }
        }
        Colour::from_linear(at(inside))
    }

    pub fn with_lightness(self, lightness: f64) -> Oklch {
        Oklch { lightness, ..self }
    }

    fn linear(self) -> [f64; 3] {
        let (sin, cos) = self.hue.to_radians().sin_cos();
        let (a, b) = (self.chroma * cos, self.chroma * sin);
        let l = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }
}

fn fits(channels: [f64; 3]) -> bool {
    // A hair of tolerance, so that a colour that came from sRGB fits back into it.
    channels.iter().all(|light| (-0.000_1..=1.000_1).contains(light))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From CSS Color 4's own examples of the same colours in `rgb()` and `oklch()`.
    #[test]
    fn known_colours_have_their_known_coordinates() {
        let close = |a: f64, b: f64, within: f64| (a - b).abs() < within;
        for (written, lightness, chroma, hue) in [
            ("#ff0000", 0.627_95, 0.257_68, 29.23),
            ("#00ff00", 0.866_44, 0.294_83, 142.5),
            ("#0000ff", 0.452_01, 0.313_21, 264.05),
            ("#ffff00", 0.967_98, 0.211_01, 109.77),
        ] {
            let found = Oklch::of(written.parse().expect("a colour"));
            assert!(close(found.lightness, lightness, 0.001), "{written}: {found:?}");
            assert!(close(found.chroma, chroma, 0.001) && close(found.hue, hue, 0.1), "{written}: {found:?}");
        }
    }

    #[test]
    fn there_and_back_is_the_same_colour() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let colour = Colour { red, green, blue };
                    assert_eq!(Oklch::of(colour).colour(), colour);
                }
            }
        }
    }
}
