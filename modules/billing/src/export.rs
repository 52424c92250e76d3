//! What an accountant takes home of a period: documents, their lines, their taxes, and payments. One list of
//! columns for each, from which both CSV and JSON are made. Credit notes and refunds count negative, so
//! that every column adds up; amounts are decimals in the currency's own digits.

use jiff::civil::Date;
use portico_kernel::{Problems, parse_day};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    account::Account,
    document::{Kind, Sheet},
    line::Line,
    money::Money,
    statement::{Happened, Movement},
    totals::TaxTotal,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PeriodForm {
    pub from: String,
    pub to: String,
}

impl PeriodForm {
    /// Both days belong to the period.
    ///
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<Period, Problems> {
        let mut problems = Problems::default();
        let mut day = |field, typed: &str| problems.keep(field, parse_day(typed)).flatten();
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        match (from, to) {
            (Some(from), Some(to)) if from <= to => return Ok(Period { from, to }),
            (Some(_), Some(_)) => problems.add("to", "billing-error-period"),
            (from, to) => {
                for (field, day) in [("from", from), ("to", to)] {
                    if day.is_none() && problems.of(field).is_none() {
                        problems.add(field, "ui-error-day");
                    }
                }
            }
        }
        Err(problems)
    }
}

impl Period {
    pub fn form(self) -> PeriodForm {
        PeriodForm { from: self.from.to_string(), to: self.to.to_string() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Table {
    Documents,
    Lines,
    Taxes,
    Payments,
}

/// The cells of one row, in the order of its table's columns.
pub type Row = Vec<String>;

impl Table {
    pub const ALL: [Table; 4] = [Table::Documents, Table::Lines, Table::Taxes, Table::Payments];

    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Lines => "lines",
            Table::Taxes => "taxes",
            Table::Payments => "payments",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Table::Documents => &[
                "kind",
                "number",
                "issued_on",
                "due_on",
                "client",
                "buyer",
                "tax_number",
                "project",
                "currency",
                "net",
                "tax",
                "gross",
                "balance",
                "delivered_on",
                "delivery_country",
            ],
            Table::Lines => &[
                "kind",
                "number",
                "line",
                "section",
                "description",
                "quantity",
                "unit",
                "unit_price",
                "discount_percent",
                "tax_name",
                "tax_percent",
                "tax_category",
                "currency",
                "net",
            ],
            Table::Taxes => &[
                "kind",
                "number",
                "tax_name",
                "tax_percent",
                "tax_category",
                "exemption",
                "currency",
                "base",
                "amount",
            ],
            Table::Payments => &["paid_on", "kind", "invoice", "currency", "amount", "remarks"],
        }
    }
}

/// One issued document, with what is still owed on an invoice today.
pub struct Exported {
    pub sheet: Sheet,
    pub account: Option<Account>,
}

impl Exported {
    /// Its rows in one of the tables; payments are not its own.
    pub fn rows(&self, table: Table) -> Vec<Row> {
        match table {
            Table::Documents => vec![self.document()],
            Table::Lines => self.lines(),
            Table::Taxes => self.taxes(),
            Table::Payments => Vec::new(),
        }
    }

    fn document(&self) -> Row {
        let Sheet { document, totals, .. } = &self.sheet;
        let issued = document.issued.as_ref();
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let delivery = self.sheet.delivery();
        vec![
            document.kind.name().to_owned(),
            self.number(),
            day(issued.map(|issued| issued.issue_on)),
            day(issued.map(|issued| issued.due_on).filter(|_| document.kind == Kind::Invoice)),
            document.client.1.clone(),
            document.buyer.clone(),
            document.buyer_tax_number.clone(),
            document.project.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            document.currency.code().to_owned(),
            plain(self.signed(totals.net)),
            plain(self.signed(totals.gross - totals.net)),
            plain(self.signed(totals.gross)),
            self.account.map(|account| plain(account.balance())).unwrap_or_default(),
            day(delivery.map(|(on, _)| on)),
            delivery.map(|(_, country)| country.to_owned()).unwrap_or_default(),
        ]
    }

    fn lines(&self) -> Vec<Row> {
        let currency = self.sheet.document.currency.code();
        let row = |(place, line): (usize, &Line)| {
            let tax = line.tax.as_ref();
            vec![
                self.sheet.document.kind.name().to_owned(),
                self.number(),
                (place + 1).to_string(),
                line.section.clone(),
                line.description.clone(),
                line.quantity.plain(),
                line.measure.code().to_owned(),
                line.unit_price.plain(),
                line.discount.plain(),
                tax.map(|tax| tax.name.clone()).unwrap_or_default(),
                tax.map(|tax| tax.percent.plain()).unwrap_or_default(),
                tax.map(|tax| tax.category().code().to_owned()).unwrap_or_default(),
                currency.to_owned(),
                plain(self.signed(line.net)),
            ]
        };
        self.sheet.lines.iter().enumerate().map(row).collect()
    }

    fn taxes(&self) -> Vec<Row> {
        let Sheet { document, totals, .. } = &self.sheet;
        let row = |total: &TaxTotal| {
            vec![
                document.kind.name().to_owned(),
                self.number(),
                total.tax.name.clone(),
                total.tax.percent.plain(),
                total.tax.category().code().to_owned(),
                total.tax.exemption.clone(),
                document.currency.code().to_owned(),
                plain(self.signed(total.base)),
                plain(self.signed(total.amount)),
            ]
        };
        totals.taxes.iter().map(row).collect()
    }

    fn number(&self) -> String {
        self.sheet.document.issued.as_ref().map(|issued| issued.number.clone()).unwrap_or_default()
    }

    fn signed(&self, money: Money) -> Money {
        if self.sheet.document.kind == Kind::CreditNote { -money } else { money }
    }
}

/// Of the table of payments.
pub fn payment(movement: &Movement) -> Row {
    let (kind, amount) = match movement.happened {
        Happened::Refunded => ("refund", -movement.amount),
        _ => ("payment", movement.amount),
    };
    vec![
        movement.on.to_string(),
        kind.to_owned(),
        movement.number.clone(),
        movement.amount.currency().code().to_owned(),
        plain(amount),
        movement.words.clone(),
    ]
}

fn plain(money: Money) -> String {
    money.decimal().to_string()
}

pub fn object(table: Table, row: &Row) -> Map<String, Value> {
    table
        .columns()
        .iter()
        .zip(row)
        .map(|(column, cell)| ((*column).to_owned(), cell.as_str().into()))
        .collect()
}

/// A document with its lines and taxes.
pub fn whole(exported: &Exported) -> Value {
    let mut document = object(Table::Documents, &exported.document());
    for table in [Table::Lines, Table::Taxes] {
        let rows = exported.rows(table).iter().map(|row| object(table, row).into()).collect();
        document.insert(table.name().to_owned(), Value::Array(rows));
    }
    document.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(from: &str, to: &str) -> Result<Period, Problems> {
        PeriodForm { from: from.into(), to: to.into() }.parse()
    }

    #[test]
    fn a_period_has_a_first_and_a_last_day_in_this_order() {
        assert!(parse("2026-01-01", "2026-01-01").is_ok());
        let wrong = |from, to| parse(from, to).err().unwrap_or_default();
        assert_eq!(wrong("2026-01-02", "2026-01-01").of("to"), Some("billing-error-period"));
        assert_eq!(wrong("", "2026-01-01").of("from"), Some("ui-error-day"));
        assert_eq!(wrong("2026-01-01", "soon").of("to"), Some("ui-error-day"));
    }
}
