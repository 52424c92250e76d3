//! Announcements: what staff tell everybody who has a portal, or those who have certain ones. Deliberately absent:
//! answers. Who wants to say something about it writes a message. Nobody who reads an announcement learns who
//! else does, or how many (P10).
//!
//! A draft is staff's. Published, it is told to whoever may read it, now or later; for whom it is stays then, its
//! words can be corrected, which shows, and it can be deleted for 30 days.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod announcement;
mod demo;
mod jobs;
mod letter;
mod pages;
mod personal;
mod schema;
mod search;
mod sections;
mod sight;
mod store;
mod view;
mod visibility;

use pages::{client, staff};
use portico_kernel::{
    Access, Additions, Count, Counted, Demo, LetterSample, Module, Navigation, Permission, Section,
};
use portico_ui::Language;

pub struct Announcements;

const WORK: Access = Access::Staff(Permission::Work);

impl Module for Announcements {
    fn name(&self) -> &'static str {
        "announcements"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        for_staff(add);
        for_clients(add);
        add.search_source(search::source());
        add.sight(sight::of_announcements());
        add.purge(store::purge());
        add.job(jobs::due());
        add.job(jobs::mail());
        add.news(jobs::NEWS);
        add.daily(jobs::purge_daily());
        add.letter(LetterSample { name: "announcements-unread", compose: letter::sample });
        add.demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
    }
}

fn for_staff(add: &mut Additions) {
    add.get("/staff/announcements", WORK, staff::list);
    add.get("/staff/announcements/new", WORK, staff::new);
    add.post("/staff/announcements", WORK, staff::create);
    add.get("/staff/announcements/:announcement", WORK, staff::show);
    add.get("/staff/announcements/:announcement/edit", WORK, staff::edit);
    add.post("/staff/announcements/:announcement", WORK, staff::change);
    add.get("/staff/announcements/:announcement/publication", WORK, staff::ask_publication);
    add.button("/staff/announcements/:announcement/publication", WORK, staff::publish);
    add.get("/staff/announcements/:announcement/correction", WORK, staff::edit_published);
    add.post("/staff/announcements/:announcement/correction", WORK, staff::correct);
    add.button("/staff/announcements/:announcement/deletion", WORK, staff::delete);
    add.button("/staff/announcements/:announcement/restoration", WORK, staff::restore);
    add.navigation(entry(WORK, view::staff::LIST, 26));
}

fn for_clients(add: &mut Additions) {
    add.get("/announcements", Access::Client, client::list);
    add.get("/announcements/unread", Access::Client, client::unread);
    add.get("/announcements/latest", Access::Client, client::latest);
    add.get("/announcements/:announcement", Access::Client, client::show);
    add.button("/announcements/:announcement/reading", Access::Client, client::record_reading);
    add.section(Section::ClientHome { order: 30, render: sections::client_home });
    let counted = Counted {
        topic: view::TOPIC,
        href: view::client::UNREAD,
        count: Count::Client(visibility::unread_announcements),
    };
    add.counted_navigation(entry(Access::Client, view::client::LIST, 22), counted);
}

fn entry(access: Access, href: &'static str, order: i16) -> Navigation {
    Navigation { access, href, also: None, label: "announcements-announcements", icon: "announcement", order }
}
