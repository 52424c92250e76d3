//! What the studio asks Carol for, with one file there already. No mail goes out for it.

use diesel::prelude::*;
use jiff::ToSpan;
use portico_facts::{FileRequestId, PersonId, PortalId};
use portico_kernel::{DemoWorld, Error, Name, Result, Tx};
use portico_reading::demo;

use super::arrived;
use crate::{
    file_name::FileName,
    request::NewRequest,
    request_slot::parse_wanted,
    schema::file_requests,
    store::{self, Clients, Place},
};

const WANTED: &str = "\
Product photographs: at least 2,000 pixels wide, in one archive
Prices: as a table, without tax
Company register extract (optional)";

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    let portal: PortalId = world.recall("studio/portal/website")?;
    let person: PersonId = world.recall("studio/person/carol@acme.test")?;
    let ada = world.acting_for("studio", "ada@studio.test").await?;
    let asked = ada.write(move |tx| {
        let asked = ask(tx, portal, person)?;
        Ok(tx.unchanged(asked))
    });
    let Some(request) = asked.await? else { return Ok(()) };
    let carol = world.acting_for("studio", "carol@acme.test").await?;
    let name = FileName::from_client("Prices.csv");
    let new = arrived(&carol, name.as_str(), demo::budget_csv()).await?;
    carol
        .write(move |tx| {
            let request = store::request(tx, request)?;
            let place = Place { portal, folder: Some(request.folder) };
            let kept = store::insert_sent(tx, person, place, &name, &new)?.into_value();
            store::record_filling(tx, person, &request, &request.slots[1], &kept)
        })
        .await
}

/// Two days ago. `None` where sharing was left out, so that nobody can be asked.
fn ask(tx: &mut Tx, portal: PortalId, person: PersonId) -> Result<Option<FileRequestId>> {
    if !store::holds_grant(tx, portal, person)? {
        return Ok(None);
    }
    let wanted = NewRequest {
        prepared: None,
        title: Name::parse("Content for the new website").map_err(Error::Conflict)?,
        person,
        due_on: tx.today().saturating_add(12.days()),
        wanted: parse_wanted(WANTED).map_err(Error::Conflict)?,
        message: "As discussed on Thursday. Anything that you have will help us on.".to_owned(),
        folder: None,
    };
    let request = store::insert_request(tx, portal, &wanted)?;
    let folder = store::request(tx, request)?.folder;
    let _ = store::let_clients(tx, folder, Clients::SendFiles)?;
    let (organization, then) = (tx.organization(), tx.now().plus_days(-2));
    diesel::update(file_requests::table.find((organization, request)))
        .set(file_requests::created_at.eq(then))
        .execute(tx.db())?;
    Ok(Some(request))
}
