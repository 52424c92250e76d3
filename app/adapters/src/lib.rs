//! The outside world behind the kernel's traits: mail by lettre, objects by object_store. No rules
//! of the product live here.

pub mod dns;
mod internet;
mod mail;
mod objects;
mod reading;
mod resumable;
mod watched;

pub use internet::Outdoors;
pub use mail::{MailFolder, Smtp, StoredMail};
pub use objects::Store;
pub use watched::{Delivery, OUTSIDE_CALLS, OutsideCalls, Verb, Watched};
