//! Live updates: one event stream for each open page, keyed by the viewer's scope. It carries only
//! the names of what changed; the page fetches that again through its guard. A page says since when
//! it wants to hear, so that nothing is lost between its making and its listening.

use std::{
    collections::{BTreeSet, VecDeque},
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, stream};
use poem::{Body, Response};
use portico_facts::EventKind;
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::timeout_at,
};

use crate::{
    access::Person,
    clock::Instant,
    event::Event,
    guard::{Client, Scope, Staff, Subscriber},
    module::Side,
};

/// Events that a slow page may lag behind before it is told to fetch everything again.
const BUFFER: usize = 1024;
/// How often at least an open stream says something, if only that it is there, and looks whether its session is over by time.
const HEARTBEAT: Duration = Duration::from_secs(25);

pub(crate) struct Live {
    sender: broadcast::Sender<Arc<Event>>,
    recent: Mutex<Recent>,
}

/// The events that passed last, at most [`BUFFER`].
struct Recent {
    events: VecDeque<(Instant, Arc<Event>)>,
    /// Whatever passed after this moment is there.
    complete_since: Instant,
}

/// What passed.
enum Heard {
    These(Vec<Arc<Event>>),
    /// More than is remembered.
    Unknown,
}

impl Live {
    pub fn new(now: Instant) -> Self {
        let recent = Recent { events: VecDeque::with_capacity(BUFFER), complete_since: now };
        Self { sender: broadcast::Sender::new(BUFFER), recent: Mutex::new(recent) }
    }

    /// Whoever listens since an earlier moment may have missed something.
    pub fn begin(&self, now: Instant) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.events.clear();
        recent.complete_since = now;
    }

    pub fn publish(&self, now: Instant, event: Arc<Event>) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.events.len() == BUFFER
            && let Some((passed, _)) = recent.events.pop_front()
        {
            recent.complete_since = passed;
        }
        recent.events.push_back((now, event.clone()));
        // Nobody listening is no error.
        let _ = self.sender.send(event);
    }

    /// How many pages listen.
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Every event from now on, and those that passed after `since`.
    fn subscribe(&self, since: Instant) -> (Heard, broadcast::Receiver<Arc<Event>>) {
        // While it is held nothing passes.
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let missed = if since < recent.complete_since {
            Heard::Unknown
        } else {
            let later = recent.events.iter().rev().take_while(|(passed, _)| *passed > since);
            Heard::These(later.map(|(_, event)| event.clone()).collect())
        };
        (missed, self.sender.subscribe())
    }
}

/// What happens in the organization, or within a member's limit; `since` is what the page's address of the stream says.
pub fn live_for_staff(staff: &Staff, since: Option<Instant>) -> Response {
    listen(staff.scope(), staff.person(), since, |who, event| {
        who.limit.as_ref().is_none_or(|limit| limit.concerns(event, who.person))
    })
}

/// What happens in the portals granted to this client, and to themselves. What is about one person is
/// no other client's business, such as an item that only its sender sees.
pub fn live_for_client(client: &Client, since: Option<Instant>) -> Response {
    listen(client.scope(), client.person(), since, |who, event| match event.person_id {
        // That staff took home what this client sees is not for them.
        Some(concerned) => concerned == who.person && !event.is(EventKind::PORTAL_COPIED),
        None => {
            let granted = match event.portal_id {
                Some(portal) => who.grants.hold(portal),
                None => is_announced(event) && !who.grants.portals().is_empty(),
            };
            granted && is_for_clients(event) && !is_activity(event)
        }
    })
}

/// Who else was invited or signed in is staff's business (P10).
fn is_for_clients(event: &Event) -> bool {
    is_announced(event)
        || matches!(event.noun(), "item" | "portal" | "milestone" | "project" | "notification")
}

/// Without a portal it is told to every client who has one, since it may be for all of them: that there is something
/// new, and nothing of what. Drafts are not among these.
fn is_announced(event: &Event) -> bool {
    [
        EventKind::ANNOUNCEMENT_PUBLISHED,
        EventKind::ANNOUNCEMENT_EDITED,
        EventKind::ANNOUNCEMENT_DELETED,
        EventKind::ANNOUNCEMENT_RESTORED,
    ]
    .iter()
    .any(|kind| event.is(*kind))
}

/// Changes nothing on the pages of others, and is nobody's business but staff's.
fn is_activity(event: &Event) -> bool {
    EventKind::LOOKS.iter().any(|kind| event.is(*kind)) || event.is(EventKind::PORTAL_COPIED)
}

/// With which clients find or miss a whole portal.
const COMINGS_AND_GOINGS: [EventKind; 4] = [
    EventKind::PORTAL_DELETED,
    EventKind::PORTAL_RESTORED,
    EventKind::PORTAL_ARCHIVED,
    EventKind::PORTAL_UNARCHIVED,
];

type Concerns = fn(&Subscriber, &Event) -> bool;

struct Listener {
    who: Subscriber,
    /// Until it was told.
    missed: Option<Heard>,
    events: broadcast::Receiver<Arc<Event>>,
    concerns: Concerns,
}

