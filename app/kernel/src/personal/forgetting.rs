//! Erased for good: what the kernel's own tables say of somebody, and of what they sent.

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::{EventKind, ItemId, PersonId};

use super::{Counted, for_person};
use crate::{
    among::Among,
    error::Result,
    per_backend,
    schema::{events, items, jobs},
    transaction::Tx,
};

impl Tx<'_> {
    /// Items of a person that go with them: what events say of them goes, too.
    ///
    /// # Errors
    /// The database's.
    pub fn mark_sent_erased(&mut self, person: PersonId) -> Result<usize> {
        let now = self.now().micros();
        let statement = format!(
            "INSERT INTO erased (organization_id, subject_id, erased_at)
             SELECT organization_id, item_id, {now} FROM sent_items WHERE organization_id = $1 AND person_id = $2
             ON CONFLICT DO NOTHING"
        );
        for_person(self, &statement, person)
    }

    /// Deletes the rows of these items, whose own modules have let go of them.
    ///
    /// # Errors
    /// The database's.
    pub fn delete_items(&mut self, ids: &[ItemId]) -> Result<()> {
        let organization = self.organization();
        let gone = items::table
            .filter(items::organization_id.eq(organization))
            .filter(items::id.among(ids.iter().copied()));
        diesel::delete(gone).execute(self.db())?;
        Ok(())
    }

    /// Whether this person was erased.
    ///
    /// # Errors
    /// The database's.
    pub fn is_erased(&mut self, person: PersonId) -> Result<bool> {
        let organization = self.organization();
        let statement = "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM erased
             WHERE organization_id = $1 AND subject_id = $2";
        let found: Counted = per_backend!(self.db(), |connection| {
            sql_query(statement)
                .bind::<sql_types::Binary, _>(organization)
                .bind::<sql_types::Binary, _>(person)
                .get_result(connection)?
        });
        Ok(found.count > 0)
    }

    /// Work that names them: mails to them above all, and what the mail server answered about their address.
    pub(super) fn forget_jobs(&mut self, person: PersonId, email: &str) -> Result<()> {
        let organization = self.organization();
        let id = person.to_string();
        let statement = "SELECT id, payload || ' ' || COALESCE(last_error, '') AS words FROM jobs
             WHERE organization_id = $1 AND (payload LIKE $2 ESCAPE '!'
             OR payload LIKE $3 ESCAPE '!' OR last_error LIKE $4 ESCAPE '!')";
        let (named, addressed) = (containing(&id), containing(email));
        let rows: Vec<Named> = per_backend!(self.db(), |connection| {
            sql_query(statement)
                .bind::<sql_types::Binary, _>(organization)
                .bind::<sql_types::Text, _>(named.as_str())
                .bind::<sql_types::Text, _>(addressed.as_str())
                .bind::<sql_types::Text, _>(addressed.as_str())
                .load(connection)?
        });
        let theirs = rows.iter().filter(|row| names(&row.words, &id) || names(&row.words, email));
        let gone = jobs::table
            .filter(jobs::organization_id.eq(organization))
            .filter(jobs::id.among(theirs.map(|row| row.id)));
        diesel::delete(gone).execute(self.db())?;
        Ok(())
    }

    /// Events without any id of theirs, in which somebody typed their address.
    pub(super) fn forget_typed(&mut self, email: &str) -> Result<()> {
        let organization = self.organization();
        let now = self.now().micros();
        let [refused, exported] =
            [EventKind::MESSAGE_MAIL_REFUSED, EventKind::AUDIT_EXPORTED].map(EventKind::name);
        let statement = format!(
            "SELECT id, data AS words FROM events WHERE organization_id = $1 AND at <= {now}
             AND kind IN ('{refused}', '{exported}') AND data LIKE $2 ESCAPE '!'"
        );
        let addressed = containing(email);
        let rows: Vec<Named> = per_backend!(self.db(), |connection| {
            sql_query(statement.as_str())
                .bind::<sql_types::Binary, _>(organization)
                .bind::<sql_types::Text, _>(addressed.as_str())
                .load(connection)?
        });
        let theirs = rows.iter().filter(|row| names(&row.words, email));
        let about_them = events::table
            .filter(events::organization_id.eq(organization))
            .filter(events::id.among(theirs.map(|row| row.id)));
        diesel::update(about_them).set(events::data.eq("null")).execute(self.db())?;
        Ok(())
    }

    /// Of events of theirs and of what went with them. What these say of documents of billing, such as numbers, stays with
    /// the documents. Whoever acted, or was nobody yet but asked for them, did so from the address.
    pub(super) fn forget_words(&mut self) -> Result<()> {
        let (organization, now) = (self.organization(), self.now().micros());
        let theirs = format!(
            "(SELECT e.subject_id FROM erased e WHERE e.organization_id = $1 AND e.erased_at = {now})"
        );
        let statement = format!(
            "UPDATE events SET
                 data = CASE WHEN kind LIKE 'invoice.%' OR kind LIKE 'quote.%' OR kind LIKE 'subscription.%'
                     THEN data ELSE 'null' END,
                 address = CASE WHEN COALESCE(actor_id, person_id) IN {theirs} THEN NULL ELSE address END
             WHERE organization_id = $1 AND id IN (
                 SELECT id FROM events WHERE organization_id = $1 AND actor_id IN {theirs}
                 UNION SELECT id FROM events WHERE organization_id = $1 AND person_id IN {theirs}
                 UNION SELECT id FROM events WHERE organization_id = $1 AND subject_id IN {theirs})"
        );
        per_backend!(self.db(), |connection| {
            sql_query(statement.as_str()).bind::<sql_types::Binary, _>(organization).execute(connection)?
        });
        Ok(())
    }
}

