//! Many small files, one after the other on 16 connections: shown in the page, and downloaded, of
//! which each is written into the audit log.

use anyhow::Result;

use super::Office;
use crate::{
    load::Load,
    process::Process,
    settings::Settings,
    table::{Limit, Row},
};

/// In bytes.
const SIZE: u64 = 100 << 10;

pub async fn measure(server: &Process, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    let (ada, carol) = (office.ada.at(server), office.carol.at(server));
    let file = ada.upload(server, &office.archive, "small.bin", SIZE).await?;
    let shown = vec![carol.get(&format!("/files/{file}/content"))];
    let downloaded = vec![carol.get(&format!("/files/{file}/download"))];
    let shown = Load::put_on(server, shown, 16, settings.duration).await?;
    let downloaded = Load::put_on(server, downloaded, 16, settings.duration).await?;
    Ok(vec![
        Row::new("100 KiB files, shown, 16 connections", shown.per_second()).limit(Limit::AtLeast(1_200.0)),
        Row::new("  processor time of a file", shown.processor_time_per_request()),
        Row::new("100 KiB files, downloaded, 16 connections", downloaded.per_second())
            .limit(Limit::AtLeast(1_200.0)),
        Row::new("  processor time of a file", downloaded.processor_time_per_request()),
    ])
}
