use maud::{Markup, html};
use portico_facts::PersonId;
use portico_ui::components::{Button, Row, button_form, dot, empty_state, list, row, row_icon};

use super::{Reading, action, may_see_as, see_as};
use crate::store::HeldPortal;

/// On a client's page: what they can see, and why.
pub fn client_grants(reading: &Reading, person: PersonId, portals: &[HeldPortal]) -> Markup {
    let text = reading.text();
    html! {
        section.section.grants id="client-grants" data-live-topic="grant invitation person portal"
            data-live-href={ "/staff/clients/" (person) "/grants" } {
            header.section-header {
                h2 { (text.say("sharing-portals")) }
                div.section-actions {
                    @if may_see_as(reading) {
                        (button_form(&reading.frame.form_token, &format!("/staff/clients/{person}/seeing"), see_as(reading)))
                    }
                }
            }
            @if portals.is_empty() {
                (empty_state("portal", &text.say("sharing-no-portals"), None))
            } @else {
                (list(html! { @for portal in portals { (portal_row(reading, person, portal)) } }))
            }
        }
    }
}

fn portal_row(reading: &Reading, person: PersonId, held: &HeldPortal) -> Markup {
    let text = reading.text();
    let revocation = format!("/staff/portals/{}/grants/{person}/revocation?place=client", held.portal);
    let id = format!("held-{}", held.portal);
    let revoke = Button::quiet(text.say("sharing-revoke")).small().described_by(id.clone());
    row(&Row {
        id: Some(id),
        lead: Some(row_icon("portal")),
        name: &held.name,
        href: reading.frame.address("/staff/portals/", held.portal).as_deref(),
        detail: Some(html! { (reading.given(held.given_by.as_deref(), held.granted_at)) }),
        meta: Some(dot(text, held.standing.dot(reading.now))),
        actions: Some(action(reading, &revocation, "#client-grants", revoke)),
        ..Row::default()
    })
}
