//! How the page of one portal grows dearer with portals that are not on it: first those of others,
//! then those that the same client may open too. Whoever names the group gets documents and machines as well, and with a folder
//! for pictures the curves and all rows as files.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{Office, documents, machines};
use crate::{
    http::Connection,
    load::Load,
    picture::{Curve, Picture, Scale},
    process::Process,
    settings::Settings,
    table::{Figure, Row, Unit, in_markdown},
    visitor::Visitor,
};

const STEPS: [usize; 3] = [10, 100, 1_000];
const CAROL: &str = "carol@acme.test";

pub async fn measure(
    server: &Process,
    office: &Office,
    settings: &Settings,
    folder: &Path,
) -> Result<Vec<Row>> {
    let (mut rows, of_portals) = portals(server, office, settings).await?;
    if !settings.is_named("growth") {
        return Ok(rows);
    }
    let (more, of_documents) = documents::measure(&folder.join("shelves"), settings).await?;
    rows.extend(more);
    rows.extend(machines::measure(&folder.join("machines"), settings).await?);
    if let Some(pictures) = &settings.pictures {
        draw("portals beside the page's own", of_portals).write(pictures, "growth-portals.svg")?;
        draw("documents that are not on the page", of_documents).write(pictures, "growth-documents.svg")?;
        fs::write(pictures.join("growth.md"), in_markdown(&rows))?;
    }
    Ok(rows)
}

fn draw(across: &'static str, curves: Vec<Curve>) -> Picture {
    let title = "What a page costs, p50 at one connection".to_owned();
    Picture { title, across, scale: Scale::Powers, unit: Unit::Milliseconds, curves }
}

async fn portals(server: &Process, office: &Office, settings: &Settings) -> Result<(Vec<Row>, Vec<Curve>)> {
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
    let (mut of_others, mut own) = (Vec::new(), Vec::new());
    for step in STEPS {
        while portals.len() < step {
            portals.push(add_portal(&mut connection, &ada, portals.len()).await?);
        }
        let figure = page(server, office, settings).await?;
        of_others.push((step as f64, figure.value()));
        add_row(format!("  {step} portals of others"), figure);
    }
    let mut granted = 0;
    for step in STEPS {
        for portal in &portals[granted..step] {
            let request = ada.post_form(&format!("/staff/portals/{portal}/sharing"), &[("email", CAROL)]);
            let status = connection.exchange(&request).await?.head.status;
            ensure!(status == 303, "a grant was answered with {status}");
        }
        granted = step;
        let figure = page(server, office, settings).await?;
        own.push((step as f64, figure.value()));
        add_row(format!("  {step} of them the client's own"), figure);
    }
    let of_others = Curve { name: "portal page, portals of others", points: of_others };
    Ok((rows, vec![of_others, Curve { name: "portal page, the client's own portals", points: own }]))
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
