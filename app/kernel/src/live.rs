//! Live updates: one event stream for each open page, keyed by the viewer's scope. It carries only
//! the names of what changed; the page fetches that again through its guard.

use std::{sync::Arc, time::Duration};

use futures_util::{Stream, stream};
use poem::web::sse::{Event as SseEvent, SSE};
use portico_facts::EventKind;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{
    events::Event,
    guard::{Client, Scope, Staff},
};

/// Events that a slow page may lag behind before it is told to fetch everything again.
const BUFFER: usize = 1024;
/// How often an open stream looks whether its session is over by time.
const HEARTBEAT: Duration = Duration::from_secs(25);

pub(crate) struct Live(broadcast::Sender<Arc<Event>>);

impl Live {
    pub fn new() -> Self {
        Self(broadcast::Sender::new(BUFFER))
    }

    pub fn publish(&self, event: Arc<Event>) {
        // Nobody listening is no error.
        let _ = self.0.send(event);
    }
}

/// What happens in the organization.
pub fn live_for_staff(staff: &Staff) -> SSE {
    listen(staff.scope(), |_, _| true)
}

/// What happens in the portals granted to this client, and to themselves. What is about one person is
/// no other client's business, such as an item that only its sender sees.
pub fn live_for_client(client: &Client) -> SSE {
    listen(client.scope(), |scope, event| match event.person_id {
        Some(concerned) => scope.person().is_some_and(|person| person.id == concerned),
        None => {
            let granted = event.portal_id.is_some_and(|portal| scope.grants.hold(portal));
            granted && is_for_clients(event) && !is_activity(event)
        }
    })
}

/// Who else was invited or signed in is staff's business (P10).
fn is_for_clients(event: &Event) -> bool {
    matches!(event.noun(), "item" | "portal" | "milestone" | "project")
}

/// Changes nothing on the pages of others, and is nobody's business but staff's.
fn is_activity(event: &Event) -> bool {
    [
        EventKind::PORTAL_VIEWED,
        EventKind::PORTAL_DOWNLOADED,
        EventKind::ITEM_DOWNLOADED,
        EventKind::INVOICE_DOWNLOADED,
        EventKind::QUOTE_DOWNLOADED,
    ]
    .iter()
    .any(|kind| event.is(*kind))
}

type Concerns = fn(&Scope, &Event) -> bool;

struct Listener {
    scope: Arc<Scope>,
    events: broadcast::Receiver<Arc<Event>>,
    concerns: Concerns,
}

fn listen(scope: &Arc<Scope>, concerns: Concerns) -> SSE {
    let listener = Listener { scope: scope.clone(), events: scope.kernel().live().0.subscribe(), concerns };
    SSE::new(messages(listener)).keep_alive(HEARTBEAT)
}

fn messages(listener: Listener) -> impl Stream<Item = SseEvent> + Send {
    let hello = stream::iter([SseEvent::message("hello")]);
    let rest = stream::unfold(listener, |mut listener| async move {
        let message = listener.next().await?;
        Some((message, listener))
    });
    stream::StreamExt::chain(hello, rest)
}

impl Listener {
    /// `None` ends the stream: the session is over, or the program stops.
    async fn next(&mut self) -> Option<SseEvent> {
        loop {
            let stopping = self.scope.kernel().stopping().clone();
            let event = tokio::select! {
                () = stopping.cancelled() => return None,
                () = tokio::time::sleep(HEARTBEAT) => {
                    if self.scope.session_is_over_by_time() {
                        return None;
                    }
                    continue;
                }
                event = self.events.recv() => event,
            };
            match event {
                Ok(event) if event.organization_id != self.scope.organization().id => {}
                Ok(event) => {
                    if self.changes_what_we_may_see(&event) {
                        self.scope = self.scope.renewed().await?;
                        return Some(SseEvent::message("everything"));
                    }
                    if (self.concerns)(&self.scope, &event) {
                        return Some(SseEvent::message(topics(&event)));
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    self.scope = self.scope.renewed().await?;
                    return Some(SseEvent::message("everything"));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Sessions that end, people removed and grants taken away act on open streams too (P4, P12).
    fn changes_what_we_may_see(&self, event: &Event) -> bool {
        let me = self.scope.person().map(|person| person.id);
        let about_me = event.person_id.is_some() && event.person_id == me;
        let about_access = matches!(event.noun(), "session" | "grant" | "person");
        let a_portal_came_or_went =
            [EventKind::PORTAL_DELETED, EventKind::PORTAL_RESTORED].into_iter().any(|kind| event.is(kind))
                && !self.scope.is_staff();
        (about_me && about_access) || a_portal_came_or_went
    }
}

/// Space-separated: the noun, the noun with its id, and the portal.
fn topics(event: &Event) -> String {
    if is_activity(event) {
        return "activity".to_owned();
    }
    let noun = event.noun();
    let mut topics = noun.to_owned();
    if let Some(subject) = event.subject_id {
        topics.push_str(&format!(" {noun}:{subject}"));
    }
    if let Some(portal) = event.portal_id {
        topics.push_str(&format!(" portal:{portal}"));
    }
    topics
}
