//! A portal's page of the demo on SQLite, on PostgreSQL, and by two machines on one PostgreSQL. All of them share the cores of
//! this one: what two add is what one leaves idle, and what they cost each other shows. Without PostgreSQL there are no rows.

use std::{fs, path::Path, time::Duration};

use anyhow::Result;
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use tokio::time::sleep;

use super::office::client_and_portal;
use crate::{
    load::Load,
    portico::Portico,
    process::Process,
    settings::Settings,
    table::{Figure, Row, Unit},
    visitor::Visitor,
};

const CAROL: &str = "carol@acme.test";
const DATABASE: &str = "portico_bench";
const CONNECTIONS: usize = 16;
/// For a machine to make its copy of the search index.
const SETTLING: Duration = Duration::from_secs(3);

pub async fn measure(folder: &Path, settings: &Settings) -> Result<Vec<Row>> {
    let Ok(address) = std::env::var("PORTICO_TEST_POSTGRES") else { return Ok(Vec::new()) };
    let embedded = Portico::fill(&folder.join("embedded"), &[])?;
    let embedded = {
        let server = embedded.serve()?;
        let page = Page::of(&embedded, &server).await?;
        page.rate(&server, CONNECTIONS, settings).await?
    };
    make_database(&address)?;
    let objects = folder.join("objects");
    fs::create_dir_all(&objects)?;
    let first = Portico::fill(
        &folder.join("first"),
        &[
            ("DATABASE_URL", format!("{address}/{DATABASE}")),
            ("STORAGE_URL", format!("file://{}", objects.display())),
        ],
    )?;
    let one = first.serve()?;
    let page = Page::of(&first, &one).await?;
    let alone = page.rate(&one, CONNECTIONS, settings).await?;
    let two = first.another_machine(&folder.join("second"))?.serve()?;
    sleep(SETTLING).await;
    let half = CONNECTIONS / 2;
    let (of_one, of_two) =
        tokio::try_join!(page.rate(&one, half, settings), page.rate(&two, half, settings))?;
    let both = Unit::PerSecond.of(of_one.value() + of_two.value());
    Ok(vec![
        Row::new(format!("portal page of the demo, {CONNECTIONS} connections, SQLite"), embedded),
        Row::new("  PostgreSQL, 1 node", alone).beside("SQLite", embedded),
        Row::new("  PostgreSQL, 2 nodes on the same cores", both).beside("1 node", alone),
    ])
}

struct Page {
    carol: Visitor,
    portal: String,
}

impl Page {
    async fn of(portico: &Portico, server: &Process) -> Result<Self> {
        let (carol, portal) = client_and_portal(portico, server, "studio", CAROL).await?;
        Ok(Self { carol, portal })
    }

    async fn rate(&self, server: &Process, connections: usize, settings: &Settings) -> Result<Figure> {
        let request = self.carol.at(server).get(&format!("/portals/{}", self.portal));
        Ok(Load::put_on(server, vec![request], connections, settings.duration).await?.per_second())
    }
}

/// Empty, whatever an earlier run left. Neither statement may share a transaction with another.
fn make_database(address: &str) -> Result<()> {
    let mut db = PgConnection::establish(&format!("{address}/postgres"))?;
    db.batch_execute(&format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"))?;
    db.batch_execute(&format!("CREATE DATABASE {DATABASE}"))?;
    Ok(())
}
