//! Sample pages as the modules will make them.

mod client;
mod signed_out;
mod staff;

use portico_ui::mail::Letter;
use portico_ui::{
    Frame, Markup, NavigationCount, NavigationEntry, OrganizationLook, Pages, PersonLook, PreviewBanner, Text,
};

pub fn pages(text: Text, brand: &str) -> Vec<(&'static str, Markup)> {
    let staff = staff_frame(text, brand);
    let client = client_frame(text, brand);
    let out = Frame { person: None, navigation: Vec::new(), ..client_frame(text, brand) };
    let preview = Frame {
        preview: Some(PreviewBanner { text, person_name: "Carol Jones".to_owned() }),
        ..client_frame(text, brand)
    };
    vec![
        ("staff-home", staff::home(&staff)),
        ("staff-project", staff::project(&staff)),
        ("staff-portal", staff::portal(&staff)),
        ("staff-clients", staff::clients(&staff)),
        ("staff-empty", staff::empty(&staff)),
        ("staff-share", staff::share(&staff)),
        ("components", staff::components(&staff)),
        ("client-home", client::home(&client)),
        ("client-home-empty", client::empty_home(&client)),
        ("client-portal", client::portal(&client)),
        ("client-portal-grid", client::portal_grid_view(&preview)),
        ("client-search", client::search(&client)),
        ("sign-in", signed_out::sign_in(&out)),
        ("invitation", signed_out::invitation(&out)),
        ("public", signed_out::public(&out)),
        ("not-found", signed_out::not_found(&out)),
    ]
}

pub fn letter() -> Letter {
    Letter {
        title: "Website redesign is shared with you".to_owned(),
        greeting: "Hello Carol,".to_owned(),
        paragraphs: vec![
            "Ada Lovelace of Studio North has opened a portal for your project: files, notes, milestones and everything else about it in one place.".to_owned(),
            "“Everything from Tuesday is in there. Tell me what you think of the second direction!”".to_owned(),
        ],
        button: Some(("Open the portal".to_owned(), "https://studio.portico.example/invitations/4f0c2b8d6a917e35".to_owned())),
        footer: "You receive this because Studio North invited carol@acme.test. The link is valid until 7 December 2026.".to_owned(),
    }
}

fn organization(brand: &str) -> OrganizationLook {
    OrganizationLook {
        brand_href: format!("/{brand}/brand.css"),
        ..OrganizationLook::of_nobody("Studio North")
    }
}

fn entry(href: &str, label: &str, icon: &'static str, current: bool, count: u64) -> NavigationEntry {
    let count = NavigationCount { number: count, topic: icon, href: "#" };
    NavigationEntry { href: href.to_owned(), label: label.to_owned(), icon, current, count: Some(count) }
}

fn staff_frame(text: Text, brand: &str) -> Frame {
    Frame {
        text,
        organization: organization(brand),
        person: Some(PersonLook { name: "Ada Lovelace".to_owned(), email: "ada@studio.test".to_owned() }),
        navigation: vec![
            entry("staff-home.html", "Home", "home", true, 0),
            entry("staff-project.html", "Projects", "project", false, 0),
            entry("staff-portal.html", "Portals", "portal", false, 0),
            entry("staff-clients.html", "Clients", "clients", false, 0),
            entry("staff-empty.html", "Billing", "billing", false, 3),
            entry("#", "Messages", "messages", false, 12),
            entry("#", "Settings", "settings", false, 0),
        ],
        pages: Pages::of(["/search", "/staff/search"], []),
        form_token: "token".to_owned(),
        preview: None,
        live_href: None,
        path: "/staff".to_owned(),
        toast: None,
    }
}

fn client_frame(text: Text, brand: &str) -> Frame {
    Frame {
        person: Some(PersonLook { name: "Carol Jones".to_owned(), email: "carol@acme.test".to_owned() }),
        navigation: vec![
            entry("client-home.html", "Home", "home", true, 0),
            entry("#", "Billing", "billing", false, 1),
            entry("#", "Messages", "messages", false, 2),
        ],
        ..staff_frame(text, brand)
    }
}
