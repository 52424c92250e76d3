//! The shades of a page in one organization's colour.

use std::fmt::Write;

use super::oklch::Oklch;
use super::{Brand, Colour};
use crate::components::avatar::TONES;

/// Text needs this much against what it stands on (WCAG 2.2, 1.4.3); half a tenth more, so that
/// mixing and rounding in a browser cannot take it below.
const READABLE: f64 = 4.55;
/// Edges of controls and the focus ring (WCAG 2.2, 1.4.11).
const VISIBLE: f64 = 3.05;
/// From here a step nobody notices makes white text readable.
const NEARLY_READABLE: f64 = 3.6;
/// Below this chroma a colour is a grey, and its hue is noise.
const GREY: f64 = 0.02;

/// A stylesheet with custom properties only, for light and for dark.
pub fn brand_css(brand: &Brand) -> String {
    let mut css = String::from("@layer tokens{:root{");
    properties(&mut css, &Palette::new(brand, Scheme::Light));
    css.push('}');
    sidebar_properties(&mut css, brand, Scheme::Light);
    css.push_str("@media (prefers-color-scheme:dark){:root{");
    properties(&mut css, &Palette::new(brand, Scheme::Dark));
    css.push('}');
    sidebar_properties(&mut css, brand, Scheme::Dark);
    css.push_str("}}\n");
    css
}

fn properties(css: &mut String, palette: &Palette) {
    for (name, colour) in palette.named() {
        // Writing to a String cannot fail.
        let _ = write!(css, "--{name}:{colour};");
    }
}

