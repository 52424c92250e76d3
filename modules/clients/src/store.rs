//! Every statement about clients and companies.

mod clients;
mod companies;

pub use clients::*;
pub use companies::*;
