//! A file request: what is wanted from one client, and by when.
//!
//! The client is waited for until every file that counts has come; then it is the staff's turn. It is
//! complete when staff have accepted all of them: what came may be the wrong page, and only a look
//! tells. Required files count; where none is required, all do.

use jiff::civil::Date;
use portico_facts::{FileRequestId, ItemId, PersonId, PortalId, PreparedRequestId};
use portico_kernel::{Instant, Name, Problems, parse_words};
use serde::Deserialize;

use crate::request_slot::{Need, Slot, SlotState, Wanted, parse_wanted};

/// Days after the request on which the client is reminded by mail.
pub const REMINDERS: [i64; 2] = [3, 6];
const LONGEST_WORDS: usize = 2_000;

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestForm {
    pub title: String,
    pub person: String,
    pub due_on: String,
    pub wanted: String,
    pub message: String,
    /// Empty for the folder of what clients send.
    pub folder: String,
    /// The prepared request that it is made of; empty for none.
    pub prepared: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub title: Name,
    pub person: PersonId,
    pub due_on: Date,
    pub wanted: Vec<Wanted>,
    pub message: String,
    pub folder: Option<ItemId>,
    /// What was prepared, and is asked for now.
    pub prepared: Option<PreparedRequestId>,
}

impl RequestForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, today: Date) -> Result<NewRequest, Problems> {
        let mut problems = Problems::default();
        let title = problems.keep("title", Name::parse(&self.title));
        let person = problems.keep("person", self.person.parse().map_err(|_| "files-error-nobody"));
        let due_on = problems.keep("due_on", parse_due(&self.due_on, today));
        let wanted = problems.keep("wanted", parse_wanted(&self.wanted));
        let message = problems.keep("message", parse_message(&self.message));
        let folder = problems.keep("folder", parse_folder(&self.folder));
        match (title, person, due_on, wanted, message, folder) {
            (Some(title), Some(person), Some(due_on), Some(wanted), Some(message), Some(folder)) => {
                // One that is gone meanwhile changes nothing about the request.
                let prepared = self.prepared.parse().ok();
                Ok(NewRequest { title, person, due_on, wanted, message, folder, prepared })
            }
            _ => Err(problems),
        }
    }
}

/// # Errors
/// The key of a sentence that says what to change.
pub fn parse_due(typed: &str, today: Date) -> Result<Date, &'static str> {
    let typed = typed.trim();
    // Browsers send this form of ISO 8601 and jiff reads many others; the database sorts by this one.
    let day: Date = typed.parse().map_err(|_| "files-error-day")?;
    match day.to_string() == typed && day.year() < 2200 {
        true if day < today => Err("files-error-day-past"),
        true => Ok(day),
        false => Err("files-error-day"),
    }
}

/// # Errors
/// As [`parse_due`].
pub fn parse_reason(typed: &str) -> Result<String, &'static str> {
    let reason = parse_message(typed)?;
    match reason.trim().is_empty() {
        true => Err("files-error-reason"),
        false => Ok(reason),
    }
}

fn parse_message(typed: &str) -> Result<String, &'static str> {
    parse_words(typed, LONGEST_WORDS, "files-error-words-long")
}

fn parse_folder(typed: &str) -> Result<Option<ItemId>, &'static str> {
    match typed {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "files-error-folder"),
    }
}

#[derive(Clone, Debug)]
pub struct Request {
    pub id: FileRequestId,
    pub portal: PortalId,
    pub portal_name: String,
    pub person: PersonId,
    pub person_name: String,
    pub folder: ItemId,
    pub title: String,
    pub message: String,
    pub due_on: Date,
    pub created_at: Instant,
    pub completed_at: Option<Instant>,
    pub withdrawn_at: Option<Instant>,
    pub slots: Vec<Slot>,
}

/// Whose turn it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    Client,
    Staff,
    /// It is complete or withdrawn.
    Nobody,
}

impl Request {
    pub fn turn(&self) -> Turn {
        match (self.completed_at, self.withdrawn_at) {
            (None, None) if counting(&self.slots).all(Slot::is_filled) => Turn::Staff,
            (None, None) => Turn::Client,
            _ => Turn::Nobody,
        }
    }

    /// Files that came, of all that are wanted.
    pub fn progress(&self) -> (usize, usize) {
        (self.slots.iter().filter(|slot| slot.is_filled()).count(), self.slots.len())
    }

    /// Files that staff have not looked at.
    pub fn to_look_at(&self) -> usize {
        self.slots.iter().filter(|slot| slot.state() == SlotState::Sent).count()
    }

    pub fn is_late(&self, today: Date) -> bool {
        self.turn() == Turn::Client && self.due_on < today
    }
}

