use diesel::{
    BoxableExpression, Connection, dsl,
    prelude::*,
    sql_types::{BigInt, Bool},
};
use jiff::civil::Date;
use portico_facts::{CompanyId, DocumentId, OrganizationId, PersonId};
use portico_kernel::{ClientTx, Core, Db, Result, Role, Tx, stored_day};

use super::{sheets::stored_currency, taxes::unreadable};
use crate::{
    document::Kind,
    money::Money,
    schema::{billing_movements, companies, people},
    statement::{Happened, Movement, Statement, statements},
    visibility::ids_of_client_documents,
};

/// Of whom a statement tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    Client(PersonId),
    /// All its people together.
    Company(CompanyId),
}

/// What happened in one year, and in which years anything did.
pub struct Year {
    pub year: i16,
    /// The first in which something happened, to this one.
    pub known: Vec<i16>,
    pub statements: Vec<Statement>,
}

/// Their name.
///
/// # Errors
/// [`portico_kernel::Error::NotFound`]
pub fn name_of(tx: &mut Tx, whose: Whose) -> Result<String> {
    let organization = tx.organization();
    Ok(match whose {
        Whose::Client(client) => people::table
            .find((organization, client))
            .filter(people::role.eq(Role::Client.name()))
            .filter(people::removed_at.is_null())
            .select(people::name)
            .first(tx.db())?,
        Whose::Company(company) => companies::table
            .find((organization, company))
            .filter(companies::deleted_at.is_null())
            .select(companies::name)
            .first(tx.db())?,
    })
}

/// `wanted`: a year that is not known is answered with the present one.
pub fn statement(tx: &mut Tx, whose: Whose, wanted: Option<i16>) -> Result<Year> {
    let organization = tx.organization();
    of_year(tx, || that_of(organization, whose), wanted)
}

/// Of what the client sees.
pub fn own_statement(tx: &mut ClientTx, wanted: Option<i16>) -> Result<Year> {
    let (organization, person) = tx.sight();
    of_year(tx, || seen_by(organization, person), wanted)
}

type Condition =
    Box<dyn BoxableExpression<billing_movements::table, <Db as Connection>::Backend, SqlType = Bool>>;

fn that_of(organization: OrganizationId, whose: Whose) -> Condition {
    let own = billing_movements::organization_id.eq(organization);
    match whose {
        Whose::Client(client) => Box::new(own.and(billing_movements::client_id.eq(client))),
        Whose::Company(company) => {
            let theirs = people::table
                .filter(people::organization_id.eq(organization))
                .filter(people::company_id.eq(company))
                .select(people::id);
            Box::new(own.and(billing_movements::client_id.eq_any(theirs)))
        }
    }
}

fn seen_by(organization: OrganizationId, person: PersonId) -> Condition {
    let seen = ids_of_client_documents(organization, person);
    let own = billing_movements::organization_id.eq(organization);
    Box::new(own.and(billing_movements::document_id.eq_any(seen)))
}

fn of_year(tx: &mut Core, theirs: impl Fn() -> Condition, wanted: Option<i16>) -> Result<Year> {
    let this_year = tx.today().year();
    let first: Option<String> = billing_movements::table
        .filter(theirs())
        .select(dsl::min(billing_movements::moved_on))
        .first(tx.db())?;
    let first = first.as_deref().and_then(stored_day).map_or(this_year, Date::year);
    let known: Vec<i16> = (first..=this_year).rev().collect();
    let year = wanted.filter(|year| known.contains(year)).unwrap_or(this_year);
    let (begin, end) = (format!("{year:04}-01-01"), format!("{:04}-01-01", year + 1));
    let before: Vec<(String, String, i64)> = billing_movements::table
        .filter(theirs())
        .filter(billing_movements::moved_on.lt(begin.clone()))
        .group_by((billing_movements::currency, billing_movements::kind))
        .select((billing_movements::currency, billing_movements::kind, total()))
        .load(tx.db())?;
    let before: Vec<(Happened, Money)> = before
        .into_iter()
        .map(|(currency, kind, sum)| Ok((happened(&kind)?, Money::new(sum, stored_currency(&currency)?))))
        .collect::<Result<_>>()?;
    let rows: Vec<MovementRow> = billing_movements::table
        .filter(theirs())
        .filter(billing_movements::moved_on.ge(begin))
        .filter(billing_movements::moved_on.lt(end))
        .order(billing_movements::id)
        .select(MovementRow::as_select())
        .load(tx.db())?;
    let movements = rows.into_iter().map(MovementRow::movement).collect::<Result<_>>()?;
    Ok(Year { year, known, statements: statements(before, movements) })
}

/// PostgreSQL makes a decimal of a sum.
pub(super) fn total() -> diesel::expression::SqlLiteral<BigInt> {
    dsl::sql("CAST(SUM(billing_movements.amount) AS BIGINT)")
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_movements)]
pub(super) struct MovementRow {
    document_id: DocumentId,
    document_kind: String,
    number: String,
    currency: String,
    kind: String,
    amount: i64,
    moved_on: String,
    words: String,
}

impl MovementRow {
    pub(super) fn movement(self) -> Result<Movement> {
        let kind = Kind::from_name(&self.document_kind);
        Ok(Movement {
            on: stored_day(&self.moved_on).ok_or_else(|| unreadable("billing_movements.moved_on"))?,
            happened: happened(&self.kind)?,
            amount: Money::new(self.amount, stored_currency(&self.currency)?),
            document: (kind.ok_or_else(|| unreadable("billing_movements.document_kind"))?, self.document_id),
            number: self.number,
            words: self.words,
        })
    }
}

pub(super) fn happened(kind: &str) -> Result<Happened> {
    Happened::from_name(kind).ok_or_else(|| unreadable("billing_movements.kind"))
}
