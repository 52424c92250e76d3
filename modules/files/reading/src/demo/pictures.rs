use std::f32::consts::TAU;

use png::{BitDepth, ColorType, Encoder, Filter};

const WIDTH: u16 = 1600;
const HEIGHT: u16 = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Ridges behind one another under a low sun.
    Hills,
    /// Tiles of colours and textures, as pinned to a wall.
    Moodboard,
    /// Ribbons of light across a dark ground.
    Waves,
}

type Rgb = [f32; 3];

/// Each seed picks one of these, so that a row of pictures belongs together without repeating.
const PALETTES: [[Rgb; 5]; 4] = [
    [[23., 33., 58.], [69., 97., 133.], [250., 194., 64.], [235., 220., 196.], [189., 89., 66.]],
    [[30., 50., 44.], [87., 117., 89.], [226., 196., 120.], [240., 232., 214.], [201., 120., 84.]],
    [[44., 30., 58.], [122., 82., 128.], [244., 158., 134.], [250., 226., 208.], [84., 130., 160.]],
    [[18., 44., 62.], [44., 120., 138.], [248., 212., 150.], [226., 238., 234.], [222., 110., 90.]],
];

/// A picture of 1600 by 1000 pixels as PNG.
pub fn image_png(picture: Picture, seed: u32) -> Vec<u8> {
    let palette = PALETTES[seed as usize % PALETTES.len()];
    let shift = (seed % 97) as f32;
    let mut pixels = Vec::with_capacity(usize::from(WIDTH) * usize::from(HEIGHT) * 3);
    for line in 0..HEIGHT {
        for column in 0..WIDTH {
            let [x, y] = [f32::from(column) / f32::from(WIDTH), f32::from(line) / f32::from(HEIGHT)];
            let colour = match picture {
                Picture::Hills => hills(&palette, shift, x, y),
                Picture::Moodboard => moodboard(&palette, shift, x, y),
                Picture::Waves => waves(&palette, shift, x, y),
            };
            pixels.extend(colour.map(|part| part.clamp(0.0, 255.0) as u8));
        }
    }
    encoded(&pixels)
}

fn encoded(pixels: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, u32::from(WIDTH), u32::from(HEIGHT));
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_filter(Filter::Up);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(pixels))
        .expect("memory takes every write and the pixels fill the picture");
    file
}

fn mix(from: Rgb, to: Rgb, part: f32) -> Rgb {
    let part = part.clamp(0.0, 1.0);
    std::array::from_fn(|channel| from[channel] + (to[channel] - from[channel]) * part)
}

/// From 0 to 1 over a thin band around zero: an edge without stairs.
fn edge(distance: f32) -> f32 {
    (distance * 500.0 + 0.5).clamp(0.0, 1.0)
}

fn hills(palette: &[Rgb; 5], shift: f32, x: f32, y: f32) -> Rgb {
    let [dark, middle, bright, pale, _] = *palette;
    let mut colour = mix(mix(middle, pale, 0.35), mix(bright, pale, 0.4), y * 1.5);
    let sun = (x - 0.3 - (shift * 0.17) % 0.4).hypot((y - 0.36) * 0.625);
    colour = mix(colour, pale, 0.5 * (1.0 - sun * 4.0).max(0.0));
    colour = mix(colour, mix(bright, pale, 0.5), edge(0.06 - sun));
    for ridge in 0_u8..5 {
        let depth = f32::from(ridge);
        let phase = x * (5.0 + depth * 1.7) + shift + depth * 2.1;
        let height = 0.42 + depth * 0.12 - 0.05 * phase.sin() - 0.02 * (phase * 2.7).cos();
        let haze = (y - height) * 0.9;
        let ridge_colour = mix(mix(pale, middle, 0.35 + depth * 0.15), dark, depth / 4.5 - haze);
        colour = mix(colour, ridge_colour, edge(y - height));
    }
    colour
}

fn moodboard(palette: &[Rgb; 5], shift: f32, x: f32, y: f32) -> Rgb {
    let wall = mix(palette[3], [255.0; 3], 0.55 - y * 0.25);
    // Columns of different widths, each with tiles of its own heights.
    let column = [0.0, 0.24, 0.5, 0.7].iter().rposition(|&left| x >= left).unwrap_or(0);
    let [left, right] = [[0.0, 0.24], [0.24, 0.5], [0.5, 0.7], [0.7, 1.0]][column];
    let cut = [0.42, 0.64, 0.36, 0.56][(column + shift as usize) % 4];
    let (top, bottom, row) = if y < cut { (0.0, cut, 0) } else { (cut, 1.0, 1) };
    let border = [x - left, right - x, (y - top) * 0.625, (bottom - y) * 0.625];
    let inside = border.into_iter().fold(f32::MAX, f32::min) - 0.012;
    let [across, down] = [(x - left) / (right - left), (y - top) / (bottom - top)];
    let first = palette[(column + row * 2 + shift as usize) % 5];
    let second = palette[(column * 2 + row + 1 + shift as usize) % 5];
    let tile = match (column * 2 + row + shift as usize) % 4 {
        0 => mix(first, second, (across + down) / 2.0),
        1 => mix(first, second, edge(((across * 9.0 + down * 9.0).fract() - 0.5) * 0.02)),
        2 => mix(
            first,
            second,
            edge(0.075 - (x - (left + right) / 2.0).hypot((y - (top + bottom) / 2.0) * 0.625)),
        ),
        _ => mix(first, second, 0.5 + 0.5 * (down * 14.0 + (across * TAU).sin()).sin()),
    };
    let shadow = mix(wall, [0.0; 3], 0.18 * (1.0 + inside * 90.0).clamp(0.0, 1.0));
    mix(shadow, tile, edge(inside))
}

fn waves(palette: &[Rgb; 5], shift: f32, x: f32, y: f32) -> Rgb {
    let [dark, middle, bright, pale, warm] = *palette;
    let mut colour = mix(dark, mix(dark, middle, 0.6), 1.0 - y);
    for (ribbon, light) in [middle, warm, bright, pale].into_iter().enumerate() {
        let place = ribbon as f32;
        let crest = 0.3 + place * 0.13 + 0.12 * (x * (3.0 + place * 0.6) + shift + place).sin();
        let distance = y - crest;
        let glow = if distance > 0.0 { 1.0 - distance * 3.2 } else { 1.0 + distance * 40.0 };
        colour = mix(colour, light, 0.75 * glow.max(0.0).powi(2));
    }
    colour
}
