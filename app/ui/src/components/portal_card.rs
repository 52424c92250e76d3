//! A portal as a client meets it: a cover, a name, what is new.

use maud::{Markup, html};

use super::{badge, cover};

pub struct PortalCard<'a> {
    pub href: &'a str,
    pub name: &'a str,
    /// An image; without one the card wears a cover made from the brand and the name.
    pub cover: Option<&'a str>,
    /// "14 items", "Website redesign".
    pub detail: Option<&'a str>,
    /// "3 new since last time".
    pub news: Option<&'a str>,
}

pub fn portal_card(portal: &PortalCard<'_>) -> Markup {
    html! {
        a.portal-card href=(portal.href) {
            (cover(portal.cover, portal.name))
            span.portal-card-body {
                strong.portal-card-name { (portal.name) }
                @if let Some(detail) = portal.detail { span.field-hint { (detail) } }
            }
            @if let Some(news) = portal.news { (badge::badge_accent(news)) }
        }
    }
}

/// Lays out portal cards.
pub fn portal_grid(cards: Markup) -> Markup {
    html! { div.portal-grid { (cards) } }
}

pub fn sample() -> Markup {
    let card = |name, news| PortalCard { href: "#", name, cover: None, detail: Some("14 items"), news };
    portal_grid(html! {
        (portal_card(&card("Website redesign", Some("3 new"))))
        (portal_card(&card("Annual report 2026 for the shareholders of Acme International Holding", None)))
    })
}
