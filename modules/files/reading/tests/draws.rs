//! Pictures of what is inside, through the real child; T12: whatever a file does to who draws it
//! costs that one picture.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use portico_reading::{Drawable, Drawing, Finish, Limits, Reader, Shade, Sight, Unreadable, demo};
use support::{CHILD, child, file_of, handbook_with_password};

const THUMBNAIL: Sight = Sight { of: Drawable::Picture, width: 240, height: 240, finish: Finish::WebP };

async fn draw_within(limits: Limits, sight: Sight, bytes: &[u8]) -> Result<Drawing, Unreadable> {
    Reader::new(CHILD, limits).draw(&sight, file_of(bytes).path()).await
}

async fn draw(sight: Sight, bytes: &[u8]) -> Result<Drawing, Unreadable> {
    draw_within(Limits::default(), sight, bytes).await
}

fn page(number: u32) -> Sight {
    Sight { of: Drawable::PdfPage(number), ..THUMBNAIL }
}

fn seen(drawing: &Drawing) -> RgbImage {
    let image = image::load_from_memory_with_format(&drawing.bytes, ImageFormat::WebP).unwrap().into_rgb8();
    assert_eq!((drawing.facts.width, drawing.facts.height), image.dimensions());
    image
}

/// Left half one colour, right half another.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 30, 30]) } else { Rgb([30, 30, 220]) },
    )
}

fn encoded(image: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > 150 && pixel.0[2] < 100
}

/// A JPEG as a camera on its side writes it: orientation 6 (turn by 90 degrees clockwise to see it
/// upright; Exif 3.0, section 4.6.5.1.6) and the place where it was taken.
fn photograph(image: RgbImage) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut entry = Vec::new();
        entry.extend(tag.to_be_bytes());
        entry.extend(kind.to_be_bytes());
        entry.extend(count.to_be_bytes());
        entry.extend(value);
        entry
    };
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    // Two entries, orientation and where the entries about the place begin.
    tiff.extend([0, 2]);
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, [0, 0, 0, 38]));
    tiff.extend([0; 4]);
    // One entry: north.
    tiff.extend([0, 1]);
    tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    tiff.extend([0; 4]);
    tiff.extend(b"48.8584 2.2945");
    let jpeg = encoded(image, ImageFormat::Jpeg);
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

#[tokio::test]
async fn a_picture_is_drawn_small_in_its_proportions() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let drawing = draw(THUMBNAIL, &encoded(halves(960, 480), format)).await.unwrap();
        let image = seen(&drawing);
        assert_eq!(image.dimensions(), (240, 120), "{format:?}");
        assert!(is_red(image.get_pixel(20, 60)) && !is_red(image.get_pixel(220, 60)), "{format:?}");
    }
    let small = draw(THUMBNAIL, &encoded(halves(30, 20), ImageFormat::Png)).await.unwrap();
    assert_eq!(seen(&small).dimensions(), (30, 20));
}

#[tokio::test]
async fn what_is_transparent_stays_so() {
    let mut png = Cursor::new(Vec::new());
    image::RgbaImage::new(300, 300).write_to(&mut png, ImageFormat::Png).unwrap();
    let drawing = draw(THUMBNAIL, png.get_ref()).await.unwrap();
    let image = image::load_from_memory(&drawing.bytes).unwrap().into_rgba8();
    assert_eq!(image.get_pixel(100, 100).0[3], 0);
}

fn icon(share: u8, ground: Option<[u8; 3]>) -> Sight {
    Sight { width: 100, height: 100, finish: Finish::Icon { share, ground }, ..THUMBNAIL }
}

