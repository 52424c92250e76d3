//! What is known of a person: which projects are for them. The work stays the organization's.

use portico_kernel::{Fate, PersonalData, PersonalTable};

pub fn data() -> PersonalData {
    PersonalData::rows("projects", TABLES)
}

const FREED: Fate = Fate::Changed("client_id = NULL");

const TABLES: &[PersonalTable] = &[
    // What they see of them: those with a portal that is open to them (P10, P12).
    PersonalTable::of(
        "projects",
        &[],
        "client_id = $2 AND deleted_at IS NULL AND EXISTS (SELECT 1 FROM portals p
         JOIN grants g ON g.organization_id = p.organization_id AND g.portal_id = p.id
         WHERE p.organization_id = $1 AND p.project_id = projects.id AND p.deleted_at IS NULL
         AND p.archived_at IS NULL AND g.person_id = $2 AND g.revoked_at IS NULL)",
        FREED,
    )
    .showing(&["id", "name", "status", "starts_on", "ends_on", "created_at"]),
    PersonalTable::of("projects", &["client_id"], "client_id = $2", FREED),
];
