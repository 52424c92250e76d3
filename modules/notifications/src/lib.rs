//! Notifications: when somebody has which news by mail, the mail of the day, and a list of what concerns them.
//! Deliberately absent: deciding what is true. Each kind of news is composed by its own module, at the moment at which
//! it is told (P10, P12), and whether somebody may see a line is asked anew whenever they look.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod choice;
mod demo;
mod digest;
mod happening;
mod hour;
mod jobs;
mod pages;
mod personal;
mod schema;
mod sections;
mod store;
mod timing;
mod view;
mod visibility;
mod way_out;

use happening::{CLIENTS, FOLLOWED, Places, STAFF, TOPIC};
use pages::{choices, list, unsubscribe};
use portico_kernel::{
    Access, Additions, Count, Counted, Demo, LetterSample, Module, Navigation, Reaction, Section,
};
use portico_ui::Language;

pub struct Notifications;

impl Module for Notifications {
    fn name(&self) -> &'static str {
        "notifications"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        for_one_side(add, STAFF, Count::Staff(store::unread));
        for_one_side(add, CLIENTS, Count::Client(visibility::unread));
        add.get("/unsubscribe/:token", Access::Public, unsubscribe::ask);
        // Its address proves where it comes from, since a program for mail has neither origin nor form token.
        add.webhook("/unsubscribe/:token", unsubscribe::stop);
        add.news_deliverer(jobs::deliver);
        add.purge(store::purge());
        add.job(jobs::digest());
        add.daily(jobs::clearing_daily());
        add.reaction(Reaction { name: "notifications", kinds: &FOLLOWED, react: store::spread });
        add.section(Section::StaffClient { order: 1, render: sections::of_client });
        add.letter(LetterSample { name: "notifications-digest", compose: digest::sample });
        add.closing_demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
    }
}

fn for_one_side(add: &mut Additions, places: Places, count: Count) {
    let access = places.access();
    add.get(places.list, access, list::show);
    add.get(places.unread, access, list::unread);
    add.button(places.reading, access, list::record_reading);
    add.get(places.choices, access, choices::show);
    add.post(places.choices, access, choices::change);
    let entry = Navigation {
        access,
        href: places.list,
        also: None,
        label: "notifications-notifications",
        icon: "bell",
        order: 80,
    };
    add.counted_navigation(entry, Counted { topic: TOPIC, href: places.unread, count });
}
