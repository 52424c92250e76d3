//! Who can see this, and why (P15): of one thing as a page, of all as a file. Deliberately absent: any rule of
//! who sees what. Each module answers for its own things, by the predicates of its pages for clients
//! (`add.sight`); all that is asked here is who of these people can sign in.

mod audience;
mod pages;
mod store;
mod view;

use portico_kernel::{Access, Additions, Module, Permission, SettingsPage};
use portico_ui::Language;

pub struct Audience;

impl Module for Audience {
    fn name(&self) -> &'static str {
        "audience"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        let manage = Access::Staff(Permission::Manage);
        add.get("/staff/audience/:noun/:thing", Access::Staff(Permission::Work), pages::show);
        add.get("/staff/settings/audience", manage, pages::of_all);
        add.get("/staff/settings/audience.csv", manage, pages::download);
        add.settings(SettingsPage {
            href: "/staff/settings/audience",
            label: "audience-of-all",
            hint: "audience-of-all-hint",
            icon: "lock",
            permission: Permission::Manage,
        });
    }
}
