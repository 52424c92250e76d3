use maud::{Markup, html};
use poem::{handler, web::Path};
use portico_facts::InvitationId;
use portico_kernel::{Answer, Partial, Result, Staff};
use portico_ui::{
    Frame,
    components::{NoticeKind, PageHeader, notice_with, page_header, toast, toast_partial},
};

use super::{reading, resent_toast};
use crate::{store, view};

#[handler]
pub async fn list_invitations(staff: Staff, partial: Partial) -> Result<Answer> {
    let frame = staff.frame();
    let list = open_list(&staff, &frame).await?;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(list));
    }
    let title = frame.text.say("sharing-invitations");
    let header = page_header(&PageHeader { title: &title, ..PageHeader::default() });
    let stays = staff.mail_stays().map(|stays| notice_with(NoticeKind::Information, html! { p { (stays) } }));
    Ok(staff.page(&title, html! { (header) @if let Some(stays) = stays { (stays) } (list) }))
}

#[handler]
pub async fn renew_invitation(
    staff: Staff,
    partial: Partial,
    Path(invitation): Path<InvitationId>,
) -> Result<Answer> {
    let secret = staff.kernel().secret().clone();
    staff.write(move |tx| store::renew_invitation(tx, &secret, invitation)).await?;
    let toast = resent_toast(&staff);
    invitations_changed(&staff, partial, toast).await
}

#[handler]
pub async fn revoke_invitation(
    staff: Staff,
    partial: Partial,
    Path(invitation): Path<InvitationId>,
) -> Result<Answer> {
    staff.write(move |tx| store::revoke_invitation(tx, invitation)).await?;
    let text = staff.text();
    let toast = toast(text, &text.say("sharing-invitation-was-revoked"), None);
    invitations_changed(&staff, partial, toast).await
}

async fn open_list(staff: &Staff, frame: &Frame) -> Result<Markup> {
    let invitations = staff.read(store::open_invitations).await?;
    Ok(view::invitation_list(&reading(staff, frame), &invitations))
}

async fn invitations_changed(staff: &Staff, partial: Partial, toast: Markup) -> Result<Answer> {
    if partial == Partial::Page {
        return Ok(Answer::go(partial, "/staff/invitations"));
    }
    let frame = staff.frame();
    Ok(Answer::fragment(html! { (open_list(staff, &frame).await?) (toast_partial(toast)) }))
}
