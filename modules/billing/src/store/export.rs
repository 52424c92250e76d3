use diesel::{dsl, expression::SqlLiteral, prelude::*, sql_types::BigInt};
use portico_billing_paper::Category;
use portico_facts::{DocumentId, EventKind, PaymentId};
use portico_kernel::{NewEvent, Recorded, Result, Tx};
use serde_json::json;

use super::{
    accounts,
    documents::live_documents,
    sheets::{DocumentRow, Entry, sheets, stored_currency},
    statements::MovementRow,
    taxes::{stored_treatment, unreadable},
};
use crate::{
    document::Kind,
    export::{Exported, Period},
    figure::TaxPercent,
    money::Money,
    schema::{billing_documents, billing_movements, billing_tax_totals, billing_taxes},
    statement::Movement,
    tax::Treatment,
};

/// Rows that are in memory at a time.
const CHUNK: i64 = 200;

/// Where the next chunk begins: after this day and id.
pub type After<T> = (String, T);

/// Invoices and credit notes, by their day of issue.
pub fn issued_in(
    tx: &mut Tx,
    period: Period,
    after: Option<After<DocumentId>>,
) -> Result<(Vec<Entry>, Option<After<DocumentId>>)> {
    let mut wanted = live_documents(tx.organization())
        .filter(billing_documents::issued_at.is_not_null())
        .filter(billing_documents::kind.ne(Kind::Quote.name()))
        .filter(billing_documents::issue_on.between(period.from.to_string(), period.to.to_string()))
        .order((billing_documents::issue_on, billing_documents::id))
        .limit(CHUNK)
        .select(DocumentRow::as_select())
        .into_boxed();
    if let Some((day, id)) = after {
        let same_day = billing_documents::issue_on.eq(day.clone()).and(billing_documents::id.gt(id));
        wanted = wanted.filter(billing_documents::issue_on.gt(day).or(same_day));
    }
    let rows: Vec<DocumentRow> = wanted.load(tx.db())?;
    let entries: Vec<Entry> = rows.into_iter().map(DocumentRow::entry).collect::<Result<_>>()?;
    let next = match entries.last() {
        Some(last) if entries.len() as i64 == CHUNK => {
            last.document.issue_on.map(|day| (day.to_string(), last.document.id))
        }
        _ => None,
    };
    Ok((entries, next))
}

/// The same with their lines, taxes and accounts.
pub fn exported(
    tx: &mut Tx,
    period: Period,
    after: Option<After<DocumentId>>,
) -> Result<(Vec<Exported>, Option<After<DocumentId>>)> {
    let (entries, next) = issued_in(tx, period, after)?;
    let accounts = accounts(tx, &entries)?;
    let exported = sheets(tx, entries)?
        .into_iter()
        .map(|sheet| Exported { account: accounts.get(&sheet.document.id).copied(), sheet })
        .collect();
    Ok((exported, next))
}

/// Payments and refunds, by their day.
pub fn exported_payments(
    tx: &mut Tx,
    period: Period,
    after: Option<After<PaymentId>>,
) -> Result<(Vec<Movement>, Option<After<PaymentId>>)> {
    let mut wanted = billing_movements::table
        .filter(billing_movements::organization_id.eq(tx.organization()))
        .filter(billing_movements::kind.eq("payment").or(billing_movements::kind.eq("refund")))
        .filter(billing_movements::moved_on.between(period.from.to_string(), period.to.to_string()))
        .order((billing_movements::moved_on, billing_movements::id))
        .limit(CHUNK)
        .select((billing_movements::id, billing_movements::moved_on, MovementRow::as_select()))
        .into_boxed();
    if let Some((day, id)) = after {
        let same_day = billing_movements::moved_on.eq(day.clone()).and(billing_movements::id.gt(id));
        wanted = wanted.filter(billing_movements::moved_on.gt(day).or(same_day));
    }
    let rows: Vec<(PaymentId, String, MovementRow)> = wanted.load(tx.db())?;
    let next = match rows.last() {
        Some((id, day, _)) if rows.len() as i64 == CHUNK => Some((day.clone(), *id)),
        _ => None,
    };
    let payments = rows.into_iter().map(|(_, _, row)| row.movement()).collect::<Result<_>>()?;
    Ok((payments, next))
}

