//! The one door of blocking work: a bounded number of connections, a bounded queue in front of them, and an
//! immediate [`Error::Busy`] for what does not fit (T37).

use std::{
    cell::RefCell,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context as TaskContext, Poll, Waker},
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tracing::{Span, field::Empty};

use super::{Backend, ConnectionFailed, Connections};
use crate::{
    connection::Db,
    error::{Error, Result},
    gauges::Pool,
    traced::{TRACED, went_wrong},
};

pub(super) struct Door {
    /// As OpenTelemetry calls the database.
    system: &'static str,
    purpose: &'static str,
    pool: r2d2::Pool<Connections>,
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    longest_queue: usize,
    /// Told when somebody inside found the database away, or held by somebody else. Those who wait would find the
    /// same, one after the other, after as long a time each.
    in_vain: Arc<Notify>,
}

type Connection = r2d2::PooledConnection<Connections>;

impl Door {
    pub fn open(
        backend: &Backend,
        purpose: &'static str,
        connections: u32,
        longest_queue: usize,
    ) -> anyhow::Result<Self> {
        let pool = r2d2::Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .test_on_check_out(matches!(backend, Backend::Postgres(_)))
            .connection_timeout(Duration::from_secs(5))
            .idle_timeout(Some(Duration::from_secs(300)))
            .max_lifetime(None)
            .error_handler(Box::new(LogErrors))
            .build(Connections(backend.clone()))
            .context("the database does not answer")?;
        let system = match backend {
            Backend::Postgres(_) => "postgresql",
            Backend::Sqlite(_) => "sqlite",
        };
        Ok(Self {
            system,
            purpose,
            pool,
            permits: Arc::new(Semaphore::new(connections as usize)),
            waiting: AtomicUsize::new(0),
            longest_queue,
            in_vain: Arc::default(),
        })
    }

    /// A connection outside the queue, for the start of the program.
    pub fn connection(&self) -> Result<Connection, r2d2::Error> {
        self.pool.get()
    }

    pub fn pool(&self) -> Pool {
        let state = self.pool.state();
        let busy = state.connections - state.idle_connections;
        Pool { purpose: self.purpose, open: state.connections, busy }
    }

    /// How many stand in the queue.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Runs `work` on a connection, off the async threads.
    pub async fn enter<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        self.pass(move |mut db| work(&mut db)).await
    }

    /// Runs `work` as [`Door::enter`] does, and goes on with what it found: the first step of `then` is taken on the
    /// same thread with the same connection [at hand](at_hand), so that whoever asks for nothing else needs one trip.
    pub async fn enter_and_go_on<T, F, N, A>(&self, work: F, then: N) -> Result<A::Output>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
        N: FnOnce(T) -> A + Send + 'static,
        A: Future<Output: Send> + Send + 'static,
    {
        let first_step = self.pass(move |mut db| {
            let found = work(&mut db)?;
            Ok(first_step(Box::pin(then(found)), db))
        });
        match first_step.await? {
            FirstStep::Last(output) => Ok(output),
            FirstStep::MoreToCome(rest) => Ok(rest.await),
        }
    }

    async fn pass<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(Connection) -> Result<T> + Send + 'static,
    {
        let span = Span::current();
        let traced = self.span_within(&span);
        let asked = (!traced.is_disabled()).then(Instant::now);
        let permit = self.permit().await.inspect_err(|_| went_wrong(&traced))?;
        let (pool, in_vain) = (self.pool.clone(), self.in_vain.clone());
        tokio::task::spawn_blocking(move || {
            // Given back with the connection: neither earlier, when nobody waits for the answer any more, nor later,
            // when somebody comes to fetch it.
            let _permit = permit;
            // The one of the log stays the innermost: what is begun in here takes it along.
            let _traced = traced.enter();
            let _entered = span.enter();
            let connection = pool.get().map_err(|error| Error::Unavailable(error.into()));
            let waited = asked.map(|asked| asked.elapsed());
            let outcome = connection.and_then(work);
            if let (Some(asked), Some(waited)) = (asked, waited) {
                tell(&traced, waited, asked.elapsed().saturating_sub(waited), outcome.as_ref().err());
            }
            if let Err(Error::Busy | Error::Unavailable(_)) = outcome {
                in_vain.notify_waiters();
            }
            outcome
        })
        .await
        .map_err(|panic| Error::Internal(panic.into()))?
    }

    /// What polls by itself, outside of any request and job, is not worth a span of its own.
    fn span_within(&self, span: &Span) -> Span {
        if span.is_none() {
            return Span::none();
        }
        tracing::info_span!(
            target: TRACED,
            "database",
            otel.kind = "client",
            db.system.name = self.system,
            db.operation.name = self.purpose,
            portico.waiting_seconds = Empty,
            portico.running_seconds = Empty,
            otel.status_code = Empty,
        )
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let _place = Place::behind(&self.waiting, self.longest_queue)?;
        tokio::select! {
            biased;
            () = self.in_vain.notified() => Err(Error::Busy),
            permit = self.permits.clone().acquire_owned() => permit.map_err(|_| Error::Busy),
        }
    }
}

