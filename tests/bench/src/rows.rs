//! One file for each group of rows, and the installation that most of them look at.

mod billing;
mod documents;
mod first_visit;
mod growth;
mod library;
mod machines;
mod memory;
mod office;
mod overload;
mod portal_page;
mod reading;
mod search_index;
mod search_page;
mod sign_ins;
mod slow;
mod small_files;
mod soak;
mod start;
mod streams;
mod transfers;

use std::path::Path;

use anyhow::Result;

pub use self::office::Office;
use crate::{
    portico::Portico,
    settings::{FEW_DOCUMENTS, Settings},
    table::Table,
};

/// Those that are measured on an installation of many documents, in this order, after the others.
const AT_THE_OFFICE: [&str; 11] = [
    "start",
    "memory",
    "reading",
    "first-visit",
    "portal-page",
    "search-page",
    "large-files",
    "small-files",
    "overload",
    "slow",
    "growth",
];

pub async fn measure(settings: &Settings, folder: &Path, table: &mut Table) -> Result<()> {
    let wanted = |group: &str| {
        let wanted = settings.want(group);
        if wanted {
            // So that whoever waits sees that something is going on.
            eprintln!("measuring: {group}");
        }
        wanted
    };
    if wanted("search-index") {
        table.add(search_index::measure(settings, folder)?);
    }
    if wanted("search-library") {
        table.add(library::measure(&folder.join("library"), settings).await?);
    }
    if wanted("billing") {
        table.add(billing::measure(&folder.join("books"), settings).await?);
    }
    if wanted("sign-ins") {
        table.add(sign_ins::measure(&folder.join("door"), settings).await?);
    }
    if wanted("streams") {
        table.add(streams::measure(&folder.join("streams")).await?);
    }
    if settings.is_named("soak") && wanted("soak") {
        table.add(soak::measure(&folder.join("soak"), settings).await?);
    }
    if !AT_THE_OFFICE.iter().any(|group| settings.want(group)) {
        return Ok(());
    }
    eprintln!("moving in: the demo and its documents");
    let portico = Portico::fill(&folder.join("portico"), &[])?;
    let office = Office::move_in(&portico, &portico.serve()?, settings).await?;
    if wanted("start") {
        table.add(start::measure(&portico, FEW_DOCUMENTS).await?);
    }
    if wanted("memory") {
        table.add(memory::measure(&portico, &office, settings).await?);
    }
    if wanted("reading") {
        table.add(reading::measure(&portico, &office).await?);
    }
    let server = portico.serve()?;
    if wanted("first-visit") {
        table.add(first_visit::measure(&server, &office).await?);
    }
    if wanted("portal-page") {
        table.add(portal_page::measure(&server, &office, settings).await?);
    }
    if wanted("search-page") {
        table.add(search_page::measure(&server, &office, settings).await?);
    }
    if wanted("large-files") {
        table.add(transfers::of_folder(&server, &office, settings, folder).await?);
        table.add(transfers::of_bucket(settings, folder).await?);
    }
    if wanted("small-files") {
        table.add(small_files::measure(&server, &office, settings).await?);
    }
    if settings.want("memory") {
        table.add(memory::loaded(&server)?);
    }
    // One at a time has the index.
    drop(server);
    if wanted("overload") {
        table.add(overload::measure(&portico, &office, settings).await?);
    }
    if wanted("slow") {
        table.add(slow::measure(&portico, &office, settings).await?);
    }
    if wanted("growth") {
        table.add(growth::measure(&portico.serve()?, &office, settings, folder).await?);
    }
    Ok(())
}