#[tokio::test]
async fn an_icon_fills_its_frame_and_holds_the_picture_in_the_middle() {
    for size in [(400, 200), (20, 10)] {
        let png = encoded(halves(size.0, size.1), ImageFormat::Png);
        let drawing = draw(icon(80, Some([10, 200, 10])), &png).await.unwrap();
        let image =
            image::load_from_memory_with_format(&drawing.bytes, ImageFormat::Png).unwrap().into_rgba8();
        assert_eq!(image.dimensions(), (100, 100));
        // 80 wide and 40 high: from 10 to 90, and from 30 to 70.
        assert_eq!(image.get_pixel(50, 20).0, [10, 200, 10, 255]);
        assert_eq!(image.get_pixel(5, 50).0, [10, 200, 10, 255]);
        assert!(image.get_pixel(15, 50).0[0] > 150 && image.get_pixel(85, 50).0[2] > 150, "{size:?}");
    }
    let drawing = draw(icon(100, None), &encoded(halves(400, 200), ImageFormat::Png)).await.unwrap();
    let image = image::load_from_memory(&drawing.bytes).unwrap().into_rgba8();
    assert_eq!((image.get_pixel(50, 5).0[3], image.get_pixel(50, 50).0[3]), (0, 255));
}

#[tokio::test]
async fn a_png_can_be_asked_for_and_says_what_ground_it_needs() {
    let mut png = Cursor::new(Vec::new());
    let word =
        image::RgbaImage::from_fn(300, 100, |x, _| image::Rgba([0, 0, 0, if x < 100 { 255 } else { 0 }]));
    word.write_to(&mut png, ImageFormat::Png).unwrap();
    let sight = Sight { finish: Finish::Png, ..THUMBNAIL };
    let drawing = draw(sight, png.get_ref()).await.unwrap();
    assert_eq!(drawing.facts.shade, Shade::Dark);
    let image = image::load_from_memory_with_format(&drawing.bytes, ImageFormat::Png).unwrap();
    assert_eq!((image.width(), image.height()), (240, 80));
}

#[tokio::test]
async fn a_photograph_stands_upright_and_does_not_say_where_it_was_taken() {
    let photograph = photograph(halves(960, 480));
    assert!(photograph.windows(7).any(|window| window == b"48.8584"));
    let drawing = draw(THUMBNAIL, &photograph).await.unwrap();
    let image = seen(&drawing);
    // What was left is above now.
    assert_eq!(image.dimensions(), (120, 240));
    assert!(is_red(image.get_pixel(60, 20)) && !is_red(image.get_pixel(60, 220)));
    for trace in [&b"48.8584"[..], b"Exif", b"EXIF", b"XMP ", b"ICCP", b"MM\0\x2a"] {
        assert!(!drawing.bytes.windows(trace.len()).any(|window| window == trace));
    }
}

#[tokio::test]
async fn a_page_of_a_pdf_is_drawn_with_the_number_of_pages() {
    let handbook = demo::handbook_pdf();
    let first = draw(page(1), &handbook).await.unwrap();
    assert_eq!(first.facts.pages, Some(40));
    // A4 upright; the cover is dark where page 2 is white.
    assert_eq!(seen(&first).dimensions(), (170, 240));
    let second = draw(page(2), &handbook).await.unwrap();
    let brightness = |drawing: &Drawing| u32::from(seen(drawing).get_pixel(85, 230).0[1]);
    assert!(brightness(&first) < 100 && brightness(&second) > 240);
    for beyond in [0, 41, u32::MAX] {
        assert_eq!(draw(page(beyond), &handbook).await, Err(Unreadable::Damaged));
    }
}

#[tokio::test]
async fn t12_a_picture_of_60_000_by_60_000_is_not_begun() {
    let header = |width: u32, height: u32| {
        let mut chunk = b"IHDR".to_vec();
        chunk.extend(width.to_be_bytes());
        chunk.extend(height.to_be_bytes());
        chunk.extend([8, 2, 0, 0, 0]);
        chunk
    };
    let mut png = encoded(halves(8, 8), ImageFormat::Png);
    let huge = header(60_000, 60_000);
    let check = crc32(&huge);
    png[12..29].copy_from_slice(&huge);
    png[29..33].copy_from_slice(&check.to_be_bytes());
    assert_eq!(draw(THUMBNAIL, &png).await, Err(Unreadable::TooLarge));
}

