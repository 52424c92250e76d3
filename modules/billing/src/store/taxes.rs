use diesel::prelude::*;
use portico_facts::{EventKind, TaxId};
use portico_kernel::{Core, Error, Instant, NewEvent, Problems, Recorded, Result, Tx};
use serde_json::json;

use crate::{
    figure::TaxPercent,
    schema::billing_taxes,
    tax::{Tax, TaxDetails, Treatment},
};

#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = billing_taxes)]
pub(super) struct TaxRow {
    id: TaxId,
    name: String,
    percent: String,
    exemption: String,
    is_reverse_charge: bool,
    treatment: String,
}

impl TaxRow {
    pub fn tax(self) -> Result<Tax> {
        let percent = TaxPercent::stored(&self.percent).ok_or_else(|| unreadable("billing_taxes.percent"))?;
        let treatment = stored_treatment(&self.treatment, self.is_reverse_charge)?;
        let Self { id, name, exemption, .. } = self;
        Ok(Tax { id, name, percent, exemption, treatment })
    }
}

/// An older program on another machine knows the flag alone.
pub(super) fn stored_treatment(name: &str, is_reverse_charge: bool) -> Result<Treatment> {
    match Treatment::from_name(name) {
        Some(Treatment::Usual) if is_reverse_charge => Ok(Treatment::ReverseCharge),
        treatment => treatment.ok_or_else(|| unreadable("billing_taxes.treatment")),
    }
}

/// For what the database's own rules should have kept out.
pub(super) fn unreadable(column: &str) -> Error {
    Error::Internal(std::io::Error::other(format!("{column} cannot be read")).into())
}

/// Those on the list, in the order in which they were added.
pub fn taxes(tx: &mut Core) -> Result<Vec<Tax>> {
    let rows: Vec<TaxRow> = billing_taxes::table
        .filter(billing_taxes::organization_id.eq(tx.organization()))
        .filter(billing_taxes::removed_at.is_null())
        .order(billing_taxes::id)
        .select(TaxRow::as_select())
        .load(tx.db())?;
    rows.into_iter().map(TaxRow::tax).collect()
}

pub fn add_tax(tx: &mut Tx, details: &TaxDetails) -> Result<Recorded<Result<(), Problems>>> {
    let name = details.name.as_str();
    if taxes(tx)?.iter().any(|tax| details.name.is_same_as(&tax.name)) {
        let mut problems = Problems::default();
        problems.add("name", "billing-error-tax-name");
        return Ok(tx.unchanged(Err(problems)));
    }
    let id = tx.new_id(TaxId::from_bytes);
    diesel::insert_into(billing_taxes::table)
        .values((
            billing_taxes::organization_id.eq(tx.organization()),
            billing_taxes::id.eq(id),
            billing_taxes::name.eq(name),
            billing_taxes::percent.eq(details.percent.plain()),
            billing_taxes::exemption.eq(&details.exemption),
            billing_taxes::is_reverse_charge.eq(details.treatment == Treatment::ReverseCharge),
            billing_taxes::treatment.eq(details.treatment.name()),
            billing_taxes::created_at.eq(tx.now()),
        ))
        .execute(tx.db())?;
    Ok(changed(tx, json!({ "added": name }))?.with(Ok(())))
}

/// Off the list; documents that use it keep it.
pub fn remove_tax(tx: &mut Tx, id: TaxId) -> Result<Recorded<()>> {
    set_removed(tx, id, Some(tx.now()))?;
    changed(tx, json!({ "removed": id }))
}

pub fn restore_tax(tx: &mut Tx, id: TaxId) -> Result<Recorded<()>> {
    set_removed(tx, id, None)?;
    changed(tx, json!({ "restored": id }))
}

fn set_removed(tx: &mut Tx, id: TaxId, at: Option<Instant>) -> Result<()> {
    let found = diesel::update(billing_taxes::table)
        .filter(billing_taxes::organization_id.eq(tx.organization()))
        .filter(billing_taxes::id.eq(id))
        .set(billing_taxes::removed_at.eq(at))
        .execute(tx.db())?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

fn changed(tx: &mut Tx, data: serde_json::Value) -> Result<Recorded<()>> {
    let organization = tx.organization();
    tx.record(NewEvent::new(EventKind::BILLING_CHANGED, organization).with_data(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_of_an_older_program_is_known_by_its_flag() {
        for (name, is_reverse_charge, treatment) in [
            ("usual", true, Treatment::ReverseCharge),
            ("usual", false, Treatment::Usual),
            ("reverse-charge", true, Treatment::ReverseCharge),
            ("reverse-charge", false, Treatment::ReverseCharge),
            ("export", false, Treatment::Export),
        ] {
            assert_eq!(stored_treatment(name, is_reverse_charge).unwrap(), treatment, "{name}");
        }
        assert!(stored_treatment("barter", true).is_err());
    }
}
