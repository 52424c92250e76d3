//! What portals keeps of a portal in a template, and makes of it again: folders, notes, links, embeds and the order of
//! the sections. However many items there are, the statements are the same few.

use std::collections::HashMap;

use diesel::prelude::*;
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Among, Error, KeptPart, Result, TemplatePart, TemplatePlace, Tx, items, per_backend};

use crate::{
    item::{EMBED, FOLDER, Item, LINK, NOTE},
    schema::{embeds, links, notes, portals},
    store::items::{ITEM, ids_of_kind, last_place, staff_items},
    template::{Content, Kept, KeptItem, LARGEST, MOST_ITEMS, kept_items},
};

pub fn part() -> TemplatePart {
    TemplatePart { name: "portals", version: 1, keep, make }
}

/// # Errors
/// [`Error::Conflict`] for more than a template may hold.
fn keep(tx: &mut Tx, place: TemplatePlace) -> Result<Option<KeptPart>> {
    let organization = tx.organization();
    let found: Vec<Item> = staff_items!(organization)
        .filter(items::portal_id.eq(place.portal))
        .filter(items::kind.among([FOLDER, NOTE, LINK, EMBED]))
        .order((items::position, items::id))
        .limit(MOST_ITEMS as i64 + 1)
        .select(ITEM)
        .load(tx.db())?;
    if found.len() > MOST_ITEMS {
        return Err(Error::Conflict("portals-template-too-large"));
    }
    let mut contents = contents(tx, &found)?;
    let items = kept_items(found, |item| match item.kind.as_str() {
        FOLDER => Some(Content::Folder),
        _ => contents.remove(&item.id),
    });
    let sections =
        portals::table.find((organization, place.portal)).select(portals::sections).first(tx.db())?;
    let kept = KeptPart::of(&Kept { items, sections })?;
    match kept.json().len() > LARGEST {
        true => Err(Error::Conflict("portals-template-too-large")),
        false => Ok(Some(kept)),
    }
}

fn contents(tx: &mut Tx, found: &[Item]) -> Result<HashMap<ItemId, Content>> {
    let organization = tx.organization();
    let notes: Vec<(ItemId, String, Option<PortalId>)> = notes::table
        .filter(notes::organization_id.eq(organization))
        .filter(notes::item_id.among(ids_of_kind(found, NOTE)))
        .select((notes::item_id, notes::body, notes::pinned_in))
        .load(tx.db())?;
    let links: Vec<(ItemId, String)> = links::table
        .filter(links::organization_id.eq(organization))
        .filter(links::item_id.among(ids_of_kind(found, LINK)))
        .select((links::item_id, links::address))
        .load(tx.db())?;
    let embeds: Vec<(ItemId, String, String, String)> = embeds::table
        .filter(embeds::organization_id.eq(organization))
        .filter(embeds::item_id.among(ids_of_kind(found, EMBED)))
        .select((embeds::item_id, embeds::provider, embeds::frame_address, embeds::address))
        .load(tx.db())?;
    let note = |(item, body, pinned_in): (ItemId, String, Option<PortalId>)| {
        (item, Content::Note { body, pinned: pinned_in.is_some() })
    };
    let embed = |(item, provider, frame, page)| (item, Content::Embed { provider, frame, page });
    let mut contents: HashMap<ItemId, Content> = notes.into_iter().map(note).collect();
    contents.extend(links.into_iter().map(|(item, address)| (item, Content::Link { address })));
    contents.extend(embeds.into_iter().map(embed));
    Ok(contents)
}

fn make(tx: &mut Tx, place: TemplatePlace, kept: &KeptPart) -> Result<()> {
    let kept: Kept = kept.read()?;
    let organization = tx.organization();
    if !kept.sections.is_empty() {
        diesel::update(portals::table.find((organization, place.portal)))
            .set(portals::sections.eq(&kept.sections))
            .execute(tx.db())?;
    }
    let ids = insert_items(tx, place.portal, &kept.items)?;
    insert_contents(tx, place.portal, &kept.items, &ids)
}

/// In one statement, a folder before what lies in it.
fn insert_items(tx: &mut Tx, portal: PortalId, kept: &[KeptItem]) -> Result<Vec<ItemId>> {
    let (organization, now, last) = (tx.organization(), tx.now(), last_place(tx, portal)?);
    let ids: Vec<ItemId> = kept.iter().map(|_| tx.new_id(ItemId::from_bytes)).collect();
    let row = |((item, id), step): ((&KeptItem, &ItemId), i32)| {
        (
            items::organization_id.eq(organization),
            items::id.eq(*id),
            items::portal_id.eq(portal),
            items::folder_id.eq(item.folder.and_then(|folder| ids.get(folder)).copied()),
            items::kind.eq(item.content.kind()),
            items::name.eq(item.name.clone()),
            items::position.eq(last.saturating_add(step)),
            items::created_at.eq(now),
            items::changed_at.eq(now),
        )
    };
    let rows: Vec<_> = kept.iter().zip(&ids).zip(1..).map(row).collect();
    if !rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(items::table).values(rows).execute(c))?;
    }
    Ok(ids)
}

fn insert_contents(tx: &mut Tx, portal: PortalId, kept: &[KeptItem], ids: &[ItemId]) -> Result<()> {
    let organization = tx.organization();
    let (mut note_rows, mut link_rows, mut embed_rows) = (Vec::new(), Vec::new(), Vec::new());
    for (item, id) in kept.iter().zip(ids) {
        match &item.content {
            Content::Folder => {}
            Content::Note { body, pinned } => note_rows.push((
                notes::organization_id.eq(organization),
                notes::item_id.eq(*id),
                notes::body.eq(body.clone()),
                notes::pinned_in.eq(pinned.then_some(portal)),
            )),
            Content::Link { address } => link_rows.push((
                links::organization_id.eq(organization),
                links::item_id.eq(*id),
                links::address.eq(address.clone()),
            )),
            Content::Embed { provider, frame, page } => embed_rows.push((
                embeds::organization_id.eq(organization),
                embeds::item_id.eq(*id),
                embeds::provider.eq(provider.clone()),
                embeds::frame_address.eq(frame.clone()),
                embeds::address.eq(page.clone()),
            )),
        }
    }
    if !note_rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(notes::table).values(note_rows).execute(c))?;
    }
    if !link_rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(links::table).values(link_rows).execute(c))?;
    }
    if !embed_rows.is_empty() {
        per_backend!(tx.db(), |c| diesel::insert_into(embeds::table).values(embed_rows).execute(c))?;
    }
    Ok(())
}
