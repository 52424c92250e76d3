use diesel::{
    dsl,
    expression::SqlLiteral,
    prelude::*,
    sql_types::{BigInt, Bool},
};
use portico_facts::{DocumentId, OrganizationId, PersonId, ProjectId};
use portico_kernel::{Core, Result, Tx};

use super::{
    accounts, decisions,
    documents::live_documents,
    sheets::{DocumentRow, Entry, stored_currency},
};
use crate::{
    account::Account,
    document::Kind,
    money::Money,
    quote,
    schema::{billing_balances, billing_documents},
};

/// Rows on one page.
const PAGE: i64 = 50;

/// Which invoices a list is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Which {
    #[default]
    All,
    Drafts,
    Due,
    Overdue,
    /// Nothing is left to pay, and not because all of it was credited.
    Paid,
}

/// What a list of invoices is narrowed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    pub which: Which,
    pub client: Option<PersonId>,
}

impl Filter {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Which {
    pub const ALL: [Which; 5] = [Which::All, Which::Due, Which::Overdue, Which::Paid, Which::Drafts];

    /// As it stands in an address.
    pub fn name(self) -> &'static str {
        match self {
            Which::All => "",
            Which::Drafts => "drafts",
            Which::Due => "due",
            Which::Overdue => "overdue",
            Which::Paid => "paid",
        }
    }

    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.name() == name).unwrap_or_default()
    }

    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Which::All => "billing-all",
            Which::Drafts => "billing-drafts",
            Which::Due => "billing-due",
            Which::Overdue => "billing-overdue",
            Which::Paid => "billing-standing-paid",
        }
    }
}

/// A document in a list, and how an invoice's account stands.
#[derive(Clone, Debug)]
pub struct Row {
    pub entry: Entry,
    /// Of an issued invoice.
    pub account: Option<Account>,
    /// Of a quote that was sent.
    pub quote: Option<quote::Standing>,
}

pub struct Found<T = Row> {
    pub rows: Vec<T>,
    /// Counted from 1.
    pub page: i64,
    pub has_more: bool,
}

impl<T> Found<T> {
    /// One page: `read` takes a limit and an offset.
    pub fn of(page: i64, read: impl FnOnce(i64, i64) -> Result<Vec<T>>) -> Result<Self> {
        let page = page.max(1);
        // One more, to know whether there is another page.
        let mut rows = read(PAGE + 1, (page - 1).saturating_mul(PAGE))?;
        let has_more = rows.len() as i64 > PAGE;
        rows.truncate(PAGE as usize);
        Ok(Self { rows, page, has_more })
    }
}

/// Invoices of which something is still to be paid. The database keeps what is left of each
/// ([`Account::balance`]), so that a list starts from these and reads nothing of what is settled.
#[diesel::dsl::auto_type]
pub(super) fn is_owed(organization: OrganizationId) -> _ {
    billing_documents::id.eq_any(
        billing_balances::table
            .filter(billing_balances::organization_id.eq(organization))
            .filter(billing_balances::is_owed.eq(true))
            .select(billing_balances::document_id),
    )
}

/// To join what is left of each document to it.
#[diesel::dsl::auto_type]
pub(super) fn is_of_document() -> _ {
    billing_balances::organization_id
        .eq(billing_documents::organization_id)
        .and(billing_balances::document_id.eq(billing_documents::id))
}

/// [`Standing::Paid`](crate::account::Standing::Paid) and more than that: nothing is left, and not because all of it
/// was credited.
fn is_paid() -> SqlLiteral<Bool> {
    dsl::sql(
        "(EXISTS (SELECT 1 FROM billing_balances b WHERE b.organization_id = billing_documents.organization_id
            AND b.document_id = billing_documents.id AND b.balance <= 0)
        AND ((SELECT COALESCE(SUM(c.gross), 0) FROM billing_documents c
                WHERE c.organization_id = billing_documents.organization_id
                AND c.corrects_id = billing_documents.id AND c.issued_at IS NOT NULL) = 0
            OR (SELECT COALESCE(SUM(CASE p.kind WHEN 'payment' THEN p.amount ELSE -p.amount END), 0)
                FROM billing_payments p WHERE p.organization_id = billing_documents.organization_id
                AND p.document_id = billing_documents.id AND p.deleted_at IS NULL) > 0))",
    )
}

