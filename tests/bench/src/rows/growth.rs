//! How the page of one portal grows dearer with portals that are not on it: first those of others,
//! then those that the same client may open too.

use anyhow::{Context, Result, ensure};

use super::Office;
use crate::{
    http::Connection,
    load::Load,
    process::Process,
    settings::Settings,
    table::{Figure, Row},
    visitor::Visitor,
};

const STEPS: [usize; 3] = [10, 100, 1_000];
const CAROL: &str = "carol@acme.test";

pub async fn measure(server: &Process, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    let mut connection = Connection::open(server.address()).await?;
    let ada = office.ada.at(server);
    let mut rows = Vec::new();
    let mut first: Option<Figure> = None;
    let mut add_row = |what: String, figure: Figure| {
        let row = Row::new(what, figure);
        let first = *first.get_or_insert(figure);
        rows.push(row.beside("before", first));
    };
    add_row("portal page, p50, no other portals".to_owned(), page(server, office, settings).await?);
    let mut portals = Vec::new();
    for step in STEPS {
        while portals.len() < step {
            portals.push(add_portal(&mut connection, &ada, portals.len()).await?);
        }
        add_row(format!("  {step} portals of others"), page(server, office, settings).await?);
    }
    let mut granted = 0;
    for step in STEPS {
        for portal in &portals[granted..step] {
            let request = ada.post_form(&format!("/staff/portals/{portal}/sharing"), &[("email", CAROL)]);
            let status = connection.exchange(&request).await?.head.status;
            ensure!(status == 303, "a grant was answered with {status}");
        }
        granted = step;
        add_row(format!("  {step} of them the client's own"), page(server, office, settings).await?);
    }
    Ok(rows)
}

async fn page(server: &Process, office: &Office, settings: &Settings) -> Result<Figure> {
    let request = office.carol.at(server).get(&format!("/portals/{}", office.portal));
    Ok(Load::put_on(server, vec![request], 1, settings.duration / 4).await?.times.percentile(50))
}

/// With a note in it. Returns its id.
async fn add_portal(connection: &mut Connection, ada: &Visitor, number: usize) -> Result<String> {
    let name = format!("Portal number {number}");
    let answer = connection.exchange(&ada.post_form("/staff/portals", &[("name", &name)])).await?;
    let location = answer.head.header("location").context("a new portal is answered with its address")?;
    let portal = location.rsplit('/').next().unwrap_or_default().to_owned();
    let note = [("title", name.as_str()), ("note", "What we agreed on."), ("folder", "")];
    let answer =
        connection.exchange(&ada.post_form(&format!("/staff/portals/{portal}/notes"), &note)).await?;
    ensure!(answer.head.status == 303, "a new note was answered with {}", answer.head.status);
    Ok(portal)
}
