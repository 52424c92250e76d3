//! Handlers.

mod archives;
pub mod client;
pub mod companies;
pub mod credits;
pub mod drafts;
pub mod export;
pub mod invoices;
pub mod lines;
pub mod methods;
pub mod online;
pub mod papers;
pub mod payments;
pub mod provider;
pub mod quotes;
pub mod receipts;
pub mod reminders;
pub mod sending;
pub mod settings;
pub mod standings;
pub mod statements;
pub mod subscriptions;
pub mod templates;

use maud::Markup;
use portico_kernel::{Answer, Partial, Staff};

/// A dialog by itself for `dialog.js`, or a page around it.
fn dialog_page(staff: &Staff, partial: Partial, title: &str, dialog: Markup) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(title, dialog),
    }
}
