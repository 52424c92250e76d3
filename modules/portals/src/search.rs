//! What search finds of portals, notes, links, embeds and folders.

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, OrganizationId, PortalId, SubjectId};
use portico_kernel::{
    Among, ClientTx, Event, Instant, Reach, Result, SearchDocument, SearchLine, SearchPage, SearchSource, Tx,
    client_items, items, portals as around,
};
use portico_ui::markdown;

use crate::{
    embed::Provider,
    item::{EMBED, FOLDER, LINK, NOTE},
    schema::{embeds, links, notes, portals},
    store::{deletion::with_everything_below, items::staff_items},
    visibility::client_portals,
};

const KINDS: [&str; 4] = [FOLDER, NOTE, LINK, EMBED];

pub fn portal_source() -> SearchSource {
    SearchSource {
        name: "portals",
        touched: touched_portals,
        document: portal_document,
        all: all_portals,
        staff_lines: staff_portal_lines,
        client_lines: client_portal_lines,
    }
}

pub fn item_source() -> SearchSource {
    SearchSource {
        name: "items",
        touched: touched_items,
        document: item_document,
        all: all_items,
        staff_lines: staff_item_lines,
        client_lines: client_item_lines,
    }
}

fn touched_portals(_: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let looked = event.is(EventKind::PORTAL_VIEWED) || event.is(EventKind::PORTAL_COPIED);
    let touched = event.subject_id.filter(|_| event.noun() == "portal" && !looked);
    Ok(touched.into_iter().collect())
}

fn portal_document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let (organization, portal) = (tx.organization(), PortalId::from(subject));
    let row: Option<(String, Instant)> = portals::table
        .find((organization, portal))
        .filter(portals::deleted_at.is_null())
        .select((portals::name, portals::created_at))
        .first(tx.db())
        .optional()?;
    Ok(row.map(|(title, changed)| SearchDocument {
        kind: "portal",
        title,
        pages: Vec::new(),
        portal: Some(portal),
        people: Vec::new(),
        for_colleagues: false,
        reach: Reach::NoFurther,
        changed,
    }))
}

pub fn all_portals(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    let after = after.map_or(FIRST_PORTAL, PortalId::from);
    let ids: Vec<PortalId> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .filter(portals::id.gt(after))
        .order(portals::id)
        .limit(limit)
        .select(portals::id)
        .load(tx.db())?;
    Ok(ids.into_iter().map(SubjectId::from).collect())
}

/// Before every id that is ever made.
const FIRST_PORTAL: PortalId = PortalId::from_bytes([0; 16]);
const FIRST_ITEM: ItemId = ItemId::from_bytes([0; 16]);

fn staff_portal_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let organization = tx.organization();
    let ids: Vec<PortalId> = portals::table
        .filter(portals::organization_id.eq(organization))
        .filter(portals::deleted_at.is_null())
        .filter(portals::id.among(portal_ids(subjects)))
        .select(portals::id)
        .load(tx.db())?;
    Ok(ids.into_iter().map(|id| portal_line(id, "/staff/portals")).collect())
}

fn client_portal_lines(tx: &mut ClientTx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let (organization, person) = tx.sight();
    let ids: Vec<PortalId> = client_portals(organization, person)
        .filter(portals::id.among(portal_ids(subjects)))
        .select(portals::id)
        .load(tx.db())?;
    Ok(ids.into_iter().map(|id| portal_line(id, "/portals")).collect())
}

fn portal_ids(subjects: &[SubjectId]) -> Vec<PortalId> {
    subjects.iter().copied().map(PortalId::from).collect()
}

fn portal_line(portal: PortalId, under: &str) -> SearchLine {
    SearchLine { subject: portal.into(), href: format!("{under}/{portal}"), icon: "portal", place: None }
}

/// A deleted folder takes what is under it along, a deleted portal everything in it.
fn touched_items(tx: &mut Tx, event: &Event) -> Result<Vec<SubjectId>> {
    let Some(subject) = event.subject_id else { return Ok(Vec::new()) };
    let is_any = |kinds: &[EventKind]| kinds.iter().any(|kind| event.is(*kind));
    let ids = if is_any(&[EventKind::ITEM_DELETED, EventKind::ITEM_RESTORED]) {
        with_everything_below(tx, subject.into())?
    } else if is_any(&[EventKind::ITEM_ADDED, EventKind::ITEM_CHANGED]) {
        vec![subject.into()]
    } else if is_any(&[EventKind::PORTAL_DELETED, EventKind::PORTAL_RESTORED, EventKind::PORTAL_FILLED]) {
        items_of_portal(tx, subject.into())?
    } else {
        Vec::new()
    };
    let ids = of_our_kinds(tx, ids)?;
    Ok(ids.into_iter().map(SubjectId::from).collect())
}

fn items_of_portal(tx: &mut Tx, portal: PortalId) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    Ok(items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::portal_id.eq(portal))
        .select(items::id)
        .load(tx.db())?)
}

