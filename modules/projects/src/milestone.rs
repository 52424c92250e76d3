//! A milestone: a point of a project that is either reached or not, in an order that staff decide.

use jiff::civil::Date;
use portico_facts::{MilestoneId, ProjectId};
use portico_kernel::{Name, Problems, parse_day};
use portico_ui::components::MilestoneState;
use serde::Deserialize;

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MilestoneForm {
    pub name: String,
    pub due_on: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct MilestoneDetails {
    pub name: Name,
    pub due_on: Option<Date>,
}

impl MilestoneForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<MilestoneDetails, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let due_on = problems.keep("due_on", parse_day(&self.due_on));
        match (name, due_on) {
            (Some(name), Some(due_on)) => Ok(MilestoneDetails { name, due_on }),
            _ => Err(problems),
        }
    }
}

/// As dropped: every row's id, in its new order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderForm {
    pub order: Vec<String>,
}

/// As the pages show it.
#[derive(Clone, Debug)]
pub struct Milestone {
    pub id: MilestoneId,
    pub project: ProjectId,
    pub name: String,
    pub due_on: Option<Date>,
    /// The day on which it was reached, in the organization's zone.
    pub completed_on: Option<Date>,
}

impl Milestone {
    pub fn is_done(&self) -> bool {
        self.completed_on.is_some()
    }

    /// Due before today and not reached.
    pub fn is_late(&self, today: Date) -> bool {
        !self.is_done() && self.due_on.is_some_and(|due| due < today)
    }

    pub fn form(&self) -> MilestoneForm {
        MilestoneForm {
            name: self.name.clone(),
            due_on: self.due_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

/// The first one that is not reached is the one being worked on.
pub fn next(milestones: &[Milestone]) -> Option<&Milestone> {
    milestones.iter().find(|milestone| !milestone.is_done())
}

/// Of each, in the same order.
pub fn states(milestones: &[Milestone]) -> Vec<MilestoneState> {
    let current = next(milestones).map(|milestone| milestone.id);
    let state = |milestone: &Milestone| match milestone {
        reached if reached.is_done() => MilestoneState::Done,
        open if Some(open.id) == current => MilestoneState::Current,
        _ => MilestoneState::Planned,
    };
    milestones.iter().map(state).collect()
}

/// Puts `current` into the `wanted` order. A list that was dropped while somebody else added or
/// deleted a milestone is not refused: what it does not know comes last, what is gone is left out.
pub fn ordered(current: &[MilestoneId], wanted: &[MilestoneId]) -> Vec<MilestoneId> {
    let mut order: Vec<MilestoneId> = Vec::with_capacity(current.len());
    for id in wanted.iter().chain(current) {
        if current.contains(id) && !order.contains(id) {
            order.push(*id);
        }
    }
    order
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// One place up or down; at the end of the list it stays.
pub fn moved(current: &[MilestoneId], id: MilestoneId, direction: Direction) -> Vec<MilestoneId> {
    let mut order = current.to_vec();
    let from = order.iter().position(|each| *each == id);
    let to = from.and_then(|from| match direction {
        Direction::Up => from.checked_sub(1),
        Direction::Down => Some(from + 1),
    });
    if let (Some(from), Some(to)) = (from, to)
        && to < order.len()
    {
        order.swap(from, to);
    }
    order
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn id(number: u8) -> MilestoneId {
        MilestoneId::from_bytes([number; 16])
    }

    fn ids(numbers: &[u8]) -> Vec<MilestoneId> {
        numbers.iter().copied().map(id).collect()
    }

    fn milestone(number: u8, completed_on: Option<Date>) -> Milestone {
        Milestone {
            id: id(number),
            project: ProjectId::from_bytes([0; 16]),
            name: number.to_string(),
            due_on: Some(date(2026, 11, 23)),
            completed_on,
        }
    }

    #[test]
    fn the_first_open_milestone_is_the_current_one_even_after_later_ones_were_reached() {
        let done = Some(date(2026, 11, 1));
        let track = [milestone(1, done), milestone(2, None), milestone(3, done), milestone(4, None)];
        use MilestoneState::{Current, Done, Planned};
        assert_eq!(states(&track), [Done, Current, Done, Planned]);
        assert_eq!(next(&track).map(|milestone| milestone.id), Some(id(2)));
    }

    #[test]
    fn a_milestone_is_late_the_day_after_it_was_due() {
        let open = milestone(1, None);
        assert!(!open.is_late(date(2026, 11, 23)));
        assert!(open.is_late(date(2026, 11, 24)));
        assert!(!milestone(1, Some(date(2026, 11, 30))).is_late(date(2026, 12, 1)));
    }

    #[test]
    fn an_order_keeps_every_milestone_exactly_once() {
        let current = ids(&[1, 2, 3]);
        assert_eq!(ordered(&current, &ids(&[3, 1, 2])), ids(&[3, 1, 2]));
        assert_eq!(ordered(&current, &ids(&[2])), ids(&[2, 1, 3]));
        assert_eq!(ordered(&current, &ids(&[9, 3, 3, 9])), ids(&[3, 1, 2]));
        assert_eq!(ordered(&current, &[]), current);
    }

    #[test]
    fn moving_stops_at_both_ends() {
        let current = ids(&[1, 2, 3]);
        assert_eq!(moved(&current, id(2), Direction::Up), ids(&[2, 1, 3]));
        assert_eq!(moved(&current, id(2), Direction::Down), ids(&[1, 3, 2]));
        assert_eq!(moved(&current, id(1), Direction::Up), current);
        assert_eq!(moved(&current, id(3), Direction::Down), current);
        assert_eq!(moved(&current, id(9), Direction::Down), current);
    }
}
