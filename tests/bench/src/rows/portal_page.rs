//! A portal's page, as a signed-in client, beside poem and maud rendering about as many bytes.

use anyhow::Result;

use super::Office;
use crate::{
    bare,
    load::Load,
    process::Process,
    settings::Settings,
    table::{Limit, Row},
};

const PEER: &str = "poem + maud";

pub async fn measure(server: &Process, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    let carol = office.carol.at(server);
    let path = format!("/portals/{}", office.portal);
    let size = carol.page(server, &path).await?.len();
    let peer = bare::start(size)?;
    let (page, compressed) = (vec![carol.get(&path)], vec![carol.get_compressed(&path)]);
    let bare = vec![bare::request()];
    let duration = settings.duration;

    let one = Load::put_on(server, page.clone(), 1, duration).await?;
    let bare_one = Load::put_on(&peer, bare.clone(), 1, duration).await?;
    let many = Load::put_on(server, page, 16, duration).await?;
    let bare_many = Load::put_on(&peer, bare, 16, duration).await?;
    let gzip = Load::put_on(server, compressed, 16, duration).await?;

    let name = format!("portal page of {} KiB", size / 1024);
    Ok(vec![
        Row::new(format!("{name}, 1 connection"), one.per_second()).beside(PEER, bare_one.per_second()),
        time("p50", 50, &one, &bare_one).limit(Limit::AtMost(1.0)),
        time("p99", 99, &one, &bare_one),
        Row::new(format!("{name}, 16 connections"), many.per_second())
            .beside(PEER, bare_many.per_second())
            .limit(Limit::OfPeer(0.10)),
        time("p50", 50, &many, &bare_many),
        time("p99", 99, &many, &bare_many).limit(Limit::AtMost(12.0)),
        Row::new("  processor time of a page", many.processor_time_per_request())
            .beside(PEER, bare_many.processor_time_per_request())
            .limit(Limit::AtMost(0.44)),
        Row::new(format!("{name}, 16 connections, gzip"), gzip.per_second()),
        Row::new("  processor time of a page", gzip.processor_time_per_request()),
    ])
}

fn time(name: &str, percent: usize, portico: &Load, peer: &Load) -> Row {
    Row::new(format!("  {name}"), portico.times.percentile(percent))
        .beside(PEER, peer.times.percentile(percent))
}
