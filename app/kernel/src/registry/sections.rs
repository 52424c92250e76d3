//! What other modules add to a page, in its order.

use std::collections::BTreeMap;

use maud::Markup;
use portico_facts::{CompanyId, ItemId, PersonId};
use portico_ui::{Frame, Text};

use super::Registry;
use crate::{
    error::Result,
    module::{Breadth, ItemFace, PortalPlace, ProjectPlace, Section, Side},
    section_plan::SectionPlan,
    transaction::{ClientTx, Core, Tx},
};

impl Registry {
    /// What the kinds' owners say about these items, in one query for each kind.
    ///
    /// # Errors
    /// The database's.
    pub fn item_faces(
        &self,
        tx: &mut Core,
        items: &[(ItemId, String)],
        side: Side,
        frame: &Frame,
    ) -> Result<BTreeMap<ItemId, ItemFace>> {
        let mut faces = BTreeMap::new();
        for kind in &self.added.item_kinds {
            let ids: Vec<ItemId> =
                items.iter().filter(|(_, of)| of == kind.kind).map(|(id, _)| *id).collect();
            if !ids.is_empty() {
                let of_kind = (kind.faces)(tx, &ids, side, frame)?;
                faces.extend(of_kind.into_iter().map(|face| (face.item, face)));
            }
        }
        Ok(faces)
    }

    pub fn staff_home(&self, tx: &mut Tx, frame: &Frame) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(frame.text, needed, |section| match section {
            Section::StaffHome { render, .. } => Some(render(tx, frame)),
            _ => None,
        })
    }

    pub fn staff_project(&self, tx: &mut Tx, place: &ProjectPlace) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(place.frame.text, needed, |section| match section {
            Section::StaffProject { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    pub fn staff_client(&self, tx: &mut Tx, person: PersonId, frame: &Frame) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(frame.text, needed, |section| match section {
            Section::StaffClient { render, .. } => Some(render(tx, person, frame)),
            _ => None,
        })
    }

    pub fn staff_company(&self, tx: &mut Tx, company: CompanyId, frame: &Frame) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(frame.text, needed, |section| match section {
            Section::StaffCompany { render, .. } => Some(render(tx, company, frame)),
            _ => None,
        })
    }

    pub fn staff_portal(&self, tx: &mut Tx, place: &PortalPlace) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(place.frame.text, needed, |section| match section {
            Section::StaffPortal { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    pub fn staff_portal_tools(&self, tx: &mut Tx, place: &PortalPlace) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(place.frame.text, needed, |section| match section {
            Section::StaffPortalTools { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    pub fn client_home(&self, tx: &mut ClientTx, frame: &Frame) -> Vec<Markup> {
        self.sections(frame.text, Breadth::Organization, |section| match section {
            Section::ClientHome { render, .. } => Some(render(tx, frame)),
            _ => None,
        })
    }

    /// By their names, in the order that they have by themselves; without what the plan hides.
    pub fn client_portal(
        &self,
        tx: &mut ClientTx,
        place: &PortalPlace,
        plan: &SectionPlan,
    ) -> Vec<(&'static str, Markup)> {
        let mut rendered = Vec::new();
        for (section, _) in &self.added.sections {
            if let Section::ClientPortal { name, render, .. } = section
                && !plan.hides(name)
            {
                let place = PortalPlace { title: plan.title(name), ..*place };
                let markup = unbroken(place.frame.text, render(tx, &place));
                rendered.extend(markup.map(|markup| (*name, markup)));
            }
        }
        rendered
    }

    pub fn client_portal_tools(&self, tx: &mut ClientTx, place: &PortalPlace) -> Vec<Markup> {
        self.sections(place.frame.text, Breadth::Organization, |section| match section {
            Section::ClientPortalTools { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    fn sections(
        &self,
        text: Text,
        needed: Breadth,
        mut render: impl FnMut(&Section) -> Option<Result<Option<Markup>>>,
    ) -> Vec<Markup> {
        let shown = self.added.sections.iter().filter(|(_, breadth)| breadth.reaches(needed));
        shown.filter_map(|(section, _)| unbroken(text, render(section)?)).collect()
    }
}

/// A section that fails becomes one quiet block and a log line, not a broken page.
fn unbroken(text: Text, rendered: Result<Option<Markup>>) -> Option<Markup> {
    match rendered {
        Ok(markup) => markup,
        Err(error) => {
            tracing::error!(%error, "a section of a page failed");
            Some(portico_ui::components::broken_section(text))
        }
    }
}
