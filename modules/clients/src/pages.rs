//! Handlers.

pub mod clients;
pub mod companies;
pub mod erasing;

use maud::Markup;
use portico_kernel::{Answer, Partial, Staff};

/// A dialog by itself for `dialog.js`, or a page around it.
fn dialog_page(staff: &Staff, partial: Partial, title: &str, dialog: Markup) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(title, dialog),
    }
}
