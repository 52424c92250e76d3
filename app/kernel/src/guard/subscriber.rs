//! Who listens on an open stream. It stays for hours and there are thousands, so that it keeps what every event is held
//! against, and not the whole [`Scope`] of its request.

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId};

use super::{
    Scope,
    caller::{Caller, find_caller},
    scope::OrganizationRow,
};
use crate::{
    access::{Grants, Person},
    clock::Instant,
    limit::Limit,
    module::Side,
    random::TokenHash,
    schema::organizations,
    system::Kernel,
};

pub(crate) struct Subscriber {
    pub kernel: Kernel,
    pub organization: OrganizationId,
    pub person: PersonId,
    /// The staff member behind the client whose eyes they look through.
    onlooker: Option<PersonId>,
    pub side: Side,
    pub grants: Grants,
    /// What a limited member sees.
    pub limit: Option<Limit>,
    session: Option<TokenHash>,
    session_expires_at: Instant,
}

impl Subscriber {
    /// `person` is the scope's.
    pub fn new(scope: &Scope, person: &Person) -> Self {
        Self {
            kernel: scope.kernel.clone(),
            organization: scope.organization.id,
            person: person.id,
            onlooker: scope.onlooker.as_ref().map(|onlooker| onlooker.id),
            side: if person.role.is_staff() { Side::Staff } else { Side::Client },
            grants: scope.grants.clone(),
            limit: scope.limit.clone(),
            session: scope.session_hash.clone(),
            session_expires_at: person.session_expires_at,
        }
    }

    /// Whether this is who listens, or the client whose eyes they look through.
    pub fn is_of(&self, person: PersonId) -> bool {
        self.person == person || self.onlooker == Some(person)
    }

    /// Whether it is the session of somebody who works here, whatever they look at.
    pub fn is_staffs(&self) -> bool {
        self.side == Side::Staff || self.onlooker.is_some()
    }

    pub fn session_is_over_by_time(&self) -> bool {
        self.kernel.now() >= self.session_expires_at
    }

    /// As the database knows them now; `None` once the session is over, shows another's pages, or owes a second step.
    pub async fn renewed(&self) -> Option<Self> {
        let hash = self.session.clone()?;
        let (kernel, id, side, now) = (self.kernel.clone(), self.organization, self.side, self.kernel.now());
        let found = self.kernel.database().read(move |db| {
            let row = organizations::table.find(id).select(OrganizationRow::as_select()).first(db)?;
            let organization = row.with_address(kernel.public_url(), false);
            let caller = find_caller(db, &organization, &hash, side, now)?;
            Ok((organization, caller))
        });
        let (organization, Caller { person, onlooker, grants, limit }) = found.await.ok()?;
        let person =
            person.filter(|found| found.id == self.person && !found.owes_second_step(&organization))?;
        Some(Self {
            kernel: self.kernel.clone(),
            organization: id,
            person: person.id,
            onlooker: onlooker.map(|onlooker| onlooker.id),
            side,
            grants,
            limit,
            session: self.session.clone(),
            session_expires_at: person.session_expires_at,
        })
    }
}
