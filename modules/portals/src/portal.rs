//! Portals: a name, and at most one project.

use portico_facts::ProjectId;
use portico_kernel::{Name, Problems};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalForm {
    pub name: String,
    /// Nothing for a generic portal.
    #[serde(default)]
    pub project: String,
}

pub struct PortalWishes {
    pub name: Name,
    pub project: Option<ProjectId>,
}

impl PortalForm {
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<PortalWishes, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let project = problems.keep("project", parse_project(&self.project));
        match (name, project) {
            (Some(name), Some(project)) => Ok(PortalWishes { name, project }),
            _ => Err(problems),
        }
    }
}

fn parse_project(chosen: &str) -> Result<Option<ProjectId>, &'static str> {
    match chosen {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "portals-project-gone"),
    }
}

/// For the forms that ask for a name and nothing else.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameForm {
    pub name: String,
}

/// A new folder, and where it goes.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FolderForm {
    pub name: String,
    #[serde(default)]
    pub folder: String,
}

/// Where an item goes; nothing is the top of the portal.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveForm {
    pub folder: String,
}

/// Several items, for what is done to them all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    #[serde(default)]
    pub item: Vec<portico_facts::ItemId>,
}

/// Several items, and the folder where they go.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionMove {
    #[serde(default)]
    pub item: Vec<portico_facts::ItemId>,
    pub folder: String,
}

/// The items of one folder, as a person put them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderForm {
    #[serde(default)]
    pub order: Vec<portico_facts::ItemId>,
}
