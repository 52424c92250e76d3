//! What is known of a person: which news they want, and which are in their list.

use portico_kernel::{Fate, PersonalData, PersonalTable, THEIR_OWN};

pub fn data() -> PersonalData {
    PersonalData::rows("notifications", TABLES)
}

const TABLES: &[PersonalTable] = &[
    PersonalTable::of("news_choices", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&["kind", "timing"]),
    PersonalTable::of("news_hours", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&["hour", "time_zone"]),
    PersonalTable::of("waiting_news", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&["job", "kind"]),
    PersonalTable::of("notifications", &["person_id"], THEIR_OWN, Fate::Deleted)
        .showing(&["event", "kind", "at", "read_at"])
        .labelled("notifications-personal"),
];