/// The first of those that wait for their clients.
pub fn of_clients(requests: Vec<Request>, most: usize) -> Vec<Request> {
    requests.into_iter().filter(|request| request.turn() == Turn::Client).take(most).collect()
}

pub fn is_complete(slots: &[Slot]) -> bool {
    counting(slots).all(|slot| slot.state() == SlotState::Accepted)
}

fn counting(slots: &[Slot]) -> impl Iterator<Item = &Slot> {
    let any_required = slots.iter().any(|slot| slot.need == Need::Required);
    slots.iter().filter(move |slot| !any_required || slot.need == Need::Required)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico_facts::{RequestSlotId, VersionId};

    use super::*;
    use crate::request_slot::SentFile;

    const THEN: Instant = Instant::from_micros(1_795_000_000_000_000);

    fn slot(need: Need, state: SlotState) -> Slot {
        let file = SentFile {
            item: ItemId::from_bytes([7; 16]),
            version: VersionId::from_bytes([9; 16]),
            name: "a.pdf".to_owned(),
            sent_at: THEN,
        };
        Slot {
            id: RequestSlotId::from_bytes([8; 16]),
            title: "Statement".to_owned(),
            hint: String::new(),
            need,
            file: (state != SlotState::Wanted).then_some(file),
            accepted_at: (state == SlotState::Accepted).then_some(THEN),
            reason: (state == SlotState::AskedAgain).then(|| "A page is missing.".to_owned()),
        }
    }

    fn request(slots: Vec<Slot>) -> Request {
        Request {
            id: FileRequestId::from_bytes([1; 16]),
            portal: PortalId::from_bytes([2; 16]),
            portal_name: "Website".to_owned(),
            person: PersonId::from_bytes([3; 16]),
            person_name: "Carol".to_owned(),
            folder: ItemId::from_bytes([4; 16]),
            title: "Documents".to_owned(),
            message: String::new(),
            due_on: date(2026, 12, 1),
            created_at: THEN,
            completed_at: is_complete(&slots).then_some(THEN),
            withdrawn_at: None,
            slots,
        }
    }

    use Need::{Optional, Required};
    use SlotState::{Accepted, AskedAgain, Sent, Wanted as Empty};

    #[test]
    fn it_is_the_clients_turn_until_every_file_that_counts_has_come() {
        let turn = |slots: &[(Need, SlotState)]| {
            request(slots.iter().map(|(need, state)| slot(*need, *state)).collect()).turn()
        };
        assert_eq!(turn(&[(Required, Empty), (Required, Sent)]), Turn::Client);
        assert_eq!(turn(&[(Required, Sent), (Optional, Empty)]), Turn::Staff);
        assert_eq!(turn(&[(Required, AskedAgain), (Required, Accepted)]), Turn::Client);
        assert_eq!(turn(&[(Required, Accepted), (Optional, Empty)]), Turn::Nobody);
        // None is required: all count.
        assert_eq!(turn(&[(Optional, Accepted), (Optional, Empty)]), Turn::Client);
        assert_eq!(turn(&[(Optional, Accepted), (Optional, Accepted)]), Turn::Nobody);
    }

    #[test]
    fn those_that_wait_for_staff_take_no_places_of_clients() {
        let sent = || request(vec![slot(Required, Sent)]);
        let wanted = || request(vec![slot(Required, Empty)]);
        let found = of_clients(vec![sent(), sent(), wanted(), sent(), wanted(), wanted()], 2);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|request| request.turn() == Turn::Client));
    }

    #[test]
    fn progress_counts_what_came_and_was_not_given_back() {
        let slots = [Empty, Sent, AskedAgain, Accepted, Sent].map(|state| slot(Required, state));
        let request = request(slots.into());
        assert_eq!((request.progress(), request.to_look_at()), ((3, 5), 2));
        assert!(!request.is_late(date(2026, 12, 1)) && request.is_late(date(2026, 12, 2)));
    }

    #[test]
    fn the_last_day_is_today_or_later() {
        let today = date(2026, 11, 26);
        assert_eq!(parse_due(" 2026-11-26 ", today), Ok(today));
        assert_eq!(parse_due("2026-11-25", today), Err("files-error-day-past"));
        for wrong in ["", "2026-02-30", "26.11.2026", "2026-11-27T10:00", "9999-01-01"] {
            assert_eq!(parse_due(wrong, today), Err("files-error-day"), "{wrong:?}");
        }
    }

    #[test]
    fn a_form_is_answered_at_each_field() {
        let problems = RequestForm::default().parse(date(2026, 11, 26)).unwrap_err();
        for field in ["title", "person", "due_on", "wanted"] {
            assert!(problems.of(field).is_some(), "{field}");
        }
        assert!(problems.of("message").is_none() && problems.of("folder").is_none());
    }
}
