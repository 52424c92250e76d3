//! Choosing several items of a listing, and what can be done to them. The boxes belong to one form,
//! which shows its buttons as soon as one of them is ticked.

use portico_facts::PortalId;
use portico_ui::{
    Frame, Markup, Text,
    components::{Form, TOKEN_FIELD, icon},
    html,
};

use crate::item::{FOLDER, Item};

const FORM: &str = "selection";

/// Before an item's icon. Rows can be dropped on one that says it is a folder's.
pub fn select_box(text: Text, item: &Item) -> Markup {
    html! {
        input.select-box type="checkbox" name="item" value=(item.id) form=(FORM) autocomplete="off"
            data-drop-into[item.kind == FOLDER]
            aria-label=(text.say_with("portals-select", &[("name", item.name.as_str().into())]));
    }
}

/// It is sent by GET, but for what changes something: the token stays out of addresses.
pub fn selection_bar(frame: &Frame, portal: PortalId) -> Markup {
    let (text, of) = (frame.text, format!("/staff/portals/{portal}/selection"));
    let download = frame.pages.find("/staff/portals/:portal/download");
    html! {
        form.selection-bar id=(FORM) method="get" action={ (of) "/folder" } aria-label=(text.say("portals-selected")) {
            button.button.button-secondary.button-small type="submit" {
                (icon("move")) span { (text.say("portals-move-selected")) }
            }
            @if download.is_some() {
                button.button.button-secondary.button-small type="submit" data-download
                    formaction={ "/staff/portals/" (portal) "/download" } {
                    (icon("download")) span { (text.say("portals-download-selected")) }
                }
            }
            button.button.button-secondary.button-small type="submit" formmethod="post"
                formaction={ (of) "/deletion" } name=(TOKEN_FIELD) value=(frame.form_token) {
                (icon("trash")) span { (text.say("portals-delete-selected")) }
            }
        }
    }
}

/// Sent by `reorder.js` when rows are dropped on a folder, with a field `item` for each.
pub fn drop_form(frame: &Frame, portal: PortalId) -> Markup {
    Form::post(&frame.form_token, &format!("/staff/portals/{portal}/selection/folder"))
        .replaces("#items")
        .inline()
        .id("drop-into")
        .body(html! { input type="hidden" name="folder"; })
}
