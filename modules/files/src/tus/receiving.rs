//! One request's bytes on their way into the object store. It runs in a task of its own: when the
//! browser goes away, what came is still saved.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use poem::Body;
use portico_kernel::{Error, PAUSE, ResumableWriter, Unfinished};

use super::{checksum::Checksum, fault::Fault, finishing, turns::Turn, upload::Upload};
use crate::{store::uploads, sums::Sums, uploader::Uploader};

/// Without a byte for this long a sender counts as gone. What came is saved and the sender may come
/// back at once, on another connection; the acceptor would wait for hours.
const STALLED: Duration = Duration::from_secs(10);

const TOO_MUCH: Fault = Fault::Malformed("more bytes than Upload-Length says");

type Pieces = BoxStream<'static, std::io::Result<Bytes>>;

pub struct Receiving {
    pub uploader: Uploader,
    pub upload: Upload,
    pub turn: Turn,
    /// Of this request's bytes: they are kept when it is right, all or nothing.
    pub checksum: Option<Checksum>,
}

impl Receiving {
    /// Returns what became of the upload.
    pub async fn take(self, body: Body) -> Result<Upload, Fault> {
        let pieces = body.into_bytes_stream().boxed();
        tokio::spawn(self.run(pieces)).await.map_err(|error| Error::Internal(error.into()))?
    }

    async fn run(mut self, mut pieces: Pieces) -> Result<Upload, Fault> {
        self.pour(&mut pieces).await?;
        if self.upload.is_whole() && !self.upload.is_finished() {
            finishing::finish(&self.uploader, &mut self.upload).await?;
        }
        Ok(self.upload)
    }

    async fn pour(&mut self, pieces: &mut Pieces) -> Result<(), Fault> {
        if self.upload.is_finished() {
            return match self.next(pieces).await {
                Next::Piece(_) => Err(TOO_MUCH),
                Next::End | Next::BrokenOff => Ok(()),
            };
        }
        // All of it was here when the machine died: what is sent again is not needed.
        if self.upload.is_whole() && self.upload.length() > 0 {
            return Ok(());
        }
        let mut flow = Flow::of(&self.uploader, &self.upload).await?;
        let broken_off = loop {
            match self.next(pieces).await {
                Next::Piece(piece) => self.pass_on(&mut flow, piece).await?,
                Next::End => break false,
                Next::BrokenOff => break true,
            }
        };
        if let Some(checksum) = self.checksum.take() {
            if broken_off {
                return Err(Fault::BrokenOff);
            }
            if !checksum.proves_right() {
                return Err(Fault::OtherChecksum);
            }
        }
        let saved = match flow.size == self.upload.length() {
            true => flow.writer.end().await?,
            false => flow.writer.pause().await?,
        };
        self.save(saved, &flow.sums).await?;
        if broken_off && !self.upload.is_whole() { Err(Fault::BrokenOff) } else { Ok(()) }
    }

    async fn next(&self, pieces: &mut Pieces) -> Next {
        let next = tokio::select! {
            () = self.turn.asked_to_stop() => return Next::BrokenOff,
            () = self.uploader.kernel().stopping().cancelled() => return Next::BrokenOff,
            next = tokio::time::timeout(STALLED, pieces.next()) => next,
        };
        match next {
            Ok(None) => Next::End,
            Ok(Some(Ok(piece))) => Next::Piece(piece),
            Ok(Some(Err(_))) | Err(_) => Next::BrokenOff,
        }
    }

    /// Pauses on the way, so that a machine that dies loses little.
    async fn pass_on(&mut self, flow: &mut Flow, mut piece: Bytes) -> Result<(), Fault> {
        if flow.size + piece.len() as u64 > self.upload.length() {
            return Err(TOO_MUCH);
        }
        while !piece.is_empty() {
            let room = usize::try_from(PAUSE - flow.size % PAUSE).unwrap_or(usize::MAX);
            let part = piece.split_to(piece.len().min(room));
            if let Some(checksum) = &mut self.checksum {
                checksum.add(&part);
            }
            flow.add(part).await?;
            let is_at_pause = flow.size.is_multiple_of(PAUSE) && flow.size < self.upload.length();
            if is_at_pause && self.checksum.is_none() {
                let saved = flow.writer.pause().await?;
                self.save(saved, &flow.sums).await?;
            }
        }
        Ok(())
    }

    async fn save(&mut self, saved: Unfinished, sums: &Sums) -> Result<(), Fault> {
        let before = self.upload.clone();
        self.upload.hold(saved, sums);
        let after = self.upload.clone();
        match self.uploader.write(move |tx| uploads::advance(tx, &before, &after)).await? {
            true => Ok(()),
            false => Err(Fault::OtherOffset),
        }
    }
}

enum Next {
    Piece(Bytes),
    End,
    BrokenOff,
}

struct Flow {
    writer: Box<dyn ResumableWriter>,
    sums: Sums,
    size: u64,
}

impl Flow {
    async fn of(uploader: &Uploader, upload: &Upload) -> Result<Self, Fault> {
        let saved = upload.saved();
        let writer = uploader.objects().resume(&upload.key, &saved).await?;
        Ok(Self { writer, sums: upload.sums()?, size: saved.size })
    }

    async fn add(&mut self, part: Bytes) -> Result<(), Fault> {
        self.sums.add(&part);
        self.size += part.len() as u64;
        Ok(self.writer.write(part).await?)
    }
}
