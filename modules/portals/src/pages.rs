//! Handlers: take the guard, call the store, return a view.

pub mod archival;
pub mod awaited;
pub mod brand;
pub mod client;
pub mod cover;
pub mod deed;
pub mod deleted;
pub mod embed;
pub mod embeds;
pub mod folders;
pub mod items;
pub mod links;
pub mod logo;
pub mod notes;
pub mod offline;
pub mod portal;
pub mod portals;
pub mod public;
pub mod sections;
pub mod selection;
pub mod settings;
pub mod staff_home;
pub mod templates;

use portico_facts::ItemId;
use portico_kernel::{Answer, Error, Instant, Partial, Registry, Result, Staff, Tx};
use portico_ui::{Frame, MarkedWords, Markup};
use serde::Deserialize;

use self::deed::Deed;

/// What may follow the `?` of a portal's address. Anything else there is ignored.
#[derive(Default, Deserialize)]
pub struct Place {
    folder: Option<String>,
    /// What was just deleted here, to be brought back; ids between commas.
    deleted: Option<String>,
    /// What was just moved away from here.
    moved: Option<String>,
    /// The moment after which things are new to the reader, in microseconds.
    since: Option<i64>,
    /// How to look at the items from now on.
    layout: Option<String>,
}

impl Place {
    /// # Errors
    /// [`Error::NotFound`] for what cannot be a folder's id.
    pub fn folder(&self) -> Result<Option<ItemId>> {
        folder_named(self.folder.as_deref().unwrap_or_default())
    }

    pub fn deleted<Id: std::str::FromStr>(&self) -> Option<Id> {
        self.deleted.as_deref()?.parse().ok()
    }

    pub fn layout(&self) -> Option<&str> {
        self.layout.as_deref()
    }

    /// What was just done here to items, as the page before left it in the address.
    pub fn deed(&self) -> Option<Deed> {
        let ids = |text: &str| text.split(',').map(str::parse).collect::<Result<Vec<ItemId>, _>>().ok();
        match (&self.deleted, &self.moved) {
            (Some(deleted), _) => Some(Deed::Deleted(ids(deleted)?)),
            (None, Some(moved)) => Some(Deed::Moved(ids(moved)?)),
            (None, None) => None,
        }
    }

    pub fn since(&self) -> Option<Instant> {
        self.since.map(Instant::from_micros)
    }
}

/// What may follow the `?` of a note's address: the words with which a search found it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sought {
    words: String,
}

impl Sought {
    pub fn words(&self) -> MarkedWords {
        MarkedWords::new(&self.words)
    }
}

/// The folder in a form's hidden field; nothing is the top of the portal.
pub fn folder_named(id: &str) -> Result<Option<ItemId>> {
    match id {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::NotFound),
    }
}

/// A page for staff, before the shell is around it.
pub struct Page {
    pub title: String,
    pub body: Markup,
    pub toast: Option<Markup>,
}

/// Reads and renders a whole page in one go.
pub async fn staff_page<F>(staff: &Staff, compose: F) -> Result<Answer>
where
    F: FnOnce(&mut Tx, &Frame, &Registry) -> Result<Page> + Send + 'static,
{
    let (mut frame, kernel) = (staff.frame(), staff.kernel().clone());
    let document = staff.read(move |tx| {
        let page = compose(tx, &frame, kernel.registry())?;
        frame.toast = page.toast;
        Ok(portico_ui::staff_page(&frame, &page.title, page.body))
    });
    Ok(Answer::page(document.await?))
}

pub async fn staff_fragment<F>(staff: &Staff, compose: F) -> Result<Markup>
where
    F: FnOnce(&mut Tx, &Frame, &Registry) -> Result<Markup> + Send + 'static,
{
    let (frame, kernel) = (staff.frame(), staff.kernel().clone());
    staff.read(move |tx| compose(tx, &frame, kernel.registry())).await
}

/// A dialog by itself for `dialog.js`, or a page around it.
pub fn dialog_page(staff: &Staff, partial: Partial, title: &str, dialog: Markup) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(title, dialog),
    }
}
