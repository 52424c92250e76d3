//! A picture that an owner uploads for the organization's looks, and what is made of it. The bytes that came are never
//! kept: only what the limited process drew of them (T12), which holds no place, no camera and no script.

use portico_kernel::{DrawPicture, DrawnPicture, Kernel, NoPicture, PictureFinish, Result, WantedPicture};
use portico_ui::{Colour, LogoGround, LogoShape, components::cover::COVER_WIDTHS};

/// In bytes: what a good camera makes of a picture.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// Why a picture was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotChosen,
    TooLarge,
    /// The upload broke off.
    Broken,
    UnknownKind,
    Damaged,
}

impl Refusal {
    /// Of a sentence that says what to do.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotChosen => "portals-picture-missing",
            Self::TooLarge => "portals-picture-too-large",
            Self::Broken => "portals-picture-broken",
            Self::UnknownKind => "portals-picture-unknown",
            Self::Damaged => "portals-picture-damaged",
        }
    }
}

impl From<NoPicture> for Refusal {
    fn from(no_picture: NoPicture) -> Self {
        match no_picture {
            NoPicture::UnknownKind => Self::UnknownKind,
            NoPicture::Damaged => Self::Damaged,
            NoPicture::TooLarge => Self::TooLarge,
        }
    }
}

/// One size of a picture, under the name that its address ends with.
pub struct Size {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

/// Everything that is made of a logo.
pub struct NewLogo {
    pub version: String,
    pub ground: LogoGround,
    pub shape: LogoShape,
    pub sizes: Vec<Size>,
}

/// For screens of double density; a wide one takes the width.
const ON_PAGES: (&str, WantedPicture) = ("logo.webp", wanted(480, 160, PictureFinish::WebP));
/// Everything else is drawn of this one, so that a photograph of 60 megapixels is opened once.
const MASTER: WantedPicture = wanted(1024, 1024, PictureFinish::Png);

const fn wanted(width: u16, height: u16, finish: PictureFinish) -> WantedPicture {
    WantedPicture { width, height, finish }
}

/// An opaque icon has to bring its ground along, a tab's has one.
fn of_logo(ground: Colour) -> [(&'static str, WantedPicture); 7] {
    let icon = |side, share| wanted(side, side, PictureFinish::Icon { share, ground: Some(ground) });
    [
        ON_PAGES,
        ("logo.png", wanted(480, 160, PictureFinish::Png)),
        ("icon-64.png", wanted(64, 64, PictureFinish::Icon { share: 100, ground: None })),
        ("icon-180.png", icon(180, 80)),
        ("icon-192.png", icon(192, 84)),
        ("icon-512.png", icon(512, 84)),
        // Phones cut a maskable icon down to a circle of four fifths at most (W3C Web Application Manifest, "Icon masks").
        ("icon-maskable-512.png", icon(512, 58)),
    ]
}

/// The names under which sizes of a logo are kept.
pub fn names_of_logo() -> [&'static str; 7] {
    of_logo(Colour::WHITE).map(|(name, _)| name)
}

/// # Errors
/// When nothing was learnt about the picture, so that another attempt may go better.
pub async fn draw_logo(kernel: &Kernel, draw: DrawPicture, bytes: &[u8]) -> Result<Result<NewLogo, Refusal>> {
    let master = match draw(kernel, bytes, MASTER).await? {
        Ok(master) => master,
        Err(no_picture) => return Ok(Err(no_picture.into())),
    };
    let mut sizes = Vec::new();
    for (name, wanted) in of_logo(icon_ground(master.ground)) {
        match draw(kernel, &master.bytes, wanted).await? {
            Ok(drawn) => sizes.push(Size { name, bytes: drawn.bytes }),
            Err(no_picture) => return Ok(Err(no_picture.into())),
        }
    }
    Ok(Ok(NewLogo { version: new_version(kernel), ground: master.ground, shape: shape_of(&master), sizes }))
}

fn icon_ground(ground: LogoGround) -> Colour {
    match ground {
        LogoGround::Any | LogoGround::Light => Colour::WHITE,
        LogoGround::Dark => Colour { red: 0x1c, green: 0x1c, blue: 0x1f },
    }
}

/// A cover, small and large.
pub struct NewCover {
    pub version: String,
    pub sizes: Vec<Size>,
}

/// Tall ones keep their height: which part of it is seen is a matter of the focus.
const COVERS: [(&str, WantedPicture); 2] = [
    ("cover-large.webp", wanted(COVER_WIDTHS[1], 1600, PictureFinish::WebP)),
    ("cover-small.webp", wanted(COVER_WIDTHS[0], 800, PictureFinish::WebP)),
];

pub fn names_of_cover() -> [&'static str; 2] {
    COVERS.map(|(name, _)| name)
}

/// # Errors
/// When nothing was learnt about the picture, so that another attempt may go better.
pub async fn draw_cover(
    kernel: &Kernel,
    draw: DrawPicture,
    bytes: &[u8],
) -> Result<Result<NewCover, Refusal>> {
    let mut sizes: Vec<Size> = Vec::new();
    for (name, wanted) in COVERS {
        // The small one is drawn of the large one.
        let source = sizes.last().map_or(bytes, |larger| larger.bytes.as_slice());
        match draw(kernel, source, wanted).await? {
            Ok(drawn) => sizes.push(Size { name, bytes: drawn.bytes }),
            Err(no_picture) => return Ok(Err(no_picture.into())),
        }
    }
    Ok(Ok(NewCover { version: new_version(kernel), sizes }))
}

/// Beyond this a logo is a name with a sign beside it rather than a sign.
fn shape_of(drawn: &DrawnPicture) -> LogoShape {
    match drawn.width > drawn.height * 2 {
        true => LogoShape::Wide,
        false => LogoShape::Compact,
    }
}

/// Part of the addresses: another picture has another one, and nobody guesses it.
fn new_version(kernel: &Kernel) -> String {
    hex::encode(kernel.randomness().bytes::<8>())
}
