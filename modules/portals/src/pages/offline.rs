//! A portal as a website that opens without a server, for staff and for its clients.

use poem::{Request, handler, http::Method, web::Path};
use portico_facts::{PersonId, PortalId};
use portico_kernel::{
    Answer, Error, OfflineEyes, OfflinePlan, Partial, Problems, Result, Staff, Viewer, parse_form,
};
use serde::Deserialize;

use super::dialog_page;
use crate::{
    store,
    view::{
        dialogs::{Asked, offline_dialog},
        staff_place,
    },
};

/// As whom it is seen; empty for staff themselves.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SeenBy {
    #[serde(rename = "as")]
    client: String,
}

/// As which of those who see it.
#[handler]
pub async fn ask(staff: Staff, partial: Partial, Path(portal): Path<PortalId>) -> Result<Answer> {
    let (name, clients) = staff
        .read(move |tx| {
            let found = store::portals::find(tx, portal)?;
            let clients = match found.archived_at {
                None => store::offline::holders(tx, portal)?,
                Some(_) => Vec::new(),
            };
            Ok((found.name, clients))
        })
        .await?;
    let frame = staff.frame();
    let title = frame.text.say_with("portals-offline-of", &[("name", name.into())]);
    let (action, back) = (format!("/staff/portals/{portal}/offline/download"), staff_place(portal, None));
    let problems = Problems::default();
    let asked = Asked { frame: &frame, title: &title, action: &action, back: &back, problems: &problems };
    Ok(dialog_page(&staff, partial, &title, offline_dialog(&asked, &clients)))
}

#[handler]
pub async fn for_staff(
    staff: Staff,
    method: Method,
    Path(portal): Path<PortalId>,
    req: &Request,
) -> Result<Answer> {
    let SeenBy { client } = parse_form(req.uri().query().unwrap_or_default().as_bytes())?;
    let client: Option<PersonId> = match client.as_str() {
        "" => None,
        id => Some(id.parse::<PersonId>().map_err(|_| Error::NotFound)?),
    };
    let found = staff.read(move |tx| store::portals::find(tx, portal)).await?;
    let eyes = match client {
        None => OfflineEyes::Staff(staff.clone()),
        Some(client) => OfflineEyes::Client(staff.as_seen_by(client, portal).await?),
    };
    let file = file_name(&found.name);
    let copy = eyes.offline_copy(OfflinePlan { portal, name: found.name, project: found.project }).await?;
    if method == Method::GET {
        staff.write_in_passing(move |tx| store::offline::record(tx, portal, client)).await?;
    }
    Ok(Answer::written(&file, "application/zip", copy))
}

#[handler]
pub async fn for_client(viewer: Viewer, method: Method) -> Result<Answer> {
    let portal = viewer.portal;
    let found = viewer.read(move |tx| store::client::portal(tx, portal)).await?;
    let file = file_name(&found.name);
    let eyes = OfflineEyes::Client(viewer.clone());
    let copy = eyes.offline_copy(OfflinePlan { portal, name: found.name, project: found.project }).await?;
    if method == Method::GET {
        viewer.write_in_passing(move |tx| store::offline::record(tx, portal, None)).await?;
    }
    Ok(Answer::written(&file, "application/zip", copy))
}

fn file_name(portal: &str) -> String {
    format!("{portal}.zip")
}
