//! What is known of a person: which portals they have, or had.

use portico_kernel::{Fate, PersonalData, PersonalTable, THEIR_OWN};

pub fn data() -> PersonalData {
    PersonalData::rows("portals", TABLES)
}

const TABLES: &[PersonalTable] =
    &[PersonalTable::of("grants", &["person_id", "granted_by"], THEIR_OWN, Fate::Deleted)
        .showing(&["portal_id", "granted_at", "revoked_at"])
        .labelled("sharing-personal-grants")];
