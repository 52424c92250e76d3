//! What is known of a person: which announcements they have read.

use portico_kernel::{Fate, NOBODYS, PersonalData, PersonalTable, THEIR_OWN};

pub fn data() -> PersonalData {
    PersonalData::rows("announcements", TABLES)
}

const TABLES: &[PersonalTable] = &[
    PersonalTable::of("announcement_reads", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&[
        "announcement_id",
        "read_at",
        "mailed_at",
    ]),
    PersonalTable::of("announcements", &["author_id"], NOBODYS, Fate::Decided),
];
