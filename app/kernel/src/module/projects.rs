//! How a project is made for a module that has none.

use portico_facts::{PersonId, ProjectId};

use crate::{
    error::Result,
    name::Name,
    transaction::{Recorded, Tx},
};

/// A project that another module asks for.
pub struct ProjectPlan {
    pub name: Name,
    pub client: PersonId,
    /// In their order.
    pub milestones: Vec<Name>,
}

pub type FoundProject = fn(&mut Tx, &ProjectPlan) -> Result<Recorded<ProjectId>>;
