//! What `portico demo` fills an empty installation with.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use portico_facts::{PersonId, SubjectId};
use serde::Serialize;

use crate::{
    error::Result,
    system::{Kernel, System},
};

pub struct Demo {
    pub fill: for<'a> fn(&'a mut DemoWorld) -> BoxFuture<'a, Result<()>>,
}

/// What the modules' demos hand on to each other.
pub struct DemoWorld {
    pub kernel: Kernel,
    remembered: BTreeMap<String, SubjectId>,
    people: Vec<DemoPerson>,
}

/// What a demo builds upon, and nobody made: its module is not in the list.
#[derive(Debug, thiserror::Error)]
#[error("the demo has no {0:?}")]
pub struct MissingInDemo(String);

/// Sign-in data of the demo, printed when it is done.
#[derive(Serialize)]
pub struct DemoPerson {
    pub name: String,
    pub role: &'static str,
    pub email: String,
    pub password: String,
    /// The slug.
    pub organization: String,
}

impl DemoWorld {
    pub fn new(kernel: Kernel) -> Self {
        Self { kernel, remembered: Default::default(), people: Vec::new() }
    }

    /// Names are `organization/noun/name`, such as `studio/person/carol@acme.test`.
    pub fn remember(&mut self, name: impl Into<String>, id: impl Into<SubjectId>) {
        self.remembered.insert(name.into(), id.into());
    }

    pub fn present(&mut self, person: DemoPerson) {
        self.people.push(person);
    }

    pub fn people(&self) -> &[DemoPerson] {
        &self.people
    }

    /// # Errors
    /// [`MissingInDemo`] when no earlier module made it.
    pub fn recall<Id: From<SubjectId>>(&self, name: &str) -> Result<Id> {
        match self.remembered.get(name) {
            Some(id) => Ok((*id).into()),
            None => Err(anyhow::Error::new(MissingInDemo(name.to_owned())).into()),
        }
    }

    /// Acts for the organization with this slug, as the named person of it.
    ///
    /// # Errors
    /// When either is missing.
    pub async fn acting_for(&self, slug: &str, email: &str) -> Result<System> {
        let person: PersonId = self.recall(&format!("{slug}/person/{email}"))?;
        let organization = self.recall(&format!("{slug}/organization"))?;
        Ok(self.kernel.system(organization).await?.acting_as(person))
    }
}
