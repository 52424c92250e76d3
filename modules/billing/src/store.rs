//! Every statement about billing.

mod answers;
pub mod client;
mod credits;
mod documents;
mod invoicing;
mod issuing;
mod lines;
mod listing;
mod payments;
mod periods;
mod profile;
mod quotes;
mod recipients;
mod sheets;
mod standings;
mod subscriptions;
mod taxes;
mod terms;

pub use answers::*;
pub use credits::*;
pub use documents::*;
pub use invoicing::*;
pub use issuing::*;
pub use lines::*;
pub use listing::*;
pub use payments::*;
pub use periods::*;
pub use profile::*;
pub use quotes::*;
pub use recipients::*;
pub use sheets::*;
pub use standings::*;
pub use subscriptions::*;
pub use taxes::*;
pub use terms::*;
