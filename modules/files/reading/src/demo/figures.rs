use super::paper::{BRICK, Colour, HEIGHT, INK, LAMP, MOSS, PAPER, Paper, SLATE, Style, WIDTH, Weight};

/// The picture takes the upper third of a page, from edge to edge.
const BOTTOM: f32 = 572.0;
const TALL: f32 = HEIGHT - BOTTOM;
const MIDDLE: [f32; 2] = [WIDTH / 2.0, BOTTOM + TALL / 2.0];
/// The palette that the handbook describes.
const ROW: [Colour; 5] = [INK, PAPER, LAMP, MOSS, BRICK];

/// The figure of that name; the page's number varies figures that appear more than once.
pub fn panel(paper: &mut Paper, figure: &str, colour: Colour, page: usize) {
    // What shows all colours would lose one of them on a ground of its own colour.
    let is_colourful = matches!(figure, "mark" | "swatches" | "pairs" | "space");
    let is_dark = page.is_multiple_of(3) && !is_colourful;
    let ground = if is_dark { colour } else { colour.towards(PAPER, 0.82) };
    let drawn = if is_dark { PAPER } else { colour };
    paper.rectangle(ground, [0.0, BOTTOM, WIDTH, TALL]);
    match figure {
        "grid" => grid(paper, drawn, ground, page),
        "circles" => circles(paper, drawn, ground, page),
        "bars" => bars(paper, drawn),
        "steps" => steps(paper, drawn, ground),
        "clock" => clock(paper, drawn, ground),
        "mark" => mark(paper, page),
        "space" => space(paper, drawn),
        "scale" => scale(paper),
        "swatches" => swatches(paper, page),
        "pairs" => pairs(paper),
        "type" => specimen(paper, drawn, page),
        "hills" => hills(paper, page),
        _ => waves(paper, drawn, ground, page),
    }
}

fn grid(paper: &mut Paper, drawn: Colour, ground: Colour, page: usize) {
    for place in 0_u8..24 {
        let (column, line) = (f32::from(place % 8), f32::from(place / 8));
        let corner = [76.0 + column * 56.0, BOTTOM + 56.0 + line * 56.0];
        let chosen = (usize::from(place) * 7 + page).is_multiple_of(5);
        let colour = if chosen { LAMP } else { drawn.towards(ground, 0.25 + line * 0.2) };
        paper.rectangle(colour, [corner[0], corner[1], 46.0, 46.0]);
    }
}

fn circles(paper: &mut Paper, drawn: Colour, ground: Colour, page: usize) {
    let count = 3 + page % 3;
    let step = WIDTH / (count as f32 + 1.0);
    for place in 0..count {
        let middle = [step * (place as f32 + 1.0), MIDDLE[1]];
        paper.circle(drawn.towards(ground, 0.35 + 0.1 * place as f32), middle, step * 0.62);
    }
    for place in 0..count {
        let middle = [step * (place as f32 + 1.0), MIDDLE[1]];
        paper.circle(if place == page % count { LAMP } else { ground }, middle, step * 0.2);
    }
}

fn bars(paper: &mut Paper, drawn: Colour) {
    for (place, part) in [0.5, 0.8, 0.35, 1.0, 0.65, 0.45, 0.9].into_iter().enumerate() {
        let colour = if place == 3 { LAMP } else { drawn };
        let left = 92.0 + place as f32 * 60.0;
        paper.rectangle(colour, [left, BOTTOM + 46.0, 38.0, 178.0 * part]);
    }
    paper.line(drawn, [76.0, BOTTOM + 44.0], [WIDTH - 76.0, BOTTOM + 44.0], 2.0);
}

fn steps(paper: &mut Paper, drawn: Colour, ground: Colour) {
    for place in 0_u8..5 {
        let [left, bottom] = [76.0 + f32::from(place) * 90.0, BOTTOM + 44.0];
        let tall = 48.0 + f32::from(place) * 32.0;
        paper.rectangle(drawn.towards(ground, 0.6 - f32::from(place) * 0.14), [left, bottom, 84.0, tall]);
        paper.circle(LAMP, [left + 42.0, bottom + tall - 22.0], 9.0);
    }
}

fn clock(paper: &mut Paper, drawn: Colour, ground: Colour) {
    paper.circle(drawn, MIDDLE, 102.0);
    paper.circle(ground.towards(PAPER, 0.5), MIDDLE, 90.0);
    for hour in 0_u8..12 {
        let (sine, cosine) = (f32::from(hour) * std::f32::consts::TAU / 12.0).sin_cos();
        let at = |radius: f32| [MIDDLE[0] + sine * radius, MIDDLE[1] + cosine * radius];
        paper.line(INK, at(76.0), at(83.0), 3.0);
    }
    paper.line(INK, MIDDLE, [MIDDLE[0] + 34.0, MIDDLE[1] + 38.0], 6.0);
    paper.line(INK, MIDDLE, [MIDDLE[0], MIDDLE[1] + 68.0], 4.0);
    paper.circle(LAMP, MIDDLE, 9.0);
}

/// The doorway with its lamp, centred on a point.
fn lit_doorway(paper: &mut Paper, colour: Colour, middle: [f32; 2], side: f32) {
    paper.doorway(colour, [middle[0] - side / 2.0, middle[1] - side / 2.0], side);
    paper.circle(LAMP, [middle[0] + side * 0.02, middle[1] - side * 0.04], side * 0.2);
}

