//! How files look in the listing of a portal, which the portals module draws.

use maud::html;
use portico_facts::ItemId;
use portico_kernel::{Core, ItemFace, ItemKind, Result, Side};
use portico_ui::{Frame, Text};

use crate::{
    file::{File, ReadingState},
    showing::icon_of,
    store::{self, Sender},
    view::{self, sending::sender_mark},
};

pub fn kind() -> ItemKind {
    ItemKind { kind: "file", faces }
}

fn faces(tx: &mut Core, items: &[ItemId], side: Side, frame: &Frame) -> Result<Vec<ItemFace>> {
    let zone = tx.organization_profile().time_zone.clone();
    let (files, senders) = (store::of_items(tx, items)?, store::senders(tx, items)?);
    Ok(files.iter().map(|file| face(file, senders.get(&file.id()), side, &zone, frame.text)).collect())
}

fn face(file: &File, sender: Option<&Sender>, side: Side, zone: &str, text: Text) -> ItemFace {
    let File { item, content } = file;
    let href = view::href(side, item.id);
    ItemFace {
        item: item.id,
        icon: icon_of(&content.media_type),
        meta: html! {
            @if let Some(sender) = sender { (sender_mark(text, side, sender)) }
            (text.bytes(content.size())) " · " (text.short_date(content.added_at.in_zone(zone).date()))
            @match (content.reading, side) {
                (ReadingState::Pending, _) => { " · " (text.say("files-reading")) }
                (ReadingState::Unreadable(_), Side::Staff) => { " · " (text.say("files-unreadable")) }
                _ => {}
            }
        },
        thumbnail: content.pictures.thumbnail().map(|_| format!("{href}/thumbnail")),
        href,
    }
}
