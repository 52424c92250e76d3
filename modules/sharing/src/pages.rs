mod grants;
mod invitations;
mod seeing;

pub use grants::{resend, restore, revoke, show_client_grants, show_grants, show_holders};
pub use invitations::{list_invitations, renew_invitation, revoke_invitation};
pub use seeing::{end_seeing, see_client, see_portal};

use maud::{Markup, html};
use poem::{handler, http::Uri, web::Path};
use portico_facts::PortalId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, Tx, Within, parse_form};
use portico_ui::{
    Frame, Text,
    components::{replace_partial, toast, toast_partial, toast_with},
};

use crate::{
    offer::Offer,
    selection::ShareForm,
    store,
    view::{self, Reading, Sharing},
};

#[handler]
pub async fn show_sharing(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
) -> Result<Answer> {
    share_page(&staff, partial, portal, ShareForm::default(), &Problems::default()).await
}

#[handler]
pub async fn share(
    Within(staff): Within,
    partial: Partial,
    Path(portal): Path<PortalId>,
    Form(form): Form<ShareForm>,
) -> Result<Answer> {
    let wish = match form.parse() {
        Ok(wish) => wish,
        Err(problems) => return Ok(share_page(&staff, partial, portal, form, &problems).await?.invalid()),
    };
    let secret = staff.kernel().secret().clone();
    let shared = staff.write(move |tx| store::share(tx, &secret, portal, wish)).await?;
    let gained = match shared {
        Ok(gained) => gained,
        Err(problems) => return Ok(share_page(&staff, partial, portal, form, &problems).await?.invalid()),
    };
    if partial == Partial::Page {
        return Ok(Answer::go(partial, &format!("/staff/portals/{portal}")));
    }
    let frame = staff.frame();
    let panel = grants::panel(&staff, &frame, portal).await?;
    let toast = shared_toast(&staff, frame.text, gained);
    let parts = html! { (replace_partial("grants", panel)) (toast_partial(toast)) };
    Ok(Answer::fragment(parts).trigger("dialog:close"))
}

#[handler]
pub async fn show_selection(
    Within(staff): Within,
    Path(portal): Path<PortalId>,
    uri: &Uri,
) -> Result<Answer> {
    let form: ShareForm = parse_form(uri.query().unwrap_or_default().as_bytes())?;
    let (offer, contents) = staff
        .read(move |tx| {
            store::portal_name(tx, portal)?;
            Ok((offer(tx, portal, &form)?, store::contents(tx, portal)?))
        })
        .await?;
    let frame = staff.frame();
    Ok(Answer::fragment(view::selection(&reading(&staff, &frame), &offer, &contents)))
}

/// The dialog alone for `dialog.js`, a page around it for a browser.
async fn share_page(
    staff: &Staff,
    partial: Partial,
    portal: PortalId,
    form: ShareForm,
    problems: &Problems,
) -> Result<Answer> {
    let typed = form.clone();
    let sharing = staff.read(move |tx| what_is_shared(tx, portal, &typed)).await?;
    let frame = staff.frame();
    let dialog = view::share_dialog(&reading(staff, &frame), &sharing, &form, problems);
    Ok(match partial {
        Partial::Fragment => Answer::fragment(dialog),
        Partial::Page => staff.page(&frame.text.say("sharing-share"), dialog),
    })
}

/// Whoever gained nothing is sent nothing.
fn shared_toast(staff: &Staff, text: Text, gained: usize) -> Markup {
    let count = [("count", gained.into())];
    match staff.mail_stays().filter(|_| gained > 0) {
        Some(stays) => {
            let words = text.say_with("sharing-shared-here", &count);
            toast_with(text, html! { (words) " " (stays) }, None)
        }
        None => toast(text, &text.say_with("sharing-shared", &count), None),
    }
}

/// Of a new invitation.
fn resent_toast(staff: &Staff) -> Markup {
    let text = staff.text();
    match staff.mail_stays() {
        Some(stays) => toast_with(text, html! { (text.say("sharing-was-written")) " " (stays) }, None),
        None => toast(text, &text.say("sharing-was-sent"), None),
    }
}

/// Limited members choose among the clients whom they see, and bring nobody.
fn offer(tx: &mut Tx, portal: PortalId, form: &ShareForm) -> Result<Offer> {
    let offer = Offer::new(form, &store::known(tx, portal)?);
    Ok(if tx.is_limited() { offer.without_newcomers() } else { offer })
}

fn what_is_shared(tx: &mut Tx, portal: PortalId, form: &ShareForm) -> Result<Sharing> {
    Ok(Sharing {
        portal,
        name: store::shareable_portal(tx, portal)?,
        holders: store::holders(tx, portal)?,
        offer: offer(tx, portal, form)?,
        contents: store::contents(tx, portal)?,
    })
}

fn reading<'a>(staff: &'a Staff, frame: &'a Frame) -> Reading<'a> {
    Reading { frame, zone: &staff.organization().time_zone, now: staff.now() }
}
