//! What can be drawn of a file, and how large.

use futures_util::{FutureExt, future::BoxFuture};
use portico_kernel::{
    DrawnPicture, Error, Kernel, NoPicture, PictureFinish, Result, TRACED, WantedPicture, traced,
};
use portico_reading::{Drawable, Drawing, Finish, Limits, Reader, Shade, Sight, Unreadable};
use portico_ui::LogoGround;
use tokio::sync::{Semaphore, SemaphorePermit};
use tracing::{Span, field::Empty};

use crate::{copies::Copy, file::Content, showing::Showing};

/// A tile of the grid on a screen of double density.
const THUMBNAIL: u16 = 480;
/// A page of A4 at 195 dots to the inch: small print can be read, and magnified twice.
const PAGE: [u16; 2] = [1600, 2264];

/// A file that is larger is not taken off the object store for a picture of it.
const LARGEST: u64 = 100 * 1024 * 1024;

/// Less than a reading may take: people wait for pictures, and a server draws many.
const LIMITS: Limits = Limits {
    seconds: 20,
    cpu_seconds: 15,
    memory_bytes: 512 * 1024 * 1024,
    input_bytes: LARGEST,
    inflated_bytes: 0,
    text_bytes: 0,
    output_bytes: 4 * 1024 * 1024,
};

/// `None` for a kind of which nothing is drawn.
pub fn thumbnail_of(media_type: &str, size: u64) -> Option<Sight> {
    let of = match Showing::of(media_type) {
        _ if size > LARGEST => return None,
        // There is no decoder for AVIF among the kept crates that is not a C library.
        Showing::Picture if media_type != "image/avif" => Drawable::Picture,
        Showing::Pdf => Drawable::PdfPage(1),
        _ => return None,
    };
    Some(Sight { of, width: THUMBNAIL, height: THUMBNAIL, finish: Finish::WebP })
}

/// One page of a PDF, from 1.
pub fn page_of(content: &Content, number: u32) -> Option<Sight> {
    let is_drawn = Showing::of(&content.media_type) == Showing::Pdf && content.size() <= LARGEST;
    let [width, height] = PAGE;
    is_drawn.then_some(Sight { of: Drawable::PdfPage(number), width, height, finish: Finish::WebP })
}

/// Each may take half a gibibyte.
static DRAWING: Semaphore = Semaphore::const_new(2);
static WAITING: Semaphore = Semaphore::const_new(16);

/// The right to draw what somebody waits for.
pub struct Turn {
    _place: SemaphorePermit<'static>,
    _turn: SemaphorePermit<'static>,
}

impl Turn {
    /// # Errors
    /// [`Error::Busy`] when too many wait already.
    pub async fn wait() -> Result<Self> {
        let place = WAITING.try_acquire().map_err(|_| Error::Busy)?;
        let turn = DRAWING.acquire().await.map_err(|error| Error::Internal(error.into()))?;
        Ok(Self { _place: place, _turn: turn })
    }
}

/// What another module took in, such as a logo, drawn anew as it wants it.
pub fn draw_for_others<'a>(
    kernel: &'a Kernel,
    picture: &'a [u8],
    wanted: WantedPicture,
) -> BoxFuture<'a, Result<Result<DrawnPicture, NoPicture>>> {
    draw_anew(kernel, picture, wanted).boxed()
}

async fn draw_anew(
    kernel: &Kernel,
    picture: &[u8],
    wanted: WantedPicture,
) -> Result<Result<DrawnPicture, NoPicture>> {
    let _turn = Turn::wait().await?;
    let copy = Copy::of_bytes(kernel, "picture", picture).await?;
    let (reader, sight) = (Reader::of_this_program(LIMITS)?, sight_of(wanted));
    let outcome = traced(reading_span("picture"), reader.draw(&sight, copy.path())).await;
    Ok(match outcome {
        Ok(drawing) => Ok(DrawnPicture {
            width: drawing.facts.width,
            height: drawing.facts.height,
            ground: ground_for(drawing.facts.shade),
            bytes: drawing.bytes,
        }),
        Err(Unreadable::NotTried) => return Err(Error::Internal(anyhow::anyhow!("nothing could be drawn"))),
        Err(Unreadable::UnknownKind | Unreadable::Encrypted) => Err(NoPicture::UnknownKind),
        Err(Unreadable::TooLarge | Unreadable::TimedOut) => Err(NoPicture::TooLarge),
        Err(Unreadable::Damaged) => Err(NoPicture::Damaged),
    })
}

fn sight_of(wanted: WantedPicture) -> Sight {
    let finish = match wanted.finish {
        PictureFinish::WebP => Finish::WebP,
        PictureFinish::Png => Finish::Png,
        PictureFinish::Icon { share, ground } => {
            Finish::Icon { share, ground: ground.map(|ground| [ground.red, ground.green, ground.blue]) }
        }
    };
    Sight { of: Drawable::Picture, width: wanted.width, height: wanted.height, finish }
}

/// What is dark is seen on a light ground.
fn ground_for(shade: Shade) -> LogoGround {
    match shade {
        Shade::Any => LogoGround::Any,
        Shade::Dark => LogoGround::Light,
        Shade::Light => LogoGround::Dark,
    }
}

/// Of a limited process that is on its way.
pub fn reading_span(purpose: &'static str) -> Span {
    tracing::info_span!(
        target: TRACED,
        "reading",
        portico.reading.purpose = purpose,
        otel.status_code = Empty,
    )
}

/// In the limited process (T12). `None` for a file that cannot be drawn, however often it is tried.
///
/// # Errors
/// When nothing was learnt about the file, so that another attempt may go better.
pub async fn drawn(sight: &Sight, copy: &Copy) -> Result<Option<Drawing>> {
    let reader = Reader::of_this_program(LIMITS)?;
    match traced(reading_span("picture"), reader.draw(sight, copy.path())).await {
        Ok(drawing) => Ok(Some(drawing)),
        Err(Unreadable::NotTried) => Err(Error::Internal(anyhow::anyhow!("nothing could be drawn"))),
        Err(unreadable) => {
            tracing::info!(%unreadable, "a picture could not be drawn");
            Ok(None)
        }
    }
}
