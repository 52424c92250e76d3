use std::sync::Arc;

use portico_facts::{OrganizationId, PersonId, PortalId, SessionId};
use portico_ui::Language;

use crate::{
    clock::Instant,
    error::{Error, Result},
    looks::Logo,
    module::Side,
};

/// What a route asks of whoever calls it. Declared beside the route, enforced before the handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Anyone, at any host of ours: assets, health. The handler gets no guard.
    Open,
    /// Anyone at an organization's address, signed in or not.
    Public,
    /// A signed-in client, or staff who see as one.
    Client,
    /// A signed-in staff member who may do this.
    Staff(Permission),
}

impl Access {
    /// Where staff are led who still owe a second step: nothing else of theirs is open to them before.
    pub const DOOR: Self = Self::Staff(Permission::Enter);
}

/// What a staff member may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Setting up one's own second step, which comes before everything else.
    Enter,
    /// The part of the daily work that is open to limited members, too: each route within what was chosen for them.
    Assigned,
    /// The daily work: clients, projects, portals, files.
    Work,
    /// Staff accounts and their roles, the organization's settings and looks.
    Manage,
    /// What is the owner's alone: the machine room (outgoing mail, the queue), and how staff sign in.
    Operate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Owner,
    Admin,
    Member,
    Client,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Member => "member",
            Role::Client => "client",
        }
    }

    /// # Errors
    /// [`Error::Internal`]: the database's own check holds the column to these four.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "owner" => Ok(Role::Owner),
            "admin" => Ok(Role::Admin),
            "member" => Ok(Role::Member),
            "client" => Ok(Role::Client),
            other => Err(Error::Internal(anyhow::anyhow!("role {other:?}"))),
        }
    }

    pub fn is_staff(self) -> bool {
        self != Role::Client
    }

    /// On whose pages somebody of this role is.
    pub fn side(self) -> Side {
        match self {
            Role::Owner | Role::Admin | Role::Member => Side::Staff,
            Role::Client => Side::Client,
        }
    }

    /// Owners and admins see everything, whatever was chosen for them when they were members.
    pub fn can_be_limited(self) -> bool {
        self == Role::Member
    }

    pub fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Enter | Permission::Assigned | Permission::Work => self.is_staff(),
            Permission::Manage => matches!(self, Role::Owner | Role::Admin),
            Permission::Operate => self == Role::Owner,
        }
    }
}

/// The tenant that a request's host names.
#[derive(Clone, Debug)]
pub struct Organization {
    pub id: OrganizationId,
    pub slug: String,
    pub name: String,
    /// `#rrggbb`
    pub colour: String,
    /// `#rrggbb`, where the sidebar has a colour of its own.
    pub sidebar: Option<String>,
    pub logo: Option<Logo>,
    pub language: Language,
    /// An IANA name, such as `Europe/Paris`.
    pub time_zone: String,
    /// Scheme, host and port of this organization's own address, from the configuration and never
    /// from a request (T7). No slash at the end.
    pub address: String,
    /// Staff prove more than a password, or get no further than setting that up.
    pub demands_second_step: bool,
}

/// Whoever is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub role: Role,
    pub name: String,
    pub email: String,
    pub language: Option<Language>,
    pub session: SessionId,
    pub session_expires_at: Instant,
    /// When they turned on their second step, if they have one.
    pub second_step_at: Option<Instant>,
    /// A member who sees no more than what was chosen for them.
    pub is_limited: bool,
}

impl Person {
    /// As their role, unless they are limited.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission) && !(self.is_limited && permission == Permission::Work)
    }

    pub fn owes_second_step(&self, organization: &Organization) -> bool {
        organization.demands_second_step && self.role.is_staff() && self.second_step_at.is_none()
    }
}

/// The portals that a client holds a grant for, read anew for every request, so that a revocation
/// counts from the very next one (P12).
#[derive(Clone, Debug, Default)]
pub struct Grants(Arc<[PortalId]>);

impl Grants {
    pub fn of(portals: Vec<PortalId>) -> Self {
        Self(portals.into())
    }

    pub fn portals(&self) -> &[PortalId] {
        &self.0
    }

    pub fn hold(&self, portal: PortalId) -> bool {
        self.0.contains(&portal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_operates_and_clients_may_nothing() {
        let all = [
            Permission::Enter,
            Permission::Assigned,
            Permission::Work,
            Permission::Manage,
            Permission::Operate,
        ];
        let rights = |role: Role| all.map(|permission| role.may(permission));
        assert_eq!(rights(Role::Owner), [true, true, true, true, true]);
        assert_eq!(rights(Role::Admin), [true, true, true, true, false]);
        assert_eq!(rights(Role::Member), [true, true, true, false, false]);
        assert_eq!(rights(Role::Client), [false, false, false, false, false]);
    }
}
