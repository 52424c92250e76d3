//! Clients and companies in search, for staff only: no portal and nobody to whom they are addressed.

use diesel::prelude::*;
use portico_facts::{CompanyId, SubjectId};
use portico_kernel::{
    Among, Event, Instant, Reach, Result, SearchDocument, SearchLine, SearchPage, SearchSource, Tx,
};

use crate::{
    schema::{companies, people},
    store::{live_clients, live_companies},
    view,
};

pub fn source() -> SearchSource {
    SearchSource { name: "clients", touched, document, all, staff_lines, client_lines: |_, _| Ok(Vec::new()) }
}

/// A company's name also stands in the documents of its people.
fn touched(tx: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let Some(subject) = event.subject_id else { return Ok(Vec::new()) };
    match event.noun() {
        "person" => Ok(vec![subject]),
        "company" => {
            let mut touched: Vec<SubjectId> = live_clients(tx.organization())
                .filter(people::company_id.eq(CompanyId::from(subject)))
                .select(people::id)
                .load(tx.db())?;
            touched.push(subject);
            Ok(touched)
        }
        _ => Ok(Vec::new()),
    }
}

fn document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    match client_document(tx, subject)? {
        Some(document) => Ok(Some(document)),
        None => company_document(tx, subject),
    }
}

fn client_document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let row: Option<(String, String, Option<CompanyId>, Instant)> = live_clients(tx.organization())
        .filter(people::id.eq(subject))
        .select((people::name, people::email, people::company_id, people::created_at))
        .first(tx.db())
        .optional()?;
    let Some((name, email, company, changed)) = row else { return Ok(None) };
    let company: Option<String> = live_companies(tx.organization())
        .filter(companies::id.nullable().eq(company))
        .select(companies::name)
        .first(tx.db())
        .optional()?;
    let text = [Some(email), company].into_iter().flatten().collect::<Vec<_>>().join("\n");
    Ok(Some(staff_document("client", name, text, changed)))
}

fn company_document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let row: Option<(String, Instant)> = live_companies(tx.organization())
        .filter(companies::id.eq(subject))
        .select((companies::name, companies::created_at))
        .first(tx.db())
        .optional()?;
    Ok(row.map(|(name, changed)| staff_document("company", name, String::new(), changed)))
}

fn staff_document(kind: &'static str, title: String, text: String, changed: Instant) -> SearchDocument {
    let pages = match text.is_empty() {
        true => Vec::new(),
        false => vec![SearchPage { number: None, text }],
    };
    let (portal, people, reach) = (None, Vec::new(), Reach::NoFurther);
    SearchDocument { kind, title, pages, portal, people, for_colleagues: false, reach, changed }
}

fn all(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    // Ids begin with a time, so none is all zeros.
    let after = after.unwrap_or(SubjectId::from_bytes([0; 16]));
    let mut ids: Vec<SubjectId> = live_clients(organization)
        .filter(people::id.gt(after))
        .order(people::id)
        .limit(limit)
        .select(people::id)
        .load(tx.db())?;
    let of_companies: Vec<SubjectId> = live_companies(organization)
        .filter(companies::id.gt(after))
        .order(companies::id)
        .limit(limit)
        .select(companies::id)
        .load(tx.db())?;
    ids.extend(of_companies);
    ids.sort();
    ids.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(ids)
}

fn staff_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let organization = tx.organization();
    let clients: Vec<SubjectId> = live_clients(organization)
        .filter(people::id.among(subjects.iter().copied()))
        .select(people::id)
        .load(tx.db())?;
    let of_companies: Vec<SubjectId> = live_companies(organization)
        .filter(companies::id.among(subjects.iter().copied()))
        .select(companies::id)
        .load(tx.db())?;
    let line = |subject, href, icon| SearchLine { subject, href, icon, place: None };
    let mut lines: Vec<SearchLine> =
        clients.into_iter().map(|id| line(id, view::clients::address(id.into()), "person")).collect();
    lines.extend(of_companies.into_iter().map(|id| line(id, view::companies::address(id.into()), "company")));
    Ok(lines)
}
