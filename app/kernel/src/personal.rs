//! What is known of one person, as the modules that have it say: what of it is handed out to them, and what goes when
//! they are erased. A test holds the tables that are named here against those that the databases have.

mod archive;
mod forgetting;
pub(crate) mod zip;

use diesel::{prelude::*, sql_query, sql_types};
use portico_facts::PersonId;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    clock::Instant, connection::Either, error::Result, per_backend, registry::Registry, transaction::Tx,
};

/// A module's part of what is known of people.
#[derive(Clone, Copy)]
pub struct PersonalData {
    /// Among all of them; the name of a file that is handed out.
    pub name: &'static str,
    /// In the order in which their rows can go.
    pub tables: &'static [PersonalTable],
    /// Files that came from them or were for them.
    pub objects: fn(&mut Tx, PersonId) -> Result<Vec<PersonalObject>>,
    /// What is more than rows of the tables, and comes before these.
    pub erase: fn(&mut Tx, &Registry, &Erasure) -> Result<()>,
}

/// Rows about people. In a condition and in a change `$1` is the organization and `$2` the person.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PersonalTable {
    pub table: &'static str,
    /// Those that hold a person's id or address, staff's included.
    pub columns: &'static [&'static str],
    /// Which rows are about this person.
    pub rows: &'static str,
    /// Which of these are handed out; without it all of them.
    pub handed_out: Option<&'static str>,
    /// What of them is handed out: no secret, and nothing of anybody else. With none, it is a secret as a whole.
    pub shown: &'static [&'static str],
    pub fate: Fate,
    /// A message of the catalogues that says how many there are, with `$count`.
    pub label: Option<&'static str>,
}

/// Rows whose `person_id` is theirs.
pub const THEIR_OWN: &str = "person_id = $2";
/// No row: columns that name staff alone.
pub const NOBODYS: &str = "1 = 0 AND organization_id = $2";

/// How the address ends that takes the place of an erased person's: nobody can have it (RFC 2606).
pub const ERASED_ADDRESS: &str = "@erased.invalid";

/// What becomes of a person's rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    Deleted,
    /// They stay without what is personal in them: what to set.
    Changed(&'static str),
    /// The module's `erase` sees to them.
    Decided,
    /// They stay, for a reason in a message of the catalogues.
    Kept(&'static str),
}

pub struct PersonalObject {
    pub name: String,
    pub bytes: PersonalBytes,
}

/// Where they are.
pub enum PersonalBytes {
    /// In the object store.
    Stored { key: String, size: u64 },
    /// In a row, which is read when its turn comes.
    Row(ReadRow),
}

pub type ReadRow = Box<dyn FnOnce(&mut Tx) -> Result<Vec<u8>> + Send>;

impl PersonalObject {
    /// `size` in bytes, as the databases hold it.
    pub fn stored(key: String, name: String, size: i64) -> Self {
        Self { name, bytes: PersonalBytes::Stored { key, size: size.unsigned_abs() } }
    }
}

/// Whom to erase, and how.
pub struct Erasure {
    pub person: PersonId,
    /// As it was until now.
    pub email: String,
    pub work: Work,
}

/// Files and messages that they sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    Deleted,
    /// Without their name.
    Kept,
}

/// So many rows of one table, and what becomes of them.
pub struct PersonalCount {
    pub label: &'static str,
    pub count: i64,
    pub fate: Fate,
}

/// What the kernel itself knows of people.
pub(crate) const OWN: PersonalData = PersonalData::rows("activity", TABLES);

const TABLES: &[PersonalTable] = &[
    PersonalTable::of(
        "events",
        &["actor_id", "person_id"],
        "actor_id = $2 OR person_id = $2 OR subject_id = $2",
        Fate::Kept("ui-personal-events-why"),
    )
    .showing(&["id", "at", "kind", "address", "subject_id", "portal_id", "data"])
    .handing_out("actor_id = $2 AND kind NOT LIKE 'person.seeing-%'")
    .labelled("ui-personal-events"),
    PersonalTable::of(
        "refused_addresses",
        &["email"],
        "email = (SELECT people.email FROM people WHERE people.organization_id = $1 AND people.id = $2)",
        Fate::Deleted,
    )
    .showing(&["email", "refused_at", "answer"]),
];

