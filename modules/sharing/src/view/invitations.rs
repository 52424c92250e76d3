use maud::{Markup, html};
use portico_ui::components::{Button, Column, Dot, dot, empty_state, table};

use super::{Reading, action, email_and_company};
use crate::{grant::Standing, store::OpenInvitation};

const TARGET: &str = "#invitations";

/// Every open invitation, with what can be done about it.
pub fn invitation_list(reading: &Reading, invitations: &[OpenInvitation]) -> Markup {
    let text = reading.text();
    let words = ["person", "portals", "sent", "expires", "state", "actions"]
        .map(|column| text.say(&format!("sharing-column-{column}")));
    let columns: Vec<Column> = words.iter().map(|word| Column::words(word)).collect();
    let rows: Vec<Vec<Markup>> = invitations.iter().map(|invitation| cells(reading, invitation)).collect();
    html! {
        div.invitations id="invitations" data-live-topic="grant invitation person" data-live-href="/staff/invitations" {
            @if invitations.is_empty() {
                (empty_state("mail", &text.say("sharing-no-invitations"), None))
            } @else {
                (table(&text.say("sharing-invitations"), &columns, &rows))
            }
        }
    }
}

fn cells(reading: &Reading, invitation: &OpenInvitation) -> Vec<Markup> {
    let small = email_and_company(&invitation.name, &invitation.email, None);
    vec![
        html! {
            a href=[reading.frame.address("/staff/clients/", invitation.person)] { (invitation.name) }
            @if !small.0.is_empty() { " " small.invitations-email { (small) } }
        },
        html! {
            @if invitation.portals.is_empty() { (reading.text().say("sharing-no-portal")) }
            @for (index, (portal, name)) in invitation.portals.iter().enumerate() {
                @if index > 0 { ", " }
                a href=[reading.frame.address("/staff/portals/", portal)] { (name) }
            }
        },
        html! { (reading.ago(invitation.sent_at)) },
        html! { (reading.date(invitation.expires_at)) },
        dot(reading.text(), state(reading, invitation)),
        actions(reading, invitation),
    ]
}

fn actions(reading: &Reading, invitation: &OpenInvitation) -> Markup {
    let text = reading.text();
    let address = |noun: &str| format!("/staff/invitations/{}/{noun}", invitation.id);
    html! {
        div.invitations-actions {
            (action(reading, &address("renewal"), TARGET,
                Button::secondary(text.say("sharing-resend")).icon("send").small()))
            (action(reading, &address("revocation"), TARGET, Button::quiet(text.say("sharing-revoke")).small()))
        }
    }
}

fn state(reading: &Reading, invitation: &OpenInvitation) -> Dot {
    Standing { invited_until: Some(invitation.expires_at), ..Standing::default() }.dot(reading.now)
}
