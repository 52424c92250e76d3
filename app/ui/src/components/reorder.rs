//! Lists whose order a person decides: by dragging, by keyboard, or with the two buttons that are
//! there without JavaScript.

use maud::{Markup, html};

use super::{Button, button_form, icon, item_row::Row, item_row::row_content};
use crate::texts::Text;

pub struct ReorderRow<'a> {
    /// What is posted as `order=`, once per row.
    pub key: &'a str,
    pub row: Row<'a>,
    /// Where "Move up" and "Move down" post; none on the first and on the last row.
    pub up: Option<&'a str>,
    pub down: Option<&'a str>,
}

/// `href` takes the new order as `order=a&order=b` (with `form_token`), and answers 204.
pub fn reorder_list(text: Text, token: &str, id: &str, href: &str, rows: &[ReorderRow<'_>]) -> Markup {
    html! {
        ul.list id=(id) role="list" data-reorder data-reorder-href=(href) data-reorder-token=(token)
            data-reorder-lifted=(text.say("ui-reorder-lifted")) data-reorder-moved=(text.say("ui-reorder-moved"))
            data-reorder-dropped=(text.say("ui-reorder-dropped")) data-reorder-into=(text.say("ui-reorder-into")) data-reorder-cancelled=(text.say("ui-reorder-cancelled")) {
            @for entry in rows { (reorder_row(text, token, entry)) }
        }
    }
}

pub fn reorder_row(text: Text, token: &str, entry: &ReorderRow<'_>) -> Markup {
    let handle = text.say_with("ui-reorder-handle", &[("name", entry.row.name.into())]);
    let move_up = text.say_with("ui-move-up", &[("name", entry.row.name.into())]);
    let move_down = text.say_with("ui-move-down", &[("name", entry.row.name.into())]);
    html! {
        li.row id=[&entry.row.id] data-reorder-key=(entry.key) {
            button.reorder-handle.needs-script type="button" data-reorder-handle title=(handle) {
                (icon("grip")) span.visually-hidden { (handle) }
            }
            (row_content(&entry.row))
            div.reorder-buttons.without-script {
                @if let Some(up) = entry.up { (button_form(token, up, Button::quiet(move_up).icon_only("arrow-up").small())) }
                @if let Some(down) = entry.down { (button_form(token, down, Button::quiet(move_down).icon_only("arrow-down").small())) }
            }
        }
    }
}

pub fn sample() -> Markup {
    let row =
        |key, name| ReorderRow { key, row: Row { name, ..Row::default() }, up: Some("#"), down: Some("#") };
    reorder_list(
        Text::default(),
        "token",
        "sample-reorder",
        "#",
        &[row("1", "Kick-off"), row("2", "Design"), row("3", "Launch")],
    )
}
