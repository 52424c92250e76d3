//! Reading the words inside a file: in a separate, limited process (T12), after the upload was
//! acknowledged. Whatever a document does to its reader costs that one reading.

use std::path::{Path, PathBuf};

use futures_util::{FutureExt, TryStreamExt};
use portico_facts::VersionId;
use portico_kernel::{Error, Job, JobKind, Result, System};
use portico_reading::{DocumentKind, Limits, Reader, Reading, Unreadable, kind_of};
use serde::{Deserialize, Serialize};
use tokio::{io::AsyncWriteExt, sync::Semaphore};

use crate::{
    file::{File, ReadingState},
    store::{self, Page},
};

pub const FILES_READ: &str = "files-read";

#[derive(Serialize, Deserialize)]
pub struct ReadFile {
    // A job from before there were versions names the item, whose id its first version took over.
    #[serde(alias = "item")]
    pub version: VersionId,
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

async fn read_text(system: &System, file: &File) -> Result<Result<Option<Reading>, Unreadable>> {
    let limits = Limits::default();
    if file.content.size() > limits.input_bytes {
        return Ok(Err(Unreadable::TooLarge));
    }
    let copy = Copy::of(system, file).await?;
    let Some(kind) = copy.kind(file.name()).await? else { return Ok(Ok(None)) };
    let reader = Reader::of_this_program(limits)?;
    Ok(reader.read(kind, &copy.0).await.map(Some))
}

fn pages_in(reading: Reading) -> Vec<Page> {
    let page = |page: portico_reading::PageText| Page {
        number: page.number.and_then(|number| i32::try_from(number).ok()).unwrap_or(0),
        // PostgreSQL stores no such character, whatever a reader makes of a document.
        text: page.text.replace('\0', ""),
    };
    reading.pages.into_iter().map(page).filter(|page| !page.text.is_empty()).collect()
}

/// The document as a file of this machine, which is what a reader can be handed.
struct Copy(PathBuf);

impl Copy {
    /// Named after the version, so that the next attempt writes over what a crash left.
    async fn of(system: &System, file: &File) -> Result<Self> {
        let folder = system.kernel().configuration().data.join("reading");
        tokio::fs::create_dir_all(&folder).await?;
        let copy = Self(folder.join(file.content.version.to_string()));
        let mut target = tokio::fs::File::create(&copy.0).await?;
        let object = system.kernel().objects().read(&file.content.key, 0..file.content.size()).await?;
        let mut bytes = object.bytes;
        while let Some(chunk) = bytes.try_next().await? {
            target.write_all(&chunk).await?;
        }
        target.flush().await?;
        Ok(copy)
    }

    async fn kind(&self, name: &str) -> Result<Option<DocumentKind>> {
        let beginning = beginning_of(&self.0).await?;
        Ok(kind_of(&beginning, name))
    }
}

async fn beginning_of(path: &Path) -> Result<Vec<u8>> {
    use tokio::io::AsyncReadExt;
    let mut beginning = Vec::new();
    tokio::fs::File::open(path).await?.take(8 * 1024).read_to_end(&mut beginning).await?;
    Ok(beginning)
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, "the copy of a document could not be deleted");
        }
    }
}
