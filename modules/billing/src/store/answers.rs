//! What staff are told about the answers to quotes.

use diesel::{dsl, expression::SqlLiteral, prelude::*, sql_types::Bool};
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Core, NewJob, Result, Role, Tx};

use super::{
    decision,
    documents::live_documents,
    listing::{Row, with_accounts},
    quotes::quote,
    sheets::DocumentRow,
};
use crate::{
    answer_mail::{ANSWER_MAIL, AnswerLetter},
    document::{Document, Kind},
    money::Money,
    quote::{Decision, Verdict, totals},
    schema::{billing_decisions, billing_documents, billing_recipients, people},
};

/// Owes a mail to whoever sent the quote to the one who answered it; to the owners, where nobody did who
/// still works here.
pub(super) fn tell_staff(tx: &mut Core, quote: DocumentId, answered_by: PersonId) -> Result<()> {
    let organization = tx.organization();
    let sender: Option<PersonId> = billing_recipients::table
        .find((organization, quote, answered_by))
        .select(billing_recipients::sent_by)
        .first(tx.db())
        .optional()?
        .flatten();
    let limited = tx.limited_members()?;
    // Whoever was limited since they sent it is told nothing of it.
    let sender = sender.filter(|sender| !limited.contains(sender));
    let staff: Vec<(PersonId, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .filter(people::role.eq(Role::Owner.name()).or(people::id.nullable().eq(sender)))
        .select((people::id, people::role))
        .load(tx.db())?;
    let is_sender = |person: &PersonId| sender == Some(*person);
    let is_told = |(person, role): &(PersonId, String)| match staff.iter().any(|(id, _)| is_sender(id)) {
        true => is_sender(person),
        false => role == Role::Owner.name(),
    };
    for (person, _) in staff.iter().filter(|each| is_told(each)) {
        tx.enqueue(NewJob { kind: ANSWER_MAIL, payload: AnswerLetter { quote, person: *person } })?;
    }
    Ok(())
}

/// What the mail about an answer says.
pub struct AnswerFacts {
    pub quote: Document,
    pub decision: Decision,
    /// With the options that were chosen.
    pub gross: Money,
    pub name: String,
    pub email: String,
    /// A BCP 47 code.
    pub language: Option<String>,
}

/// `None` when whoever was to read it does not work here any more, or was limited since.
pub fn answer_facts(tx: &mut Tx, letter: &AnswerLetter) -> Result<Option<AnswerFacts>> {
    if tx.limited_members()?.contains(&letter.person) {
        return Ok(None);
    }
    let reader: Option<(String, String, Option<String>)> = people::table
        .filter(people::organization_id.eq(tx.organization()))
        .filter(people::id.eq(letter.person))
        .filter(people::role.ne(Role::Client.name()))
        .filter(people::removed_at.is_null())
        .select((people::name, people::email, people::language))
        .first(tx.db())
        .optional()?;
    let sheet = quote(tx, letter.quote)?;
    let (Some((name, email, language)), Some(decision)) = (reader, decision(tx, letter.quote)?) else {
        return Ok(None);
    };
    let gross = totals(&sheet, &decision.chosen).gross;
    Ok(Some(AnswerFacts { quote: sheet.document, decision, gross, name, email, language }))
}

/// Accepted quotes of which nothing was invoiced; the newest first.
pub fn quotes_to_follow(tx: &mut Tx, limit: i64) -> Result<Vec<Row>> {
    let organization = tx.organization();
    let accepted = billing_decisions::table
        .filter(billing_decisions::organization_id.eq(organization))
        .filter(billing_decisions::document_id.eq(billing_documents::id))
        .filter(billing_decisions::verdict.eq(Verdict::Accepted.name()));
    let rows: Vec<DocumentRow> = live_documents(organization)
        .filter(billing_documents::kind.eq(Kind::Quote.name()))
        .filter(billing_documents::issued_at.is_not_null())
        .filter(dsl::exists(accepted))
        .filter(is_not_invoiced())
        .order(billing_documents::id.desc())
        .limit(limit)
        .select(DocumentRow::as_select())
        .load(tx.db())?;
    with_accounts(tx, rows)
}

fn is_not_invoiced() -> SqlLiteral<Bool> {
    dsl::sql(
        "NOT EXISTS (SELECT 1 FROM billing_documents i WHERE i.organization_id = billing_documents.organization_id
            AND i.quote_id = billing_documents.id AND i.deleted_at IS NULL)",
    )
}
