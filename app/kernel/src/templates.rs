//! A portal that is kept as a template, and made again. The module that has portals keeps the template; what else belongs
//! to a portal is kept and made by whoever has it.

use portico_facts::{PortalId, ProjectId};
use serde::{Serialize, de::DeserializeOwned};

use crate::{error::Result, transaction::Tx};

/// A module's part of a template: a snapshot in JSON, which leads to nothing of the portal that it was taken of.
#[derive(Clone, Copy)]
pub struct TemplatePart {
    /// Names its rows: never change it.
    pub name: &'static str,
    /// What `keep` writes. What a newer program wrote is left alone.
    pub version: i32,
    /// `None` where there is nothing to keep. Neither bytes of files nor anything about a client may be in it.
    pub keep: fn(&mut Tx, TemplatePlace) -> Result<Option<KeptPart>>,
    /// In a number of statements that does not grow with what is kept.
    pub make: fn(&mut Tx, TemplatePlace, &KeptPart) -> Result<()>,
}

/// The portal of which a template is kept, or which is made from one.
#[derive(Clone, Copy, Debug)]
pub struct TemplatePlace {
    pub portal: PortalId,
    pub project: Option<ProjectId>,
}

pub struct KeptPart(String);

impl KeptPart {
    /// As it is stored.
    pub fn stored(json: String) -> Self {
        Self(json)
    }

    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) for what is no JSON.
    pub fn of(kept: &impl Serialize) -> Result<Self> {
        Ok(Self(serde_json::to_string(kept).map_err(anyhow::Error::from)?))
    }

    pub fn json(&self) -> &str {
        &self.0
    }

    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) when it is of another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.0).map_err(anyhow::Error::from)?)
    }
}
