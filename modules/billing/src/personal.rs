//! What is known of a person: what was billed to them. What is issued is frozen and stays, since the law wants it (P23).

use diesel::{dsl, prelude::*};
use portico_facts::{DocumentId, EventKind, PersonId};
use portico_kernel::{
    Erasure, Fate, NewEvent, PersonalBytes, PersonalData, PersonalObject, PersonalTable, Registry, Result,
    THEIR_OWN, Tx,
};

use crate::{
    schema::{billing_documents, billing_recipients},
    store,
};

pub fn data() -> PersonalData {
    PersonalData { name: "billing", tables: TABLES, objects: papers, erase }
}

const WHY: Fate = Fate::Kept("billing-personal-why");
const TAKEN_AWAY: Fate = Fate::Changed(
    "buyer = '', buyer_tax_number = '', words = '', deleted_at = COALESCE(deleted_at, created_at)",
);
const ENDED: Fate = Fate::Changed("state = 'cancelled', paused_on = NULL, name = ''");

const TABLES: &[PersonalTable] = &[
    PersonalTable::of("billing_documents", &["client_id"], "client_id = $2 AND issued_at IS NOT NULL", WHY)
        .labelled("billing-personal-issued"),
    // Of these, what was sent to them and not taken back (P10, P12).
    PersonalTable::of(
        "billing_documents",
        &[],
        "client_id = $2 AND issued_at IS NOT NULL AND EXISTS (SELECT 1 FROM billing_recipients r
         WHERE r.organization_id = $1 AND r.document_id = billing_documents.id AND r.person_id = $2
         AND r.revoked_at IS NULL)",
        WHY,
    )
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
    ]),
    PersonalTable::of(
        "billing_payments",
        &[],
        "document_id IN (SELECT id FROM billing_documents WHERE organization_id = $1 AND client_id = $2)",
        WHY,
    )
    .labelled("billing-personal-payments"),
    // What staff wrote about a payment is theirs.
    PersonalTable::of(
        "billing_payments",
        &[],
        "deleted_at IS NULL AND document_id IN (SELECT d.id FROM billing_documents d
         JOIN billing_recipients r ON r.organization_id = d.organization_id AND r.document_id = d.id
         WHERE d.organization_id = $1 AND d.client_id = $2 AND r.person_id = $2 AND r.revoked_at IS NULL)",
        WHY,
    )
    .showing(&["document_id", "kind", "amount", "paid_on", "recorded_at"]),
    // As long as it is known of subscriptions which of them run.
    PersonalTable::of(
        "billing_documents",
        &[],
        "client_id = $2 AND issued_at IS NULL AND NOT EXISTS (SELECT 1 FROM billing_subscriptions s
         WHERE s.organization_id = $1 AND s.document_id = billing_documents.id
         AND s.state IN ('running', 'paused'))",
        TAKEN_AWAY,
    )
    .labelled("billing-personal-drafts"),
    PersonalTable::of(
        "billing_subscriptions",
        &[],
        "state <> 'draft' AND document_id IN (SELECT d.id FROM billing_documents d
         JOIN billing_recipients r ON r.organization_id = d.organization_id AND r.document_id = d.id
         WHERE d.organization_id = $1 AND d.client_id = $2 AND d.deleted_at IS NULL AND r.person_id = $2
         AND r.revoked_at IS NULL)",
        ENDED,
    )
    .showing(&["name", "every", "unit", "anchor_on", "ends_on", "state"]),
    PersonalTable::of(
        "billing_subscriptions",
        &[],
        "state IN ('running', 'paused') AND document_id IN (SELECT id FROM billing_documents
         WHERE organization_id = $1 AND client_id = $2 AND deleted_at IS NULL)",
        ENDED,
    )
    .labelled("billing-personal-subscriptions"),
    PersonalTable::of(
        "billing_subscriptions",
        &[],
        "document_id IN (SELECT id FROM billing_documents WHERE organization_id = $1 AND client_id = $2)",
        ENDED,
    ),
    PersonalTable::of(
        "billing_lines",
        &[],
        "document_id IN (SELECT id FROM billing_documents WHERE organization_id = $1 AND client_id = $2
         AND issued_at IS NULL)",
        Fate::Changed("description = '', section = ''"),
    ),
    PersonalTable::of("billing_documents", &[], "client_id = $2 AND issued_at IS NULL", TAKEN_AWAY),
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
    PersonalTable::of(
        "billing_saved_methods",
        &[],
        "person_id = $2 AND customer IS NOT NULL",
        Fate::Kept("billing-personal-methods-why"),
    )
    .labelled("billing-personal-methods"),
    PersonalTable::of("billing_saved_methods", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&[
        "words",
        "begun_at",
        "saved_at",
        "removed_at",
    ]),
];

/// What was issued and sent to them, in the organization's language. Of what was issued before papers were kept there is none.
fn papers(tx: &mut Tx, person: PersonId) -> Result<Vec<PersonalObject>> {
    let (organization, language) = (tx.organization(), tx.organization_profile().language);
    let sent = billing_recipients::table
        .filter(billing_recipients::organization_id.eq(organization))
        .filter(billing_recipients::document_id.eq(billing_documents::id))
        .filter(billing_recipients::person_id.eq(person))
        .filter(billing_recipients::revoked_at.is_null());
    let issued: Vec<(DocumentId, String, Option<String>)> = billing_documents::table
        .filter(billing_documents::organization_id.eq(organization))
        .filter(billing_documents::client_id.eq(person))
        .filter(billing_documents::issued_at.is_not_null())
        .filter(dsl::exists(sent))
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

/// What goes on ends with them. What they paid ahead is not credited, since nobody is left to be sent the note.
fn erase(tx: &mut Tx, _: &Registry, erasure: &Erasure) -> Result<()> {
    for id in store::subscriptions_that_go_on(tx, erasure.person)? {
        let _ = tx.record(NewEvent::new(EventKind::SUBSCRIPTION_CANCELLED, id))?;
    }
    Ok(())
}
