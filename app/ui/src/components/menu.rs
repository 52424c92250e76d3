//! Menus that open without JavaScript; `menu.js` closes them on Escape and on a click elsewhere.

use maud::{Markup, html};

use super::{button::Button, form::button_form, icon};

/// "More" behind three dots. `name` is what a screen reader says ("Actions for Draft.pdf").
pub fn menu(title: &str, name: &str, entries: Markup) -> Markup {
    html! {
        details.menu {
            summary.button.button-quiet.button-icon title=(title) { (icon("more")) span.visually-hidden { (name) } }
            div.menu-entries { (entries) }
        }
    }
}

/// A menu behind a button with a word ("New").
pub fn button_menu(label: &str, icon_name: Option<&'static str>, entries: Markup) -> Markup {
    html! {
        details.menu {
            summary.button.button-secondary {
                @if let Some(name) = icon_name { (icon(name)) }
                span { (label) }
                (icon("chevron-down"))
            }
            div.menu-entries { (entries) }
        }
    }
}

pub fn menu_link(href: &str, icon_name: Option<&'static str>, label: &str) -> Markup {
    html! { a.menu-entry href=(href) { @if let Some(name) = icon_name { (icon(name)) } span { (label) } } }
}

/// Opens as a dialog where it can.
pub fn menu_dialog(href: &str, icon_name: Option<&'static str>, label: &str) -> Markup {
    html! { a.menu-entry href=(href) data-dialog { @if let Some(name) = icon_name { (icon(name)) } span { (label) } } }
}

/// An entry that changes something posts a form.
pub fn menu_form(token: &str, action: &str, icon_name: &'static str, label: &str) -> Markup {
    button_form(token, action, Button::quiet(label).icon(icon_name).wide())
}

pub fn menu_divider() -> Markup {
    html! { hr.menu-divider; }
}

pub fn sample() -> Markup {
    html! {
        (menu("More", "Actions for Draft.pdf", html! {
            (menu_link("#", Some("download"), "Download"))
            (menu_dialog("#", Some("pencil"), "Rename"))
            (menu_divider())
            (menu_form("token", "#", "trash", "Delete"))
        }))
        (button_menu("New", Some("plus"), html! { (menu_link("#", Some("note"), "Add note")) }))
    }
}
