//! A portal as a website that opens without a server: what its modules have of it, as one person sees it, in pages and
//! files whose addresses are relative. A module says by `add.offline_part` what it puts in.

mod copying;
mod names;

use std::collections::HashMap;

use diesel::prelude::*;
use futures_util::{FutureExt, future::BoxFuture};
use maud::Markup;
use portico_facts::{ItemId, PersonId, PortalId, ProjectId};
use portico_ui::Text;

use self::names::Names;
pub use self::names::OfflinePath;
use crate::{
    error::{Error, Result},
    guard::{Staff, Viewer},
    registry::Registry,
    schema::{grants, items, people},
    transaction::{ClientTx, Core, Tx},
    visibility::{client_items_in, granted, shown_items},
};

/// A module's part of a copy.
#[derive(Clone, Copy)]
pub struct OfflinePart {
    /// Among all of them.
    pub name: &'static str,
    /// Parts of the first page stand in ascending order.
    pub order: i16,
    /// Of items that have a file or a page of their own in the copy.
    pub kinds: &'static [OfflineKind],
    pub gather: fn(&mut OfflineTx<'_, '_>, &mut OfflineCopy) -> Result<()>,
}

/// Where the items of one kind are.
#[derive(Clone, Copy, Debug)]
pub struct OfflineKind {
    /// As in `items.kind`.
    pub kind: &'static str,
    /// A folder of the copy.
    pub folder: &'static str,
    /// Of pages; what has none is a file and keeps its own.
    pub ending: Option<&'static str>,
}

/// Whose copy it is. A client's goes through the client's own predicates (T2).
pub enum OfflineTx<'t, 'c> {
    Staff(&'t mut Tx<'c>),
    Client(&'t mut ClientTx<'c>),
}

impl<'c> OfflineTx<'_, 'c> {
    pub fn core(&mut self) -> &mut Core<'c> {
        match self {
            Self::Staff(tx) => tx,
            Self::Client(tx) => tx,
        }
    }
}

/// Who reads what is copied, while it is sent.
#[derive(Clone)]
pub enum OfflineEyes {
    Staff(Staff),
    Client(Viewer),
}

impl OfflineEyes {
    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut OfflineTx<'_, '_>) -> Result<T> + Send + 'static,
    {
        match self {
            Self::Staff(staff) => staff.read(move |tx| work(&mut OfflineTx::Staff(tx))).await,
            Self::Client(viewer) => viewer.read(move |tx| work(&mut OfflineTx::Client(tx))).await,
        }
    }
}

/// What is copied.
#[derive(Clone, Debug)]
pub struct OfflinePlan {
    pub portal: PortalId,
    pub name: String,
    pub project: Option<ProjectId>,
}

/// An item as its reader sees it.
#[derive(Clone, Debug)]
pub struct OfflineItem {
    pub id: ItemId,
    pub folder: Option<ItemId>,
    pub kind: String,
    pub name: String,
    /// `None` for what has neither a file nor a page, such as a link.
    pub path: Option<OfflinePath>,
}

/// A page before it is written.
pub struct OfflinePage {
    pub path: OfflinePath,
    pub title: String,
    /// From the portal's first page, which stands there by itself, down to what it lies in.
    pub above: Vec<(OfflinePath, String)>,
}

/// What a page says.
pub struct OfflineWords {
    pub body: Markup,
    /// What is found of it, without marks.
    pub words: String,
}

pub type MakeBytes = Box<dyn FnOnce(OfflineEyes) -> BoxFuture<'static, Result<Vec<u8>>> + Send>;

/// Where the bytes of a file come from, when its turn comes.
pub enum OfflineBytes {
    /// An object of the store; `size` in bytes.
    Stored { key: String, size: u64 },
    /// A small one, which is in memory as a whole.
    Made(MakeBytes),
}

impl OfflineBytes {
    /// As `make` reads them when their turn comes.
    pub fn made<M, F>(make: M) -> Self
    where
        M: FnOnce(OfflineEyes) -> F + Send + 'static,
        F: Future<Output = Result<Vec<u8>>> + Send + 'static,
    {
        Self::Made(Box::new(move |eyes| make(eyes).boxed()))
    }
}

type ReadPage = Box<dyn FnOnce(&mut OfflineTx<'_, '_>) -> Result<OfflineWords> + Send>;

