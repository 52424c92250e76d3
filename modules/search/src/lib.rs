//! Search finds what the other modules hand in. It deliberately decides about nobody's rights: the
//! index is asked with the viewer's grants of this moment, and whatever it finds is read again
//! through the guard by the module that owns it.

mod asked;
mod change;
mod chips;
mod following;
mod kept_index;
mod kinds;
mod looking;
mod names;
mod narrowing;
mod pages;
mod rebuilding;
mod reindexing;
mod results;
mod store;
mod view;

use std::{path::Path, sync::Arc};

use poem::EndpointExt;
use portico_kernel::{Access, Additions, Module, Permission};
use portico_ui::Language;

use crate::{following::Following, kept_index::KeptIndex};

pub use looking::{IndexState, index_state};
pub use reindexing::reindex;

pub struct Search(Arc<KeptIndex>);

impl Search {
    /// With its index in `folder`, which is not looked at before the server runs.
    pub fn new(folder: &Path) -> Self {
        Self(Arc::new(KeptIndex::new(folder)))
    }
}

impl Module for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.get("/staff/search", Access::Staff(Permission::Assigned), pages::for_staff.data(self.0.clone()));
        add.get("/search", Access::Client, pages::for_client.data(self.0.clone()));
        add.follower(Following::new(self.0.clone()));
    }
}
