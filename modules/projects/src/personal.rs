//! What is known of a person: which projects are for them. The work stays the organization's.

use portico_kernel::{Fate, PersonalData, PersonalTable};

pub fn data() -> PersonalData {
    PersonalData::rows("projects", TABLES)
}

const TABLES: &[PersonalTable] =
    &[PersonalTable::of("projects", &["client_id"], "client_id = $2", Fate::Changed("client_id = NULL"))
        .showing(&["id", "name", "status", "starts_on", "ends_on", "created_at"])];
