//! What a client is told of what happened in a portal of theirs: of items that they see, and of what other modules say
//! that they see, all asked at the moment of asking (T2, P12). Who else is there, and what others looked at, is in none
//! of it (P10).

use std::{cmp::Reverse, collections::HashMap};

use diesel::{dsl, prelude::*};
use portico_facts::{EventKind, ItemId, PortalId, SubjectId};
use portico_kernel::{
    Among, ClientTx, Event, Happening, Result, client_items_in, events, granted, grants, items, portals,
};

use crate::activity::{Doer, Happened, News};

/// In the data of a version that clients are shown: what came beside a pinned one is no news to them.
const SHOWN: &str = r#"%"shown":true%"#;
/// In the data of whatever there is.
const ANYTHING: &str = "%";

/// What other modules let be told, by its subject.
type Others = HashMap<SubjectId, (Happening, String)>;

/// # Errors
/// [`NotFound`](portico_kernel::Error::NotFound) when it is not theirs.
pub fn portal_name(tx: &mut ClientTx, portal: PortalId) -> Result<String> {
    let (organization, person) = tx.sight();
    Ok(portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::id.eq(portal))
        .filter(dsl::exists(granted(organization, person).filter(grants::portal_id.eq(portals::id))))
        .select(portals::name)
        .first(tx.db())?)
}

/// The newest first, from below `before` on.
///
/// # Errors
/// The database's.
pub fn happened(
    tx: &mut ClientTx,
    portal: PortalId,
    happenings: &[Happening],
    before: i64,
    limit: i64,
) -> Result<Vec<Happened>> {
    let person = tx.person();
    let others = others(tx, portal, happenings)?;
    // Each kind by itself: an index has the newest of one at hand, and of several none.
    let mut told = of_items(tx, portal, EventKind::ITEM_ADDED, ANYTHING, before, limit)?;
    told.extend(of_items(tx, portal, EventKind::ITEM_VERSION_ADDED, SHOWN, before, limit)?);
    for happening in happenings {
        told.extend(of_others(tx, portal, happening.kind, &others, before, limit)?);
    }
    told.sort_by_key(|event| Reverse(event.id));
    told.truncate(usize::try_from(limit).unwrap_or_default());
    let items = items_of(tx, portal, &told)?;
    let happened = |event: &Event| {
        let (name, news) = news(event, &items, &others)?;
        let by = match event.actor_id == Some(person) {
            true => Doer::Reader,
            false => Doer::SomebodyElse,
        };
        Some(Happened { id: event.id, at: event.at, news, name, by })
    };
    Ok(told.iter().filter_map(happened).collect())
}

/// Of what they see at this moment.
fn of_items(
    tx: &mut ClientTx,
    portal: PortalId,
    kind: EventKind,
    data: &'static str,
    before: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    let (organization, person) = tx.sight();
    let seen =
        client_items_in(organization, person, portal).filter(items::id.nullable().eq(events::subject_id));
    Ok(events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::portal_id.eq(portal))
        .filter(events::kind.eq(kind.name()))
        .filter(events::id.lt(before))
        .filter(events::data.like(data))
        .filter(dsl::exists(seen))
        .order(events::id.desc())
        .limit(limit)
        .select(Event::as_select())
        .load(tx.db())?)
}

fn of_others(
    tx: &mut ClientTx,
    portal: PortalId,
    kind: EventKind,
    others: &Others,
    before: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    let organization = tx.organization();
    let of_kind = others.iter().filter(|(_, (happening, _))| happening.kind == kind);
    Ok(events::table
        .filter(events::organization_id.eq(organization))
        .filter(events::portal_id.eq(portal))
        .filter(events::kind.eq(kind.name()))
        .filter(events::subject_id.among(of_kind.map(|(subject, _)| *subject)))
        .filter(events::id.lt(before))
        .order(events::id.desc())
        .limit(limit)
        .select(Event::as_select())
        .load(tx.db())?)
}

fn others(tx: &mut ClientTx, portal: PortalId, happenings: &[Happening]) -> Result<Others> {
    let mut others = Others::new();
    for happening in happenings {
        let seen = (happening.seen)(tx, portal)?;
        others.extend(seen.into_iter().map(|(subject, name)| (subject, (*happening, name))));
    }
    Ok(others)
}

/// Kind and name, as they are now.
type Items = HashMap<ItemId, (String, String)>;

fn items_of(tx: &mut ClientTx, portal: PortalId, told: &[Event]) -> Result<Items> {
    let (organization, person) = tx.sight();
    let meant = told.iter().filter_map(|event| event.subject_id.map(ItemId::from));
    let rows: Vec<(ItemId, String, String)> = client_items_in(organization, person, portal)
        .filter(items::id.among(meant))
        .select((items::id, items::kind, items::name))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|(id, kind, name)| (id, (kind, name))).collect())
}

fn news(event: &Event, items: &Items, others: &Others) -> Option<(String, News)> {
    let subject = event.subject_id?;
    if let Some((happening, name)) = others.get(&subject) {
        return Some((name.clone(), News::Other { words: happening.words, icon: happening.icon }));
    }
    let item = ItemId::from(subject);
    let (kind, name) = items.get(&item)?.clone();
    Some(match event.is(EventKind::ITEM_ADDED) {
        true => (name, News::Added { item, kind }),
        false => (name, News::Renewed { item }),
    })
}
