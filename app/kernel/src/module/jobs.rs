//! What runs behind the requests.

use futures_util::future::BoxFuture;
use portico_facts::EventKind;

use crate::{error::Result, event::Event, system::System, transaction::Tx};

pub struct Reaction {
    /// Names its cursor: never change it.
    pub name: &'static str,
    pub kinds: &'static [EventKind],
    pub react: fn(&mut Tx, &Event) -> Result<()>,
}

pub struct JobKind {
    pub kind: &'static str,
    pub run: RunJob,
}

pub type RunJob = fn(System, Job) -> BoxFuture<'static, Result<()>>;

/// A job that is being run. Running it twice must do no harm.
pub struct Job {
    pub id: i64,
    /// JSON, as it was enqueued.
    pub payload: String,
}

impl Job {
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) when the payload is of another shape.
    pub fn payload<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.payload).map_err(anyhow::Error::from)?)
    }
}
