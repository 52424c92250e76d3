//! Parts of pages that another module owns.

use maud::Markup;
use portico_facts::{CompanyId, ItemId, PersonId, PortalId, ProjectId};
use portico_ui::Frame;

use crate::{
    error::Result,
    transaction::{ClientTx, Tx},
};

/// How much its reader has to see for a section to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Breadth {
    Organization,
    Limit,
}

impl Breadth {
    pub fn of(tx: &Tx) -> Self {
        if tx.is_limited() { Self::Limit } else { Self::Organization }
    }

    pub fn reaches(self, needed: Self) -> bool {
        needed == Self::Organization || self == Self::Limit
    }
}

/// A module's part of a page that another module owns. `None` shows nothing.
pub enum Section {
    StaffHome {
        order: i16,
        render: fn(&mut Tx, &Frame) -> Result<Option<Markup>>,
    },
    StaffProject {
        order: i16,
        render: fn(&mut Tx, &ProjectPlace) -> Result<Option<Markup>>,
    },
    StaffClient {
        order: i16,
        render: fn(&mut Tx, PersonId, &Frame) -> Result<Option<Markup>>,
    },
    StaffCompany {
        order: i16,
        render: fn(&mut Tx, CompanyId, &Frame) -> Result<Option<Markup>>,
    },
    StaffPortal {
        order: i16,
        render: fn(&mut Tx, &PortalPlace) -> Result<Option<Markup>>,
    },
    /// Controls beside "Add note": what else can be added to a folder of a portal.
    StaffPortalTools {
        order: i16,
        render: fn(&mut Tx, &PortalPlace) -> Result<Option<Markup>>,
    },
    ClientHome {
        order: i16,
        render: fn(&mut ClientTx, &Frame) -> Result<Option<Markup>>,
    },
    /// Staff can name it otherwise, move and hide it in each portal ([`SectionPlan`](crate::SectionPlan)).
    ClientPortal {
        /// In the portals' rows: never change it.
        name: &'static str,
        /// A message of the catalogues: what it is called where nobody named it.
        label: &'static str,
        order: i16,
        render: fn(&mut ClientTx, &PortalPlace) -> Result<Option<Markup>>,
    },
    /// What a client can do in the folder that is open.
    ClientPortalTools {
        order: i16,
        render: fn(&mut ClientTx, &PortalPlace) -> Result<Option<Markup>>,
    },
}

impl Section {
    pub(crate) fn named(&self) -> Option<NamedSection> {
        match *self {
            Section::ClientPortal { name, label, order, .. } => Some(NamedSection { name, label, order }),
            _ => None,
        }
    }

    pub(crate) fn order(&self) -> i16 {
        match self {
            Section::StaffHome { order, .. }
            | Section::StaffProject { order, .. }
            | Section::StaffClient { order, .. }
            | Section::StaffCompany { order, .. }
            | Section::StaffPortal { order, .. }
            | Section::StaffPortalTools { order, .. }
            | Section::ClientHome { order, .. }
            | Section::ClientPortal { order, .. }
            | Section::ClientPortalTools { order, .. } => *order,
        }
    }
}

pub struct ProjectPlace<'a> {
    pub project: ProjectId,
    pub name: &'a str,
    pub client: Option<PersonId>,
    pub frame: &'a Frame,
}

#[derive(Clone, Copy)]
pub struct PortalPlace<'a> {
    pub portal: PortalId,
    pub project: Option<ProjectId>,
    /// The folder that is open; `None` at the top.
    pub folder: Option<ItemId>,
    pub frame: &'a Frame,
    /// What staff call this section of a client's page, where they gave it a name.
    pub title: Option<&'a str>,
}

impl PortalPlace<'_> {
    /// For a section without a heading of its own: under the name that staff gave it, if they did.
    pub fn under_its_name(&self, body: Markup) -> Markup {
        match self.title {
            Some(title) => portico_ui::components::section(title, Markup::default(), body),
            None => body,
        }
    }
}

/// A section of a client's portal page, as staff arrange it.
#[derive(Clone, Copy, Debug)]
pub struct NamedSection {
    pub name: &'static str,
    pub label: &'static str,
    /// The place that it has by itself.
    pub order: i16,
}
