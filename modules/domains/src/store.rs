use diesel::prelude::*;
use portico_facts::EventKind;
use portico_kernel::{DomainUse, Either, Error, Instant, NewEvent, Recorded, Result, Slug, SlugTaken, Tx};

use crate::{
    claim::{CHECKED_SECONDS, Claim},
    domain::DomainName,
    failure::Failure,
    schema::{domain_claims, organizations},
};

/// How the organization is reached.
#[derive(Clone)]
pub struct Standing {
    pub slug: String,
    /// The domain at which it answers.
    pub domain: Option<String>,
    pub domain_use: DomainUse,
    pub claim: Option<Claim>,
}

/// # Errors
/// The database's.
pub fn standing(tx: &mut Tx) -> Result<Standing> {
    let organization = tx.organization();
    let (slug, domain, domain_use): (String, Option<String>, String) = organizations::table
        .find(organization)
        .select((organizations::slug, organizations::domain, organizations::domain_use))
        .first(tx.db())?;
    let domain_use = DomainUse::from_name(&domain_use).unwrap_or(DomainUse::Beside);
    Ok(Standing { slug, domain, domain_use, claim: find_claim(tx)? })
}

fn find_claim(tx: &mut Tx) -> Result<Option<Claim>> {
    let organization = tx.organization();
    Ok(domain_claims::table.find(organization).select(Claim::as_select()).first(tx.db()).optional()?)
}

/// # Errors
/// The database's.
pub fn change_slug(tx: &mut Tx, slug: &Slug) -> Result<Recorded<SlugTaken>> {
    match tx.take_slug(slug)? {
        SlugTaken::Now { former, now } => {
            let data = serde_json::json!({ "name": now.as_str(), "former": former });
            let event = NewEvent::new(EventKind::SLUG_CHANGED, tx.organization()).with_data(data);
            Ok(tx.record(event)?.with(SlugTaken::Now { former, now }))
        }
        other => Ok(tx.unchanged(other)),
    }
}

/// In place of an earlier one, with another token.
///
/// # Errors
/// [`Error::Conflict`] while the organization answers at a domain.
pub fn claim(tx: &mut Tx, domain: &DomainName) -> Result<Recorded<()>> {
    let (organization, now) = (tx.organization(), tx.now());
    hold(tx)?;
    let standing = standing(tx)?;
    if standing.domain.is_some() {
        return Err(Error::Conflict("domains-remove-first"));
    }
    if standing.claim.is_some_and(|claim| claim.domain == domain.as_str()) {
        return Ok(tx.unchanged(()));
    }
    let (token, answer) = (tx.randomness().token(), tx.randomness().token());
    diesel::delete(domain_claims::table.find(organization)).execute(tx.db())?;
    diesel::insert_into(domain_claims::table)
        .values((
            domain_claims::organization_id.eq(organization),
            domain_claims::domain.eq(domain.as_str()),
            domain_claims::token.eq(token.reveal()),
            domain_claims::answer.eq(answer.reveal()),
            domain_claims::claimed_at.eq(now),
        ))
        .execute(tx.db())?;
    record(tx, EventKind::DOMAIN_CLAIMED, domain.as_str())
}

/// Forgets the claim, and answers at the domain no more. Returns which it was.
///
/// # Errors
/// The database's.
pub fn remove(tx: &mut Tx) -> Result<Recorded<Option<String>>> {
    let organization = tx.organization();
    hold(tx)?;
    let Standing { domain, claim, .. } = standing(tx)?;
    let Some(removed) = domain.or(claim.map(|claim| claim.domain)) else { return Ok(tx.unchanged(None)) };
    diesel::delete(domain_claims::table.find(organization)).execute(tx.db())?;
    give_up_domain(tx)?;
    Ok(record(tx, EventKind::DOMAIN_REMOVED, &removed)?.with(Some(removed)))
}