/// The same names with other colours inside the sidebar, so that whatever stands there reads without knowing of it.
fn sidebar_properties(css: &mut String, brand: &Brand, scheme: Scheme) {
    let Some(colour) = brand.sidebar else { return };
    let sidebar = Sidebar::new(brand.accent, colour, scheme);
    css.push_str(".sidebar{");
    for (name, colour) in sidebar.named() {
        let _ = write!(css, "--{name}:{colour};");
    }
    css.push_str(match sidebar.side {
        Scheme::Light => "--under-dark:transparent;--under-light:#1c1c1f}",
        Scheme::Dark => "--under-dark:#fff;--under-light:transparent}",
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// For words and rules on white paper.
pub fn paper_accent(brand: &Brand) -> Colour {
    mail_colours(brand).accent_ink
}

/// A fill and what reads on it, where nobody says whether it is light or dark around it.
pub(crate) fn icon_colours(brand: &Brand) -> (Colour, Colour) {
    let palette = mail_colours(brand);
    (palette.accent, palette.on_accent)
}

/// The light palette: mail programs invent their own dark one.
pub(crate) fn mail_colours(brand: &Brand) -> Palette {
    Palette::new(brand, Scheme::Light)
}

/// Every derived colour; the field names are the names of the custom properties.
pub(crate) struct Palette {
    /// The page itself.
    pub ground: Colour,
    /// What lies on it: cards, menus, dialogs, fields.
    pub surface: Colour,
    /// What is set into it: the sidebar, code, hovered rows.
    pub sunken: Colour,
    pub line: Colour,
    /// Edges of fields and checkboxes, which must be seen.
    pub line_strong: Colour,
    pub ink: Colour,
    pub ink_soft: Colour,
    /// Fills the primary button.
    pub accent: Colour,
    pub accent_strong: Colour,
    pub on_accent: Colour,
    /// A tint, for what is current and what is new.
    pub accent_soft: Colour,
    /// Text and icons in the brand's hue, on any of the grounds and on the tint.
    pub accent_ink: Colour,
    pub focus: Colour,
    /// Tint and ink of each tone that people and covers wear.
    pub tones: Vec<(Colour, Colour)>,
    /// The two ends of the made cover's gradient.
    pub cover_from: Colour,
    pub cover_to: Colour,
}

impl Palette {
    pub fn new(brand: &Brand, scheme: Scheme) -> Palette {
        let accent = fill(Oklch::of(brand.accent), scheme);
        let hue = accent.hue;
        // Neutrals lean towards the brand, a grey brand leaves them grey.
        let tint = (accent.chroma * 0.08).min(0.012);
        let neutral = |lightness: f64, share: f64| Oklch::new(lightness, tint * share, hue).colour();
        let (ground, surface, sunken, line) = match scheme {
            Scheme::Light => (neutral(0.992, 0.25), Colour::WHITE, neutral(0.972, 0.5), neutral(0.915, 0.8)),
            Scheme::Dark => {
                (neutral(0.19, 0.6), neutral(0.225, 0.7), neutral(0.165, 0.6), neutral(0.315, 0.9))
            }
        };
        let soft_chroma = accent.chroma.min(0.045);
        let accent_soft = match scheme {
            Scheme::Light => Oklch::new(0.955, soft_chroma * 0.55, hue).colour(),
            Scheme::Dark => Oklch::new(0.285, soft_chroma * 0.75, hue).colour(),
        };
        let grounds = [ground, surface, sunken, accent_soft];
        let readable = |wanted: Oklch| corrected(wanted, &grounds, READABLE, scheme);
        let seen = |wanted: Oklch| corrected(wanted, &grounds, VISIBLE, scheme);
        let (ink, ink_soft, line_strong) = match scheme {
            Scheme::Light => (0.24, 0.49, 0.66),
            Scheme::Dark => (0.945, 0.735, 0.53),
        }
        .map_each(|lightness| Oklch::new(lightness, tint * 1.4, hue));
        Palette {
            ground,
            surface,
            sunken,
            line,
            line_strong: seen(line_strong),
            ink: readable(ink),
            ink_soft: readable(ink_soft),
            accent: accent.colour(),
            accent_strong: pressed(accent).colour(),
            on_accent: on(accent),
            accent_soft,
            accent_ink: readable(accent),
            focus: seen(accent),
            tones: (0..TONES).map(|index| tone(accent, index, scheme)).collect(),
            cover_from: cover_end(accent, -9.0, 0.05, scheme),
            cover_to: cover_end(accent, 14.0, -0.05, scheme),
        }
    }

    fn named(&self) -> Vec<(String, Colour)> {
        let mut named: Vec<(String, Colour)> = [
            ("ground", self.ground),
            ("surface", self.surface),
            ("sunken", self.sunken),
            ("line", self.line),
            ("line-strong", self.line_strong),
            ("ink", self.ink),
            ("ink-soft", self.ink_soft),
            ("accent", self.accent),
            ("accent-strong", self.accent_strong),
            ("on-accent", self.on_accent),
            ("accent-soft", self.accent_soft),
            ("accent-ink", self.accent_ink),
            ("focus", self.focus),
            ("cover-from", self.cover_from),
            ("cover-to", self.cover_to),
        ]
        .map(|(name, colour)| (name.to_owned(), colour))
        .into();
        for (index, (soft, ink)) in self.tones.iter().enumerate() {
            named.push((format!("tone-{index}"), *soft));
            named.push((format!("tone-{index}-ink"), *ink));
        }
        named
    }
}

/// A sidebar in a colour of its own: what is text in it, what is current, what is an edge.
pub(crate) struct Sidebar {
    /// Whether its text is light or dark, whatever the page around it is.
    side: Scheme,
    fill: Colour,
    /// Under what is current, and under menus.
    raised: Colour,
    line: Colour,
    line_strong: Colour,
    ink: Colour,
    ink_soft: Colour,
    accent: Colour,
}

/// More than is needed, so that the tint under a pointer leaves enough.
const WELL_READABLE: f64 = 5.2;

impl Sidebar {
    pub fn new(accent: Colour, picked: Colour, scheme: Scheme) -> Sidebar {
        let picked = match (Oklch::of(picked), scheme) {
            // A bright strip beside a dark page would be all that one sees.
            (picked, Scheme::Dark) => picked.with_lightness(picked.lightness.min(0.42)),
            (picked, Scheme::Light) => picked,
        };
        let side = match Colour::WHITE.contrast(picked.colour()) >= READABLE {
            true => Scheme::Dark,
            false => Scheme::Light,
        };
        let (text, step) = match side {
            Scheme::Dark => (Colour::WHITE, -0.004),
            Scheme::Light => (Colour::BLACK, 0.004),
        };
        let mut fill = picked;
        while text.contrast(fill.colour()) < WELL_READABLE && (0.0..=1.0).contains(&fill.lightness) {
            fill = fill.with_lightness(fill.lightness + step);
        }
        // Away from the text, where there is room, so that it only reads better there.
        let raised = match side {
            Scheme::Dark if fill.lightness < 0.3 => fill.with_lightness(fill.lightness + 0.07),
            Scheme::Dark => fill.with_lightness(fill.lightness - 0.07),
            Scheme::Light if fill.lightness > 0.93 => fill.with_lightness(fill.lightness - 0.05),
            Scheme::Light => fill.with_lightness(fill.lightness + 0.05),
        };
        let grounds = [fill.colour(), raised.colour()];
        let tint = fill.chroma.min(0.02);
        let text_of =
            |lightness: f64| corrected(Oklch::new(lightness, tint, fill.hue), &grounds, READABLE, side);
        let (ink, ink_soft, edge) = match side {
            Scheme::Dark => (0.97, 0.86, 0.12),
            Scheme::Light => (0.2, 0.36, -0.1),
        };
        Sidebar {
            side,
            fill: grounds[0],
            raised: grounds[1],
            line: fill.with_lightness((fill.lightness + edge).clamp(0.0, 1.0)).colour(),
            line_strong: corrected(fill, &grounds, VISIBLE, side),
            ink: text_of(ink),
            ink_soft: text_of(ink_soft),
            accent: corrected(Oklch::of(accent), &grounds, READABLE, side),
        }
    }

    fn named(&self) -> [(&'static str, Colour); 12] {
        [
            ("ground", self.fill),
            ("sunken", self.fill),
            ("surface", self.raised),
            ("accent-soft", self.raised),
            ("line", self.line),
            ("line-strong", self.line_strong),
            ("ink", self.ink),
            ("ink-soft", self.ink_soft),
            ("accent", self.accent),
            ("accent-ink", self.accent),
            // A fill that reads on the sidebar is one on which the sidebar reads.
            ("on-accent", self.fill),
            ("focus", self.ink),
        ]
    }
}

/// The brand colour as a fill. It stays what was picked, except where it would vanish: a near-white
/// on a light page, a near-black on a dark one. Greys turn over instead of going muddy.
fn fill(brand: Oklch, scheme: Scheme) -> Oklch {
    if brand.chroma < GREY {
        let grey = Oklch { chroma: 0.0, ..brand };
        return match scheme {
            Scheme::Light if grey.lightness > 0.8 => grey.with_lightness(0.28),
            Scheme::Dark if grey.lightness < 0.45 => grey.with_lightness(0.93),
            _ => grey,
        };
    }
    let fill = match scheme {
        Scheme::Light => brand.with_lightness(brand.lightness.min(0.93)),
        Scheme::Dark => brand.with_lightness(brand.lightness.max(0.45)),
    };
    // A strong orange or green that white almost reads on gets a shade deeper instead of black text.
    let ratio = Colour::WHITE.contrast(fill.colour());
    if (NEARLY_READABLE..READABLE).contains(&ratio) { deepened_for_white(fill) } else { fill }
}

fn deepened_for_white(fill: Oklch) -> Oklch {
    let mut deeper = fill;
    while Colour::WHITE.contrast(deeper.colour()) < READABLE {
        deeper = deeper.with_lightness(deeper.lightness - 0.004);
    }
    deeper
}

/// Text on a fill: near-white or near-black in the fill's hue, whichever reads better, and pure
/// white or black where neither reads.
fn on(fill: Oklch) -> Colour {
    let ground = fill.colour();
    let tinted = |lightness: f64| Oklch::new(lightness, fill.chroma.min(0.03), fill.hue).colour();
    // White text on a saturated mid-tone looks right to people even where black has the edge.
    if Colour::WHITE.contrast(ground) >= READABLE {
        return Colour::WHITE;
    }
    let dark = tinted(0.18);
    if dark.contrast(ground) >= READABLE { dark } else { Colour::BLACK }
}

/// The fill under a pointer: towards its text's opposite, so that the text only reads better.
fn pressed(fill: Oklch) -> Oklch {
    let step = if on(fill) == Colour::WHITE { -0.055 } else { 0.035 };
    fill.with_lightness((fill.lightness + step).clamp(0.0, 1.0))
}

/// The wanted colour, or the nearest lightness of it that keeps `ratio` against every ground.
fn corrected(wanted: Oklch, grounds: &[Colour], ratio: f64, scheme: Scheme) -> Colour {
    let step = match scheme {
        Scheme::Light => -0.005,
        Scheme::Dark => 0.005,
    };
    let enough = |colour: Colour| grounds.iter().all(|ground| colour.contrast(*ground) >= ratio);
    let mut lightness = wanted.lightness;
    while (0.0..=1.0).contains(&lightness) {
        let colour = wanted.with_lightness(lightness).colour();
        if enough(colour) {
            return colour;
        }
        lightness += step;
    }
    match scheme {
        Scheme::Light => Colour::BLACK,
        Scheme::Dark => Colour::WHITE,
    }
}

/// Neighbouring hues of the brand; a grey brand gets quiet hues all around, or people would all
/// look alike.
fn tone(accent: Oklch, index: u32, scheme: Scheme) -> (Colour, Colour) {
    let hue = accent.hue + f64::from(index) * 360.0 / f64::from(TONES);
    let chroma = if accent.chroma < GREY { 0.02 } else { 0.04 };
    let soft = match scheme {
        Scheme::Light => Oklch::new(0.915, chroma, hue).colour(),
        Scheme::Dark => Oklch::new(0.34, chroma, hue).colour(),
    };
    let wanted = match scheme {
        Scheme::Light => Oklch::new(0.43, chroma * 2.0, hue),
        Scheme::Dark => Oklch::new(0.88, chroma * 1.4, hue),
    };
    (soft, corrected(wanted, &[soft], READABLE, scheme))
}

/// A little to either side of the accent, in hue and in lightness.
fn cover_end(accent: Oklch, turn: f64, lift: f64, scheme: Scheme) -> Colour {
    let (darkest, lightest) = match scheme {
        Scheme::Light => (0.42, 0.86),
        Scheme::Dark => (0.3, 0.62),
    };
    let lightness = (accent.lightness + lift).clamp(darkest, lightest);
    Oklch::new(lightness, accent.chroma.min(0.17), accent.hue + turn).colour()
}

trait MapEach {
    fn map_each(self, map: impl Fn(f64) -> Oklch) -> (Oklch, Oklch, Oklch);
}

impl MapEach for (f64, f64, f64) {
    fn map_each(self, map: impl Fn(f64) -> Oklch) -> (Oklch, Oklch, Oklch) {
        (map(self.0), map(self.1), map(self.2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> impl Iterator<Item = Colour> {
        let steps = [0, 17, 51, 85, 119, 128, 153, 187, 221, 238, 255];
        steps.into_iter().flat_map(move |red| {
            steps
                .into_iter()
                .flat_map(move |green| steps.into_iter().map(move |blue| Colour { red, green, blue }))
        })
    }

    /// P42: contrast even for a badly chosen brand colour.
    #[test]
    fn text_reads_in_every_brand_colour() {
        for brand in grid() {
            for scheme in [Scheme::Light, Scheme::Dark] {
                let p = Palette::new(&Brand::new(brand), scheme);
                let mut pairs = vec![(p.on_accent, p.accent), (p.on_accent, p.accent_strong)];
                for ground in [p.ground, p.surface, p.sunken, p.accent_soft] {
                    pairs.extend([(p.ink, ground), (p.ink_soft, ground), (p.accent_ink, ground)]);
                }
                pairs.extend(p.tones.iter().map(|(soft, ink)| (*ink, *soft)));
                for (text, ground) in pairs {
                    let ratio = text.contrast(ground);
                    assert!(ratio >= 4.5, "{brand} {scheme:?}: {text} on {ground} is {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn a_sidebar_reads_in_every_colour_beside_every_brand() {
        let brands = ["#3451b2", "#ffcc00", "#000000", "#ffffff", "#808080", "#e11d48"];
        for brand in brands.map(|brand| brand.parse().expect("a colour")) {
            for (picked, scheme) in
                grid().flat_map(|colour| [(colour, Scheme::Light), (colour, Scheme::Dark)])
            {
                let sidebar = Sidebar::new(brand, picked, scheme);
                for ground in [sidebar.fill, sidebar.raised] {
                    for text in [sidebar.ink, sidebar.ink_soft, sidebar.accent] {
                        let ratio = text.contrast(ground);
                        assert!(ratio >= 4.5, "{picked} {scheme:?}: {text} on {ground} is {ratio:.2}");
                    }
                    assert!(sidebar.line_strong.contrast(ground) >= 3.0, "{picked} {scheme:?}");
                }
            }
        }
    }

    #[test]
    fn a_sidebar_stays_what_was_picked_where_text_reads_on_it() {
        for written in ["#10243e", "#1f3d2b", "#f3e8d2", "#ffffff"] {
            let brand = Brand { sidebar: written.parse().ok(), ..Brand::default() };
            assert!(brand_css(&brand).contains(&format!(".sidebar{{--ground:{written};")), "{written}");
        }
        assert!(!brand_css(&Brand::default()).contains(".sidebar"));
    }

    #[test]
    fn edges_and_focus_are_seen_in_every_brand_colour() {
        for brand in grid() {
            for scheme in [Scheme::Light, Scheme::Dark] {
                let p = Palette::new(&Brand::new(brand), scheme);
                for ground in [p.ground, p.surface, p.sunken] {
                    for edge in [p.line_strong, p.focus] {
                        assert!(edge.contrast(ground) >= 3.0, "{brand} {scheme:?}: {edge} on {ground}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_good_brand_colour_stays_what_was_picked() {
        for written in ["#3451b2", "#0f766e", "#c2410c", "#7c3aed", "#ffcc00"] {
            let brand = Brand::new(written.parse().expect("a colour"));
            assert_eq!(Palette::new(&brand, Scheme::Light).accent.to_string(), written);
        }
    }

    #[test]
    fn the_stylesheet_holds_custom_properties_only() {
        let css = brand_css(&Brand::default());
        let inside =
            css.split('{').flat_map(|part| part.split('}').next()).flat_map(|rules| rules.split(';'));
        for declaration in inside.filter(|part| {
            part.contains(':') && !part.contains("@") && !part.contains("prefers") && !part.contains(":root")
        }) {
            assert!(declaration.starts_with("--"), "{declaration}");
        }
        assert!(css.len() < 2_500, "{} bytes", css.len());
    }
}
