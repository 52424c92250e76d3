//! What a server keeps in memory, as its proportional set size.

use std::{sync::Arc, time::Duration};

use anyhow::{Result, ensure};
use tokio::{task::JoinSet, time::sleep};

use super::Office;
use crate::{
    portico::Portico,
    process::Process,
    settings::Settings,
    table::{Limit, Row, Unit},
};

const SAMPLED: Duration = Duration::from_millis(20);
/// For the search index to be opened and the jobs to be looked through.
const SETTLING: Duration = Duration::from_secs(2);

pub async fn measure(portico: &Portico, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    let (idle, growth) = during_transfers(portico, office, settings.file_size).await?;
    Ok(vec![
        Row::new("memory, idle", Unit::Mebibytes.of(idle)).limit(Limit::AtMost(35.0)),
        growth_row("folder", settings.file_size, growth),
    ])
}

pub fn growth_row(store: &str, size: u64, growth: f64) -> Row {
    let name = format!("  growth during four transfers of {} MiB, {store}", size >> 20);
    Row::new(name, Unit::Mebibytes.of(growth)).limit(Limit::AtMost(32.0))
}

/// What a server keeps that was just started and has shown one page, and how much more at most while two
/// large files go down, one comes up in a form and one by tus.
pub async fn during_transfers(portico: &Portico, office: &Office, size: u64) -> Result<(f64, f64)> {
    let server = portico.serve()?;
    office.carol.at(&server).page(&server, &format!("/portals/{}", office.portal)).await?;
    sleep(SETTLING).await;
    let idle = server.memory()?;
    let highest = highest_during_transfers(server, office, size).await?;
    Ok((idle, highest - idle))
}

/// Of a server that has been through all that was measured.
pub fn loaded(server: &Process) -> Result<[Row; 1]> {
    let memory = Unit::Mebibytes.of(server.memory()?);
    Ok([Row::new("memory, after all of this", memory).limit(Limit::AtMost(100.0))])
}

async fn highest_during_transfers(server: Process, office: &Office, size: u64) -> Result<f64> {
    let (ada, carol) = (Arc::new(office.ada.at(&server)), Arc::new(office.carol.at(&server)));
    let server = Arc::new(server);
    let mut transfers = JoinSet::new();
    let (by, portal, to) = (ada.clone(), office.archive.clone(), server.clone());
    transfers.spawn(async move { by.upload(&to, &portal, "first.bin", size).await.map(drop) });
    let (by, portal, to) = (ada, office.archive.clone(), server.clone());
    transfers.spawn(async move { by.upload_resumably(&to, &portal, "second.bin", (size, size)).await });
    for _ in 0..2 {
        let (carol, file, from) = (carol.clone(), office.file.clone(), server.clone());
        transfers.spawn(async move {
            ensure!(carol.download(&from, &file).await? == size, "a download was cut short");
            Ok(())
        });
    }
    let mut highest = server.memory()?;
    while !transfers.is_empty() {
        tokio::select! {
            Some(transferred) = transfers.join_next() => transferred??,
            () = sleep(SAMPLED) => {}
        }
        highest = highest.max(server.memory()?);
    }
    Ok(highest)
}
