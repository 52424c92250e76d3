use std::collections::BTreeMap;

use diesel::prelude::*;
use portico_facts::{DocumentId, LineId, PersonId, ProjectId, TaxId};
use portico_kernel::{Among, Core, Error, Instant, Result, stored_day};

use super::taxes::{TaxRow, unreadable};
use crate::{
    currency::Currency,
    deposit::Deposit,
    document::{Document, Issued, Kind, Sheet},
    figure::{Discount, Quantity, Share, UnitPrice},
    line::Line,
    measure::Measure,
    money::Money,
    schema::{billing_documents, billing_lines, billing_tax_totals, billing_taxes, people, projects},
    totals::{TaxTotal, Totals},
};

/// A document's own row; whoever loads it has asked a predicate first.
#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_documents)]
pub struct DocumentRow {
    id: DocumentId,
    kind: String,
    client_id: PersonId,
    project_id: Option<ProjectId>,
    corrects_id: Option<DocumentId>,
    currency: String,
    buyer: String,
    buyer_tax_number: String,
    buyer_country: String,
    words: String,
    issue_on: Option<String>,
    due_on: Option<String>,
    issued_at: Option<Instant>,
    number: Option<String>,
    seller: Option<String>,
    net: Option<i64>,
    gross: Option<i64>,
    quote_id: Option<DocumentId>,
    is_deposit: bool,
    deposit_percent: Option<String>,
    deposit_amount: Option<i64>,
    replaces_id: Option<DocumentId>,
    delivered_on: Option<String>,
    delivery_country: String,
    #[diesel(select_expression = client_name().single_value())]
    client_name: Option<String>,
    #[diesel(select_expression = project_name().single_value())]
    project_name: Option<String>,
}

/// Also of somebody who was deleted since.
#[diesel::dsl::auto_type]
fn client_name() -> _ {
    people::table
        .filter(people::organization_id.eq(billing_documents::organization_id))
        .filter(people::id.eq(billing_documents::client_id))
        .select(people::name)
}

/// Also of one that was deleted since.
#[diesel::dsl::auto_type]
fn project_name() -> _ {
    projects::table
        .filter(projects::organization_id.eq(billing_documents::organization_id))
        .filter(projects::id.nullable().eq(billing_documents::project_id))
        .select(projects::name)
}

/// A document, and what it came to when it was issued.
#[derive(Clone, Debug)]
pub struct Entry {
    pub document: Document,
    /// Net and gross; `None` for a draft.
    pub sums: Option<(Money, Money)>,
}

pub(super) fn stored_currency(code: &str) -> Result<Currency> {
    Currency::parse(code).map_err(|_| unreadable("billing_documents.currency"))
}

impl DocumentRow {
    pub(super) fn entry(self) -> Result<Entry> {
        let currency = stored_currency(&self.currency)?;
        let (issue_on, due_on) =
            (self.issue_on.as_deref().and_then(stored_day), self.due_on.as_deref().and_then(stored_day));
        let issued = match (self.issued_at, self.number, &self.seller, issue_on, due_on) {
            (Some(_), Some(number), Some(seller), Some(issue_on), Some(due_on)) => {
                let seller =
                    serde_json::from_str(seller).map_err(|_| unreadable("billing_documents.seller"))?;
                Some(Issued { number, seller, issue_on, due_on })
            }
            _ => None,
        };
        let money = |minor| Money::new(minor, currency);
        let share = self.deposit_percent.as_deref().map(|percent| {
            Share::stored(percent).ok_or_else(|| unreadable("billing_documents.deposit_percent"))
        });
        let amount = self.deposit_amount.map(|minor| Deposit::Amount(money(minor)));
        let deposit = share.transpose()?.map(Deposit::Share).or(amount);
        let document = Document {
            id: self.id,
            kind: Kind::from_name(&self.kind).ok_or_else(|| unreadable("billing_documents.kind"))?,
            client: (self.client_id, self.client_name.unwrap_or_default()),
            project: self.project_id.zip(self.project_name),
            corrects: self.corrects_id,
            currency,
            buyer: self.buyer,
            buyer_tax_number: self.buyer_tax_number,
            buyer_country: self.buyer_country,
            words: self.words,
            issue_on,
            due_on,
            delivered_on: self.delivered_on.as_deref().and_then(stored_day),
            delivery_country: self.delivery_country,
            issued,
            quote: self.quote_id,
            is_deposit: self.is_deposit,
            deposit,
            replaces: self.replaces_id,
        };
        Ok(Entry { document, sums: self.net.map(money).zip(self.gross.map(money)) })
    }
}

pub(super) fn sheet(tx: &mut Core, entry: Entry) -> Result<Sheet> {
    sheets(tx, vec![entry])?.pop().ok_or(Error::NotFound)
}

