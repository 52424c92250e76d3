//! What is known of a person: what was billed to them. What is issued is frozen and stays, since the law wants it (P23).

use portico_kernel::{Fate, PersonalData, PersonalTable, THEIR_OWN};

pub fn data() -> PersonalData {
    PersonalData::rows("billing", TABLES)
}

const WHY: Fate = Fate::Kept("billing-personal-why");

const TABLES: &[PersonalTable] = &[
    PersonalTable::of("billing_documents", &["client_id"], "client_id = $2 AND issued_at IS NOT NULL", WHY)
        .showing(&[
            "kind",
            "number",
            "currency",
            "buyer",
            "words",
            "issue_on",
            "due_on",
            "issued_at",
            "net",
            "gross",
        ])
        .labelled("billing-personal-issued"),
    PersonalTable::of(
        "billing_payments",
        &[],
        "document_id IN (SELECT id FROM billing_documents WHERE organization_id = $1 AND client_id = $2)",
        WHY,
    )
    .showing(&["document_id", "kind", "amount", "paid_on", "words", "recorded_at"])
    .labelled("billing-personal-payments"),
    PersonalTable::of(
        "billing_subscriptions",
        &[],
        "document_id IN (SELECT id FROM billing_documents WHERE organization_id = $1 AND client_id = $2)",
        Fate::Changed("state = 'cancelled', paused_on = NULL, name = ''"),
    )
    .showing(&["name", "every", "unit", "anchor_on", "ends_on", "state"]),
    PersonalTable::of(
        "billing_lines",
        &[],
        "document_id IN (SELECT id FROM billing_documents WHERE organization_id = $1 AND client_id = $2
         AND issued_at IS NULL)",
        Fate::Changed("description = '', section = ''"),
    ),
    PersonalTable::of(
        "billing_documents",
        &[],
        "client_id = $2 AND issued_at IS NULL",
        Fate::Changed(
            "buyer = '', buyer_tax_number = '', words = '', deleted_at = COALESCE(deleted_at, created_at)",
        ),
    )
    .labelled("billing-personal-drafts"),
    PersonalTable::of(
        "billing_recipients",
        &["person_id", "sent_by"],
        THEIR_OWN,
        Fate::Changed("revoked_at = COALESCE(revoked_at, sent_at)"),
    )
    .showing(&["document_id", "sent_at", "revoked_at"]),
    PersonalTable::of("billing_decisions", &["person_id"], THEIR_OWN, WHY)
        .showing(&["document_id", "verdict", "name", "decided_at", "address", "reason"]),
    PersonalTable::of("billing_reminders", &["person_id"], THEIR_OWN, Fate::Deleted)
        .showing(&["document_id", "occasion", "reminded_at"]),
    PersonalTable::of("billing_saved_methods", &["person_id"], THEIR_OWN, Fate::Deleted)
        .showing(&["words", "begun_at", "saved_at", "removed_at"]),
];
