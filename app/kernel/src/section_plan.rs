//! The sections of one portal's page as its staff want them: in which order, under which names, and which not at all.
//! Hiding protects nothing: addresses stay as they are, and whoever has the portal can open them.

use diesel::prelude::*;
use portico_facts::PortalId;
use serde::{Deserialize, Serialize};

use crate::{error::Result, name::Name, schema::portals, transaction::Core};

/// Sections that it does not name come last, in the order of their modules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SectionPlan(Vec<Planned>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Planned {
    name: String,
    /// In place of the section's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default)]
    hidden: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SectionStep {
    Earlier,
    Later,
}

impl SectionPlan {
    /// Nothing, and what a newer program wrote, is the plan of a portal that nobody arranged.
    pub fn read(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_default()
    }

    pub fn stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn find(&self, name: &str) -> Option<&Planned> {
        self.0.iter().find(|planned| planned.name == name)
    }

    pub fn title(&self, name: &str) -> Option<&str> {
        self.find(name)?.title.as_deref()
    }

    pub fn hides(&self, name: &str) -> bool {
        self.find(name).is_some_and(|planned| planned.hidden)
    }

    /// Puts what comes in the order of the modules into this one.
    pub fn arrange<T>(&self, parts: &mut [(&'static str, T)]) {
        let place = |name: &str| self.0.iter().position(|planned| planned.name == name);
        parts.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
    }

    /// With every section that there is, in the order in which they are shown; those of modules that are gone are
    /// forgotten.
    pub fn completed(&self, known: &[&'static str]) -> Self {
        let mut names: Vec<(&'static str, ())> = known.iter().map(|name| (*name, ())).collect();
        self.arrange(&mut names);
        let planned = |name: &str| {
            let unplanned = || Planned { name: name.to_owned(), ..Planned::default() };
            self.find(name).cloned().unwrap_or_else(unplanned)
        };
        Self(names.into_iter().map(|(name, ())| planned(name)).collect())
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|planned| planned.name.as_str())
    }

    /// What is named comes first, in this order; whatever else there is keeps its own.
    pub fn put_in_order(&mut self, wanted: &[String]) {
        let place = |name: &str| wanted.iter().position(|wanted| wanted == name).unwrap_or(usize::MAX);
        self.0.sort_by_key(|planned| place(&planned.name));
    }

    /// Stops at either end.
    pub fn step(&mut self, name: &str, step: SectionStep) {
        let Some(index) = self.0.iter().position(|planned| planned.name == name) else { return };
        match step {
            SectionStep::Earlier if index > 0 => self.0.swap(index, index - 1),
            SectionStep::Later if index + 1 < self.0.len() => self.0.swap(index, index + 1),
            SectionStep::Earlier | SectionStep::Later => {}
        }
    }

    pub fn hide(&mut self, name: &str, hidden: bool) {
        self.change(name, |planned| planned.hidden = hidden);
    }

    /// `None` gives it its own name back.
    pub fn rename(&mut self, name: &str, title: Option<&Name>) {
        self.change(name, |planned| planned.title = title.map(|title| title.as_str().to_owned()));
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut Planned)) {
        if let Some(planned) = self.0.iter_mut().find(|planned| planned.name == name) {
            change(planned);
        }
    }
}

/// The name that staff gave to a section of a portal, for what is fetched without the page around it. The caller may see
/// the portal.
///
/// # Errors
/// [`Error::NotFound`](crate::Error::NotFound)
pub fn section_title(tx: &mut Core, portal: PortalId, name: &str) -> Result<Option<String>> {
    let stored: String =
        portals::table.find((tx.organization(), portal)).select(portals::sections).first(tx.db())?;
    Ok(SectionPlan::read(&stored).title(name).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["milestones", "billing", "items"];

    fn names(plan: &SectionPlan) -> Vec<&str> {
        plan.names().collect()
    }

    #[test]
    fn nobody_s_plan_is_the_order_of_the_modules() {
        for stored in ["", "nonsense", "[]", "{}"] {
            assert_eq!(names(&SectionPlan::read(stored).completed(&KNOWN)), KNOWN, "{stored}");
        }
    }

    #[test]
    fn a_plan_comes_back_as_it_was_stored() {
        let mut plan = SectionPlan::default().completed(&KNOWN);
        plan.put_in_order(&["items".to_owned(), "nonsense".to_owned(), "items".to_owned()]);
        plan.hide("billing", true);
        plan.rename("items", Name::parse("What we made").ok().as_ref());
        let plan = SectionPlan::read(&plan.stored());
        assert_eq!(names(&plan), ["items", "milestones", "billing"]);
        assert!(plan.hides("billing") && !plan.hides("items") && !plan.hides("unknown"));
        assert_eq!(plan.title("items"), Some("What we made"));
        assert_eq!(plan.title("billing"), None);
    }

    #[test]
    fn sections_of_a_module_that_comes_later_stand_last_and_those_of_one_that_went_are_forgotten() {
        let mut plan = SectionPlan::default().completed(&["gone", "items", "billing"]);
        plan.put_in_order(&["billing".to_owned()]);
        assert_eq!(names(&plan.completed(&KNOWN)), ["billing", "items", "milestones"]);
        let mut parts = [("milestones", 1), ("billing", 2), ("items", 3)];
        plan.arrange(&mut parts);
        assert_eq!(parts, [("billing", 2), ("items", 3), ("milestones", 1)]);
    }

    #[test]
    fn a_step_stops_at_either_end() {
        let mut plan = SectionPlan::default().completed(&KNOWN);
        plan.step("milestones", SectionStep::Earlier);
        plan.step("items", SectionStep::Later);
        plan.step("unknown", SectionStep::Later);
        assert_eq!(names(&plan), KNOWN);
        plan.step("items", SectionStep::Earlier);
        assert_eq!(names(&plan), ["milestones", "items", "billing"]);
    }

    #[test]
    fn a_name_can_be_given_back() {
        let mut plan = SectionPlan::default().completed(&KNOWN);
        plan.rename("items", Name::parse("Work").ok().as_ref());
        plan.rename("items", None);
        assert_eq!(plan, SectionPlan::default().completed(&KNOWN));
    }
}