/// With their lines and totals: those of a draft are reckoned, those of an issued document read.
pub(super) fn sheets(tx: &mut Core, entries: Vec<Entry>) -> Result<Vec<Sheet>> {
    let currencies: Currencies =
        entries.iter().map(|entry| (entry.document.id, entry.document.currency)).collect();
    let mut lines = lines_of(tx, &currencies)?;
    let is_issued = entries.iter().any(|entry| entry.sums.is_some());
    let mut taxes = if is_issued { tax_totals_of(tx, &currencies)? } else { BTreeMap::new() };
    let sheet = |Entry { document, sums }: Entry| {
        let lines = lines.remove(&document.id).unwrap_or_default();
        let totals = match sums {
            Some((net, gross)) => {
                Totals { net, taxes: taxes.remove(&document.id).unwrap_or_default(), gross }
            }
            None => totals_of(document.currency, &lines),
        };
        Sheet { document, lines, totals }
    };
    Ok(entries.into_iter().map(sheet).collect())
}

type Currencies = BTreeMap<DocumentId, Currency>;

/// What is optional is not counted before somebody chooses it.
fn totals_of(currency: Currency, lines: &[Line]) -> Totals {
    Totals::of_lines(currency, lines.iter().filter(|line| !line.optional))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_lines)]
struct LineRow {
    id: LineId,
    document_id: DocumentId,
    description: String,
    quantity: String,
    measure: String,
    unit_price: String,
    discount: String,
    net: i64,
    section: String,
    optional: bool,
    deducts_id: Option<LineId>,
}

fn lines_of(tx: &mut Core, currencies: &Currencies) -> Result<BTreeMap<DocumentId, Vec<Line>>> {
    let rows: Vec<(LineRow, Option<TaxRow>)> = billing_lines::table
        .left_join(
            billing_taxes::table.on(billing_taxes::organization_id
                .eq(billing_lines::organization_id)
                .and(billing_taxes::id.nullable().eq(billing_lines::tax_id))),
        )
        .filter(billing_lines::organization_id.eq(tx.organization()))
        .filter(billing_lines::document_id.among(currencies.keys().copied()))
        .order((billing_lines::position, billing_lines::id))
        .select((LineRow::as_select(), Option::<TaxRow>::as_select()))
        .load(tx.db())?;
    let mut lines: BTreeMap<DocumentId, Vec<Line>> = BTreeMap::new();
    for (row, tax) in rows {
        let Some(currency) = currencies.get(&row.document_id) else { continue };
        lines.entry(row.document_id).or_default().push(row.line(tax, *currency)?);
    }
    Ok(lines)
}

impl LineRow {
    fn line(self, tax: Option<TaxRow>, currency: Currency) -> Result<Line> {
        Ok(Line {
            id: self.id,
            description: self.description,
            quantity: Quantity::stored(&self.quantity).ok_or_else(|| unreadable("billing_lines.quantity"))?,
            measure: Measure::from_code(&self.measure).ok_or_else(|| unreadable("billing_lines.measure"))?,
            unit_price: UnitPrice::stored(&self.unit_price)
                .ok_or_else(|| unreadable("billing_lines.unit_price"))?,
            discount: Discount::stored(&self.discount).ok_or_else(|| unreadable("billing_lines.discount"))?,
            tax: tax.map(TaxRow::tax).transpose()?,
            net: Money::new(self.net, currency),
            section: self.section,
            optional: self.optional,
            deducts: self.deducts_id,
        })
    }
}

fn tax_totals_of(tx: &mut Core, currencies: &Currencies) -> Result<BTreeMap<DocumentId, Vec<TaxTotal>>> {
    let rows: Vec<(DocumentId, i64, i64, TaxRow)> = billing_tax_totals::table
        .inner_join(
            billing_taxes::table.on(billing_taxes::organization_id
                .eq(billing_tax_totals::organization_id)
                .and(billing_taxes::id.eq(billing_tax_totals::tax_id))),
        )
        .filter(billing_tax_totals::organization_id.eq(tx.organization()))
        .filter(billing_tax_totals::document_id.among(currencies.keys().copied()))
        .order(billing_tax_totals::position)
        .select((
            billing_tax_totals::document_id,
            billing_tax_totals::base,
            billing_tax_totals::amount,
            TaxRow::as_select(),
        ))
        .load(tx.db())?;
    let mut totals: BTreeMap<DocumentId, Vec<TaxTotal>> = BTreeMap::new();
    for (document, base, amount, tax) in rows {
        let Some(currency) = currencies.get(&document) else { continue };
        let money = |minor| Money::new(minor, *currency);
        let total = TaxTotal { tax: tax.tax()?, base: money(base), amount: money(amount) };
        totals.entry(document).or_default().push(total);
    }
    Ok(totals)
}

/// What a line's tax may be: one on the list, or the one that the line has already.
pub(super) fn known_tax(tx: &mut Core, chosen: Option<TaxId>, own: Option<TaxId>) -> Result<bool> {
    match chosen {
        None => Ok(true),
        some if some == own => Ok(true),
        Some(chosen) => Ok(super::taxes(tx)?.iter().any(|tax| tax.id == chosen)),
    }
}

/// The number that a credit note cites, which is printed on it: no secret to whoever has the note.
pub fn number_of(tx: &mut Core, invoice: DocumentId) -> Result<Option<String>> {
    let organization = tx.organization();
    Ok(billing_documents::table
        .find((organization, invoice))
        .select(billing_documents::number)
        .first(tx.db())?)
}
