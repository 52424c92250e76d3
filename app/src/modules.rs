//! THE list of modules. Taking a line out takes the module out of the product.

use std::path::Path;

use portico_kernel::Module;

use crate::operations::Operations;

/// `index`: the folder of the search index.
pub fn modules(index: &Path, operations: Operations) -> Vec<Box<dyn Module>> {
    vec![
        Box::new(operations),
        Box::new(portico_accounts::Accounts),
        Box::new(portico_clients::Clients),
        Box::new(portico_projects::Projects),
        Box::new(portico_portals::Portals),
        Box::new(portico_sharing::Sharing),
        Box::new(portico_files::Files),
        Box::new(portico_billing::Billing),
        Box::new(portico_messages::Messages),
        Box::new(portico_announcements::Announcements),
        Box::new(portico_notifications::Notifications),
        Box::new(portico_activity::Activity),
        Box::new(portico_audience::Audience),
        Box::new(portico_audit::Audit),
        Box::new(portico_domains::Domains),
        Box::new(portico_search::Search::new(index)),
    ]
}
