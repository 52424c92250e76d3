//! Handlers.

use std::collections::HashMap;

use poem::{Request, handler, web::Path};
use portico_facts::{EventKind, ItemId, PortalId};
use portico_kernel::{Answer, Error, NewEvent, Result, Viewer, Within, parse_form};
use serde::Deserialize;
use serde_json::json;

use super::{
    layout::Layout,
    sending::send,
    sums,
    tree::{Chosen, Placed, Visible},
    zip::Entry,
};
use crate::{caller::Caller, delivery::Conditions, file::Content, store, visibility};

/// `?item=…&item=…`; none of them stands for all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selection {
    #[serde(default)]
    item: Vec<ItemId>,
}

fn chosen(req: &Request) -> Result<Chosen> {
    let Selection { item } = parse_form(req.uri().query().unwrap_or_default().as_bytes())?;
    Ok(if item.is_empty() { Chosen::Everything } else { Chosen::Items(item) })
}

#[handler]
pub async fn for_staff(
    Within(staff): Within,
    Path(portal): Path<PortalId>,
    conditions: Conditions,
    req: &Request,
) -> Result<Answer> {
    let chosen = chosen(req)?;
    let visible = staff.read(move |tx| store::archive::of_portal(tx, portal)).await?;
    let placed = placed(&visible, &chosen)?;
    let sums = sums::of(&Caller::Staff(staff.clone()), &placed).await?;
    let layout = layout(&placed, &sums, &staff.organization().time_zone);
    Ok(send(staff.kernel(), &layout, visible.name(&chosen), &conditions))
}

#[handler]
pub async fn for_client(viewer: Viewer, conditions: Conditions, req: &Request) -> Result<Answer> {
    let (chosen, portal) = (chosen(req)?, viewer.portal);
    let visible = viewer.read(move |tx| visibility::archive_of_portal(tx, portal)).await?;
    let placed = placed(&visible, &chosen)?;
    if let Some(nothing) = conditions.too_early() {
        return Ok(nothing);
    }
    let client = &viewer.client;
    let sums = sums::of(&Caller::Client(client.clone()), &placed).await?;
    let layout = layout(&placed, &sums, &client.organization().time_zone);
    if conditions.want_everything(layout.etag()) {
        let deed = deed(portal, &chosen, placed.len());
        viewer.write_in_passing(move |tx| tx.record(deed)).await?;
    }
    Ok(send(client.kernel(), &layout, visible.name(&chosen), &conditions))
}

fn placed<'a>(visible: &'a Visible, chosen: &Chosen) -> Result<Vec<Placed<'a>>> {
    let placed = visible.placed(chosen)?;
    match placed.is_empty() {
        true => Err(Error::Conflict("files-nothing-to-download")),
        false => Ok(placed),
    }
}

fn layout(placed: &[Placed], sums: &HashMap<String, u32>, zone: &str) -> Layout {
    let entry = |placed: &Placed| {
        let key = placed.content.map(|content| content.key.clone());
        let entry = Entry {
            path: placed.path.clone(),
            size: placed.content.map_or(0, Content::size),
            crc32: key.as_ref().and_then(|key| sums.get(key)).copied().unwrap_or_default(),
            changed: placed.changed,
            zone: zone.to_owned(),
        };
        (entry, key)
    };
    Layout::of(placed.iter().map(entry).collect())
}

/// For the audit log (T18).
fn deed(portal: PortalId, chosen: &Chosen, entries: usize) -> NewEvent {
    let event = match chosen {
        Chosen::Items(items) if items.len() == 1 => NewEvent::new(EventKind::ITEM_DOWNLOADED, items[0]),
        _ => NewEvent::new(EventKind::PORTAL_DOWNLOADED, portal),
    };
    let items = match chosen {
        Chosen::Everything => Vec::new(),
        Chosen::Items(items) => items.clone(),
    };
    event.in_portal(portal).with_data(json!({ "archive": true, "entries": entries, "items": items }))
}
