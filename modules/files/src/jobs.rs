//! Reading the words inside a file, and making its small picture: in a separate, limited process
//! (T12), after the upload was acknowledged. Whatever a document does to its reader costs that one
//! reading, or that one picture.

use futures_util::FutureExt;
use portico_facts::VersionId;
use portico_kernel::{Error, Job, JobKind, Result, System, traced};
use portico_reading::{Limits, Reader, Reading, Unreadable};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::{
    copies::Copy,
    drawing::{drawn, reading_span, thumbnail_of},
    file::{File, ReadingState},
    store::{self, Page},
    thumbnail::Thumbnail,
};

pub const FILES_READ: &str = "files-read";
pub const FILES_DRAW: &str = "files-draw";

#[derive(Serialize, Deserialize)]
pub struct ReadFile {
    // A job from before there were versions names the item, whose id its first version took over.
    #[serde(alias = "item")]
    pub version: VersionId,
}

#[derive(Serialize, Deserialize)]
pub struct DrawFile {
    pub version: VersionId,
}

pub fn files_draw() -> JobKind {
    JobKind { kind: FILES_DRAW, run: |system, job| draw_file(system, job).boxed() }
}

pub fn files_read() -> JobKind {
    JobKind { kind: FILES_READ, run: |system, job| read_file(system, job).boxed() }
}

/// Each reader may take half a gibibyte.
static READERS: Semaphore = Semaphore::const_new(2);

async fn read_file(system: System, job: Job) -> Result<()> {
    let ReadFile { version } = job.payload()?;
    read_version(&system, version).await
}

/// Does nothing for what was read before.
///
/// # Errors
/// When nothing was learnt about the document, so that another attempt may go better.
pub async fn read_version(system: &System, version: VersionId) -> Result<()> {
    // Deleted ones too: what is restored later is found by its words at once.
    let file = system.read(move |tx| store::version_ever(tx, version)).await?;
    let Some(file) = file.filter(|file| file.content.reading == ReadingState::Pending) else { return Ok(()) };
    let _turn = READERS.acquire().await.map_err(|error| Error::Internal(error.into()))?;
    let (state, pages) = match read_text(system, &file).await? {
        // An archive that only looked like a document is one of these too.
        Ok(None) | Err(Unreadable::UnknownKind) => (ReadingState::None, Vec::new()),
        Ok(Some(reading)) => (ReadingState::Read, pages_in(reading)),
        Err(Unreadable::NotTried) => {
            return Err(Error::Internal(anyhow::anyhow!("the reader could not be started")));
        }
        Err(unreadable) => (ReadingState::Unreadable(unreadable), Vec::new()),
    };
    system.write(move |tx| store::settle_reading(tx, &file, state, &pages)).await
}

async fn draw_file(system: System, job: Job) -> Result<()> {
    let DrawFile { version } = job.payload()?;
    draw_version(&system, version).await
}

/// Does nothing for what was drawn before.
///
/// # Errors
/// When nothing was learnt about the file, so that another attempt may go better.
pub async fn draw_version(system: &System, version: VersionId) -> Result<()> {
    let file = system.read(move |tx| store::version_ever(tx, version)).await?;
    let Some(file) = file.filter(|file| file.content.pictures.pages().is_none()) else { return Ok(()) };
    let Some(sight) = thumbnail_of(&file.content.media_type, file.content.size()) else { return Ok(()) };
    let _turn = READERS.acquire().await.map_err(|error| Error::Internal(error.into()))?;
    let copy = Copy::of(system.kernel(), &file).await?;
    let settled = match drawn(&sight, &copy).await? {
        None => None,
        Some(drawing) => {
            let organization = system.organization().id;
            let thumbnail = Thumbnail::keep(system.kernel(), organization, drawing.bytes).await?;
            Some((thumbnail, drawing.facts.pages.unwrap_or(1)))
        }
    };
    system.write(move |tx| store::settle_drawing(tx, &file, settled)).await
}

async fn read_text(system: &System, file: &File) -> Result<Result<Option<Reading>, Unreadable>> {
    let limits = Limits::default();
    if file.content.size() > limits.input_bytes {
        return Ok(Err(Unreadable::TooLarge));
    }
    let copy = Copy::of(system.kernel(), file).await?;
    let Some(kind) = copy.kind(file.name()).await? else { return Ok(Ok(None)) };
    let reader = Reader::of_this_program(limits)?;
    Ok(traced(reading_span("text"), reader.read(kind, copy.path())).await.map(Some))
}

fn pages_in(reading: Reading) -> Vec<Page> {
    let page = |page: portico_reading::PageText| Page {
        number: page.number.and_then(|number| i32::try_from(number).ok()).unwrap_or(0),
        // PostgreSQL stores no such character, whatever a reader makes of a document.
        text: page.text.replace('\0', ""),
    };
    reading.pages.into_iter().map(page).filter(|page| !page.text.is_empty()).collect()
}
