//! What an organization asks of its staff when they sign in. Every request reads it, with the organization.

use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{NewEvent, Organization, Recorded, Result, Tx};

use crate::schema::organizations;

/// Of the second step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StaffRule {
    Optional,
    Required,
}

impl StaffRule {
    pub fn of(organization: &Organization) -> Self {
        if organization.demands_second_step { Self::Required } else { Self::Optional }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Required => "required",
        }
    }

    /// # Errors
    /// The key of a sentence that says what is wrong.
    pub fn parse(name: &str) -> Result<Self, &'static str> {
        let named = [Self::Optional, Self::Required].into_iter().find(|rule| rule.name() == name);
        named.ok_or("accounts-staff-rule-unknown")
    }
}

/// # Errors
/// The database's.
pub fn set(tx: &mut Tx, rule: StaffRule) -> Result<Recorded<()>> {
    let (organization, required) = (tx.organization(), rule == StaffRule::Required);
    let other =
        organizations::table.find(organization).filter(organizations::demands_second_step.ne(required));
    let changed =
        diesel::update(other).set(organizations::demands_second_step.eq(required)).execute(tx.db())?;
    if changed == 0 {
        return Ok(tx.unchanged(()));
    }
    let kind = match rule {
        StaffRule::Required => EventKind::SECOND_STEP_DEMANDED,
        StaffRule::Optional => EventKind::SECOND_STEP_OPTIONAL,
    };
    tx.record(NewEvent::new(kind, organization))
}
