use maud::{Markup, html};
use portico_facts::PortalId;
use portico_kernel::Refusal;
use portico_ui::components::{Button, Dot, Row, avatar, button_form, dot, empty_state, list, row};

use super::{Reading, action, email_and_company, may_see_as, see_as};
use crate::store::Holder;

const TARGET: &str = "#grants";

/// Who has the portal, with their dots. It fetches itself again when one of them changes (P1).
pub fn grants_panel(reading: &Reading, portal: PortalId, holders: &[Holder]) -> Markup {
    let text = reading.text();
    html! {
        section.section.grants id="grants" data-live-topic="grant invitation person"
            data-live-href={ "/staff/portals/" (portal) "/grants" } {
            header.section-header {
                h2 { (text.say("sharing-shared-with")) }
                div.section-actions {
                    (Button::primary(text.say("sharing-share")).icon("share").dialog(format!("/staff/portals/{portal}/sharing")))
                }
            }
            @if holders.is_empty() {
                (empty_state("lock", &text.say("sharing-nobody-yet"), None))
            } @else {
                (list(html! { @for holder in holders { (holder_row(reading, portal, holder)) } }))
            }
            @if let Some(audience) = reading.frame.audience("portal", portal) {
                p.grants-why { a href=(audience) data-dialog { (text.say("sharing-why")) } }
            }
        }
    }
}

fn holder_row(reading: &Reading, portal: PortalId, holder: &Holder) -> Markup {
    let state = holder.standing.dot(reading.now);
    let small = email_and_company(&holder.name, &holder.email, holder.company.as_deref());
    row(&Row {
        id: Some(format!("grant-{}", holder.person)),
        lead: Some(avatar(&holder.name)),
        name: &holder.name,
        detail: Some(html! {
            @if !small.0.is_empty() { span.grants-who { (small) } }
            span { (since(reading, holder, state)) }
            @if let Some(refusal) = &holder.refusal { span.grants-refused { (refused(reading, refusal)) } }
        }),
        meta: Some(dot(reading.text(), state)),
        actions: Some(holder_actions(reading, portal, holder, state)),
        ..Row::default()
    })
}

fn refused(reading: &Reading, refusal: &Refusal) -> String {
    let about = [
        ("moment", reading.text().moment(refusal.at.in_zone(reading.zone)).into()),
        ("answer", refusal.answer.as_str().into()),
    ];
    reading.text().say_with("ui-mail-refused", &about)
}

fn since(reading: &Reading, holder: &Holder, state: Dot) -> String {
    let (key, then) = match (state, holder.invited_at, holder.standing.revoked_at) {
        (Dot::Invited | Dot::Expired, Some(invited), _) => ("sharing-invited-when", invited),
        (Dot::Revoked, _, Some(revoked)) => ("sharing-revoked-when", revoked),
        _ => ("sharing-shared-when", holder.granted_at),
    };
    reading.text().say_with(key, &[("when", reading.ago(then).into())])
}

fn holder_actions(reading: &Reading, portal: PortalId, holder: &Holder, state: Dot) -> Markup {
    let text = reading.text();
    let address = |noun: &str| format!("/staff/portals/{portal}/grants/{}/{noun}", holder.person);
    // The words are the same in every row: what they are about stands in the row's own name.
    let described_by = format!("grant-{}", holder.person);
    html! {
        @if state != Dot::Revoked && may_see_as(reading) {
            (button_form(&reading.frame.form_token, &address("seeing"), see_as(reading).described_by(described_by.clone())))
        }
        @match state {
            Dot::Revoked => {
                (action(reading, &address("restoration"), TARGET,
                    Button::quiet(text.say("sharing-restore")).icon("undo").small().described_by(described_by)))
            }
            Dot::Joined => {
                (action(reading, &address("revocation"), TARGET,
                    Button::quiet(text.say("sharing-revoke")).small().described_by(described_by)))
            }
            Dot::Invited | Dot::Expired => {
                (action(reading, &address("invitation"), TARGET,
                    Button::secondary(text.say("sharing-resend")).icon("send").small().described_by(described_by.clone())))
                (action(reading, &address("revocation"), TARGET,
                    Button::quiet(text.say("sharing-revoke")).small().described_by(described_by)))
            }
        }
    }
}
