//! Who opened what, for staff, and what happened in a portal, for its clients: both read from the one table of events.
//! Deliberately absent: any record of its own, and any rule of who sees what. The modules that have the things note who
//! looks at them; a thing's name and those who have it are what `add.sight` says.

mod activity;
mod deed;
mod pages;
mod sections;
mod store;
mod view;
mod visibility;

use portico_kernel::{Access, Additions, Module, Permission, Section};
use portico_ui::Language;

pub struct Activity;

impl Module for Activity {
    fn name(&self) -> &'static str {
        "activity"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.get("/staff/activity/:noun/:thing", Access::Staff(Permission::Work), pages::show);
        add.get("/portals/:portal/activity", Access::Client, pages::what_happened);
        add.section(Section::ClientPortalTools { order: 60, render: sections::client_tool });
    }
}
