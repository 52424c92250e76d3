//! Every statement about billing.

pub mod client;
mod credits;
mod documents;
mod issuing;
mod lines;
mod listing;
mod payments;
mod profile;
mod quotes;
mod recipients;
mod sheets;
mod taxes;

pub use credits::*;
pub use documents::*;
pub use issuing::*;
pub use lines::*;
pub use listing::*;
pub use payments::*;
pub use profile::*;
pub use quotes::*;
pub use recipients::*;
pub use sheets::*;
pub use taxes::*;
