//! The milestones of a portal's project in a template: their names, and their days counted from the project's first.

use jiff::{Unit, civil::Date};
use portico_facts::ProjectId;
use portico_kernel::{Error, KeptPart, Name, Result, TemplatePart, TemplatePlace, Tx};
use serde::{Deserialize, Serialize};

use crate::{
    milestone::{Milestone, MilestoneDetails},
    store,
};

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMilestone {
    pub name: String,
    /// After the first day; negative for what was due before the project began.
    pub days: Option<i32>,
}

pub fn part() -> TemplatePart {
    TemplatePart { name: "milestones", version: 1, keep, make }
}

fn keep(tx: &mut Tx, place: TemplatePlace) -> Result<Option<KeptPart>> {
    let Some((project, starts_on)) = project_of(tx, place.project)? else { return Ok(None) };
    let milestones = store::milestones_of(tx, project)?;
    match milestones.is_empty() {
        true => Ok(None),
        false => KeptPart::of(&counted(&milestones, starts_on)).map(Some),
    }
}

/// A project that has milestones keeps them as they are.
fn make(tx: &mut Tx, place: TemplatePlace, kept: &KeptPart) -> Result<()> {
    let Some((project, starts_on)) = project_of(tx, place.project)? else { return Ok(()) };
    if !store::milestones_of(tx, project)?.is_empty() {
        return Ok(());
    }
    let kept: Vec<KeptMilestone> = kept.read()?;
    let first = starts_on.unwrap_or_else(|| tx.today());
    store::plan_milestones(tx, project, &planned(&kept, first))
}

fn project_of(tx: &mut Tx, project: Option<ProjectId>) -> Result<Option<(ProjectId, Option<Date>)>> {
    let Some(id) = project else { return Ok(None) };
    match store::project(tx, id) {
        // The portal outlives its project.
        Err(Error::NotFound) => Ok(None),
        project => Ok(Some((id, project?.starts_on))),
    }
}

/// From the project's first day, or where it has none from the earliest day of a milestone.
fn counted(milestones: &[Milestone], starts_on: Option<Date>) -> Vec<KeptMilestone> {
    let first = starts_on.or_else(|| milestones.iter().filter_map(|milestone| milestone.due_on).min());
    let days = |due_on: Date| first?.until((Unit::Day, due_on)).ok().map(|span| span.get_days());
    let kept = |milestone: &Milestone| KeptMilestone {
        name: milestone.name.clone(),
        days: milestone.due_on.and_then(days),
    };
    milestones.iter().map(kept).collect()
}

fn planned(kept: &[KeptMilestone], first: Date) -> Vec<MilestoneDetails> {
    let details = |kept: &KeptMilestone| {
        let due_on = kept.days.map(|days| first.saturating_add(jiff::Span::new().days(days)));
        Some(MilestoneDetails { name: Name::parse(&kept.name).ok()?, due_on })
    };
    kept.iter().filter_map(details).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico_facts::MilestoneId;

    use super::*;

    fn milestone(name: &str, due_on: Option<Date>) -> Milestone {
        Milestone {
            id: MilestoneId::from_bytes([1; 16]),
            project: ProjectId::from_bytes([0; 16]),
            name: name.into(),
            due_on,
            completed_on: Some(date(2026, 1, 1)),
        }
    }

    fn days(kept: &[KeptMilestone]) -> Vec<Option<i32>> {
        kept.iter().map(|milestone| milestone.days).collect()
    }

    #[test]
    fn days_are_counted_from_the_first_day_of_the_project() {
        let milestones = [
            milestone("Kick-off", Some(date(2026, 2, 27))),
            milestone("Someday", None),
            milestone("Launch", Some(date(2026, 4, 1))),
        ];
        let kept = counted(&milestones, Some(date(2026, 3, 1)));
        assert_eq!(days(&kept), [Some(-2), None, Some(31)]);
        assert_eq!(days(&counted(&milestones, None)), [Some(0), None, Some(33)]);
        // 2028 has a 29 February.
        let again = planned(&kept, date(2028, 2, 1));
        let due: Vec<_> = again.iter().map(|details| details.due_on).collect();
        assert_eq!(due, [Some(date(2028, 1, 30)), None, Some(date(2028, 3, 3))]);
    }

    #[test]
    fn milestones_without_days_stay_without() {
        assert_eq!(days(&counted(&[milestone("Someday", None)], None)), [None]);
    }
}
