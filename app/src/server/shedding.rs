//! Who is turned away when more is asked for than can be answered (T37). Pages are most of what is asked for, and may not take
//! all places in front of the database: whoever signs in, and whoever reports a payment, finds some left.

use poem::http::Method;
use portico_kernel::{Error, MOST_READING, Result};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::metrics::RouteClass;

/// What is read for at a time: with [`FILES`], three quarters of those who may wait for a connection. What is sent is not
/// counted here, since a body may take as long as its sender wants.
const PAGES: usize = MOST_READING / 2;
/// Files and archives wait for the object store as well: one that hangs holds up no page.
const FILES: usize = MOST_READING / 4;

/// Nobody who comes by one of these is signed in: they answer a mail, or ask for proof of a domain.
const WAYS_IN: [&str; 6] =
    ["/sign-in", "/setup", "/reset", "/invitations", "/unsubscribe", "/.well-known/portico"];

pub struct Places {
    pages: Semaphore,
    files: Semaphore,
}

impl Default for Places {
    fn default() -> Self {
        Self { pages: Semaphore::new(PAGES), files: Semaphore::new(FILES) }
    }
}

impl Places {
    /// Held until there is an answer, which may be a stream; nothing where no place is needed.
    ///
    /// # Errors
    /// [`Error::Busy`] when all are taken.
    pub fn take_for(&self, method: &Method, path: &str) -> Result<Option<SemaphorePermit<'_>>> {
        let Some(places) = self.meant_for(method, path) else { return Ok(None) };
        places.try_acquire().map(Some).map_err(|_| Error::Busy)
    }

    fn meant_for(&self, method: &Method, path: &str) -> Option<&Semaphore> {
        if !matches!(*method, Method::GET | Method::HEAD) || is_way_in(path) {
            return None;
        }
        match RouteClass::of(path) {
            RouteClass::Asset | RouteClass::Webhook | RouteClass::Probe => None,
            RouteClass::File => Some(&self.files),
            // An archive of what is known of a person.
            _ if path.ends_with("/person.zip") => Some(&self.files),
            RouteClass::Client | RouteClass::Staff | RouteClass::Stream => Some(&self.pages),
        }
    }
}

fn is_way_in(path: &str) -> bool {
    let mut rests = WAYS_IN.into_iter().filter_map(|way| path.strip_prefix(way));
    rests.any(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t37_pages_leave_places_to_who_signs_in_and_to_reports_of_payments() {
        let places = Places { pages: Semaphore::new(1), files: Semaphore::new(1) };
        let first = places.take_for(&Method::GET, "/portals/1").unwrap();
        assert!(first.is_some());
        for path in ["/", "/staff/portals", "/live", "/sign-in-as-another", "/resets/1", "/.well-known/x"] {
            for method in [Method::GET, Method::HEAD] {
                assert!(matches!(places.take_for(&method, path), Err(Error::Busy)), "{method} {path}");
            }
        }
        let mailed = ["/invitations/1", "/reset/1", "/reset", "/unsubscribe/1", "/sign-in/link/1"];
        for path in mailed.into_iter().chain(["/setup", "/.well-known/portico/1"]) {
            assert!(places.take_for(&Method::GET, path).unwrap().is_none(), "{path}");
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

    #[test]
    fn t37_files_that_nobody_hands_out_hold_up_no_page_and_pages_no_file() {
        let places = Places { pages: Semaphore::new(1), files: Semaphore::new(1) };
        let page = places.take_for(&Method::GET, "/staff/files/1").unwrap();
        let file = places.take_for(&Method::GET, "/files/1/content").unwrap();
        assert!(page.is_some() && file.is_some());
        let archives = ["/portals/1/download", "/staff/clients/1/person.zip"];
        for path in ["/files/1/download", "/staff/files/1/versions/2/content"].into_iter().chain(archives) {
            assert!(matches!(places.take_for(&Method::GET, path), Err(Error::Busy)), "{path}");
        }
        drop(page);
        assert!(places.take_for(&Method::GET, "/").unwrap().is_some());
        assert!(matches!(places.take_for(&Method::HEAD, "/files/2/download"), Err(Error::Busy)));
        drop(file);
        assert!(places.take_for(&Method::GET, "/files/2/download").unwrap().is_some());
    }
}
