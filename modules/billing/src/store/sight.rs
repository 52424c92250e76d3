//! Who sees which documents: whom the predicates let see them, and to whom they were sent.

use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{DocumentId, PersonId, SubjectId};
use portico_kernel::{Among, Instant, Result, Tx, Viewers, people as viewers, viewers_of};

use super::taxes::unreadable;
use crate::{
    document::Kind,
    schema::{
        billing_documents, billing_readers, billing_recipients, billing_subscriptions, companies, people,
    },
    visibility,
};

pub struct NamedDocument {
    pub id: DocumentId,
    pub kind: Kind,
    pub number: Option<String>,
    pub issued_at: Option<Instant>,
    pub deleted_at: Option<Instant>,
    /// What a subscription is called.
    pub name: Option<String>,
}

/// Deleted ones too.
///
/// # Errors
/// The database's.
pub fn named_documents(tx: &mut Tx, ids: &[SubjectId]) -> Result<Vec<NamedDocument>> {
    type Row = (DocumentId, String, Option<String>, Option<Instant>, Option<Instant>, Option<String>);
    let organization = tx.organization();
    let its_plan = billing_subscriptions::organization_id
        .eq(billing_documents::organization_id)
        .and(billing_subscriptions::document_id.eq(billing_documents::id));
    let rows: Vec<Row> = billing_documents::table
        .left_join(billing_subscriptions::table.on(its_plan))
        .filter(billing_documents::organization_id.eq(organization))
        .filter(billing_documents::id.among(ids.iter().copied()))
        .order(billing_documents::id)
        .select((
            billing_documents::id,
            billing_documents::kind,
            billing_documents::number,
            billing_documents::issued_at,
            billing_documents::deleted_at,
            billing_subscriptions::name.nullable(),
        ))
        .load(tx.db())?;
    let named = |(id, kind, number, issued_at, deleted_at, name): Row| {
        let kind = Kind::from_name(&kind).ok_or_else(|| unreadable("billing_documents.kind"))?;
        Ok(NamedDocument { id, kind, number, issued_at, deleted_at, name })
    };
    rows.into_iter().map(named).collect()
}

/// Whom the predicates let see these.
///
/// # Errors
/// The database's.
pub fn document_viewers(tx: &mut Tx, ids: &[SubjectId]) -> Result<Viewers<DocumentId>> {
    let (organization, today) = (tx.organization(), tx.today().to_string());
    let mut pairs: Vec<(DocumentId, PersonId)> =
        visibility::each::client_documents(organization, viewers::id)
            .inner_join(viewers::table.on(viewers::organization_id.eq(billing_documents::organization_id)))
            .filter(billing_documents::id.among(ids.iter().copied()))
            .select((billing_documents::id, viewers::id))
            .load(tx.db())?;
    let of_subscriptions: Vec<(DocumentId, PersonId)> =
        visibility::each::client_subscriptions(organization, viewers::id, today)
            .inner_join(viewers::table.on(viewers::organization_id.eq(billing_recipients::organization_id)))
            .filter(billing_documents::id.among(ids.iter().copied()))
            .select((billing_documents::id, viewers::id))
            .load(tx.db())?;
    pairs.extend(of_subscriptions);
    Ok(viewers_of(pairs))
}

/// How a document was sent to somebody, or taken back from them.
#[derive(Queryable)]
pub struct Sending {
    pub document: DocumentId,
    pub person: PersonId,
    pub at: Instant,
    pub by: Option<String>,
    pub revoked_at: Option<Instant>,
}

pub type Sendings = BTreeMap<PersonId, Sending>;

/// # Errors
/// The database's.
pub fn sendings(tx: &mut Tx, ids: &[SubjectId]) -> Result<BTreeMap<DocumentId, Sendings>> {
    let organization = tx.organization();
    let sender = people::organization_id
        .eq(billing_recipients::organization_id)
        .and(people::id.nullable().eq(billing_recipients::sent_by));
    let found: Vec<Sending> = billing_recipients::table
        .left_join(people::table.on(sender))
        .filter(billing_recipients::organization_id.eq(organization))
        .filter(billing_recipients::document_id.among(ids.iter().copied()))
        .select((
            billing_recipients::document_id,
            billing_recipients::person_id,
            billing_recipients::sent_at,
            people::name.nullable(),
            billing_recipients::revoked_at,
        ))
        .load(tx.db())?;
    let mut sendings: BTreeMap<DocumentId, Sendings> = BTreeMap::new();
    for sending in found {
        sendings.entry(sending.document).or_default().insert(sending.person, sending);
    }
    Ok(sendings)
}

/// Whose colleague somebody is that reads a document which was not sent to them, and in which company.
pub type Colleagues = BTreeMap<(DocumentId, PersonId), (String, String)>;

/// # Errors
/// The database's.
pub fn colleagues_of_readers(tx: &mut Tx, ids: &[SubjectId]) -> Result<Colleagues> {
    type Row = (DocumentId, PersonId, String, String);
    let organization = tx.organization();
    let recipient = people::organization_id
        .eq(billing_readers::organization_id)
        .and(people::id.eq(billing_readers::person_id));
    let their_company = companies::organization_id
        .eq(people::organization_id)
        .and(companies::id.nullable().eq(people::company_id));
    let rows: Vec<Row> = billing_readers::table
        .inner_join(people::table.on(recipient))
        .inner_join(companies::table.on(their_company))
        .filter(billing_readers::organization_id.eq(organization))
        .filter(billing_readers::document_id.among(ids.iter().copied()))
        .filter(billing_readers::reader_id.ne(billing_readers::person_id))
        .select((billing_readers::document_id, billing_readers::reader_id, people::name, companies::name))
        .load(tx.db())?;
    let of_reader = |(document, reader, name, company)| ((document, reader), (name, company));
    Ok(rows.into_iter().map(of_reader).collect())
}
