//! The one record of what happened. Feeds, audit, mail, search and live updates are cursors over
//! this table.

use diesel::{prelude::*, sql_types};
use portico_facts::{EventKind, OrganizationId, PersonId, PortalId, SubjectId};
use serde::Serialize;

use crate::{
    clock::Instant,
    connection::{Db, Either},
    error::Result,
    schema::events,
};

/// An event to be written by [`Core::record`](crate::Core::record).
pub struct NewEvent {
    kind: EventKind,
    subject: SubjectId,
    portal: Option<PortalId>,
    person: Option<PersonId>,
    data: serde_json::Value,
}

impl NewEvent {
    /// `subject` is the noun of the kind: for `portal.added` the portal.
    pub fn new(kind: EventKind, subject: impl Into<SubjectId>) -> Self {
        Self { kind, subject: subject.into(), portal: None, person: None, data: serde_json::Value::Null }
    }

    /// The portal in which it happened: its open pages refresh, its clients may see it.
    pub fn in_portal(mut self, portal: PortalId) -> Self {
        self.portal = Some(portal);
        self
    }

    /// The same for what may lie in a portal, and need not.
    pub fn in_portal_if_any(self, portal: Option<PortalId>) -> Self {
        match portal {
            Some(portal) => self.in_portal(portal),
            None => self,
        }
    }

    /// The person whom it concerns, apart from who did it.
    pub fn about(mut self, person: PersonId) -> Self {
        self.person = Some(person);
        self
    }

    /// What feeds and audit want to say later, such as a name that may change. Never a secret.
    pub fn with_data(mut self, data: impl Serialize) -> Self {
        self.data = serde_json::to_value(data).unwrap_or_default();
        self
    }
}

/// One row of the table.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct Event {
    /// Ascending in the order of commits.
    pub id: i64,
    pub organization_id: OrganizationId,
    /// The name of an [`EventKind`]; text, since an older row may hold a kind that is gone.
    pub kind: String,
    pub at: Instant,
    pub actor_id: Option<PersonId>,
    pub subject_id: Option<SubjectId>,
    pub portal_id: Option<PortalId>,
    pub person_id: Option<PersonId>,
    pub address: Option<String>,
    /// JSON
    pub data: String,
}

impl Event {
    pub fn is(&self, kind: EventKind) -> bool {
        self.kind == kind.name()
    }

    /// The part of the kind before the dot.
    pub fn noun(&self) -> &str {
        self.kind.split('.').next().unwrap_or_default()
    }
}

pub(crate) fn insert(
    db: &mut Db,
    organization: OrganizationId,
    actor: Option<PersonId>,
    address: Option<&str>,
    at: Instant,
    event: NewEvent,
) -> Result<()> {
    if let Either::Postgres(connection) = db.either() {
        // Numbers come from a sequence when a row is inserted, not when it is committed: without
        // this lock, held until the commit, a cursor could pass a number that appears later.
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<sql_types::BigInt, _>(7424)
            .execute(connection)?;
    }
    diesel::insert_into(events::table)
        .values((
            events::organization_id.eq(organization),
            events::kind.eq(event.kind.name()),
            events::at.eq(at),
            events::actor_id.eq(actor),
            events::subject_id.eq(Some(event.subject)),
            events::portal_id.eq(event.portal),
            events::person_id.eq(event.person),
            events::address.eq(address),
            events::data.eq(event.data.to_string()),
        ))
        .execute(db)?;
    Ok(())
}

/// The next events after `last`, at most `limit`, of all organizations.
pub(crate) fn after(db: &mut Db, last: i64, limit: i64) -> Result<Vec<Event>> {
    Ok(events::table
        .filter(events::id.gt(last))
        .order(events::id)
        .limit(limit)
        .select(Event::as_select())
        .load(db)?)
}

pub(crate) fn newest(db: &mut Db) -> Result<i64> {
    Ok(events::table.select(diesel::dsl::max(events::id)).first::<Option<i64>>(db)?.unwrap_or(0))
}