enum Leaf {
    Page(OfflinePage, ReadPage),
    File { path: OfflinePath, title: Option<String>, bytes: OfflineBytes },
}

/// A copy while the modules say what is in it. In memory are names and places; words and bytes are read when they are
/// sent.
pub struct OfflineCopy {
    pub plan: OfflinePlan,
    pub text: Text,
    items: Vec<OfflineItem>,
    paths: HashMap<ItemId, OfflinePath>,
    names: Names,
    front: Vec<Markup>,
    front_words: String,
    leaves: Vec<Leaf>,
}

impl OfflineCopy {
    fn gather(
        tx: &mut OfflineTx<'_, '_>,
        plan: OfflinePlan,
        text: Text,
        registry: &Registry,
    ) -> Result<Self> {
        let mut copy = Self {
            plan,
            text,
            items: Vec::new(),
            paths: HashMap::new(),
            names: Names::default(),
            front: Vec::new(),
            front_words: String::new(),
            leaves: Vec::new(),
        };
        let parts = registry.offline_parts();
        let kinds: HashMap<&str, OfflineKind> =
            parts.iter().flat_map(|part| part.kinds).map(|kind| (kind.kind, *kind)).collect();
        for (id, folder, kind, name) in seen_items(tx, copy.plan.portal)? {
            let place = kinds.get(kind.as_str());
            let path = place.map(|place| copy.names.give(place.folder, &name, place.ending));
            copy.paths.extend(path.clone().map(|path| (id, path)));
            copy.items.push(OfflineItem { id, folder, kind, name, path });
        }
        for part in parts {
            (part.gather)(tx, &mut copy)?;
        }
        Ok(copy)
    }

    /// All that its reader sees, in the order of the listings.
    pub fn items(&self) -> &[OfflineItem] {
        &self.items
    }

    pub fn path_of(&self, item: ItemId) -> Option<&OfflinePath> {
        self.paths.get(&item)
    }

    /// A place that nothing else has, for a thing of this name.
    pub fn place(&mut self, folder: &str, name: &str, ending: Option<&str>) -> OfflinePath {
        self.names.give(folder, name, ending)
    }

    /// The next part of the first page, and what is found of it.
    pub fn on_first_page(&mut self, part: Markup, words: &str) {
        self.front.push(part);
        self.front_words.push_str(words);
        self.front_words.push('\n');
    }

    pub fn page<R>(&mut self, page: OfflinePage, read: R)
    where
        R: FnOnce(&mut OfflineTx<'_, '_>) -> Result<OfflineWords> + Send + 'static,
    {
        self.leaves.push(Leaf::Page(page, Box::new(read)));
    }

    /// `title`: under which it is found; without one it is not.
    pub fn file(&mut self, path: OfflinePath, title: Option<String>, bytes: OfflineBytes) {
        self.leaves.push(Leaf::File { path, title, bytes });
    }
}

type ItemRow = (ItemId, Option<ItemId>, String, String);

fn seen_items(tx: &mut OfflineTx<'_, '_>, portal: PortalId) -> Result<Vec<ItemRow>> {
    let columns = (items::id, items::folder_id, items::kind, items::name);
    let order = (items::position, items::id);
    Ok(match tx {
        OfflineTx::Staff(tx) => shown_items(tx.organization())
            .filter(items::portal_id.eq(portal))
            .order(order)
            .select(columns)
            .load(tx.db())?,
        OfflineTx::Client(tx) => {
            let (organization, person) = tx.sight();
            client_items_in(organization, person, portal).order(order).select(columns).load(tx.db())?
        }
    })
}

/// A copy may be on its way for hours: whoever lost the portal meanwhile, or was removed, gets no further file of it (P12).
fn still_see(tx: &mut OfflineTx<'_, '_>, portal: PortalId) -> Result<()> {
    match tx {
        OfflineTx::Staff(tx) => {
            let (organization, actor) = (tx.organization(), tx.actor().ok_or(Error::NotFound)?);
            let there = people::table.find((organization, actor)).filter(people::removed_at.is_null());
            there.select(people::id).first::<PersonId>(tx.db())?;
        }
        OfflineTx::Client(tx) => {
            let (organization, person) = tx.sight();
            let theirs = granted(organization, person).filter(grants::portal_id.eq(portal));
            theirs.select(grants::portal_id).first::<PortalId>(tx.db())?;
        }
    }
    Ok(())
}
