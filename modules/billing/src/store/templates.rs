//! Quotes from which others begin. A template is a quote that was given a name for this: it goes on being
//! changed, sent and answered like any other, and a new quote takes what stands on it then.

use diesel::{prelude::*, upsert::excluded};
use portico_facts::{DocumentId, EventKind};
use portico_kernel::{Instant, Name, NewEvent, Problems, Recorded, Result, Tx, per_backend};

use super::{
    add_draft,
    copies::lines_of_copy,
    documents::{live_documents, problem},
    lines::insert_lines,
    quotes::quote,
};
use crate::{
    document::{Head, Kind},
    schema::{billing_documents, billing_templates},
};

/// By name.
pub fn templates(tx: &mut Tx) -> Result<Vec<(DocumentId, String)>> {
    Ok(live_documents(tx.organization())
        .inner_join(
            billing_templates::table.on(billing_templates::organization_id
                .eq(billing_documents::organization_id)
                .and(billing_templates::quote_id.eq(billing_documents::id))),
        )
        .filter(billing_templates::removed_at.is_null())
        .order((billing_templates::name, billing_templates::quote_id))
        .select((billing_templates::quote_id, billing_templates::name))
        .load(tx.db())?)
}

/// Under which name a quote is kept as a template.
pub fn template_name(tx: &mut Tx, id: DocumentId) -> Result<Option<String>> {
    let organization = tx.organization();
    Ok(billing_templates::table
        .find((organization, id))
        .filter(billing_templates::removed_at.is_null())
        .select(billing_templates::name)
        .first(tx.db())
        .optional()?)
}

pub fn keep_template(tx: &mut Tx, id: DocumentId, name: &Name) -> Result<Recorded<Result<(), Problems>>> {
    quote(tx, id)?;
    if templates(tx)?.iter().any(|(other, known)| *other != id && name.is_same_as(known)) {
        return Ok(tx.unchanged(Err(problem("name", "billing-error-template-name"))));
    }
    let row = (
        billing_templates::organization_id.eq(tx.organization()),
        billing_templates::quote_id.eq(id),
        billing_templates::name.eq(name.as_str().to_owned()),
        billing_templates::kept_at.eq(tx.now()),
    );
    per_backend!(tx.db(), |c| diesel::insert_into(billing_templates::table)
        .values(row)
        .on_conflict((billing_templates::organization_id, billing_templates::quote_id))
        .do_update()
        .set((
            billing_templates::name.eq(excluded(billing_templates::name)),
            billing_templates::kept_at.eq(excluded(billing_templates::kept_at)),
            billing_templates::removed_at.eq(None::<Instant>),
        ))
        .execute(c))?;
    Ok(tx.record(NewEvent::new(EventKind::QUOTE_KEPT, id))?.with(Ok(())))
}

/// The quote stays as it is.
pub fn remove_template(tx: &mut Tx, id: DocumentId) -> Result<Recorded<()>> {
    quote(tx, id)?;
    let organization = tx.organization();
    let removed = diesel::update(billing_templates::table.find((organization, id)))
        .set(billing_templates::removed_at.eq(Some(tx.now())))
        .execute(tx.db())?;
    match removed {
        0 => Ok(tx.unchanged(())),
        _ => tx.record(NewEvent::new(EventKind::QUOTE_RELEASED, id)),
    }
}

/// A quote for somebody else, with a template's introduction, lines and deposit.
pub fn add_quote_from(
    tx: &mut Tx,
    head: &Head,
    template: DocumentId,
) -> Result<Recorded<Result<DocumentId, Problems>>> {
    if !templates(tx)?.iter().any(|(id, _)| *id == template) {
        return Ok(tx.unchanged(Err(problem("template", "billing-error-template"))));
    }
    let sheet = quote(tx, template)?;
    if sheet.document.currency != head.currency {
        return Ok(tx.unchanged(Err(problem("currency", "billing-error-template-currency"))));
    }
    let head = Head { words: sheet.document.words.clone(), deposit: sheet.document.deposit, ..head.clone() };
    let added = add_draft(tx, Kind::Quote, &head)?;
    let added = added.into_value();
    if let Ok(id) = added {
        insert_lines(tx, id, 0, lines_of_copy(&sheet))?;
    }
    Ok(tx.unchanged(added))
}
