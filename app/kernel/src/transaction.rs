//! What a guard hands to a store: a connection that is already narrowed to one organization, with
//! who is asking and the time. Three types, so that a page for clients cannot call a function
//! that was written for staff.

use std::ops::{Deref, DerefMut};

use portico_facts::{OrganizationId, PersonId, PortalId};
use serde::Serialize;

use crate::{
    access::{Grants, Organization},
    clock::Instant,
    connection::Db,
    error::Result,
    event::{self, NewEvent},
    jobs::{self, NewJob},
    limit::Limit,
    random::Randomness,
    system::Kernel,
};

/// The part that all transactions share.
pub struct Core<'c> {
    db: &'c mut Db,
    organization: &'c Organization,
    actor: Option<PersonId>,
    onlooker: Option<PersonId>,
    address: Option<&'c str>,
    now: Instant,
    randomness: &'c Randomness,
    limit: Option<&'c Limit>,
}

impl<'c> Core<'c> {
    pub(crate) fn new(
        db: &'c mut Db,
        organization: &'c Organization,
        actor: Option<PersonId>,
        address: Option<&'c str>,
        kernel: &'c Kernel,
    ) -> Self {
        let (now, randomness) = (kernel.now(), kernel.randomness());
        Self { db, organization, actor, onlooker: None, address, now, randomness, limit: None }
    }

    /// For a limited member. Without it the reader sees the whole organization.
    pub(crate) fn within(self, limit: Option<&'c Limit>) -> Self {
        Self { limit, ..self }
    }

    pub(crate) fn limit(&self) -> Option<&Limit> {
        self.limit
    }

    pub(crate) fn seen_by(mut self, onlooker: Option<PersonId>) -> Self {
        self.onlooker = onlooker;
        self
    }

    pub fn db(&mut self) -> &mut Db {
        self.db
    }

    /// Every statement filters by this.
    pub fn organization(&self) -> OrganizationId {
        self.organization.id
    }

    /// The organization's name, looks, language and zone, as they stood when the request began.
    pub fn organization_profile(&self) -> &Organization {
        self.organization
    }

    /// Who is signed in; `None` for jobs and for a visitor who has not signed in.
    pub fn actor(&self) -> Option<PersonId> {
        self.actor
    }

    /// The staff member who sees what this client sees (P13): what other staff keep among themselves is not theirs to see.
    pub fn onlooker(&self) -> Option<PersonId> {
        self.onlooker
    }

    /// The network address of the request, for the audit log.
    pub fn address(&self) -> Option<&str> {
        self.address
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn randomness(&self) -> &Randomness {
        self.randomness
    }

    /// The day that it is now where the organization is.
    pub fn today(&self) -> jiff::civil::Date {
        self.now.in_zone(&self.organization.time_zone).date()
    }

    /// A new id (UUID version 7: the clock's milliseconds, then random bits), so that rows made
    /// one after the other lie beside each other.
    pub fn new_id<Id>(&self, from_bytes: impl FnOnce([u8; 16]) -> Id) -> Id {
        let millis = u64::try_from(self.now.micros() / 1000).unwrap_or_default();
        let random = self.randomness.bytes::<10>();
        let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        from_bytes(uuid.into_bytes())
    }

    /// Writes the event of a change into the change's own transaction (invariant 3). The returned
    /// proof is what a `write` must end with.
    ///
    /// # Errors
    /// The database's.
    pub fn record(&mut self, event: NewEvent) -> Result<Recorded<()>> {
        event::insert(self.db, self.organization.id, self.actor, self.address, self.now, event)?;
        Ok(Recorded(()))
    }

    /// For a write that found nothing to change, such as the same form sent twice.
    pub fn unchanged<T>(&self, value: T) -> Recorded<T> {
        Recorded(value)
    }

    /// Puts work into the queue in the same transaction as its cause (T31).
    ///
    /// # Errors
    /// The database's, or a payload that is no JSON.
    pub fn enqueue<P: Serialize>(&mut self, job: NewJob<P>) -> Result<()> {
        jobs::insert(self.db, self.organization.id, self.now, job)
    }

    /// The same for later, such as a reminder. What it is about may have changed by then: the job
    /// looks again when it runs.
    ///
    /// # Errors
    /// The database's, or a payload that is no JSON.
    pub fn enqueue_at<P: Serialize>(&mut self, job: NewJob<P>, due: Instant) -> Result<()> {
        jobs::insert(self.db, self.organization.id, due, job)
    }
}

/// Proof that a write left its event. Only [`Core::record`] and [`Core::unchanged`] make one.
#[must_use]
pub struct Recorded<T>(pub(crate) T);

impl<T> Recorded<T> {
    /// For a write that goes on to another change, whose own proof ends it.
    pub fn into_value(self) -> T {
        self.0
    }
}

impl<V> Recorded<V> {
    /// The same proof, with another value in place of this one.
    pub fn with<T>(self, value: T) -> Recorded<T> {
        Recorded(value)
    }

    pub fn map<T>(self, change: impl FnOnce(V) -> T) -> Recorded<T> {
        Recorded(change(self.0))
    }
}

/// The whole organization: for staff, and for jobs that work on its behalf. Of a limited member it knows what they see
/// ([`Tx::sees_client`] and its like), which whatever is open to them has to ask.
pub struct Tx<'c>(pub(crate) Core<'c>);

/// What one client may see. Its stores filter by the predicates of `visibility.rs`, which take
/// the grants from here.
pub struct ClientTx<'c> {
    pub(crate) core: Core<'c>,
    pub(crate) person: PersonId,
    pub(crate) grants: &'c Grants,
}

impl ClientTx<'_> {
    pub fn person(&self) -> PersonId {
        self.person
    }

    pub fn grants(&self) -> &Grants {
        self.grants
    }

    /// For a statement about all of them.
    pub fn portals(&self) -> Vec<PortalId> {
        self.grants.portals().to_vec()
    }
}

/// What anyone may do at the organization's address before signing in: see the public page, prove
/// who they are.
pub struct VisitorTx<'c>(pub(crate) Core<'c>);

macro_rules! derefs_to_core {
    ($name:ident, $field:tt) => {
        impl<'c> Deref for $name<'c> {
            type Target = Core<'c>;

            fn deref(&self) -> &Core<'c> {
                &self.$field
            }
        }

        impl<'c> DerefMut for $name<'c> {
            fn deref_mut(&mut self) -> &mut Core<'c> {
                &mut self.$field
            }
        }
    };
}

derefs_to_core!(Tx, 0);
derefs_to_core!(ClientTx, core);
derefs_to_core!(VisitorTx, 0);
