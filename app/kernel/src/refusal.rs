//! Addresses that the mail server refused for good. Staff see it where they see the person; a mail that arrives, or
//! another address, ends it.

use std::collections::BTreeMap;

use diesel::{prelude::*, upsert::excluded};
use portico_facts::{EventKind, PersonId};
use serde_json::json;

use crate::{
    among::Among,
    clock::Instant,
    error::{Error, Result},
    event::NewEvent,
    outside::MailRefused,
    per_backend,
    schema::{people, refused_addresses},
    system::System,
    transaction::{Recorded, Tx},
};

/// Of what a server says, in characters.
const LONGEST: usize = 300;

#[derive(Clone, Debug)]
pub struct Refusal {
    pub at: Instant,
    /// The server's own words.
    pub answer: String,
}

impl System {
    pub(crate) async fn note_posted(&self, to: String, sent: &Result<()>) -> Result<()> {
        match sent {
            Ok(()) => {
                let address = to.clone();
                if self.read(move |tx| is_refused(tx, &address)).await? {
                    self.write(move |tx| accept(tx, &to)).await?;
                }
                Ok(())
            }
            Err(error) => match refused(error) {
                Some(answer) => self.write(move |tx| refuse(tx, &to, &answer)).await,
                None => Ok(()),
            },
        }
    }
}

/// What the server said, where it will not be said otherwise tomorrow.
fn refused(error: &Error) -> Option<String> {
    let Error::Unavailable(cause) = error else { return None };
    let refused = cause.downcast_ref::<MailRefused>()?;
    Some(refused.answer.chars().take(LONGEST).collect())
}

fn is_refused(tx: &mut Tx, email: &str) -> Result<bool> {
    let organization = tx.organization();
    let rows: i64 = refused_addresses::table.find((organization, email)).count().get_result(tx.db())?;
    Ok(rows > 0)
}

/// Each attempt says it anew; only the first is news.
fn refuse(tx: &mut Tx, email: &str, answer: &str) -> Result<Recorded<()>> {
    let was_known = is_refused(tx, email)?;
    let (organization, now) = (tx.organization(), tx.now());
    let row = (
        refused_addresses::organization_id.eq(organization),
        refused_addresses::email.eq(email),
        refused_addresses::refused_at.eq(now),
        refused_addresses::answer.eq(answer),
    );
    per_backend!(tx.db(), |connection| diesel::insert_into(refused_addresses::table)
        .values(row)
        .on_conflict((refused_addresses::organization_id, refused_addresses::email))
        .do_update()
        .set((
            refused_addresses::refused_at.eq(excluded(refused_addresses::refused_at)),
            refused_addresses::answer.eq(excluded(refused_addresses::answer)),
        ))
        .execute(connection))?;
    match whose(tx, email)? {
        Some(person) if !was_known => {
            tx.record(NewEvent::new(EventKind::MAIL_REFUSED, person).with_data(json!({ "answer": answer })))
        }
        _ => Ok(tx.unchanged(())),
    }
}

fn accept(tx: &mut Tx, email: &str) -> Result<Recorded<()>> {
    let organization = tx.organization();
    let cleared = diesel::delete(refused_addresses::table.find((organization, email))).execute(tx.db())?;
    match whose(tx, email)? {
        Some(person) if cleared > 0 => tx.record(NewEvent::new(EventKind::MAIL_ACCEPTED, person)),
        _ => Ok(tx.unchanged(())),
    }
}

fn whose(tx: &mut Tx, email: &str) -> Result<Option<PersonId>> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::email.eq(email))
        .select(people::id)
        .first(tx.db())
        .optional()?)
}

impl Tx<'_> {
    /// Whose address, as it is now, refuses mail.
    ///
    /// # Errors
    /// The database's.
    pub fn refusals(
        &mut self,
        of: impl IntoIterator<Item = PersonId>,
    ) -> Result<BTreeMap<PersonId, Refusal>> {
        let organization = self.organization();
        let rows: Vec<(PersonId, Instant, String)> = people::table
            .inner_join(
                refused_addresses::table.on(refused_addresses::organization_id
                    .eq(people::organization_id)
                    .and(refused_addresses::email.eq(people::email))),
            )
            .filter(people::organization_id.eq(organization))
            .filter(people::id.among(of))
            .select((people::id, refused_addresses::refused_at, refused_addresses::answer))
            .load(self.db())?;
        Ok(rows.into_iter().map(|(person, at, answer)| (person, Refusal { at, answer })).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_is_one_and_it_is_kept_short() {
        let refusal =
            |answer: &str| refused(&Error::Unavailable(MailRefused { answer: answer.to_owned() }.into()));
        assert_eq!(refusal("550 no such user").as_deref(), Some("550 no such user"));
        assert_eq!(refusal(&"é".repeat(1_000)), Some("é".repeat(300)));
        assert_eq!(refused(&Error::Unavailable(anyhow::anyhow!("550 no such user"))), None);
        assert_eq!(refused(&Error::Busy), None);
    }
}