impl PersonalData {
    /// For a module that has nothing but rows.
    pub const fn rows(name: &'static str, tables: &'static [PersonalTable]) -> Self {
        Self { name, tables, objects: |_, _| Ok(Vec::new()), erase: |_, _, _| Ok(()) }
    }
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = sql_types::BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = sql_types::Text)]
    line: String,
}

impl Registry {
    /// How much there is of what the modules have a label for, without what there is nothing of.
    ///
    /// # Errors
    /// The database's.
    pub fn personal_counts(&self, tx: &mut Tx, person: PersonId) -> Result<Vec<PersonalCount>> {
        let mut counts = Vec::new();
        for table in self.personal_data().iter().flat_map(|data| data.tables) {
            if let Some(label) = table.label {
                counts.push(PersonalCount { label, count: count(tx, table, person)?, fate: table.fate });
            }
        }
        counts.retain(|counted| counted.count > 0);
        Ok(counts)
    }

    /// Everything of them that need not stay goes, and with it what events remember of it. The kernel's own part is the
    /// first, while their row still has their address.
    ///
    /// # Errors
    /// The database's.
    pub fn erase(&self, tx: &mut Tx, erasure: &Erasure) -> Result<()> {
        let person = erasure.person;
        let now = tx.now().micros();
        let remembered = format!(
            "INSERT INTO erased (organization_id, subject_id, erased_at) SELECT organization_id, id, {now} FROM people
             WHERE organization_id = $1 AND id = $2 ON CONFLICT DO NOTHING"
        );
        for_person(tx, &remembered, person)?;
        tx.forget_jobs(person, &erasure.email)?;
        tx.forget_typed(&erasure.email)?;
        for data in self.personal_data() {
            (data.erase)(tx, self, erasure)?;
            for table in data.tables {
                let PersonalTable { table: name, rows, .. } = table;
                let those = format!("WHERE organization_id = $1 AND ({rows})");
                match table.fate {
                    Fate::Deleted => for_person(tx, &format!("DELETE FROM {name} {those}"), person)?,
                    Fate::Changed(to) => for_person(tx, &format!("UPDATE {name} SET {to} {those}"), person)?,
                    Fate::Decided | Fate::Kept(_) => 0,
                };
            }
        }
        tx.forget_words()
    }
}

/// Runs a statement whose `$1` is the organization and whose `$2` is the person, and says how many rows it changed.
///
/// # Errors
/// The database's.
pub fn for_person(tx: &mut Tx, statement: &str, person: PersonId) -> Result<usize> {
    let organization = tx.organization();
    Ok(per_backend!(tx.db(), |connection| {
        sql_query(statement)
            .bind::<sql_types::Binary, _>(organization)
            .bind::<sql_types::Binary, _>(person)
            .execute(connection)?
    }))
}

fn count(tx: &mut Tx, table: &PersonalTable, person: PersonId) -> Result<i64> {
    let organization = tx.organization();
    let PersonalTable { table, rows, .. } = table;
    let statement = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM {table} WHERE organization_id = $1 AND ({rows})"
    );
    let counted: Counted = per_backend!(tx.db(), |connection| {
        sql_query(statement.as_str())
            .bind::<sql_types::Binary, _>(organization)
            .bind::<sql_types::Binary, _>(person)
            .get_result(connection)?
    });
    Ok(counted.count)
}