/// One tax in one currency, over a period.
#[derive(Clone, Debug)]
pub struct TaxSum {
    pub name: String,
    pub percent: String,
    pub exemption: String,
    pub category: Category,
    pub base: Money,
    pub amount: Money,
}

/// What was invoiced less what was credited, in one currency.
#[derive(Clone, Debug)]
pub struct Sums {
    pub documents: i64,
    pub net: Money,
    pub gross: Money,
    pub taxes: Vec<TaxSum>,
}

/// Currency, the rate's columns, base and amount.
type StoredTaxSum = (String, String, String, String, bool, String, i64, i64);

/// By the currencies' codes.
pub fn sums(tx: &mut Tx, period: Period) -> Result<Vec<Sums>> {
    let days = || (period.from.to_string(), period.to.to_string());
    let (from, to) = days();
    let rows: Vec<(String, i64, i64, i64)> = live_documents(tx.organization())
        .filter(billing_documents::issued_at.is_not_null())
        .filter(billing_documents::kind.ne(Kind::Quote.name()))
        .filter(billing_documents::issue_on.between(from, to))
        .group_by(billing_documents::currency)
        .order(billing_documents::currency)
        .select((billing_documents::currency, dsl::count_star(), signed("net"), signed("gross")))
        .load(tx.db())?;
    let (from, to) = days();
    let taxes: Vec<StoredTaxSum> = live_documents(tx.organization())
        .inner_join(
            billing_tax_totals::table.on(billing_tax_totals::organization_id
                .eq(billing_documents::organization_id)
                .and(billing_tax_totals::document_id.eq(billing_documents::id))),
        )
        .inner_join(
            billing_taxes::table.on(billing_taxes::organization_id
                .eq(billing_tax_totals::organization_id)
                .and(billing_taxes::id.eq(billing_tax_totals::tax_id))),
        )
        .filter(billing_documents::issued_at.is_not_null())
        .filter(billing_documents::kind.ne(Kind::Quote.name()))
        .filter(billing_documents::issue_on.between(from, to))
        .group_by((
            billing_documents::currency,
            billing_taxes::name,
            billing_taxes::percent,
            billing_taxes::exemption,
            billing_taxes::is_reverse_charge,
            billing_taxes::treatment,
        ))
        .order((billing_taxes::name, billing_taxes::percent))
        .select((
            billing_documents::currency,
            billing_taxes::name,
            billing_taxes::percent,
            billing_taxes::exemption,
            billing_taxes::is_reverse_charge,
            billing_taxes::treatment,
            signed("base"),
            signed("amount"),
        ))
        .load(tx.db())?;
    let of_currency = |(code, documents, net, gross): (String, i64, i64, i64)| {
        let currency = stored_currency(&code)?;
        let money = |minor| Money::new(minor, currency);
        let own = taxes.iter().filter(|(theirs, ..)| *theirs == code);
        let taxes = own.map(|(_, name, percent, exemption, is_reverse_charge, treatment, base, amount)| {
            let treatment = stored_treatment(treatment, *is_reverse_charge)?;
            Ok(TaxSum {
                name: name.clone(),
                percent: percent.clone(),
                exemption: exemption.clone(),
                category: category(treatment, percent, exemption)?,
                base: money(*base),
                amount: money(*amount),
            })
        });
        let taxes = taxes.collect::<Result<_>>()?;
        Ok(Sums { documents, net: money(net), gross: money(gross), taxes })
    };
    rows.into_iter().map(of_currency).collect()
}

fn category(treatment: Treatment, percent: &str, exemption: &str) -> Result<Category> {
    let percent = TaxPercent::stored(percent).ok_or_else(|| unreadable("billing_taxes.percent"))?;
    Ok(treatment.category(percent, exemption))
}

/// The sum of a column, in which credit notes count negative. PostgreSQL makes a decimal of a sum.
fn signed(column: &'static str) -> SqlLiteral<BigInt> {
    dsl::sql(&format!(
        "CAST(SUM(CASE billing_documents.kind WHEN 'credit-note' THEN -{column} ELSE {column} END) AS BIGINT)"
    ))
}

/// In the audit log (T18).
pub fn record_export(tx: &mut Tx, file: &str) -> Result<Recorded<()>> {
    let organization = tx.organization();
    tx.record(NewEvent::new(EventKind::BILLING_EXPORTED, organization).with_data(json!({ "file": file })))
}
