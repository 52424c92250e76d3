//! One portal for staff: its page, its listing, its order.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, PortalId, ProjectId, TemplateId};
use portico_kernel::{
    Answer, Error, Form, Partial, PortalPlace, ProjectPlace, Registry, Result, Side, Staff, Tx, Within,
};
use portico_ui::{Frame, Markup, components::replace_partial};

use super::{
    Page, Place,
    deed::{Deed, deed_toast},
    staff_fragment, staff_page,
};
use crate::{
    layout::Layout,
    portal::OrderForm,
    store::{self, portals::Portal},
    view::{
        Moments,
        listing::{self, Listing},
        staff_place,
        staff_portal::{StaffPortal, project_button, staff_portal},
    },
};

#[handler]
pub async fn show(
    Within(staff): Within,
    Path(portal): Path<PortalId>,
    Query(place): Query<Place>,
) -> Result<Answer> {
    let (folder, deed) = (place.folder()?, place.deed());
    let layout = Layout::of(staff.visit(), place.layout());
    let answer = staff_page(&staff, move |tx, frame, registry| {
        page(tx, frame, registry, Open { portal, folder, layout }, deed)
    })
    .await?;
    Ok(Layout::remember(staff.visit(), place.layout(), answer))
}

/// What is open, and how it is looked at.
#[derive(Clone, Copy)]
struct Open {
    portal: PortalId,
    folder: Option<ItemId>,
    layout: Layout,
}

fn page(tx: &mut Tx, frame: &Frame, registry: &Registry, open: Open, deed: Option<Deed>) -> Result<Page> {
    let portal = store::portals::find(tx, open.portal)?;
    let path = store::folders::path_to(tx, portal.id, open.folder)?;
    let place =
        PortalPlace { portal: portal.id, project: portal.project, folder: open.folder, frame, title: None };
    let shown = StaffPortal {
        listing: read_listing(tx, frame, registry, open)?,
        sections: registry.staff_portal(tx, &place),
        tools: registry.staff_portal_tools(tx, &place),
        portal: &portal,
        path,
    };
    let toast = match deed {
        Some(deed) => deed_toast(tx, frame, portal.id, open.folder, &deed)?,
        None => None,
    };
    let title = shown.path.last().map_or(&portal.name, |folder| &folder.name).clone();
    Ok(Page { title, body: staff_portal(frame, &shown), toast })
}

/// The listing by itself, for whoever shows a portal and has changed something in it.
#[handler]
pub async fn items(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Query(place): Query<Place>,
) -> Result<Answer> {
    let folder = place.folder()?;
    let listing = fresh_listing(&staff, portal, folder).await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(listing),
        Partial::Page => Answer::go(partial, &staff_place(portal, folder)),
    })
}

/// The listing as it is now.
pub async fn fresh_listing(staff: &Staff, portal: PortalId, folder: Option<ItemId>) -> Result<Markup> {
    let open = Open { portal, folder, layout: Layout::of(staff.visit(), None) };
    staff_fragment(staff, move |tx, frame, registry| {
        store::portals::find(tx, portal)?;
        let listing = read_listing(tx, frame, registry, open)?;
        Ok(listing::staff_items(frame, &listing))
    })
    .await
}

fn read_listing(tx: &mut Tx, frame: &Frame, registry: &Registry, open: Open) -> Result<Listing> {
    let Open { portal, folder, layout } = open;
    let found = store::items::in_folder(tx, portal, folder)?;
    let pinned = store::notes::pinned_of_portal(tx, portal)?;
    let pinned_item = pinned.as_ref().map(|note| note.item.id);
    let counts = store::items::child_counts(tx, &found)?;
    Ok(Listing {
        portal,
        folder,
        layout,
        title: None,
        pinned: pinned.filter(|_| folder.is_none()),
        items: store::items::with_faces(tx, found, counts, pinned_item, registry, Side::Staff, frame)?,
        moments: Moments::new(tx, frame.text),
    })
}

/// After a dialog changed something in a folder: the listing, and the dialog closes.
pub async fn after_dialog(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    folder: Option<ItemId>,
) -> Result<Answer> {
    let place = staff_place(portal, folder);
    match partial {
        Partial::Page => Ok(Answer::go(partial, &place)),
        Partial::Fragment => {
            let listing = replace_partial("items", fresh_listing(staff, portal, folder).await?);
            Ok(Answer::fragment(listing).trigger("dialog:close"))
        }
    }
}

#[handler]
pub async fn order(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<OrderForm>,
) -> Result<Answer> {
    staff
        .write(move |tx| {
            store::portals::find(tx, portal)?;
            store::items::put_in_order(tx, portal, &form.order)
        })
        .await?;
    Ok(Answer::told(partial, &staff_place(portal, None)))
}

/// The button on a project's page.
pub fn of_project(tx: &mut Tx, place: &ProjectPlace) -> Result<Option<Markup>> {
    let portal = store::portals::of_project(tx, place.project)?;
    let templates = match portal {
        None if !tx.is_limited() => store::templates::all(tx)?,
        _ => Vec::new(),
    };
    Ok(Some(project_button(place.frame, place.project, portal, &templates)))
}

/// Makes the project's portal, or finds the one that is there: pressing twice gives one.
#[handler]
pub async fn create_for_project(
    Within(staff): Within,
    partial: Partial,
    Path(project): Path<ProjectId>,
) -> Result<Answer> {
    let made = staff.write(move |tx| store::portals::add_for_project(tx, project)).await;
    let portal = match made {
        // Somebody pressed at the same moment and was first.
        Err(Error::Conflict(_)) => {
            staff.read(move |tx| store::portals::of_project(tx, project)).await?.ok_or(Error::NotFound)?
        }
        made => made?,
    };
    Ok(Answer::go(partial, &staff_place(portal, None)))
}

/// The same, with what a template holds in it.
#[handler]
pub async fn create_from_template(
    staff: Staff,
    partial: Partial,
    Path((project, template)): Path<(ProjectId, TemplateId)>,
) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let made = staff
        .write(move |tx| store::templates::add_for_project(tx, kernel.registry(), project, template))
        .await;
    let portal = match made {
        // Somebody pressed at the same moment and was first.
        Err(Error::Conflict(_)) => {
            staff.read(move |tx| store::portals::of_project(tx, project)).await?.ok_or(Error::NotFound)?
        }
        made => made?,
    };
    Ok(Answer::go(partial, &staff_place(portal, None)))
}

/// The portal as it is, for dialogs about it.
pub async fn find(staff: &Staff, portal: PortalId) -> Result<Portal> {
    staff.read(move |tx| store::portals::find(tx, portal)).await
}
