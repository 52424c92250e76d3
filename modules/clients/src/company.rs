//! A company: what groups clients. Belonging to one gives nobody any access.

use portico_facts::CompanyId;
use portico_kernel::{Name, Problems};
use serde::Deserialize;

/// As it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CompanyForm {
    pub name: String,
}

impl CompanyForm {
    /// # Errors
    /// A sentence at the name.
    pub fn parse(&self) -> Result<Name, Problems> {
        let mut problems = Problems::default();
        problems.keep("name", Name::parse(&self.name)).ok_or(problems)
    }
}

/// As the pages show it.
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    /// How many clients belong to it.
    pub people: i64,
}
