//! Approvals: a client says that a file is right as it is. What they say is bound to the bytes, so
//! that it never holds for anything that they did not see.

use diesel::prelude::*;
use portico_facts::{ApprovalId, PersonId};
use portico_kernel::{Instant, Problems};
use serde::Deserialize;

use crate::schema::approvals;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// One request to one client about one version.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = approvals)]
pub struct Approval {
    pub id: ApprovalId,
    #[diesel(column_name = person_id)]
    pub person: PersonId,
    #[diesel(column_name = version_number)]
    pub number: i32,
    sha256: Vec<u8>,
    pub asked_at: Instant,
    approved: Option<bool>,
    pub reason: String,
    pub decided_at: Option<Instant>,
    /// The network address from which it was decided.
    pub decided_from: Option<String>,
    withdrawn_at: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Waiting,
    Approved,
    Declined,
    /// By staff, or because a newer version asks instead.
    Withdrawn,
}

impl Approval {
    pub fn standing(&self) -> Standing {
        match (self.approved, self.withdrawn_at) {
            (Some(true), _) => Standing::Approved,
            (Some(false), _) => Standing::Declined,
            (None, Some(_)) => Standing::Withdrawn,
            (None, None) => Standing::Waiting,
        }
    }

    pub fn is_about(&self, sha256: &[u8]) -> bool {
        self.sha256 == sha256
    }
}

/// Of each person the request that counts for these bytes, out of all requests about one file, the
/// newest first.
pub fn that_count<'a>(all: &'a [Approval], sha256: &[u8]) -> Vec<&'a Approval> {
    let mut counting: Vec<&Approval> = Vec::new();
    for approval in all.iter().filter(|approval| approval.is_about(sha256)) {
        let is_new = counting.iter().all(|known| known.person != approval.person);
        if is_new && approval.standing() != Standing::Withdrawn {
            counting.push(approval);
        }
    }
    counting
}

/// The latest request of each person who was asked about other bytes, and not about these: a new
/// version asks them again. Whoever staff no longer wanted to ask is left alone.
pub fn to_ask_again<'a>(all: &'a [Approval], sha256: &[u8]) -> Vec<&'a Approval> {
    let mut latest: Vec<&Approval> = Vec::new();
    for approval in all {
        if latest.iter().all(|known| known.person != approval.person) {
            latest.push(approval);
        }
    }
    let counting = that_count(all, sha256);
    let knows = |person| counting.iter().any(|each| each.person == person);
    latest.retain(|approval| approval.standing() != Standing::Withdrawn && !knows(approval.person));
    latest
}

/// What a client answers.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    pub decision: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    Approve,
    /// For this reason.
    Decline(String),
}

impl DecisionForm {
    /// # Errors
    /// What is wrong, at its field.
    pub fn parse(&self) -> Result<Decision, Problems> {
        let mut problems = Problems::default();
        let reason = self.reason.trim();
        match (self.decision.as_str(), reason) {
            ("approve", _) => return Ok(Decision::Approve),
            ("decline", "") => problems.add("reason", "files-reason-empty"),
            ("decline", reason) if reason.chars().count() > LONGEST_REASON => {
                problems.add("reason", "files-reason-long");
            }
            ("decline", reason)
                if reason.chars().any(|letter| letter.is_control() && !"\r\n\t".contains(letter)) =>
            {
                problems.add("reason", "ui-words-characters");
            }
            ("decline", reason) => return Ok(Decision::Decline(reason.to_owned())),
            _ => problems.add("reason", "files-decision-missing"),
        }
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approval(person: u8, bytes: u8, standing: Standing) -> Approval {
        let at = Instant::from_micros(1);
        Approval {
            id: ApprovalId::from_bytes([person; 16]),
            person: PersonId::from_bytes([person; 16]),
            number: 1,
            sha256: vec![bytes],
            asked_at: at,
            approved: match standing {
                Standing::Approved => Some(true),
                Standing::Declined => Some(false),
                Standing::Waiting | Standing::Withdrawn => None,
            },
            reason: String::new(),
            decided_at: None,
            decided_from: None,
            withdrawn_at: (standing == Standing::Withdrawn).then_some(at),
        }
    }

    #[test]
    fn what_was_said_about_other_bytes_does_not_count() {
        let all = [
            approval(1, 7, Standing::Waiting),
            approval(2, 6, Standing::Approved),
            approval(1, 6, Standing::Declined),
            approval(3, 7, Standing::Withdrawn),
        ];
        let counting = |bytes: u8| -> Vec<_> {
            that_count(&all, &[bytes]).into_iter().map(|each| (each.id.bytes()[0], each.standing())).collect()
        };
        assert_eq!(counting(7), [(1, Standing::Waiting)]);
        assert_eq!(counting(6), [(2, Standing::Approved), (1, Standing::Declined)]);
        assert_eq!(counting(5), []);
    }

    #[test]
    fn a_new_version_asks_whoever_was_asked_before() {
        let all = [
            approval(1, 7, Standing::Waiting),
            approval(2, 6, Standing::Approved),
            approval(3, 6, Standing::Withdrawn),
            approval(1, 6, Standing::Declined),
        ];
        let asked = |bytes: u8| -> Vec<u8> {
            to_ask_again(&all, &[bytes]).into_iter().map(|each| each.person.bytes()[0]).collect()
        };
        assert_eq!(asked(8), [1, 2]);
        assert_eq!(asked(7), [2]);
        // The bytes that they approved are back.
        assert_eq!(asked(6), [] as [u8; 0]);
    }

    #[test]
    fn declining_takes_a_reason() {
        let form = |decision: &str, reason: &str| {
            DecisionForm { decision: decision.to_owned(), reason: reason.to_owned() }.parse().ok()
        };
        assert_eq!(form("approve", ""), Some(Decision::Approve));
        assert_eq!(form("decline", " Too dark.\n"), Some(Decision::Decline("Too dark.".to_owned())));
        for (decision, reason) in
            [("decline", " "), ("decline", &*"x".repeat(2_001)), ("", "words"), ("decline", "\u{1}")]
        {
            assert_eq!(form(decision, reason), None);
        }
    }
}