fn listen(scope: &Scope, person: &Person, since: Option<Instant>, concerns: Concerns) -> Response {
    // Also what was taken away after the guard had looked.
    let since = since.map_or(scope.asked_at, |since| since.min(scope.asked_at));
    let (missed, events) = scope.kernel().live().subscribe(since);
    let listener = Listener { who: Subscriber::new(scope, person), missed: Some(missed), events, concerns };
    // A proxy that waited for more would keep it.
    Response::builder()
        .content_type("text/event-stream")
        .header("X-Accel-Buffering", "no")
        .body(Body::from_bytes_stream(messages(listener)))
}

/// As the `text/event-stream` of the HTML standard.
fn messages(listener: Listener) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let hello = stream::iter([Ok(message("hello"))]);
    let rest = stream::unfold(listener, |mut listener| async move {
        let message = listener.next().await?;
        Some((Ok(message), listener))
    });
    stream::StreamExt::chain(hello, rest)
}

fn message(data: &str) -> Bytes {
    format!("data: {data}\n\n").into()
}

/// What no page hears.
const COMMENT: Bytes = Bytes::from_static(b":\n\n");

impl Listener {
    /// `None` ends the stream: the session is over, or the program stops.
    async fn next(&mut self) -> Option<Bytes> {
        let beat = tokio::time::Instant::now() + HEARTBEAT;
        loop {
            let heard = match self.missed.take() {
                Some(missed) => Some(missed),
                None => match timeout_at(beat, self.hear()).await {
                    Ok(heard) => Some(heard?),
                    Err(_) => None,
                },
            };
            if self.who.session_is_over_by_time() {
                return None;
            }
            let Some(heard) = heard else { return Some(COMMENT) };
            match self.ours_among(heard) {
                Heard::These(events) if events.is_empty() => {}
                Heard::These(events) if !events.iter().any(|event| self.changes_what_we_may_see(event)) => {
                    // What limited members see follows from what others share and found, which they would hear of too late.
                    if self.who.limit.is_some() {
                        self.renew().await?;
                    }
                    let topics = self.topics_of(&events);
                    if !topics.is_empty() {
                        return Some(message(&topics));
                    }
                }
                _ => {
                    self.renew().await?;
                    return Some(message("everything"));
                }
            }
        }
    }

    /// Rare, and by itself larger than all that a stream keeps while it waits.
    async fn renew(&mut self) -> Option<()> {
        self.who = Box::pin(self.who.renewed()).await?;
        Some(())
    }

    fn ours_among(&self, heard: Heard) -> Heard {
        match heard {
            Heard::These(mut events) => {
                events.retain(|event| event.organization_id == self.who.organization);
                Heard::These(events)
            }
            Heard::Unknown => Heard::Unknown,
        }
    }

    async fn hear(&mut self) -> Option<Heard> {
        let stopping = self.who.kernel.stopping().clone();
        tokio::select! {
            () = stopping.cancelled() => None,
            event = self.events.recv() => match event {
                Ok(event) => Some(Heard::These(vec![event])),
                Err(RecvError::Lagged(_)) => Some(Heard::Unknown),
                Err(RecvError::Closed) => None,
            },
        }
    }

    /// For one message, since several would fetch the same several times.
    fn topics_of(&self, events: &[Arc<Event>]) -> String {
        let concerning = events.iter().filter(|event| (self.concerns)(&self.who, event));
        let all: BTreeSet<_> = concerning.flat_map(|event| topics(event)).collect();
        Vec::from_iter(all).join(" ")
    }

    /// Sessions that end, people removed and grants taken away act on open streams too (P4, P12).
    fn changes_what_we_may_see(&self, event: &Event) -> bool {
        let about_us = event.person_id.is_some_and(|person| self.who.is_of(person));
        let about_access = matches!(event.noun(), "session" | "grant" | "person")
            || event.is(EventKind::ROOM_MEMBER_REMOVED);
        let a_portal_came_or_went =
            self.who.side == Side::Client && COMINGS_AND_GOINGS.into_iter().any(|kind| event.is(kind));
        let a_second_step_is_owed = self.who.is_staffs() && event.is(EventKind::SECOND_STEP_DEMANDED);
        (about_us && about_access) || a_portal_came_or_went || a_second_step_is_owed
    }
}

/// The noun, the noun with its id, and the portal; of an announcement the noun alone, whose id is not for everyone
/// who is told, and of a line in somebody's list, since what it is about has an event of its own.
fn topics(event: &Event) -> Vec<String> {
    if is_activity(event) {
        return vec!["activity".to_owned()];
    }
    let noun = event.noun();
    if is_announced(event) || event.is(EventKind::NOTIFICATION_ADDED) {
        return vec![noun.to_owned()];
    }
    let subject = event.subject_id.map(|subject| format!("{noun}:{subject}"));
    let portal = event.portal_id.map(|portal| format!("portal:{portal}"));
    [Some(noun.to_owned()), subject, portal].into_iter().flatten().collect()
}
