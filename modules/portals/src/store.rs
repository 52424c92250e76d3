//! Every statement of this module. Each filters by the organization; those for clients start from a
//! predicate of `visibility.rs` or from the kernel's `client_items`.

pub mod activity;
pub mod archival;
pub mod client;
pub mod covers;
pub mod deleted;
pub mod deletion;
pub mod embeds;
pub mod folders;
pub mod items;
pub mod kept;
pub mod links;
pub mod notes;
pub mod offline;
pub mod organization;
pub mod pictures;
pub mod portals;
pub mod purge;
pub mod reminders;
pub mod sections;
pub mod selection;
pub mod sight;
pub mod templates;
