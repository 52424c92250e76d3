//! Who is turned away when more is asked for than can be answered (T37). Pages are most of what is asked for, and may not take
//! all places in front of the database: whoever signs in, and whoever reports a payment, finds some left.

use poem::http::Method;
use portico_kernel::{Error, Result};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::metrics::RouteClass;

/// What is read for at a time: three quarters of what the kernel lets wait for a connection (`database.rs`). What is sent is
/// not counted here, since a body may take as long as its sender wants.
const MOST: usize = 384;

pub struct Places(Semaphore);

impl Default for Places {
    fn default() -> Self {
        Self(Semaphore::new(MOST))
    }
}

impl Places {
    /// Held until there is an answer, which may be a stream; nothing where no place is needed.
    ///
    /// # Errors
    /// [`Error::Busy`] when all are taken.
    pub fn take_for(&self, method: &Method, path: &str) -> Result<Option<SemaphorePermit<'_>>> {
        if !is_counted(method, path) {
            return Ok(None);
        }
        self.0.try_acquire().map(Some).map_err(|_| Error::Busy)
    }
}

fn is_counted(method: &Method, path: &str) -> bool {
    let signs_in = path.strip_prefix("/sign-in").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let waits_for_nobody =
        matches!(RouteClass::of(path), RouteClass::Asset | RouteClass::Webhook | RouteClass::Probe);
    matches!(*method, Method::GET | Method::HEAD) && !signs_in && !waits_for_nobody
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t37_pages_leave_places_to_who_signs_in_and_to_reports_of_payments() {
        let places = Places(Semaphore::new(1));
        let first = places.take_for(&Method::GET, "/portals/1").unwrap();
        assert!(first.is_some());
        for path in ["/", "/staff/portals", "/files/1/download", "/live", "/sign-in-as-another"] {
            for method in [Method::GET, Method::HEAD] {
                assert!(matches!(places.take_for(&method, path), Err(Error::Busy)), "{method} {path}");
            }
        }
        for path in ["/sign-in", "/sign-in/code", "/assets/app.css", "/healthz", "/readyz", "/metrics"] {
            assert!(places.take_for(&Method::GET, path).unwrap().is_none(), "{path}");
        }
        for path in ["/sign-in", "/webhooks/stripe", "/staff/portals"] {
            assert!(places.take_for(&Method::POST, path).unwrap().is_none(), "{path}");
        }
        drop(first);
        assert!(places.take_for(&Method::GET, "/").unwrap().is_some(), "a place is given back");
    }
}