/// One page: what is due by its due date, everything else the newest first.
pub fn find_invoices(tx: &mut Tx, filter: Filter, page: i64) -> Result<Found> {
    let organization = tx.organization();
    let mut all = live_documents(organization)
        .filter(billing_documents::kind.ne(Kind::Quote.name()))
        .filter(billing_documents::kind.ne(Kind::Subscription.name()))
        .select(DocumentRow::as_select())
        .into_boxed();
    if let Some(client) = filter.client {
        all = all.filter(billing_documents::client_id.eq(client));
    }
    let by_due_day = (billing_documents::due_on, billing_documents::id);
    let today = tx.today().to_string();
    let matching = match filter.which {
        Which::All => all.order(billing_documents::id.desc()),
        Which::Drafts => {
            all.filter(billing_documents::issued_at.is_null()).order(billing_documents::id.desc())
        }
        Which::Due => all.filter(is_owed(organization)).order(by_due_day),
        Which::Overdue => {
            all.filter(billing_documents::due_on.lt(today)).filter(is_owed(organization)).order(by_due_day)
        }
        Which::Paid => all.filter(is_paid()).order(billing_documents::id.desc()),
    };
    Found::of(page, |limit, offset| {
        let rows = matching.limit(limit).offset(offset).load(tx.db())?;
        with_accounts(tx, rows)
    })
}

/// What is left to pay of all invoices, by currency: the database adds up, so that it is one row for each (P20).
pub fn owed_totals(tx: &mut Tx) -> Result<Vec<Money>> {
    let organization = tx.organization();
    let rows: Vec<(String, i64)> = live_documents(organization)
        .inner_join(billing_balances::table.on(is_of_document()))
        .filter(billing_balances::organization_id.eq(organization))
        .filter(billing_balances::is_owed.eq(true))
        .group_by(billing_documents::currency)
        .order(billing_documents::currency)
        .select((
            billing_documents::currency,
            dsl::sql::<BigInt>("CAST(SUM(billing_balances.balance) AS BIGINT)"),
        ))
        .load(tx.db())?;
    rows.into_iter().map(|(currency, left)| Ok(Money::new(left, stored_currency(&currency)?))).collect()
}

/// The newest for one client.
pub fn invoices_of_client(tx: &mut Tx, client: PersonId) -> Result<Vec<Row>> {
    let rows: Vec<DocumentRow> = newest(tx.organization())
        .filter(billing_documents::client_id.eq(client))
        .limit(PAGE)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    with_accounts(tx, rows)
}

/// The newest for one project.
pub fn invoices_of_project(tx: &mut Tx, project: ProjectId) -> Result<Vec<Row>> {
    let rows: Vec<DocumentRow> = newest(tx.organization())
        .filter(billing_documents::project_id.eq(project))
        .limit(PAGE)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    with_accounts(tx, rows)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn newest(organization: OrganizationId) -> _ {
    let live: live_documents = live_documents(organization);
    let invoices =
        live.filter(billing_documents::kind.ne("quote")).filter(billing_documents::kind.ne("subscription"));
    invoices.order(billing_documents::id.desc())
}

/// Those that correct an invoice, in the order in which they were issued.
pub fn credit_notes_of(tx: &mut Tx, invoice: DocumentId) -> Result<Vec<Entry>> {
    let rows: Vec<DocumentRow> = live_documents(tx.organization())
        .filter(billing_documents::corrects_id.eq(invoice))
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    let mut notes: Vec<Entry> = rows.into_iter().map(DocumentRow::entry).collect::<Result<_>>()?;
    // Here and not in the statement: SQLite would look through all documents in that order.
    notes.sort_by_key(|note| note.document.id);
    Ok(notes)
}

pub(super) fn with_accounts(tx: &mut Core, rows: Vec<DocumentRow>) -> Result<Vec<Row>> {
    let entries: Vec<Entry> = rows.into_iter().map(DocumentRow::entry).collect::<Result<_>>()?;
    let accounts = accounts(tx, &entries)?;
    let quotes = entries.iter().filter(|entry| entry.document.kind == Kind::Quote);
    let decisions = decisions(tx, quotes.map(|entry| entry.document.id).collect())?;
    let today = tx.today();
    let row = |entry: Entry| {
        let document = &entry.document;
        let quote = match (&document.issued, document.kind) {
            (Some(issued), Kind::Quote) => {
                Some(quote::standing(decisions.get(&document.id), issued.due_on, today))
            }
            _ => None,
        };
        Row { account: accounts.get(&document.id).copied(), quote, entry }
    };
    Ok(entries.into_iter().map(row).collect())
}
