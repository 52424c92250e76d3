//! Billing documents as files: tagged PDF/A-3a, with the EN 16931 data of an invoice inside it (Factur-X, which is
//! ZUGFeRD's other name). It deliberately knows no database, no clock and no language: whoever asks brings everything in
//! words. The same input gives the same bytes.

mod cii;
mod element;
mod face;
mod flow;
mod invoice;
mod layout;
mod metadata;
mod paper;
mod paragraph;
mod pdf;
mod structure;
mod table;

pub use invoice::{Category, Delivery, Invoice, Item, Kind, Payment, TaxTotal, Trader};
pub use paper::{Colour, Day, Fact, Line, Logo, Note, Paper, Party, Table};
pub use pdf::{Undrawable, draw};
