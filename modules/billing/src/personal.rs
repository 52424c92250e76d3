//! What is known of a person: what was billed to them. What is issued is frozen and stays, since the law wants it (P23).

use diesel::prelude::*;
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{
    Fate, PersonalBytes, PersonalData, PersonalObject, PersonalTable, Result, THEIR_OWN, Tx,
};

use crate::{schema::billing_documents, store};

pub fn data() -> PersonalData {
    PersonalData { objects: papers, ..PersonalData::rows("billing", TABLES) }
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
    PersonalTable::of("billing_decisions", &["person_id"], THEIR_OWN, WHY).showing(&[
        "document_id",
        "verdict",
        "name",
        "decided_at",
        "address",
        "reason",
    ]),
    PersonalTable::of("billing_reminders", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&[
        "document_id",
        "occasion",
        "reminded_at",
    ]),
    PersonalTable::of("billing_saved_methods", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&[
        "words",
        "begun_at",
        "saved_at",
        "removed_at",
    ]),
];

/// What was issued to them, in the organization's language. Of what was issued before papers were kept there is none.
fn papers(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonalObject>> {
    let (organization, language) = (tx.organization(), tx.organization_profile().language);
    let issued: Vec<(DocumentId, String, Option<String>)> = billing_documents::table
        .filter(billing_documents::organization_id.eq(organization))
        .filter(billing_documents::client_id.eq(person))
        .filter(billing_documents::issued_at.is_not_null())
        .order(billing_documents::id)
        .select((billing_documents::id, billing_documents::kind, billing_documents::number))
        .load(tx.db())?;
    let paper = |(id, kind, number): (DocumentId, String, Option<String>)| PersonalObject {
        name: format!("{kind}-{}.pdf", number.unwrap_or_default()),
        bytes: PersonalBytes::Row(Box::new(move |tx: &mut Tx| {
            Ok(store::kept_paper(tx, id, language)?.unwrap_or_default())
        })),
    };
    Ok(issued.into_iter().map(paper).collect())
}
