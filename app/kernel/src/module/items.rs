//! Kinds of items, and on whose pages they are shown.

use maud::Markup;
use portico_facts::ItemId;
use portico_ui::Frame;

use crate::{error::Result, transaction::Core};

/// A kind of item that a module other than portals brings, such as a file.
#[derive(Clone, Copy)]
pub struct ItemKind {
    /// As in `items.kind`.
    pub kind: &'static str,
    /// What the listing shows beside the name, for these items of one portal, in one query.
    pub faces: Faces,
}

pub type Faces = fn(&mut Core, &[ItemId], Side, &Frame) -> Result<Vec<ItemFace>>;

/// On whose pages something is shown; addresses differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Staff,
    Client,
}

pub struct ItemFace {
    pub item: ItemId,
    pub href: String,
    /// A name of the icon sprite.
    pub icon: &'static str,
    /// Size and date, or whatever says most.
    pub meta: Markup,
    /// Address of a small picture, if there is one.
    pub thumbnail: Option<String>,
}
