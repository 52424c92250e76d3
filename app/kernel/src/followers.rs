//! What runs behind the requests and reads the table of events: live updates, reactions, and
//! views such as the search index that keep their own place.

use std::{sync::Arc, time::Duration};

use diesel::prelude::*;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::{
    connection::Db,
    error::Result,
    event::{self, Event},
    module::Reaction,
    schema::cursors,
    system::Kernel,
};

const BATCH: i64 = 200;
/// Events that may pass a reaction before its cursor is written down.
const UNWRITTEN: i64 = 2_000;
/// How soon another machine's events are seen; our own wake us at once.
const POLL: Duration = Duration::from_millis(500);
/// What is committed within this time is looked at together.
const GATHERING: Duration = Duration::from_millis(10);

/// A view derived from the events that keeps its own place in them.
pub trait Follower: Send + Sync {
    fn name(&self) -> &'static str;

    /// Called once at start, and then whenever there may be new events. Returns when it has
    /// caught up.
    fn catch_up(&self, kernel: Kernel) -> BoxFuture<'_, Result<()>>;

    /// The number of the last event that it is done with; `None` before it has looked for the first time.
    fn reached(&self) -> Option<i64> {
        None
    }
}

/// Passes every new event to the open pages.
pub(crate) async fn broadcast(kernel: Kernel) {
    let mut wakings = kernel.wakings();
    let mut last = loop {
        match kernel.events_newest().await {
            Ok(last) => break last,
            Err(error) => tracing::warn!(%error, "the events cannot be read"),
        }
        if !wait(&kernel, &mut wakings).await {
            return;
        }
    };
    // What another machine wrote before that passes nobody here.
    kernel.live().begin(kernel.now());
    while wait(&kernel, &mut wakings).await {
        loop {
            let batch = match kernel.events_after(last, BATCH).await {
                Ok(batch) => batch,
                Err(error) => {
                    tracing::warn!(%error, "the events cannot be read");
                    break;
                }
            };
            let Some(newest) = batch.last() else { break };
            last = newest.id;
            for event in batch {
                kernel.live().publish(kernel.now(), Arc::new(event));
            }
        }
    }
}

/// Runs one module's reaction along the events, with a cursor in the database.
pub(crate) async fn react(kernel: Kernel, index: usize) {
    let mut wakings = kernel.wakings();
    let mut place = None;
    loop {
        let reaction = &kernel.registry().reactions()[index];
        if let Err(error) = react_until_caught_up(&kernel, reaction, &mut place).await {
            tracing::warn!(reaction = reaction.name, %error, "a reaction failed and will be tried again");
            place = None;
        }
        if !wait(&kernel, &mut wakings).await {
            return;
        }
    }
}

/// How far a reaction has come.
struct Place {
    /// The cursor in the database, as far as this machine knows.
    written: i64,
    /// The last event that was looked at. The cursor may lie further back: events without anything
    /// to react to are not worth a wait for the disk each.
    passed: i64,
}

async fn react_until_caught_up(
    kernel: &Kernel,
    reaction: &Reaction,
    place: &mut Option<Place>,
) -> Result<()> {
    let Place { written, passed } = match place {
        Some(place) => place,
        None => {
            let written = kernel.cursor(reaction.name).await?;
            place.insert(Place { written, passed: written })
        }
    };
    loop {
        *passed = (*written).max(*passed);
        let batch = kernel.events_after(*passed, BATCH).await?;
        let Some(newest) = batch.last().map(|event| event.id) else { return Ok(()) };
        for event in batch {
            if reaction.kinds.iter().any(|kind| event.is(*kind)) {
                let (name, react) = (reaction.name, reaction.react);
                let system = kernel.system(event.organization_id).await?;
                let (id, from) = (event.id, *written);
                // The cursor moves in the reaction's own transaction, and only from where this
                // machine saw it: a second machine's attempt changes nothing.
                let is_ours = system
                    .reaction(move |tx| {
                        let is_ours = move_cursor(tx.db(), name, from, id)?;
                        if is_ours {
                            react(tx, &event)?;
                        }
                        Ok(is_ours)
                    })
                    .await?;
                *written = if is_ours { id } else { kernel.cursor(name).await? };
                if *written < id {
                    return Ok(());
                }
                *passed = id;
            }
        }
        if newest - *written > UNWRITTEN {
            kernel.pass_cursor(reaction.name, *written, newest).await?;
            *written = kernel.cursor(reaction.name).await?;
        }
        *passed = newest;
    }
}

/// Runs one follower whenever there may be new events.
pub(crate) async fn follow(kernel: Kernel, index: usize) {
    let mut wakings = kernel.wakings();
    loop {
        let follower = &kernel.registry().followers()[index];
        if let Err(error) = follower.catch_up(kernel.clone()).await {
            tracing::warn!(follower = follower.name(), %error, "a follower failed and will be tried again");
        }
        if !wait(&kernel, &mut wakings).await {
            return;
        }
    }
}

/// Until there may be something new; false when the program stops.
async fn wait(kernel: &Kernel, wakings: &mut watch::Receiver<u64>) -> bool {
    tokio::select! {
        goes_on = kernel.goes_on_after(POLL) => goes_on,
        _ = wakings.changed() => {
            tokio::time::sleep(GATHERING).await;
            wakings.mark_unchanged();
            true
        }
    }
}

pub(crate) fn read_cursor(db: &mut Db, name: &str) -> Result<i64> {
    let last = cursors::table.find(name).select(cursors::last_event).first::<i64>(db).optional()?;
    Ok(last.unwrap_or(0))
}

/// Creates a cursor at the newest event, so that a module added later does not send mail about
/// the past.
pub(crate) fn start_cursor(db: &mut Db, name: &str) -> Result<()> {
    let exists: i64 = cursors::table.filter(cursors::name.eq(name)).count().get_result(db)?;
    if exists == 0 {
        let newest = event::newest(db)?;
        diesel::insert_into(cursors::table)
            .values((cursors::name.eq(name), cursors::last_event.eq(newest)))
            .execute(db)?;
    }
    Ok(())
}

pub(crate) fn move_cursor(db: &mut Db, name: &str, from: i64, to: i64) -> Result<bool> {
    let moved = diesel::update(cursors::table)
        .filter(cursors::name.eq(name))
        .filter(cursors::last_event.eq(from))
        .set(cursors::last_event.eq(to))
        .execute(db)?;
    Ok(moved == 1)
}

impl Kernel {
    /// The next events after `last`, of all organizations, for followers.
    ///
    /// # Errors
    /// The database's.
    pub async fn events_after(&self, last: i64, limit: i64) -> Result<Vec<Event>> {
        self.database().read(move |db| event::after(db, last, limit)).await
    }

    /// The number of the newest event, zero when there is none.
    ///
    /// # Errors
    /// The database's.
    pub async fn events_newest(&self) -> Result<i64> {
        self.database().read(event::newest).await
    }

    async fn cursor(&self, name: &'static str) -> Result<i64> {
        self.database().read(move |db| read_cursor(db, name)).await
    }

    async fn pass_cursor(&self, name: &'static str, from: i64, to: i64) -> Result<()> {
        self.database().write(move |db| move_cursor(db, name, from, to)).await?;
        Ok(())
    }
}