/// As PNG wants it (section 5.5 of its specification, third edition).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[tokio::test]
async fn t12_a_page_as_large_as_a_city_is_as_small_as_any_picture() {
    let pdf = |page_box: &str| {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
             2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox{page_box}>>endobj\ntrailer<</Root 1 0 R>>"
        )
    };
    for page_box in
        ["[0 0 30000000 30000000]", "[0 0 30000000 1]", "[0 0 1e38 1e38]", "[0 0 0 0]", "[9 9 -9 -9]"]
    {
        match draw(page(1), pdf(page_box).as_bytes()).await {
            Ok(drawing) => assert!(drawing.facts.width <= 240 && drawing.facts.height <= 240, "{page_box}"),
            Err(unreadable) => assert_eq!(unreadable, Unreadable::Damaged, "{page_box}"),
        }
    }
}

#[tokio::test]
async fn garbage_halves_and_passwords_are_told_apart() {
    let handbook = demo::handbook_pdf();
    let png = encoded(halves(400, 400), ImageFormat::Png);
    for (sight, bytes) in
        [(page(1), &b"%PDF-1.7 and nothing else"[..]), (page(1), b""), (THUMBNAIL, &png[..60])]
    {
        assert_eq!(draw(sight, bytes).await, Err(Unreadable::Damaged));
    }
    for no_picture in [&b""[..], &handbook] {
        assert_eq!(draw(THUMBNAIL, no_picture).await, Err(Unreadable::UnknownKind));
    }
    assert_eq!(draw(page(1), &handbook_with_password()).await, Err(Unreadable::Encrypted));
}

#[tokio::test]
async fn t12_memory_and_time_run_out() {
    let little = Limits { memory_bytes: 80 * 1024 * 1024, ..Limits::default() };
    let large = encoded(RgbImage::new(6000, 6000), ImageFormat::Png);
    assert_eq!(draw_within(little, THUMBNAIL, &large).await, Err(Unreadable::TooLarge));
    // A form that shows itself twice, thirty levels deep.
    let mut pdf = String::from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    pdf.push_str("2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n");
    pdf.push_str("3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R");
    pdf.push_str(
        "/Resources<</XObject<</A 5 0 R>>>>>>endobj\n4 0 obj<</Length 5>>stream\n/A Do\nendstream endobj\n",
    );
    for level in 5..35 {
        let next = level + 1;
        pdf.push_str(&format!(
            "{level} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</A {next} 0 R>>>>\
             /Length 11>>stream\n/A Do /A Do\nendstream endobj\n"
        ));
    }
    pdf.push_str(
        "35 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length 13>>stream\n0 0 99 99 re f\n",
    );
    pdf.push_str("endstream endobj\ntrailer<</Root 1 0 R>>");
    let hasty = Limits { cpu_seconds: 1, ..Limits::default() };
    let drawn = draw_within(hasty, page(1), pdf.as_bytes()).await;
    assert!(matches!(drawn, Err(Unreadable::TimedOut)), "{:?}", drawn.map(|drawing| drawing.facts));
}

#[tokio::test]
async fn t12_a_child_that_aborts_floods_or_lies_gives_no_picture() {
    let picture = file_of(b"picture");
    let outcomes = [
        ("aborts", Unreadable::Damaged),
        ("floods", Unreadable::TooLarge),
        ("lies", Unreadable::Damaged),
        ("is-not-there", Unreadable::NotTried),
    ];
    for (name, unreadable) in outcomes {
        let reader = Reader::new(child(name), Limits::default());
        assert_eq!(reader.draw(&THUMBNAIL, picture.path()).await, Err(unreadable), "{name}");
    }
    let reader = Reader::new(child("hangs"), Limits { seconds: 1, ..Limits::default() });
    assert_eq!(reader.draw(&THUMBNAIL, picture.path()).await, Err(Unreadable::TimedOut));
}
