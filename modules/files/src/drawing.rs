//! What can be drawn of a file, and how large.

use portico_kernel::{Error, Result};
use portico_reading::{Drawable, Drawing, Limits, Reader, Sight, Unreadable};

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
    Some(Sight { of, width: THUMBNAIL, height: THUMBNAIL })
}

/// One page of a PDF, from 1.
pub fn page_of(content: &Content, number: u32) -> Option<Sight> {
    let is_drawn = Showing::of(&content.media_type) == Showing::Pdf && content.size() <= LARGEST;
    is_drawn.then_some(Sight { of: Drawable::PdfPage(number), width: PAGE[0], height: PAGE[1] })
}

/// In the limited process (T12). `None` for a file that cannot be drawn, however often it is tried.
///
/// # Errors
/// When nothing was learnt about the file, so that another attempt may go better.
pub async fn drawn(sight: &Sight, copy: &Copy) -> Result<Option<Drawing>> {
    match Reader::of_this_program(LIMITS)?.draw(sight, copy.path()).await {
        Ok(drawing) => Ok(Some(drawing)),
        Err(Unreadable::NotTried) => Err(Error::Internal(anyhow::anyhow!("nothing could be drawn"))),
        Err(unreadable) => {
            tracing::info!(%unreadable, "a picture could not be drawn");
            Ok(None)
        }
    }
}
