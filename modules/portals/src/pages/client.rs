//! What clients see.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, PortalId};
use portico_kernel::{
    Answer, Client, ClientTx, Instant, Looker, Partial, PortalPlace, Registry, Result, SectionPlan, Side,
    Telling, Viewer, section_title,
};
use portico_ui::Frame;

use super::{
    Place, Sought,
    sections::{known, names},
};
use crate::{
    layout::Layout,
    news,
    store::{self, client},
    view::{
        Moments,
        client::{Card, Home, OpenPortal, client_home, client_note, client_portal},
        client_place,
        listing::{self, Listing},
        sections::ITEMS,
    },
};

pub async fn home(client: &Client) -> Result<Answer> {
    let (frame, kernel) = (client.frame(), client.kernel().clone());
    let name = client.person().name.clone();
    let document = client.read(move |tx| {
        let waiting = kernel.registry().client_home(tx, &frame);
        let cover = store::covers::cover(tx)?;
        let home = Home { name: &name, cover, cards: cards(tx)?, waiting };
        Ok(portico_ui::client_page(&frame, &frame.text.say("ui-home"), client_home(&frame, &home)))
    });
    Ok(Answer::page(document.await?))
}

fn cards(tx: &mut ClientTx) -> Result<Vec<Card>> {
    let counts = client::item_counts(tx)?;
    let views = client::last_views(tx)?;
    let additions = match news::earliest_view(&views) {
        Some(since) => client::additions_since(tx, since)?,
        None => Vec::new(),
    };
    let cards = client::all_portals(tx)?.into_iter().map(|portal| Card {
        items: counts.get(&portal.id).copied().unwrap_or(0),
        news: news::of_portal(portal.id, &views, &additions),
        portal,
    });
    Ok(cards.collect())
}

#[handler]
pub async fn show_portal(viewer: Viewer, Query(place): Query<Place>) -> Result<Answer> {
    let (frame, kernel) = (viewer.client.frame(), viewer.client.kernel().clone());
    let visit = viewer.client.visit();
    let open =
        Open { portal: viewer.portal, folder: place.folder()?, layout: Layout::of(visit, place.layout()) };
    let document = viewer.read(move |tx| {
        let (title, body) = open_portal(tx, &frame, kernel.registry(), open)?;
        Ok(portico_ui::client_page(&frame, &title, body))
    });
    Ok(Layout::remember(visit, place.layout(), Answer::page(document.await?)))
}

/// What is open, and how it is looked at.
#[derive(Clone, Copy)]
struct Open {
    portal: PortalId,
    folder: Option<ItemId>,
    layout: Layout,
}

fn open_portal(
    tx: &mut ClientTx,
    frame: &Frame,
    registry: &Registry,
    open: Open,
) -> Result<(String, portico_ui::Markup)> {
    let portal = client::portal(tx, open.portal)?;
    let path = client::path_to(tx, portal.id, open.folder)?;
    let plan = SectionPlan::read(&portal.sections).completed(&names(&known(registry)));
    let place =
        PortalPlace { portal: portal.id, project: portal.project, folder: open.folder, frame, title: None };
    let sections = match open.folder {
        None => registry.client_portal(tx, &place, &plan),
        Some(_) => Vec::new(),
    };
    let tools = registry.client_portal_tools(tx, &place);
    let since = client::last_views(tx)?.get(&portal.id).copied();
    let named = plan.title(ITEMS).map(str::to_owned);
    let listing = read_listing(tx, frame, registry, open, named)?;
    let title = path.last().map_or(&portal.name, |folder| &folder.name).clone();
    let shown = OpenPortal { portal: &portal, path, listing, sections, plan: &plan, tools, since };
    Ok((title, client_portal(frame, &shown)))
}

/// `named`: what staff call the items of this portal.
fn read_listing(
    tx: &mut ClientTx,
    frame: &Frame,
    registry: &Registry,
    open: Open,
    named: Option<String>,
) -> Result<Listing> {
    let Open { portal, folder, layout } = open;
    let found = client::in_folder(tx, portal, folder)?;
    let pinned = client::pinned_note(tx, portal)?;
    let pinned_item = pinned.as_ref().map(|note| note.item.id);
    let counts = client::child_counts(tx, portal, &found)?;
    Ok(Listing {
        portal,
        folder,
        layout,
        title: named.filter(|_| folder.is_none()),
        pinned: pinned.filter(|_| folder.is_none()),
        items: store::items::with_faces(tx, found, counts, pinned_item, registry, Side::Client, frame)?,
        moments: Moments::new(tx, frame.text),
    })
}

/// The listing by itself, for a page that learns that something changed.
#[handler]
pub async fn show_items(viewer: Viewer, partial: Partial, Query(place): Query<Place>) -> Result<Answer> {
    let (portal, folder, since) = (viewer.portal, place.folder()?, place.since());
    if partial == Partial::Page {
        return Ok(Answer::go(partial, &client_place(portal, folder)));
    }
    let (frame, kernel) = (viewer.client.frame(), viewer.client.kernel().clone());
    let open = Open { portal, folder, layout: Layout::of(viewer.client.visit(), None) };
    let listing = viewer.read(move |tx| {
        let named = section_title(tx, portal, ITEMS)?;
        let listing = read_listing(tx, &frame, kernel.registry(), open, named)?;
        Ok(listing::client_items(frame.text, &listing, since))
    });
    Ok(Answer::fragment(listing.await?))
}

/// The portal's page tells that it was opened.
#[handler]
pub async fn record_view(Telling(viewer): Telling, partial: Partial, looker: Looker) -> Result<Answer> {
    let portal = viewer.portal;
    // Neither a page that is made ahead nor a program has seen what is new.
    if looker == Looker::Person {
        viewer.write_in_passing(move |tx| client::record_view(tx, portal)).await?;
    }
    Ok(Answer::told(partial, &client_place(portal, None)))
}

#[handler]
pub async fn show_note(
    client: Client,
    Path(note): Path<ItemId>,
    Query(sought): Query<Sought>,
) -> Result<Answer> {
    let frame = client.frame();
    let document = client.read(move |tx| {
        let note = client::note(tx, note)?;
        let portal = client::portal(tx, note.item.portal)?;
        let path = client::path_to(tx, portal.id, note.item.folder)?;
        let changed = changed(tx, &frame, note.item.changed_at);
        let body = client_note(&frame, &portal, &path, &note, &changed, &sought.words());
        Ok(portico_ui::client_page(&frame, &note.item.name, body))
    });
    Ok(Answer::page(document.await?))
}

/// The note's page tells that it was opened.
#[handler]
pub async fn record_note_view(
    Telling(client): Telling<Client>,
    partial: Partial,
    looker: Looker,
    Path(note): Path<ItemId>,
) -> Result<Answer> {
    let item = client.read(move |tx| client::note(tx, note)).await?.item;
    client.write_in_passing(move |tx| client::record_note_view(tx, &item, looker)).await?;
    Ok(Answer::told(partial, &format!("/notes/{note}")))
}

fn changed(tx: &ClientTx, frame: &Frame, at: Instant) -> String {
    let when = Moments::new(tx, frame.text).ago(at);
    frame.text.say_with("portals-changed", &[("when", when.into())])
}
