//! The search pages of staff and of clients: the index is asked, the hits are read again through
//! the guard.

use std::sync::Arc;

use poem::{
    handler,
    web::{Data, Query},
};
use portico_facts::{PersonId, PortalId, SubjectId};
use portico_kernel::{Answer, Client, Partial, Result, Side, Staff, Within};
use portico_search_index::{Audience, Hit, Hits};

use crate::{
    asked::{Address, Asked},
    kept_index::{Found, KeptIndex},
    names::Named,
    results::{Results, subject},
    store,
    view::{self, Shown},
};

#[handler]
pub async fn for_staff(
    Within(staff): Within,
    partial: Partial,
    Data(index): Data<&Arc<KeptIndex>>,
    Query(address): Query<Address>,
) -> Result<Answer> {
    let (asked, now, limit) = (address.read()?, staff.now(), staff.limit());
    let audience = match &limit {
        Some((portals, clients)) => {
            let asked_for = (portals.clone(), clients.clone());
            let held = staff.read(move |tx| store::held_by(tx, asked_for.0, asked_for.1)).await?;
            within_limit(&staff, portals, held)
        }
        None => {
            let kernel = staff.kernel().clone();
            let rooms = staff.read(move |tx| kernel.registry().closed_rooms(tx, Side::Staff)).await?;
            [Audience::Staff].into_iter().chain(in_rooms(&rooms)).collect()
        }
    };
    let Found { hits, building } =
        index.search(staff.organization().id.bytes(), audience, &asked, now).await?;
    let subjects = match &limit {
        Some((portals, _)) => subjects_in(hits.as_ref(), portals),
        None => subjects(hits.as_ref()),
    };
    let named = named(hits.as_ref(), &asked);
    let sources = staff.registry().search_sources().to_vec();
    let (lines, names) = staff
        .read(move |tx| {
            let names = store::staff_names(tx, named, asked.narrowing.portal)?;
            Ok((store::staff_lines(tx, &sources, &subjects)?, names))
        })
        .await?;
    let results = hits.map(|hits| Results::of(hits, lines, now));
    let shown = Shown { side: Side::Staff, asked: &asked, names, results, building };
    Ok(answer(partial, &shown, staff.text(), |title, body| staff.page(title, body)))
}

#[handler]
pub async fn for_client(
    client: Client,
    partial: Partial,
    Data(index): Data<&Arc<KeptIndex>>,
    Query(address): Query<Address>,
) -> Result<Answer> {
    let (asked, now, kernel) = (address.read()?, client.now(), client.kernel().clone());
    let (colleagues, rooms) = client
        .read(move |tx| {
            let registry = kernel.registry();
            Ok((registry.colleagues(tx)?, registry.closed_rooms(tx, Side::Client)?))
        })
        .await?;
    let audience = audience(&client, &colleagues).into_iter().chain(in_rooms(&rooms)).collect();
    let Found { hits, building } =
        index.search(client.organization().id.bytes(), audience, &asked, now).await?;
    let (subjects, named) = (subjects(hits.as_ref()), named(hits.as_ref(), &asked));
    let sources = client.registry().search_sources().to_vec();
    let (lines, names) = client
        .read(move |tx| {
            let names = store::client_names(tx, named, asked.narrowing.portal)?;
            Ok((store::client_lines(tx, &sources, &subjects)?, names))
        })
        .await?;
    let results = hits.map(|hits| Results::of(hits, lines, now));
    let shown = Shown { side: Side::Client, asked: &asked, names, results, building };
    Ok(answer(partial, &shown, client.text(), |title, body| client.page(title, body)))
}

/// What lies in the portals that a limited member sees, or is written there with a client whom they see.
fn within_limit(staff: &Staff, portals: &[PortalId], held: Vec<(PortalId, PersonId)>) -> Vec<Audience> {
    let of_clients = held.into_iter().map(|(portal, client)| {
        let (person, portal) = (client.bytes(), portal.bytes());
        Audience::PersonInPortal { person, portal }
    });
    let in_portals = portals.iter().map(|portal| Audience::Portal(portal.bytes()));
    of_clients.chain(in_portals).chain([Audience::Person(staff.person().id.bytes())]).collect()
}

/// Without what is announced in these portals, which is closed to limited members.
fn subjects_in(hits: Option<&Hits>, portals: &[PortalId]) -> Vec<SubjectId> {
    let lies_there =
        |hit: &&Hit| hit.portal.is_some_and(|portal| portals.contains(&PortalId::from_bytes(portal)));
    hits.map(|hits| hits.hits.iter().filter(lies_there).map(subject).collect()).unwrap_or_default()
}

/// The grants and colleagues of this very request: a revocation counts before the index hears of it (P12).
fn audience(client: &Client, colleagues: &[PersonId]) -> Vec<Audience> {
    let person = client.person().id.bytes();
    let granted = client.grants().portals().iter().flat_map(|portal| {
        let portal = portal.bytes();
        [Audience::Portal(portal), Audience::PersonInPortal { person, portal }]
    });
    let colleagues = colleagues.iter().map(|person| Audience::ColleagueOf(person.bytes()));
    let among_clients = (!client.grants().portals().is_empty()).then_some(Audience::Clients);
    granted.chain([Audience::Person(person)]).chain(colleagues).chain(among_clients).collect()
}

fn in_rooms(rooms: &[SubjectId]) -> impl Iterator<Item = Audience> {
    rooms.iter().map(|room| Audience::Room(room.bytes()))
}

fn subjects(hits: Option<&Hits>) -> Vec<SubjectId> {
    hits.map(|hits| hits.hits.iter().map(subject).collect()).unwrap_or_default()
}

fn named(hits: Option<&Hits>, asked: &Asked) -> Named {
    let counts = hits.map(|hits| hits.counts.clone()).unwrap_or_default();
    Named::of(&counts, &asked.narrowing)
}

fn answer(
    partial: Partial,
    shown: &Shown,
    text: portico_ui::Text,
    page: impl FnOnce(&str, maud::Markup) -> Answer,
) -> Answer {
    match partial {
        Partial::Fragment => Answer::fragment(view::results(text, shown)),
        Partial::Page => page(&view::title(text, shown), view::page(text, shown)),
    }
}
