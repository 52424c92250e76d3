//! What the lines of a list say: names as they are now. The rows went through a guard in the same transaction.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{Among, Core, Event, Instant, Result, events, items, people, portals};

use crate::schema::notifications;

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = notifications)]
pub struct Row {
    pub event: i64,
    pub kind: String,
    pub at: Instant,
    pub subject: SubjectId,
    pub portal: Option<PortalId>,
    pub item: Option<ItemId>,
    pub read_at: Option<Instant>,
}

/// One of them, with what it is about.
#[derive(Clone, Debug)]
pub struct Line {
    pub row: Row,
    /// The item's name, a document's number, a request's title; of what has none, nothing.
    pub about: Option<String>,
    /// `file`, `note`, …
    pub item_kind: Option<String>,
    pub portal: Option<String>,
    /// Who did it.
    pub actor: Option<String>,
}

/// In the order of the rows, in as many statements however many there are.
///
/// # Errors
/// The database's.
pub fn lines(tx: &mut Core, rows: Vec<Row>) -> Result<Vec<Line>> {
    let organization = tx.organization();
    let told: Vec<Event> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::id.among(rows.iter().map(|row| row.event)))
        .select(Event::as_select())
        .load(tx.db())?;
    let events: HashMap<i64, Event> = told.into_iter().map(|event| (event.id, event)).collect();
    let named: Vec<(ItemId, String, String)> = items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::id.among(rows.iter().filter_map(|row| row.item)))
        .select((items::id, items::kind, items::name))
        .load(tx.db())?;
    let items: HashMap<ItemId, (String, String)> =
        named.into_iter().map(|(id, kind, name)| (id, (kind, name))).collect();
    let named: Vec<(PortalId, String)> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.among(rows.iter().filter_map(|row| row.portal)))
        .select((portals::id, portals::name))
        .load(tx.db())?;
    let portals: HashMap<PortalId, String> = named.into_iter().collect();
    let people = names_of(tx, &events)?;
    let numbers = numbers_of(tx, &rows)?;
    let line = |row: Row| {
        let event = events.get(&row.event);
        let item = row.item.and_then(|item| items.get(&item));
        let remembered = || remembered_name(event?);
        let about = item.map(|(_, name)| name.clone()).or_else(|| numbers.get(&row.subject).cloned());
        Line {
            about: about.or_else(remembered),
            item_kind: item.map(|(kind, _)| kind.clone()),
            portal: row.portal.and_then(|portal| portals.get(&portal).cloned()),
            actor: event.and_then(|event| people.get(&doer(event)?).cloned()),
            row,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Who sets up an account proves by it who they are.
fn doer(event: &Event) -> Option<PersonId> {
    event.actor_id.or(event.person_id)
}

fn names_of(tx: &mut Core, events: &HashMap<i64, Event>) -> Result<HashMap<PersonId, String>> {
    let organization = tx.organization();
    let named: Vec<(PersonId, String)> = people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::id.among(events.values().filter_map(doer)))
        .select((people::id, people::name))
        .load(tx.db())?;
    Ok(named.into_iter().collect())
}

/// A document is known by the number that it was issued under.
fn numbers_of(tx: &mut Core, rows: &[Row]) -> Result<HashMap<SubjectId, String>> {
    let organization = tx.organization();
    let is_billing = |row: &&Row| row.kind.starts_with("invoice.") || row.kind.starts_with("quote.");
    let issued = [EventKind::INVOICE_ISSUED, EventKind::QUOTE_ISSUED].map(EventKind::name);
    let told: Vec<Event> = events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::subject_id.among(rows.iter().filter(is_billing).map(|row| row.subject)))
        .filter(events::kind.among(issued))
        .order(events::id)
        .select(Event::as_select())
        .load(tx.db())?;
    Ok(told.iter().filter_map(|event| Some((event.subject_id?, remembered_name(event)?))).collect())
}

/// The words by which an event remembers its subject.
fn remembered_name(event: &Event) -> Option<String> {
    let data: serde_json::Value = serde_json::from_str(&event.data).ok()?;
    let words = ["name", "title", "number"].iter().find_map(|key| data.get(key)?.as_str())?;
    Some(words.to_owned())
}
