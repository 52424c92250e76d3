use std::{borrow::Cow, time::Duration};

/// What went wrong, in the terms of the answer it becomes. The words are found in the reader's
/// language when the answer is rendered (`answer.rs`); keys name messages of the catalogues.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 404: it is not there, or not for you; nobody can tell which (P11).
    #[error("not found")]
    NotFound,
    /// 403: a staff member without the right.
    #[error("forbidden")]
    Forbidden,
    /// 403: staff who see as a client of this name change nothing in their place (P13).
    #[error("only seen as {name}")]
    OnlySeen { name: String },
    /// 403: the request could not prove that it came from a page of ours (T6).
    #[error("foreign origin")]
    ForeignOrigin,
    /// 405: the address is there, for other methods.
    #[error("only {allowed}")]
    MethodNotAllowed { allowed: String },
    /// 421: no organization lives at this host (T7).
    #[error("unknown host")]
    UnknownHost,
    /// The organization left this address. Whoever reads is led to `target`; who sends something is told, with 421, that it
    /// is at `address` now.
    #[error("moved to {address}")]
    Moved { address: String, target: String },
    /// 400: the request cannot be read.
    #[error("bad request: {0}")]
    BadRequest(Cow<'static, str>),
    /// 409: someone else was first; the key says in words what stands now.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// 413: more bytes than are taken.
    #[error("too large")]
    TooLarge,
    /// 422 for requests without a form page to go back to.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldError>),
    /// 429
    #[error("too many attempts")]
    TooMany { wait: Duration },
    /// 503: shed rather than queued (T37).
    #[error("busy")]
    Busy,
    /// 503: the database, the object store or another outside part does not answer.
    #[error("unavailable: {0}")]
    Unavailable(anyhow::Error),
    /// 507: the disk is full, or the quota.
    #[error("storage is full")]
    StorageFull,
    /// 500, with a request id that stands in the log.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing to say at one field (P43). `key` names a message of the catalogues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub key: &'static str,
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error as Diesel};
        match error {
            Diesel::NotFound => Error::NotFound,
            Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Error::Conflict("ui-error-changed-meanwhile")
            }
            Diesel::DatabaseError(_, ref details) if is_full(details.message()) => Error::StorageFull,
            Diesel::DatabaseError(_, ref details) if is_locked(details.message()) => {
                tracing::warn!(error = details.message(), "the database is held by somebody else");
                Error::Busy
            }
            Diesel::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _,
            ) => Error::Unavailable(error.into()),
            Diesel::DatabaseError(_, ref details) if is_thrown_out(details.message()) => {
                Error::Unavailable(error.into())
            }
            other => Error::Internal(other.into()),
        }
    }
}

/// SQLite says SQLITE_FULL, PostgreSQL 53100, both as words: diesel passes no code on.
pub(crate) fn is_full(message: &str) -> bool {
    message.contains("database or disk is full") || message.contains("No space left on device")
}

/// SQLite says SQLITE_BUSY, PostgreSQL 55P03: somebody else held the lock for longer than we wait.
fn is_locked(message: &str) -> bool {
    message.contains("database is locked") || message.contains("due to lock timeout")
}

/// PostgreSQL's last words on a connection, 57P01.
fn is_thrown_out(message: &str) -> bool {
    message.contains("terminating connection")
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::StorageFull,
            _ => Error::Internal(error.into()),
        }
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