/// Returns the domain.
///
/// # Errors
/// [`Error::Conflict`] without a domain at which the organization answers.
pub fn change_use(tx: &mut Tx, wanted: DomainUse) -> Result<Recorded<String>> {
    let organization = tx.organization();
    let Standing { domain, domain_use, .. } = standing(tx)?;
    let domain = domain.ok_or(Error::Conflict("domains-none"))?;
    if domain_use == wanted {
        return Ok(tx.unchanged(domain));
    }
    diesel::update(organizations::table.find(organization))
        .set(organizations::domain_use.eq(wanted.name()))
        .execute(tx.db())?;
    let data = serde_json::json!({ "name": domain, "use": wanted.name() });
    Ok(tx.record(NewEvent::new(EventKind::DOMAIN_USE_CHANGED, organization).with_data(data))?.with(domain))
}

/// What is to be asked now. `None` where nothing is, or was a moment ago.
///
/// # Errors
/// The database's.
pub fn begin_check(tx: &mut Tx) -> Result<Recorded<Option<Claim>>> {
    let (organization, now) = (tx.organization(), tx.now());
    let long_ago = domain_claims::checked_at.le(now.plus_seconds(-CHECKED_SECONDS));
    // By a clock that was ahead.
    let later = domain_claims::checked_at.gt(now.plus_seconds(CHECKED_SECONDS));
    let is_due = domain_claims::checked_at.is_null().or(long_ago).or(later);
    let begun = diesel::update(domain_claims::table.find(organization).filter(is_due))
        .set(domain_claims::checked_at.eq(Some(now)))
        .execute(tx.db())?;
    let claim = if begun == 0 { None } else { find_claim(tx)? };
    Ok(tx.unchanged(claim))
}

/// Notes what came of asking for this claim, if it is still the organization's.
///
/// # Errors
/// The database's.
pub fn settle_check(tx: &mut Tx, asked: &Claim, outcome: Result<(), Failure>) -> Result<Recorded<()>> {
    hold(tx)?;
    let Standing { domain, claim, .. } = standing(tx)?;
    let Some(claim) = claim.filter(|claim| claim.token == asked.token) else { return Ok(tx.unchanged(())) };
    let is_ours = domain.as_deref() == Some(claim.domain.as_str());
    let outcome = match outcome {
        Ok(()) if !is_ours && !tx.take_domain(&claim.domain)? => Err(Failure::Taken),
        outcome => outcome,
    };
    let now = tx.now();
    match outcome {
        Ok(()) => note(tx, None, None)?,
        Err(failure) => note(tx, Some(failure), Some(claim.failing_since.unwrap_or(now)))?,
    }
    match outcome {
        Ok(()) if !is_ours => record(tx, EventKind::DOMAIN_VERIFIED, &claim.domain),
        Err(_) if is_ours && claim.is_lost(now) => {
            give_up_domain(tx)?;
            record(tx, EventKind::DOMAIN_LOST, &claim.domain)
        }
        _ => Ok(tx.unchanged(())),
    }
}

/// Claiming, removing and what comes of a check, one after the other: a domain whose claim is another's by then would be looked
/// at by no check again. SQLite has one writer.
fn hold(tx: &mut Tx) -> Result<()> {
    let organization = tx.organization();
    if let Either::Postgres(connection) = tx.db().either() {
        domain_claims::table
            .filter(domain_claims::organization_id.eq(organization))
            .select(domain_claims::token)
            .for_update()
            .load::<String>(connection)?;
    }
    Ok(())
}

fn note(tx: &mut Tx, failure: Option<Failure>, since: Option<Instant>) -> Result<()> {
    let organization = tx.organization();
    diesel::update(domain_claims::table.find(organization))
        .set((domain_claims::failure.eq(failure.map(Failure::name)), domain_claims::failing_since.eq(since)))
        .execute(tx.db())?;
    Ok(())
}

/// The links name the other address again.
fn give_up_domain(tx: &mut Tx) -> Result<()> {
    let organization = tx.organization();
    diesel::update(organizations::table.find(organization))
        .set((
            organizations::domain.eq(None::<String>),
            organizations::domain_use.eq(DomainUse::Beside.name()),
        ))
        .execute(tx.db())?;
    Ok(())
}

fn record(tx: &mut Tx, kind: EventKind, domain: &str) -> Result<Recorded<()>> {
    let event = NewEvent::new(kind, tx.organization()).with_data(serde_json::json!({ "name": domain }));
    tx.record(event)
}
