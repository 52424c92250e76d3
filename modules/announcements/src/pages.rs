//! Handlers.

pub mod client;
pub mod staff;

use portico_ui::MarkedWords;
use serde::Deserialize;

/// The words with which a search found what the address leads to.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sought {
    words: String,
}

impl Sought {
    fn words(&self) -> MarkedWords {
        MarkedWords::new(&self.words)
    }
}
