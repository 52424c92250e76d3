//! Every statement about clients and companies.

mod clients;
mod companies;
mod erasing;

pub use clients::*;
pub use companies::*;
pub use erasing::{
    BeforeErasure, before_erasure, erase_client, holder_since, objects_of_client, record_person_export,
};
