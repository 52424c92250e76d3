use maud::{Markup, html};
use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{PersonId, PortalId};
use portico_kernel::{Answer, Partial, Result, Staff, Within};
use portico_ui::{
    Frame,
    components::{Undo, toast, toast_partial},
};
use serde::Deserialize;

use super::{reading, resent_toast};
use crate::{
    store::{self, Holder},
    view,
};

/// On which page the button stood: what the answer replaces, and where it leads.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct At {
    #[serde(default)]
    place: Place,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    #[default]
    Portal,
    Client,
}

#[handler]
pub async fn show_grants(Within(staff): Within, Path(portal): Path<PortalId>) -> Result<Answer> {
    Ok(Answer::fragment(panel(&staff, &staff.frame(), portal).await?))
}

/// The part of the Share dialog that says who has the portal already.
#[handler]
pub async fn show_holders(Within(staff): Within, Path(portal): Path<PortalId>) -> Result<Answer> {
    let holders = holders(&staff, portal).await?;
    Ok(Answer::fragment(view::holders(&reading(&staff, &staff.frame()), portal, &holders)))
}

#[handler]
pub async fn show_client_grants(Within(staff): Within, Path(person): Path<PersonId>) -> Result<Answer> {
    Ok(Answer::fragment(client_panel(&staff, &staff.frame(), person).await?))
}

#[handler]
pub async fn revoke(
    Within(staff): Within,
    partial: Partial,
    Path((portal, person)): Path<(PortalId, PersonId)>,
    Query(at): Query<At>,
) -> Result<Answer> {
    let revoked = staff.write(move |tx| {
        let revoked = store::revoke_grant(tx, portal, person)?;
        let is_seen = store::is_still_seen(tx, portal)?;
        Ok(revoked.with(is_seen))
    });
    let is_seen = revoked.await?;
    if !is_seen && (partial == Partial::Page || matches!(at.place, Place::Portal)) {
        return Ok(Answer::go(partial, &format!("/staff/clients/{person}")));
    }
    let frame = staff.frame();
    let place = if let Place::Client = at.place { "?place=client" } else { "" };
    let action = format!("/staff/portals/{portal}/grants/{person}/restoration{place}");
    let undo = Undo { token: &frame.form_token, action: &action };
    // With their last client a limited member loses a portal, and nothing is theirs to bring back.
    let toast = toast(frame.text, &frame.text.say("sharing-was-revoked"), is_seen.then_some(undo));
    changed(&staff, partial, at, portal, person, toast).await
}

#[handler]
pub async fn restore(
    Within(staff): Within,
    partial: Partial,
    Path((portal, person)): Path<(PortalId, PersonId)>,
    Query(at): Query<At>,
) -> Result<Answer> {
    staff.write(move |tx| store::restore_grant(tx, portal, person)).await?;
    let text = staff.text();
    let toast = toast(text, &text.say("sharing-was-restored"), None);
    changed(&staff, partial, at, portal, person, toast).await
}

#[handler]
pub async fn resend(
    Within(staff): Within,
    partial: Partial,
    Path((portal, person)): Path<(PortalId, PersonId)>,
) -> Result<Answer> {
    let secret = staff.kernel().secret().clone();
    staff.write(move |tx| store::resend(tx, &secret, portal, person)).await?;
    let toast = resent_toast(&staff);
    changed(&staff, partial, At { place: Place::Portal }, portal, person, toast).await
}

pub(super) async fn panel(staff: &Staff, frame: &Frame, portal: PortalId) -> Result<Markup> {
    let holders = holders(staff, portal).await?;
    Ok(view::grants_panel(&reading(staff, frame), portal, &holders))
}

async fn holders(staff: &Staff, portal: PortalId) -> Result<Vec<Holder>> {
    staff
        .read(move |tx| {
            store::portal_name(tx, portal)?;
            store::holders(tx, portal)
        })
        .await
}

async fn client_panel(staff: &Staff, frame: &Frame, person: PersonId) -> Result<Markup> {
    let portals = staff
        .read(move |tx| {
            store::find_client(tx, person)?;
            store::portals_of(tx, person)
        })
        .await?;
    Ok(view::client_grants(&reading(staff, frame), person, &portals))
}

async fn changed(
    staff: &Staff,
    partial: Partial,
    at: At,
    portal: PortalId,
    person: PersonId,
    toast: Markup,
) -> Result<Answer> {
    let (page, frame) = (partial == Partial::Page, staff.frame());
    let fragment = match at.place {
        Place::Portal if page => return Ok(Answer::go(partial, &format!("/staff/portals/{portal}"))),
        Place::Client if page => return Ok(Answer::go(partial, &format!("/staff/clients/{person}"))),
        Place::Portal => panel(staff, &frame, portal).await?,
        Place::Client => client_panel(staff, &frame, person).await?,
    };
    Ok(Answer::fragment(html! { (fragment) (toast_partial(toast)) }))
}