/// What may name them, until it is read.
#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = sql_types::BigInt)]
    id: i64,
    #[diesel(sql_type = sql_types::Text)]
    words: String,
}

/// Whether this address or id stands there by itself, and is no part of somebody else's. `words` may be JSON, where a line ends
/// in a letter.
fn names(words: &str, wanted: &str) -> bool {
    let words = ["\\n", "\\r", "\\t"].iter().fold(words.to_lowercase(), |words, end| words.replace(end, " "));
    let wanted = wanted.to_lowercase();
    let is_of_one = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
    words.match_indices(&wanted).any(|(start, found)| {
        let mut after = words[start + found.len()..].chars();
        let goes_on = match after.next() {
            // One that ends a sentence.
            Some('.') => after.next().is_some_and(char::is_alphanumeric),
            next => next.is_some_and(is_of_one),
        };
        !goes_on && !words[..start].chars().next_back().is_some_and(is_of_one)
    })
}

/// A pattern of LIKE.
fn containing(words: &str) -> String {
    format!("%{}%", words.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_its_words_alone() {
        assert_eq!(containing("a_b%c!@acme.test"), "%a!_b!%c!!@acme.test%");
    }

    #[test]
    fn an_address_is_no_part_of_a_longer_one() {
        for words in [
            r#"{"email":"bo@x.test"}"#,
            "550 <bo@x.test>: unknown",
            "Nobody is bo@x.test.",
            r#""of\nbo@x.test""#,
            "BO@x.test",
            "jimbo@x.test, bo@x.test",
        ] {
            assert!(names(words, "bo@x.test"), "{words}");
        }
        for words in [
            r#"{"email":"jimbo@x.test"}"#,
            "jim.bo@x.test",
            "jim+bo@x.test",
            "jim-bo@x.test",
            "jim_bo@x.test",
            "bo@x.test.example",
            "bo@x.tests",
            "bo@x.test-site.example",
            "",
        ] {
            assert!(!names(words, "bo@x.test"), "{words}");
        }
        assert!(names(r#"{"person":"0190ab"}"#, "0190ab") && !names(r#"{"sum":"f0190abc"}"#, "0190ab"));
    }
}
