//! Colours as people type them, and how well one reads on another.

use std::fmt;
use std::str::FromStr;

/// sRGB, eight bits a channel; written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// Not of the form `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAColour;

impl fmt::Display for NotAColour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a colour is written as #rrggbb")
    }
}

impl std::error::Error for NotAColour {}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(written: &str) -> Result<Colour, NotAColour> {
        let digits = written.trim().strip_prefix('#').ok_or(NotAColour)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?.to_be_bytes();
        Ok(Colour { red, green, blue })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Colour {
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };
    pub const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };

    /// The contrast ratio of WCAG 2.2, from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The channels as amounts of light, 0 to 1 (IEC 61966-2-1).
    pub(super) fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The nearest colour; channels outside 0 to 1 are clipped.
    pub(super) fn from_linear(channels: [f64; 3]) -> Colour {
        let [red, green, blue] = channels.map(|light| {
            let light = light.clamp(0.0, 1.0);
            let share =
                if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
            (share * 255.0).round() as u8
        });
        Colour { red, green, blue }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(written: &str) -> Colour {
        written.parse().expect("a colour")
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(colour("#FFee00"), Colour { red: 255, green: 238, blue: 0 });
        assert_eq!(colour("#0a0B0c").to_string(), "#0a0b0c");
        for wrong in ["", "#fff", "ffee00", "#ffee0", "#ffee000", "#gg0000", "#+10000", "red", "#ffee00;}"] {
            assert_eq!(wrong.parse::<Colour>(), Err(NotAColour), "{wrong}");
        }
    }

    /// Values that the WCAG 2 techniques and WebAIM's checker give, rounded down to two places there.
    #[test]
    fn contrast_agrees_with_published_values() {
        for (text, ground, published) in [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#0000ff", "#ffffff", 8.59),
            ("#ff0000", "#ffffff", 4.0),
            ("#008000", "#ffffff", 5.14),
            ("#ffff00", "#ffffff", 1.07),
            ("#949494", "#ffffff", 3.03),
        ] {
            let ratio = colour(text).contrast(colour(ground));
            assert!((ratio - published).abs() < 0.01, "{text} on {ground}: {ratio}, published {published}");
        }
    }
}
