//! The project that was made of an accepted quote. The quote itself is frozen, so a row of its own ties them.

use diesel::prelude::*;
use portico_facts::{DocumentId, EventKind, ProjectId};
use portico_kernel::{FoundProject, NewEvent, Recorded, Result, Tx};
use portico_ui::Text;
use serde_json::json;

use super::{
    documents::live_documents,
    invoicing::accepted,
    listing::{Row, with_accounts},
    sheets::DocumentRow,
};
use crate::{
    document::{Document, Kind},
    founding::plan,
    schema::{billing_documents, billing_founded_projects, projects},
    view::title,
};

/// Asked for again, it is the same one. `found` is how another module makes projects.
pub fn found_project(tx: &mut Tx, found: FoundProject, id: DocumentId) -> Result<Recorded<ProjectId>> {
    let (sheet, chosen) = accepted(tx, id)?;
    if let Some((project, _)) = project_of(tx, &sheet.document)? {
        return Ok(tx.unchanged(project));
    }
    let usual = title(Text::new(tx.organization_profile().language), &sheet.document);
    let project = found(tx, &plan(&sheet, &chosen, &usual))?.into_value();
    let organization = tx.organization();
    // One that was made before, and deleted since, gives its place.
    diesel::delete(billing_founded_projects::table.find((organization, id))).execute(tx.db())?;
    diesel::insert_into(billing_founded_projects::table)
        .values((
            billing_founded_projects::organization_id.eq(organization),
            billing_founded_projects::quote_id.eq(id),
            billing_founded_projects::project_id.eq(project),
        ))
        .execute(tx.db())?;
    // What is issued stays as it is.
    diesel::update(billing_documents::table)
        .filter(billing_documents::organization_id.eq(organization))
        .filter(billing_documents::quote_id.eq(id))
        .filter(billing_documents::issued_at.is_null())
        .set(billing_documents::project_id.eq(Some(project)))
        .execute(tx.db())?;
    let event = NewEvent::new(EventKind::QUOTE_FOUNDED, id).with_data(json!({ "project": project }));
    Ok(tx.record(event)?.with(project))
}

/// The one that a quote names, or that was made of it; not one that was deleted.
pub fn project_of(tx: &mut Tx, quote: &Document) -> Result<Option<(ProjectId, String)>> {
    if quote.project.is_some() {
        return Ok(quote.project.clone());
    }
    Ok(billing_founded_projects::table
        .inner_join(
            projects::table.on(projects::organization_id
                .eq(billing_founded_projects::organization_id)
                .and(projects::id.eq(billing_founded_projects::project_id))),
        )
        .filter(billing_founded_projects::organization_id.eq(tx.organization()))
        .filter(billing_founded_projects::quote_id.eq(quote.id))
        .filter(projects::deleted_at.is_null())
        .select((projects::id, projects::name))
        .first(tx.db())
        .optional()?)
}

/// The newest quotes for one project, and the one that it was made of.
pub fn quotes_of_project(tx: &mut Tx, project: ProjectId, limit: i64) -> Result<Vec<Row>> {
    let organization = tx.organization();
    let founded = billing_founded_projects::table
        .filter(billing_founded_projects::organization_id.eq(organization))
        .filter(billing_founded_projects::quote_id.eq(billing_documents::id))
        .filter(billing_founded_projects::project_id.eq(project));
    let rows: Vec<DocumentRow> = live_documents(organization)
        .filter(billing_documents::kind.eq(Kind::Quote.name()))
        .filter(billing_documents::project_id.eq(project).or(diesel::dsl::exists(founded)))
        .order(billing_documents::id.desc())
        .limit(limit)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    with_accounts(tx, rows)
}