/// That something is not there, or was refused, is an answer like any other.
fn tell(span: &Span, waited: Duration, ran: Duration, error: Option<&Error>) {
    span.record("portico.waiting_seconds", waited.as_secs_f64());
    span.record("portico.running_seconds", ran.as_secs_f64());
    if let Some(Error::Busy | Error::Unavailable(_) | Error::Internal(_)) = error {
        went_wrong(span);
    }
}

enum FirstStep<A: Future> {
    Last(A::Output),
    MoreToCome(Pin<Box<A>>),
}

thread_local! {
    static AT_HAND: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// What waits after its first step is asked again by its own task, which is woken then.
fn first_step<A: Future>(mut rest: Pin<Box<A>>, db: Connection) -> FirstStep<A> {
    struct Lent;
    impl Drop for Lent {
        fn drop(&mut self) {
            drop(AT_HAND.take());
        }
    }
    AT_HAND.set(Some(db));
    let _lent = Lent;
    match rest.as_mut().poll(&mut TaskContext::from_waker(Waker::noop())) {
        Poll::Ready(output) => FirstStep::Last(output),
        Poll::Pending => FirstStep::MoreToCome(rest),
    }
}

/// Runs `work` on the connection that this thread has at hand, or gives it back where there is none.
pub(super) fn at_hand<T, F>(work: F) -> Result<Result<T>, F>
where
    F: FnOnce(&mut Db) -> Result<T>,
{
    let Some(mut db) = AT_HAND.take() else { return Err(work) };
    let value = work(&mut db);
    AT_HAND.set(Some(db));
    Ok(value)
}

/// In the queue; left also by who goes away while waiting.
struct Place<'d>(&'d AtomicUsize);

impl<'d> Place<'d> {
    fn behind(waiting: &'d AtomicUsize, longest_queue: usize) -> Result<Self> {
        let place = Self(waiting);
        match waiting.fetch_add(1, Ordering::Relaxed) < longest_queue {
            true => Ok(place),
            false => Err(Error::Busy),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Debug)]
struct LogErrors;

impl r2d2::HandleError<ConnectionFailed> for LogErrors {
    fn handle_error(&self, error: ConnectionFailed) {
        tracing::warn!(%error, "database connection");
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn t37_whoever_finds_the_queue_full_or_waits_in_vain_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portico.sqlite").to_str().unwrap().to_owned();
        let door = Door::open(&Backend::Sqlite(path), "read", 1, 2).unwrap();
        let (tell, told) = std::sync::mpsc::channel::<()>();
        let mut inside = Box::pin(door.enter(move |_| {
            told.recv().unwrap_err();
            Err::<(), _>(Error::Unavailable(anyhow::anyhow!("away")))
        }));
        assert!((&mut inside).now_or_never().is_none(), "it has the only connection");
        let mut waiting = [(); 2].map(|()| Box::pin(door.permit()));
        waiting.iter_mut().for_each(|one| assert!(one.now_or_never().is_none()));
        assert!(matches!(door.permit().now_or_never(), Some(Err(Error::Busy))), "the queue has two places");

        drop(tell);
        assert!(matches!(inside.await, Err(Error::Unavailable(_))));
        for one in waiting {
            assert!(matches!(one.await, Err(Error::Busy)));
        }
        assert!(door.permit().await.is_ok(), "the next one tries for themselves");
    }
}
