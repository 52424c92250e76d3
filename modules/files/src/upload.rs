//! Files on their way in (invariant 6): one multipart body with any number of files, each passed to
//! the object store piece by piece and acknowledged only when object and row are durable (T30).

use std::sync::Arc;

use bytes::Bytes;
use poem::{Body, Request, http::header};
use portico_kernel::{Error, Part, Parts, Result};
use portico_ui::components::TOKEN_FIELD;

use crate::{
    arrival::Arrival,
    file_name::{ClientPath, folders_in},
    quota::{Quota, Reservation},
    refusal::{LARGEST, Refusal},
    store::{self, Kept},
    uploader::Uploader,
};

/// Set aside at a time when the size of a body is not known in advance.
const STEP: u64 = 1024 * 1024;

/// What became of one request.
#[derive(Default)]
pub struct Uploaded {
    pub kept: Vec<Kept>,
    /// Why it ended before its end, and at which file.
    pub refused: Option<(Refusal, Option<String>)>,
}

/// Takes the files of one request until its end or the first refusal. The files before that are
/// kept.
///
/// # Errors
/// Whatever says nothing about the upload itself: a foreign origin, a busy database.
pub async fn receive(uploader: &Uploader, quota: &Arc<Quota>, req: &Request, body: Body) -> Result<Uploaded> {
    let announced = req.header(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let mut upload = Upload {
        uploader,
        quota,
        parts: Parts::of(req, body)?,
        room: Vec::new(),
        counted: 0,
        folders: 0,
        path: None,
        current: None,
    };
    let mut uploaded = Uploaded::default();
    let refusal = match upload.run(announced, &mut uploaded.kept).await {
        Ok(()) if uploaded.kept.is_empty() && upload.folders == 0 => Refusal::NothingChosen,
        Ok(()) => return Ok(uploaded),
        Err(refusal) => refusal,
    };
    if let Refusal::Other(error) = refusal {
        return Err(error);
    }
    uploaded.refused = Some((refusal, upload.current));
    Ok(uploaded)
}

struct Upload<'a> {
    uploader: &'a Uploader,
    quota: &'a Arc<Quota>,
    parts: Parts,
    room: Vec<Reservation>,
    /// Bytes of files so far.
    counted: u64,
    /// Those that came without a file.
    folders: usize,
    /// From `upload.js`, for the file that follows.
    path: Option<String>,
    /// The name of the file that is being taken.
    current: Option<String>,
}

impl Upload<'_> {
    async fn run(&mut self, announced: Option<u64>, kept: &mut Vec<Kept>) -> Result<(), Refusal> {
        self.reserve(announced.unwrap_or(0)).await?;
        self.parts.prove_origin().await??;
        self.uploader.check_place().await?;
        while let Some(part) = self.parts.next().await? {
            match part.name() {
                TOKEN_FIELD => drop(part.text().await?),
                "path" => self.path = Some(part.text().await?),
                "empty-folder" => self.take_folder(&part.text().await?).await?,
                "file" | "files" | "folder" => kept.extend(self.take_file(part).await?),
                other => return Err(Error::BadRequest(format!("unknown field {other:?}").into()).into()),
            }
        }
        Ok(())
    }

    async fn take_folder(&mut self, path: &str) -> Result<(), Refusal> {
        let path = folders_in(path);
        if !path.is_empty() {
            self.uploader.add_folders(path).await?;
            self.folders += 1;
        }
        Ok(())
    }

    /// `None` for an input in which no file was chosen, which a browser sends as an empty one
    /// without a name.
    async fn take_file(&mut self, mut part: Part) -> Result<Option<Kept>, Refusal> {
        let path = self.path_of(&part);
        let first = part.chunk().await?;
        if path.is_none() && first.is_none() {
            return Ok(None);
        }
        let path = path.unwrap_or_else(|| ClientPath::here(""));
        self.current = Some(path.name.to_string());
        let mut arrival = Arrival::begin(self.uploader.kernel(), self.uploader.organization()).await?;
        if let Err(refusal) = self.pour(&mut arrival, first, &mut part).await {
            arrival.abandon().await;
            return Err(refusal);
        }
        // In a task of its own: when the browser goes away now, what is durable still gets its row.
        let keeping = tokio::spawn(keep(self.uploader.clone(), path, arrival));
        let kept = keeping.await.map_err(|error| Error::Internal(error.into()))??;
        self.current = None;
        Ok(Some(kept))
    }

    fn path_of(&mut self, part: &Part) -> Option<ClientPath> {
        let name = part.file_name();
        match self.path.take() {
            Some(path) if !path.is_empty() => Some(ClientPath::from_client(&path)),
            _ if name.is_empty() => None,
            _ if part.name() == "folder" => Some(ClientPath::from_client(&name)),
            _ => Some(ClientPath::here(&name)),
        }
    }

    async fn pour(
        &mut self,
        arrival: &mut Arrival,
        first: Option<Bytes>,
        part: &mut Part,
    ) -> Result<(), Refusal> {
        let mut next = first;
        while let Some(chunk) = next {
            self.count(arrival.size(), chunk.len() as u64).await?;
            arrival.add(chunk).await?;
            next = part.chunk().await?;
        }
        Ok(())
    }

    async fn count(&mut self, of_this_file: u64, more: u64) -> Result<(), Refusal> {
        if of_this_file + more > LARGEST {
            return Err(Refusal::TooLarge);
        }
        self.counted += more;
        let reserved: u64 = self.room.iter().map(Reservation::bytes).sum();
        match self.counted > reserved {
            true => self.reserve(STEP).await,
            false => Ok(()),
        }
    }

    async fn reserve(&mut self, bytes: u64) -> Result<(), Refusal> {
        let room = self.quota.reserve(self.uploader, bytes).await?.ok_or(Refusal::QuotaUsedUp)?;
        self.room.push(room);
        Ok(())
    }
}

/// Object first, row second: a row never points at nothing. Without a row the object goes again.
async fn keep(uploader: Uploader, path: ClientPath, arrival: Arrival) -> Result<Kept> {
    let key = arrival.key().to_owned();
    let kept = match arrival.finish(path.name.as_str()).await {
        Ok(new) => uploader.add_file(path, new).await,
        Err(error) => Err(error),
    };
    if kept.is_err() {
        forget(&uploader, key).await;
    }
    kept
}

/// A commit whose answer was lost may have happened: the object goes only when there is no row.
async fn forget(uploader: &Uploader, key: String) {
    let asked = key.clone();
    let gone = match uploader.read(move |tx| store::is_kept(tx, &asked)).await {
        Ok(false) => uploader.objects().delete(&key).await,
        Ok(true) => Ok(()),
        Err(error) => Err(error),
    };
    if let Err(error) = gone {
        tracing::warn!(%error, key, "an object without a file could not be deleted");
    }
}
