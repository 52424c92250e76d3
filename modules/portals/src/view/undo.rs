//! What was just done, and the way back.

use portico_facts::{ItemId, PortalId};
use portico_ui::{
    Frame, Markup,
    components::{Undo, toast},
};

use crate::item::Item;

pub fn deletion_toast(frame: &Frame, portal: PortalId, deleted: &[Item]) -> Markup {
    let action = format!("/staff/portals/{portal}/selection/restoration?{}", named(deleted));
    undo_toast(frame, &words(frame, "portals-was-deleted", "portals-were-deleted", deleted), &action)
}

/// Back into `folder`, from wherever they are now.
pub fn move_toast(frame: &Frame, portal: PortalId, folder: Option<ItemId>, moved: &[Item]) -> Markup {
    let folder = folder.map(|folder| folder.to_string()).unwrap_or_default();
    let action = format!("/staff/portals/{portal}/selection/folder/removal?folder={folder}&{}", named(moved));
    undo_toast(frame, &words(frame, "portals-was-moved", "portals-were-moved", moved), &action)
}

fn words(frame: &Frame, one: &str, several: &str, items: &[Item]) -> String {
    match items {
        [item] => frame.text.say_with(one, &[("name", item.name.as_str().into())]),
        _ => frame.text.say_with(several, &[("count", items.len().into())]),
    }
}

fn undo_toast(frame: &Frame, message: &str, action: &str) -> Markup {
    toast(frame.text, message, Some(Undo { token: &frame.form_token, action }))
}

fn named(items: &[Item]) -> String {
    let fields: Vec<String> = items.iter().map(|item| format!("item={}", item.id)).collect();
    fields.join("&")
}
