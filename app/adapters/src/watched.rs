//! What is asked of the object store and of the mail server, counted and traced: which verb, and whether it went well.

use std::{
    ops::Range,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use bytes::Bytes;
use futures_util::{FutureExt, future::BoxFuture, stream::BoxStream};
use portico_facts::OrganizationId;
use portico_kernel::{
    Error, Instant, ListedObject, MailRefused, ObjectWriter, Objects, Outbox, OutgoingMail, Result,
    ResumableWriter, StoredObject, TRACED, Unfinished, traced,
};
use tracing::field::Empty;

/// In front of the object store or of the mail server.
pub struct Watched<T>(pub T);

/// What is asked of the object store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Write,
    Read,
    Delete,
    Exists,
    Resume,
    Publish,
    Discard,
    Check,
}

impl Verb {
    pub const ALL: [Self; 8] = [
        Self::Write,
        Self::Read,
        Self::Delete,
        Self::Exists,
        Self::Resume,
        Self::Publish,
        Self::Discard,
        Self::Check,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Read => "read",
            Self::Delete => "delete",
            Self::Exists => "exists",
            Self::Resume => "resume",
            Self::Publish => "publish",
            Self::Discard => "discard",
            Self::Check => "check",
        }
    }
}

/// What became of a mail that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Sent,
    /// For good, because of its address.
    Refused,
    Failed,
}

impl Delivery {
    pub const ALL: [Self; 3] = [Self::Sent, Self::Refused, Self::Failed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    fn of(outcome: &Result<()>) -> Self {
        match outcome {
            Ok(()) => Self::Sent,
            Err(Error::Unavailable(cause)) if cause.is::<MailRefused>() => Self::Refused,
            Err(_) => Self::Failed,
        }
    }
}

/// Of this process, since it started.
pub struct OutsideCalls {
    objects: [[AtomicU64; 2]; Verb::ALL.len()],
    mails: [AtomicU64; Delivery::ALL.len()],
}

pub static OUTSIDE_CALLS: OutsideCalls = OutsideCalls::new();

impl OutsideCalls {
    const fn new() -> Self {
        Self {
            objects: [const { [const { AtomicU64::new(0) }; 2] }; Verb::ALL.len()],
            mails: [const { AtomicU64::new(0) }; Delivery::ALL.len()],
        }
    }

    fn count(&self, verb: Verb, went_well: bool) {
        self.objects[verb as usize][usize::from(went_well)].fetch_add(1, Relaxed);
    }

    /// How many calls of each kind failed, and how many went well.
    pub fn objects(&self) -> impl Iterator<Item = (Verb, u64, u64)> {
        let each = Verb::ALL.into_iter().zip(&self.objects);
        each.map(|(verb, [failed, well])| (verb, failed.load(Relaxed), well.load(Relaxed)))
    }

    pub fn mails(&self) -> impl Iterator<Item = (Delivery, u64)> {
        Delivery::ALL.into_iter().zip(&self.mails).map(|(delivery, count)| (delivery, count.load(Relaxed)))
    }
}

async fn watched<T>(verb: Verb, call: impl Future<Output = Result<T>>) -> Result<T> {
    let span = tracing::info_span!(
        target: TRACED,
        "object store",
        otel.kind = "client",
        portico.object.verb = verb.name(),
        otel.status_code = Empty,
    );
    let outcome = traced(span, call).await;
    OUTSIDE_CALLS.count(verb, outcome.is_ok());
    outcome
}

struct WatchedWriter(Box<dyn ObjectWriter>);

impl ObjectWriter for WatchedWriter {
    fn write(&mut self, bytes: Bytes) -> BoxFuture<'_, Result<()>> {
        async move {
            let written = self.0.write(bytes).await;
            if written.is_err() {
                OUTSIDE_CALLS.count(Verb::Write, false);
            }
            written
        }
        .boxed()
    }

    fn finish(self: Box<Self>) -> BoxFuture<'static, Result<()>> {
        let Self(writer) = *self;
        watched(Verb::Write, writer.finish()).boxed()
    }

    fn abort(self: Box<Self>) -> BoxFuture<'static, ()> {
        let Self(writer) = *self;
        writer.abort()
    }
}

