use maud::{Markup, html};
use portico_facts::PortalId;
use portico_kernel::Role;
use portico_ui::components::{Dot, Row, avatar, dialog, dot, list, row};

use super::Reading;
use crate::store::{Colleague, Holder};

/// Who can see a portal, and why (P15): clients by a grant, staff by their role, nobody else.
pub fn access(
    reading: &Reading,
    portal: PortalId,
    name: &str,
    holders: &[Holder],
    staff: &[Colleague],
) -> Markup {
    let text = reading.text();
    let state = |holder: &&Holder| holder.standing.dot(reading.now);
    let seeing: Vec<&Holder> = holders.iter().filter(|holder| state(holder) == Dot::Joined).collect();
    let awaited: Vec<&Holder> =
        holders.iter().filter(|holder| matches!(state(holder), Dot::Invited | Dot::Expired)).collect();
    let former: Vec<&Holder> = holders.iter().filter(|holder| state(holder) == Dot::Revoked).collect();
    let title = text.say_with("sharing-access-title", &[("portal", name.into())]);
    dialog(
        text,
        &title,
        &format!("/staff/portals/{portal}"),
        html! {
            (people(reading, "sharing-access-clients", &seeing))
            (people(reading, "sharing-access-awaited", &awaited))
            section.access-group {
                h2 { (text.say("sharing-access-staff")) }
                (list(html! {
                    @for colleague in staff {
                        (row(&Row {
                            lead: Some(avatar(&colleague.name)),
                            name: &colleague.name,
                            detail: Some(html! { (colleague.email) " · " (text.say(role_key(colleague.role))) }),
                            ..Row::default()
                        }))
                    }
                }))
            }
            (people(reading, "sharing-access-former", &former))
            p.access-nobody { (text.say("sharing-access-nobody-else")) }
        },
    )
}

fn people(reading: &Reading, heading: &str, holders: &[&Holder]) -> Markup {
    let text = reading.text();
    html! {
        @if !holders.is_empty() {
            section.access-group {
                h2 { (text.say(heading)) }
                (list(html! {
                    @for holder in holders {
                        (row(&Row {
                            lead: Some(avatar(&holder.name)),
                            name: &holder.name,
                            detail: Some(html! { (reason(reading, holder)) }),
                            meta: Some(dot(text, holder.standing.dot(reading.now))),
                            ..Row::default()
                        }))
                    }
                }))
            }
        }
    }
}

fn reason(reading: &Reading, holder: &Holder) -> String {
    match holder.standing.revoked_at {
        Some(revoked) => {
            reading.text().say_with("sharing-revoked-on", &[("date", reading.date(revoked).into())])
        }
        None => reading.given(holder.given_by.as_deref(), holder.granted_at),
    }
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Owner => "sharing-role-owner",
        Role::Admin => "sharing-role-admin",
        Role::Member | Role::Client => "sharing-role-member",
    }
}
