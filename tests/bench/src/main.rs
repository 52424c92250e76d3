//! `make bench`: what Portico does, beside its peers and limits, as ratios taken in one run. It
//! deliberately never fails on a time: machines differ, and a busy one proves nothing.
//!
//! Portico runs as the program that people start, on data that went in through its own addresses.
//! The peers are what is left when the product is taken away: poem and maud alone, SQLite's FTS5,
//! the bare object store.

mod bare;
mod bucket;
mod corpus;
mod crowd;
mod flood;
mod full_text;
mod http;
mod load;
mod picture;
mod portals;
mod portico;
mod process;
mod questions;
mod rows;
mod settings;
mod table;
mod visitor;

use anyhow::Result;

use crate::{settings::Settings, table::Table};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("bare") => bare::serve(arguments.next().unwrap_or_default().parse()?).await,
        Some("bucket") => bucket::serve(&arguments.next().unwrap_or_default()).await,
        _ => measure(&Settings::from_environment()?).await,
    }
}

async fn measure(settings: &Settings) -> Result<()> {
    let folder = settings::scratch_folder()?;
    let mut table = Table::default();
    let measured = rows::measure(settings, folder.path(), &mut table).await;
    // What was measured before something went wrong is worth its time too.
    println!("{table}");
    measured
}
