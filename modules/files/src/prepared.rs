//! Prepared requests: what a template asks for, before anybody is asked. Asking somebody makes a file request of it, with
//! the same form as any other.

use jiff::{Unit, civil::Date};
use portico_facts::PreparedRequestId;
use serde::{Deserialize, Serialize};

use crate::{
    request::{Request, RequestForm},
    request_slot::{Need, Slot},
};

/// How long somebody has who was given no time at all.
const SHORTEST: i32 = 1;
const LONGEST: i32 = 3_650;

/// In a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRequest {
    pub title: String,
    /// One line for each thing, as typed.
    pub wanted: String,
    pub message: String,
    /// From the day of asking to the day by which it is wanted.
    pub days: i32,
}

#[derive(Clone, Debug)]
pub struct Prepared {
    pub id: PreparedRequestId,
    pub request: KeptRequest,
}

impl KeptRequest {
    /// Of a request that somebody was sent, without who it was and what they answered.
    pub fn of(request: &Request, zone: &str) -> Self {
        let asked_on = request.created_at.in_zone(zone).date();
        let days = asked_on.until((Unit::Day, request.due_on)).map_or(SHORTEST, |span| span.get_days());
        Self {
            title: request.title.clone(),
            wanted: request.slots.iter().map(line_of).collect::<Vec<_>>().join("\n"),
            message: request.message.clone(),
            days: days.clamp(SHORTEST, LONGEST),
        }
    }

    /// The form as it stands before anything is typed into it.
    pub fn form(&self, id: PreparedRequestId, today: Date) -> RequestForm {
        let days = i64::from(self.days.clamp(SHORTEST, LONGEST));
        RequestForm {
            title: self.title.clone(),
            due_on: today.saturating_add(jiff::Span::new().days(days)).to_string(),
            wanted: self.wanted.clone(),
            message: self.message.clone(),
            prepared: id.to_string(),
            ..RequestForm::default()
        }
    }
}

/// As whoever asked for it typed it, in the words that [`parse_wanted`](crate::request_slot::parse_wanted) reads.
fn line_of(slot: &Slot) -> String {
    let hint = if slot.hint.is_empty() { String::new() } else { format!(": {}", slot.hint) };
    let need = if slot.need == Need::Optional { " (optional)" } else { "" };
    format!("{}{hint}{need}", slot.title)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico_facts::{FileRequestId, ItemId, PersonId, PortalId, RequestSlotId};
    use portico_kernel::Instant;

    use super::*;
    use crate::request_slot::parse_wanted;

    const TYPED: &str =
        "Statements: October to December (optional)\nPayroll\nRegister (optional)\nPhotos: of the shop";

    fn request(due_on: Date) -> Request {
        let slot = |(number, wanted): (u8, crate::request_slot::Wanted)| Slot {
            id: RequestSlotId::from_bytes([number; 16]),
            title: wanted.title,
            hint: wanted.hint,
            need: wanted.need,
            file: None,
            accepted_at: None,
            reason: Some("The last page is missing.".into()),
        };
        Request {
            id: FileRequestId::from_bytes([1; 16]),
            portal: PortalId::from_bytes([2; 16]),
            portal_name: "Accounts".into(),
            person: PersonId::from_bytes([3; 16]),
            person_name: "Carol Meyer".into(),
            folder: ItemId::from_bytes([4; 16]),
            title: "Papers".into(),
            message: "Scans are fine.".into(),
            due_on,
            // 2026-11-28, 00:00 UTC
            created_at: Instant::from_micros(1_795_824_000_000_000),
            completed_at: None,
            withdrawn_at: None,
            slots: (0..).zip(parse_wanted(TYPED).expect("lines")).map(slot).collect(),
        }
    }

    #[test]
    fn what_was_asked_is_asked_again_and_nothing_of_whom_it_was_asked_of() {
        let kept = KeptRequest::of(&request(date(2026, 12, 8)), "UTC");
        assert_eq!((kept.wanted.as_str(), kept.days), (TYPED, 10));
        let json = serde_json::to_string(&kept).expect("JSON");
        assert!(!json.contains("Carol") && !json.contains("missing"), "{json}");
        let form = kept.form(PreparedRequestId::from_bytes([5; 16]), date(2027, 2, 25));
        assert_eq!((form.due_on.as_str(), form.person.as_str()), ("2027-03-07", ""));
        assert!(form.parse(date(2027, 2, 25)).is_err(), "nobody is asked yet");
    }

    #[test]
    fn a_day_is_always_to_come() {
        assert_eq!(KeptRequest::of(&request(date(2026, 11, 20)), "UTC").days, 1);
    }
}
