//! What is known of a person's ways in.

use portico_kernel::{Fate, PersonalData, PersonalTable, THEIR_OWN};

pub fn data() -> PersonalData {
    PersonalData::rows("account", TABLES)
}

const TABLES: &[PersonalTable] = &[
    PersonalTable::of(
        "people",
        &["id"],
        "id = $2",
        Fate::Changed("password_hash = NULL, second_step_at = NULL, joined_at = NULL"),
    ),
    PersonalTable::of("sessions", &["person_id"], THEIR_OWN, Fate::Deleted)
        .showing(&["id", "created_at", "expires_at", "ended_at", "address", "agent"])
        .labelled("accounts-personal-sessions"),
    PersonalTable::of("limit_clients", &["person_id"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("limit_clients", &["client_id"], "client_id = $2", Fate::Deleted),
    PersonalTable::of("limit_projects", &["person_id"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("sessions", &["seeing_as"], "seeing_as = $2", Fate::Changed("seeing_as = NULL")),
    PersonalTable::of("proofs", &["person_id", "email"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("sign_in_links", &["person_id", "email"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("sign_ins", &["person_id"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("second_steps", &["person_id"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("recovery_codes", &["person_id"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("passkey_ceremonies", &["person_id"], THEIR_OWN, Fate::Deleted),
    PersonalTable::of("passkeys", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&[
        "id",
        "host",
        "name",
        "created_at",
        "last_used_at",
    ]),
];