fn of_our_kinds(tx: &mut Tx, ids: Vec<ItemId>) -> Result<Vec<ItemId>> {
    let organization = tx.organization();
    Ok(items::table
        .filter(items::organization_id.eq(organization))
        .filter(items::kind.among(KINDS))
        .filter(items::id.among(ids))
        .select(items::id)
        .load(tx.db())?)
}

fn item_document(tx: &mut Tx, subject: SubjectId) -> Result<Option<SearchDocument>> {
    let (organization, item) = (tx.organization(), ItemId::from(subject));
    let row: Option<(PortalId, String, String, Instant)> = staff_items!(organization)
        .filter(items::id.eq(item))
        .filter(items::kind.among(KINDS))
        .select((items::portal_id, items::kind, items::name, items::changed_at))
        .first(tx.db())
        .optional()?;
    let Some((portal, kind, title, changed)) = row else { return Ok(None) };
    let kind = KINDS.into_iter().find(|known| *known == kind).unwrap_or(FOLDER);
    let text = match kind {
        NOTE => markdown::plain_text(&note_body(tx, organization, item)?),
        LINK => link_address(tx, organization, item)?,
        EMBED => embed_provider(tx, organization, item)?,
        _ => String::new(),
    };
    let pages = match text.is_empty() {
        true => Vec::new(),
        false => vec![SearchPage { number: None, text }],
    };
    Ok(Some(SearchDocument {
        kind,
        title,
        pages,
        portal: Some(portal),
        people: Vec::new(),
        for_colleagues: false,
        reach: Reach::NoFurther,
        changed,
    }))
}

fn note_body(tx: &mut Tx, organization: OrganizationId, item: ItemId) -> Result<String> {
    Ok(notes::table.find((organization, item)).select(notes::body).first(tx.db())?)
}

fn link_address(tx: &mut Tx, organization: OrganizationId, item: ItemId) -> Result<String> {
    Ok(links::table.find((organization, item)).select(links::address).first(tx.db())?)
}

/// As people call it. What its page says is not known here (T13).
fn embed_provider(tx: &mut Tx, organization: OrganizationId, item: ItemId) -> Result<String> {
    let name: String = embeds::table.find((organization, item)).select(embeds::provider).first(tx.db())?;
    Ok(Provider::from_name(&name).map(Provider::label).unwrap_or_default().to_owned())
}

fn all_items(tx: &mut Tx, after: Option<SubjectId>, limit: i64) -> Result<Vec<SubjectId>> {
    let organization = tx.organization();
    let after = after.map_or(FIRST_ITEM, ItemId::from);
    let ids: Vec<ItemId> = staff_items!(organization)
        .filter(items::kind.among(KINDS))
        .filter(items::id.gt(after))
        .order(items::id)
        .limit(limit)
        .select(items::id)
        .load(tx.db())?;
    Ok(ids.into_iter().map(SubjectId::from).collect())
}

type LineRow = (ItemId, PortalId, Option<ItemId>, String, String);

fn staff_item_lines(tx: &mut Tx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let organization = tx.organization();
    let rows: Vec<LineRow> = staff_items!(organization)
        .filter(items::kind.among(KINDS))
        .filter(items::id.among(item_ids(subjects)))
        .select((items::id, items::portal_id, items::folder_id, items::kind, around::name))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|row| item_line(row, "/staff")).collect())
}

fn client_item_lines(tx: &mut ClientTx, subjects: &[SubjectId]) -> Result<Vec<SearchLine>> {
    let (organization, person) = tx.sight();
    let rows: Vec<LineRow> = client_items(organization, person)
        .inner_join(
            around::table
                .on(around::organization_id.eq(items::organization_id).and(around::id.eq(items::portal_id))),
        )
        .filter(items::kind.among(KINDS))
        .filter(items::id.among(item_ids(subjects)))
        .select((items::id, items::portal_id, items::folder_id, items::kind, around::name))
        .load(tx.db())?;
    Ok(rows.into_iter().map(|row| item_line(row, "")).collect())
}

fn item_ids(subjects: &[SubjectId]) -> Vec<ItemId> {
    subjects.iter().copied().map(ItemId::from).collect()
}

/// A link is shown where it stands, so that nobody leaves by pressing a result.
fn item_line((item, portal, folder, kind, portal_name): LineRow, side: &str) -> SearchLine {
    let (href, icon) = match kind.as_str() {
        NOTE => (format!("{side}/notes/{item}"), "note"),
        EMBED => (format!("{side}/embeds/{item}"), "embed"),
        FOLDER => (format!("{side}/portals/{portal}?folder={item}"), "folder"),
        _ => match folder {
            Some(folder) => (format!("{side}/portals/{portal}?folder={folder}#item-{item}"), "link"),
            None => (format!("{side}/portals/{portal}#item-{item}"), "link"),
        },
    };
    SearchLine { subject: item.into(), href, icon, place: Some(portal_name) }
}
