//! The form of a message, with files or without, as it comes in: words first, since a browser sends fields in the order
//! of the page and nobody waits for files whose words are refused.

use bytes::Bytes;
use poem::{Body, Request, http::header};
use portico_facts::OrganizationId;
use portico_kernel::{
    ArrivedFile, ArrivingFile, BrokenBody, Error, FileBytes, KeptFile, Kernel, Part, Parts, Problems, Result,
    parse_form,
};
use portico_ui::components::TOKEN_FIELD;

use crate::{
    file::{LARGEST, MOST, Refusal},
    jobs::forget_unknown,
    message::{MessageForm, Words},
};

/// Of the field with the words, in bytes, as of any form.
const LONGEST_TEXT: usize = 1024 * 1024;

/// A form whose origin is proven, and of which nothing else is believed yet.
pub enum Receiving {
    Fields(MessageForm),
    Parts(Parts),
}

/// All of it. Nothing of the files has a row yet.
#[derive(Default)]
pub struct Received {
    pub form: MessageForm,
    files: Vec<ArrivedFile>,
    refusal: Option<Refusal>,
}

enum Stop {
    Refused(Refusal),
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<BrokenBody> for Stop {
    fn from(broken: BrokenBody) -> Self {
        Self::Failed(unreadable(&broken))
    }
}

fn unreadable(broken: &BrokenBody) -> Error {
    Error::BadRequest(broken.to_string().into())
}

impl Receiving {
    /// # Errors
    /// [`Error::ForeignOrigin`], or [`Error::BadRequest`] for what is no form.
    pub async fn begin(req: &Request, body: Body) -> Result<Self> {
        let content_type = req.header(header::CONTENT_TYPE).unwrap_or_default();
        if content_type.starts_with("application/x-www-form-urlencoded") {
            let bytes = body.into_bytes_limit(LONGEST_TEXT).await.map_err(|_| Error::TooLarge)?;
            return Ok(Self::Fields(parse_form(&bytes)?));
        }
        let mut parts = Parts::of(req, body)?;
        parts.prove_origin().await.map_err(|broken| unreadable(&broken))??;
        Ok(Self::Parts(parts))
    }

    /// Takes words and files, until their end or the first refusal.
    ///
    /// # Errors
    /// What says nothing about a field.
    pub async fn take(self, kernel: &Kernel, organization: OrganizationId) -> Result<Received> {
        let mut received = Received::default();
        let mut parts = match self {
            Self::Fields(form) => return Ok(Received { form, ..received }),
            Self::Parts(parts) => parts,
        };
        let stop = match gather(&mut parts, &mut received, kernel, organization).await {
            Ok(()) => return Ok(received),
            Err(stop) => stop,
        };
        received.forget(kernel, organization).await;
        match stop {
            Stop::Failed(error) => Err(error),
            Stop::Refused(refusal) => Ok(Received { refusal: Some(refusal), files: Vec::new(), ..received }),
        }
    }
}

async fn gather(
    parts: &mut Parts,
    received: &mut Received,
    kernel: &Kernel,
    organization: OrganizationId,
) -> Result<(), Stop> {
    let mut has_words = false;
    while let Some(mut part) = parts.next().await? {
        match part.name() {
            TOKEN_FIELD => drop(part.text().await?),
            "message" if !has_words => {
                received.form.message = words_of(&mut part).await?;
                has_words = true;
            }
            "files" => take_file(part, received, kernel, organization).await?,
            other => return Err(Error::BadRequest(format!("unknown field {other:?}").into()).into()),
        }
    }
    Ok(())
}

/// Longer than other fields of a form with files, and answered at the field whatever its bytes are (P43).
async fn words_of(part: &mut Part) -> Result<String, Stop> {
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await? {
        text.extend_from_slice(&chunk);
        if text.len() > LONGEST_TEXT {
            return Err(Error::TooLarge.into());
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// An input in which no file was chosen is sent as an empty one without a name.
async fn take_file(
    mut part: Part,
    received: &mut Received,
    kernel: &Kernel,
    organization: OrganizationId,
) -> Result<(), Stop> {
    let name = part.file_name();
    let first: Option<Bytes> = part.chunk().await?;
    if name.is_empty() && first.is_none() {
        return Ok(());
    }
    if received.form.parse_beside(1).is_err() {
        return Err(Stop::Refused(Refusal::WithWords));
    }
    if received.files.len() == MOST {
        return Err(Stop::Refused(Refusal::TooMany));
    }
    let keeper = kernel.registry().file_keeper().ok_or(Error::NotFound)?;
    let bytes = FileBytes::of_part(first, &mut part);
    let file = ArrivingFile { name: &name, bytes, largest: LARGEST };
    match keeper.keep(kernel, organization, file).await? {
        Ok(arrived) => received.files.push(arrived),
        Err(not_kept) => return Err(Stop::Refused(Refusal::NotKept(not_kept))),
    }
    Ok(())
}

impl Received {
    /// # Errors
    /// What is wrong, at its field.
    pub fn parse(&self) -> Result<Words, Problems> {
        let words = self.form.parse_beside(self.files.len() + usize::from(self.refusal.is_some()));
        let mut problems = match (words, self.refusal) {
            (Ok(words), None) => return Ok(words),
            (Ok(_), Some(_)) => Problems::default(),
            (Err(problems), _) => problems,
        };
        if let Some(refusal) = self.refusal {
            problems.add("files", refusal.key());
        }
        Err(problems)
    }

    pub fn kept(&self) -> Vec<KeptFile> {
        self.files.iter().map(|arrived| arrived.file.clone()).collect()
    }

    /// Of whoever may not write any more.
    pub async fn forget(&self, kernel: &Kernel, organization: OrganizationId) {
        forget_arrived(kernel, organization, &self.files).await;
    }
}

/// A commit whose answer was lost may have happened: an object goes only where no row holds it.
pub async fn forget_arrived(kernel: &Kernel, organization: OrganizationId, files: &[ArrivedFile]) {
    if files.is_empty() {
        return;
    }
    let keys = files.iter().map(|arrived| arrived.file.key.clone()).collect();
    let forgotten = match kernel.system(organization).await {
        Ok(system) => forget_unknown(&system, keys).await,
        Err(error) => Err(error),
    };
    if let Err(error) = forgotten {
        tracing::warn!(%error, "files without a message could not be deleted");
    }
}