impl Objects for Watched<Box<dyn Objects>> {
    fn create<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Box<dyn ObjectWriter>>> {
        async move {
            match self.0.create(key).await {
                Ok(writer) => Ok(Box::new(WatchedWriter(writer)) as Box<dyn ObjectWriter>),
                Err(error) => {
                    OUTSIDE_CALLS.count(Verb::Write, false);
                    Err(error)
                }
            }
        }
        .boxed()
    }

    fn read<'a>(&'a self, key: &'a str, range: Range<u64>) -> BoxFuture<'a, Result<StoredObject>> {
        watched(Verb::Read, self.0.read(key, range)).boxed()
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<()>> {
        watched(Verb::Delete, self.0.delete(key)).boxed()
    }

    fn list(&self, folder: &str) -> BoxStream<'static, Result<ListedObject>> {
        self.0.list(folder)
    }

    fn exists<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool>> {
        watched(Verb::Exists, self.0.exists(key)).boxed()
    }

    fn resume<'a>(
        &'a self,
        key: &'a str,
        saved: &'a Unfinished,
    ) -> BoxFuture<'a, Result<Box<dyn ResumableWriter>>> {
        watched(Verb::Resume, self.0.resume(key, saved)).boxed()
    }

    fn publish<'a>(&'a self, key: &'a str, ended: &'a Unfinished) -> BoxFuture<'a, Result<()>> {
        watched(Verb::Publish, self.0.publish(key, ended)).boxed()
    }

    fn discard<'a>(&'a self, key: &'a str, saved: &'a Unfinished) -> BoxFuture<'a, Result<()>> {
        watched(Verb::Discard, self.0.discard(key, saved)).boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<()>> {
        watched(Verb::Check, self.0.check()).boxed()
    }
}

impl Outbox for Watched<Box<dyn Outbox>> {
    fn send(&self, mail: OutgoingMail) -> BoxFuture<'_, Result<()>> {
        async move {
            let span = tracing::info_span!(
                target: TRACED,
                "mail",
                otel.kind = "client",
                portico.mail.outcome = Empty,
                otel.status_code = Empty,
            );
            let outcome = traced(span.clone(), self.0.send(mail)).await;
            let delivery = Delivery::of(&outcome);
            span.record("portico.mail.outcome", delivery.name());
            OUTSIDE_CALLS.mails[delivery as usize].fetch_add(1, Relaxed);
            outcome
        }
        .boxed()
    }

    fn forget<'a>(
        &'a self,
        organization: OrganizationId,
        to: &'a str,
        until: Instant,
    ) -> BoxFuture<'a, Result<()>> {
        self.0.forget(organization, to, until)
    }

    fn keeps(&self) -> bool {
        self.0.keeps()
    }

    fn check(&self) -> BoxFuture<'_, Result<()>> {
        self.0.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_call_has_a_place_of_its_own() {
        for (at, verb) in Verb::ALL.into_iter().enumerate() {
            assert_eq!(verb as usize, at);
        }
        for (at, delivery) in Delivery::ALL.into_iter().enumerate() {
            assert_eq!(delivery as usize, at);
        }
        let calls = OutsideCalls::new();
        calls.count(Verb::Read, true);
        calls.count(Verb::Read, false);
        calls.count(Verb::Read, false);
        let counted: Vec<_> = calls.objects().filter(|(_, failed, well)| failed + well > 0).collect();
        assert_eq!(counted, [(Verb::Read, 2, 1)]);
    }

    #[test]
    fn a_refusal_is_no_failure() {
        let refused = MailRefused { answer: "550 no such person".into() };
        for (outcome, delivery) in [
            (Ok(()), Delivery::Sent),
            (Err(Error::Unavailable(refused.into())), Delivery::Refused),
            (Err(Error::Unavailable(anyhow::anyhow!("the mail server says nothing"))), Delivery::Failed),
            (Err(Error::Busy), Delivery::Failed),
        ] {
            assert_eq!(Delivery::of(&outcome), delivery);
        }
    }
}
