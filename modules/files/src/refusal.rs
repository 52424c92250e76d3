//! Why an upload was not taken, in the words of its sender.

use poem::http::StatusCode;
use portico_kernel::{BrokenBody, Error, Side};
use portico_ui::Text;

/// The largest single file, in bytes.
pub const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

#[derive(Debug)]
pub enum Refusal {
    /// A file of more than [`LARGEST`].
    TooLarge,
    /// The organization's storage space is used up.
    QuotaUsedUp,
    /// The body broke off, or is not what a form sends.
    Unreadable,
    NothingChosen,
    /// From a client, of whom files alone are taken.
    EmptyFolder,
    /// The machine's disk is full.
    NoSpace,
    /// The object store does not answer.
    NoStore,
    /// Nothing about this upload in particular: answered as anywhere else.
    Other(Error),
}

impl Refusal {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::QuotaUsedUp | Self::NoSpace => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::NothingChosen | Self::EmptyFolder => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoStore => StatusCode::SERVICE_UNAVAILABLE,
            Self::Other(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn words(&self, text: Text, side: Side) -> String {
        let key = match self {
            Self::TooLarge => {
                return text.say_with("files-too-large", &[("limit", text.bytes(LARGEST).into())]);
            }
            Self::QuotaUsedUp if side == Side::Client => "files-quota-used-up-for-client",
            Self::QuotaUsedUp => "files-quota-used-up",
            Self::Unreadable | Self::Other(_) => "files-upload-unreadable",
            Self::NothingChosen => "files-nothing-chosen",
            Self::EmptyFolder => "files-folder-empty",
            Self::NoSpace => "files-no-space",
            Self::NoStore => "files-no-store",
        };
        text.say(key).into_owned()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::StorageFull => Self::NoSpace,
            Error::Unavailable(cause) => {
                tracing::error!(error = %format!("{cause:#}"), "the object store failed during an upload");
                Self::NoStore
            }
            other => Self::Other(other),
        }
    }
}

impl From<BrokenBody> for Refusal {
    fn from(error: BrokenBody) -> Self {
        tracing::debug!(%error, "an upload could not be read");
        Self::Unreadable
    }
}