impl PersonalTable {
    pub const fn of(
        table: &'static str,
        columns: &'static [&'static str],
        rows: &'static str,
        fate: Fate,
    ) -> Self {
        Self { table, columns, rows, handed_out: None, shown: &[], fate, label: None }
    }

    pub const fn showing(mut self, shown: &'static [&'static str]) -> Self {
        self.shown = shown;
        self
    }

    /// Only those of the rows for which this holds, too.
    pub const fn handing_out(mut self, condition: &'static str) -> Self {
        self.handed_out = Some(condition);
        self
    }

    pub const fn labelled(mut self, label: &'static str) -> Self {
        self.label = Some(label);
        self
    }

    /// The next rows, as they are handed out, and where those after them begin.
    ///
    /// # Errors
    /// The database's.
    pub fn read(&self, tx: &mut Tx, person: PersonId, from: i64, limit: i64) -> Result<(Vec<Value>, i64)> {
        if self.shown.is_empty() {
            return Ok((Vec::new(), from));
        }
        let organization = tx.organization();
        let on_sqlite = matches!(tx.db().either(), Either::Sqlite(_));
        let statement = self.statement(on_sqlite, from, limit);
        let lines: Vec<Line> = per_backend!(tx.db(), |connection| {
            sql_query(statement.as_str())
                .bind::<sql_types::Binary, _>(organization)
                .bind::<sql_types::Binary, _>(person)
                .load(connection)?
        });
        let rows = lines.iter().map(|line| readable(&line.line)).collect::<Result<Vec<Value>>>()?;
        let next = match self.is_numbered("id") {
            true => rows.last().and_then(|row| row["id"].as_i64()).unwrap_or(from),
            false => from + i64::try_from(rows.len()).unwrap_or(limit),
        };
        Ok((rows, next))
    }

    fn statement(&self, on_sqlite: bool, from: i64, limit: i64) -> String {
        let cells = self.shown.iter().map(|name| {
            let value = match (is_id(name) && !self.is_numbered(name), on_sqlite) {
                (false, _) => (*name).to_owned(),
                (true, true) => format!("CASE WHEN {name} IS NULL THEN NULL ELSE lower(hex({name})) END"),
                (true, false) => format!("encode({name}, 'hex')"),
            };
            format!("'{name}', {value}")
        });
        let cells = cells.collect::<Vec<_>>().join(", ");
        let row = match on_sqlite {
            true => format!("json_object({cells})"),
            false => format!("json_build_object({cells})::text"),
        };
        let (table, rows, order) = (self.table, self.rows, self.shown.join(", "));
        let handed_out = self.handed_out.map(|condition| format!(" AND ({condition})")).unwrap_or_default();
        // By their numbers, a page of a long log does not read all that stands before it.
        let page = match self.is_numbered("id") {
            true => format!("AND id > {from} ORDER BY id LIMIT {limit}"),
            false => format!("ORDER BY {order} LIMIT {limit} OFFSET {from}"),
        };
        format!(
            "SELECT {row} AS line FROM {table} WHERE organization_id = $1 AND ({rows}){handed_out}
             {page}"
        )
    }

    fn is_numbered(&self, name: &str) -> bool {
        self.table == "events" && name == "id"
    }
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("_by")
}

/// With moments as people write them.
fn readable(line: &str) -> Result<Value> {
    let row: Map<String, Value> = serde_json::from_str(line).map_err(anyhow::Error::from)?;
    let cell = |(name, value): (String, Value)| {
        let moment = value.as_i64().filter(|_| name == "at" || name.ends_with("_at"));
        let value = match moment {
            Some(micros) => Instant::from_micros(micros).in_zone("UTC").timestamp().to_string().into(),
            None => value,
        };
        (name, value)
    };
    Ok(Value::Object(row.into_iter().map(cell).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_can_be_read_and_other_numbers_stay_numbers() {
        let row = readable(r#"{"sent_at":1795000000000000,"number":7,"words":"at"}"#).unwrap();
        assert_eq!(row, serde_json::json!({ "sent_at": "2026-11-18T11:06:40Z", "number": 7, "words": "at" }));
    }

    #[test]
    fn ids_are_written_as_addresses_have_them() {
        let table = PersonalTable::of("grants", &["person_id"], THEIR_OWN, Fate::Deleted)
            .showing(&["portal_id", "granted_at"]);
        let statement = table.statement(false, 20, 10);
        assert!(statement.starts_with(
            "SELECT json_build_object('portal_id', encode(portal_id, 'hex'), 'granted_at', granted_at)::text AS line"
        ));
        assert!(statement.ends_with("ORDER BY portal_id, granted_at LIMIT 10 OFFSET 20"), "{statement}");
    }

    #[test]
    fn a_page_of_the_log_begins_after_the_last_number() {
        let statement = OWN.tables[0].statement(false, 700, 500);
        assert!(statement.ends_with("AND id > 700 ORDER BY id LIMIT 500"), "{statement}");
        assert!(statement.starts_with("SELECT json_build_object('id', id, 'at', at, "), "{statement}");
    }

    #[test]
    fn what_is_handed_out_can_be_less_than_what_is_about_them() {
        let table = PersonalTable::of("notes", &["person_id"], THEIR_OWN, Fate::Deleted).showing(&["words"]);
        assert!(!table.statement(true, 0, 10).contains("deleted_at"));
        let statement = table.handing_out("deleted_at IS NULL").statement(true, 0, 10);
        assert!(statement.contains("AND (person_id = $2) AND (deleted_at IS NULL)\n"), "{statement}");
    }
}