fn mark(paper: &mut Paper, page: usize) {
    let others = [SLATE, MOSS, BRICK];
    for (place, left) in [120.0, MIDDLE[0], WIDTH - 120.0].into_iter().enumerate() {
        let colour = if place == 1 { INK } else { others[(place + page) % 3] };
        let side = if place == 1 { 170.0 } else { 92.0 };
        lit_doorway(paper, colour, [left, MIDDLE[1]], side);
    }
}

fn space(paper: &mut Paper, drawn: Colour) {
    let side = 118.0;
    let air = side * 0.4;
    let [left, bottom] = [MIDDLE[0] - side / 2.0 - air, MIDDLE[1] - side / 2.0 - air];
    let wide = side + 2.0 * air;
    paper.rectangle(PAPER, [left, bottom, wide, wide]);
    for corner in [[left, bottom], [left + wide - air, bottom + wide - air]] {
        paper.ring(drawn, [corner[0] + air / 2.0, corner[1] + air / 2.0], air / 2.0, 1.0);
    }
    lit_doorway(paper, INK, MIDDLE, side);
}

fn scale(paper: &mut Paper) {
    let mut left = 70.0;
    for side in [150.0, 112.0, 78.0, 50.0, 30.0, 16.0] {
        lit_doorway(paper, INK, [left + side / 2.0, BOTTOM + 62.0 + side / 2.0], side);
        left += side + 12.0;
    }
    paper.line(INK, [70.0, BOTTOM + 50.0], [WIDTH - 70.0, BOTTOM + 50.0], 1.0);
}

fn swatches(paper: &mut Paper, page: usize) {
    let wide = (WIDTH - 128.0) / ROW.len() as f32;
    for place in 0_u8..5 {
        let colour = ROW[(usize::from(place) + page) % ROW.len()];
        let left = 64.0 + f32::from(place) * wide;
        paper.rectangle(colour, [left, BOTTOM + 84.0, wide - 8.0, 140.0]);
        paper.rectangle(colour.towards(PAPER, 0.4), [left, BOTTOM + 60.0, wide - 8.0, 20.0]);
        paper.rectangle(colour.towards(PAPER, 0.7), [left, BOTTOM + 36.0, wide - 8.0, 20.0]);
    }
}

fn pairs(paper: &mut Paper) {
    let couples = [(INK, PAPER), (MOSS, PAPER), (LAMP, INK), (BRICK, PAPER)];
    for (place, (ground, words)) in couples.into_iter().enumerate() {
        let left = 64.0 + place as f32 * 119.0;
        paper.rectangle(ground, [left, BOTTOM + 60.0, 110.0, 150.0]);
        let style = Style { weight: Weight::Bold, size: 44.0, leading: 0.0, colour: words };
        paper.text(style, [left + 26.0, BOTTOM + 122.0], "Aa");
    }
}

fn specimen(paper: &mut Paper, drawn: Colour, page: usize) {
    let style = Style { weight: Weight::Bold, size: 170.0, leading: 0.0, colour: drawn };
    let letters = ["Rg", "Qu", "Ea"][page % 3];
    paper.text(style, [64.0, BOTTOM + 78.0], letters);
    let light = Style { weight: Weight::Regular, size: 26.0, ..style };
    for (place, line) in ["abcdefghijklm", "nopqrstuvwxyz", "0123456789"].into_iter().enumerate() {
        paper.text(light, [338.0, BOTTOM + 166.0 - place as f32 * 40.0], line);
    }
}

fn hills(paper: &mut Paper, page: usize) {
    let sky = LAMP.towards(PAPER, 0.55);
    paper.rectangle(sky, [0.0, BOTTOM, WIDTH, TALL]);
    paper.circle(LAMP, [140.0 + (page % 4) as f32 * 90.0, BOTTOM + 170.0], 44.0);
    for (place, colour) in [SLATE.towards(sky, 0.55), SLATE.towards(sky, 0.2), INK].into_iter().enumerate() {
        let ridge = |x: f32| {
            let phase = x / (70.0 + place as f32 * 26.0) + (page + place * 5) as f32;
            BOTTOM + 128.0 - place as f32 * 42.0 + 24.0 * phase.sin() + 9.0 * (phase * 2.3).cos()
        };
        below(paper, colour, ridge);
    }
}

fn waves(paper: &mut Paper, drawn: Colour, ground: Colour, page: usize) {
    for place in 0_u8..6 {
        let colour = if place == 2 { LAMP } else { drawn.towards(ground, f32::from(place) * 0.15) };
        let crest = |x: f32| {
            let phase = x / 95.0 + f32::from(place) * 0.8 + page as f32;
            BOTTOM + 214.0 - f32::from(place) * 36.0 + 22.0 * phase.sin()
        };
        below(paper, colour, crest);
    }
}

/// Fills the panel from its bottom up to a curve.
fn below(paper: &mut Paper, colour: Colour, height: impl Fn(f32) -> f32) {
    let mut corners = vec![[0.0, BOTTOM]];
    corners.extend((0_u16..=119).map(|step| f32::from(step) * 5.0).map(|x| [x, height(x)]));
    corners.push([WIDTH, BOTTOM]);
    paper.polygon(colour, &corners);
}
