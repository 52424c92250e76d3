//! Fragments: one function for each thing on the screen.

pub mod awaited;
pub mod client;
pub mod contact;
pub mod cover;
pub mod deleted;
pub mod dialogs;
pub mod embed;
pub mod listing;
pub mod logo;
pub mod note;
pub mod portal_list;
pub mod sections;
pub mod selection;
pub mod settings;
pub mod staff_home;
pub mod staff_portal;
pub mod templates;
pub mod undo;

use portico_facts::{ItemId, PortalId};
use portico_kernel::{Core, Instant};
use portico_ui::{
    Markup, Text,
    components::{Button, Form},
    html,
};

/// Says when something was, in the organization's time zone.
pub struct Moments {
    text: Text,
    zone: String,
    now: Instant,
}

impl Moments {
    pub fn new(tx: &Core, text: Text) -> Self {
        Self { text, zone: tx.organization_profile().time_zone.clone(), now: tx.now() }
    }

    pub fn ago(&self, at: Instant) -> String {
        self.text.ago(at.in_zone(&self.zone), self.now.in_zone(&self.zone))
    }

    pub fn day(&self, at: Instant) -> String {
        self.text.date(at.in_zone(&self.zone).date())
    }
}

/// A portal's page, or a folder's in it, for staff.
pub fn staff_place(portal: PortalId, folder: Option<ItemId>) -> String {
    place("/staff/portals", portal, folder)
}

/// The same for clients.
pub fn client_place(portal: PortalId, folder: Option<ItemId>) -> String {
    place("/portals", portal, folder)
}

fn place(under: &str, portal: PortalId, folder: Option<ItemId>) -> String {
    match folder {
        Some(folder) => format!("{under}/{portal}?folder={folder}"),
        None => format!("{under}/{portal}"),
    }
}

/// A form's address that remembers the folder it was opened in.
pub fn with_folder(address: String, folder: Option<ItemId>) -> String {
    match folder {
        Some(folder) => format!("{address}?folder={folder}"),
        None => address,
    }
}

pub fn count_items(text: Text, count: i64) -> String {
    text.say_with("ui-count-items", &[("count", count.into())])
}

/// An entry of a menu that posts and gets the listing back.
fn menu_form_for_items(token: &str, action: &str, icon: &'static str, label: &str) -> Markup {
    Form::post(token, action).replaces("#items").inline().body(html! {
        (Button::quiet(label).icon(icon).wide())
    })
}
