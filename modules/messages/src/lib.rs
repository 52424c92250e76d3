//! Messages: what staff and one client write to each other about one portal, and how it comes to be read.
//! Deliberately absent: a conversation of several clients. It belongs to a portal and to one client of it, so that clients
//! who share a portal never learn of each other (P10). Those alone meet whom staff put into one room.
//!
//! What a client wrote is new to a member of staff until they have read it or a colleague has answered it. A
//! conversation begins with its first message. Who wrote a message may change it, which shows, or delete it:
//! then its words and files are gone, and its place remains. The bytes of files come and go through the module that
//! keeps files. Whoever is told of a message by mail can answer the mail.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod conversation;
mod day;
mod demo;
mod file;
mod incoming;
mod jobs;
mod letter;
mod mention;
mod message;
mod offline;
mod opening;
mod own_words;
mod pages;
mod personal;
mod receiving;
mod reply_token;
mod room;
mod room_visibility;
mod schema;
mod search;
mod sections;
mod store;
mod view;
mod visibility;

use pages::{client, people, rooms, staff};
use portico_kernel::{
    Access, Additions, Count, Counted, Demo, LetterSample, Module, Navigation, ObjectOwner, Permission,
    Section, Side,
};
use portico_ui::Language;
use view::lists::unread_address;

pub use opening::{LARGEST_MAIL, Opened, open_mail};
pub use reply_token::LONGEST_TOKEN;

/// What reads mails that strangers write. Nothing but `tests/parsers` uses it from here, which gives it anything.
pub mod strangers {
    pub use crate::{
        file::MOST as MOST_FILES,
        incoming::{read, token_in_letters},
        own_words::own_words,
        reply_token::ReplyToken,
    };
}

pub struct Messages;

/// Limited members have it, too.
const WORK: Access = Access::Staff(Permission::Work);
const ASSIGNED: Access = Access::Staff(Permission::Assigned);

impl Module for Messages {
    fn name(&self) -> &'static str {
        "messages"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        add.offline_part(offline::part());
        for_staff(add);
        for_clients(add);
        for_rooms(add);
        add.search_source(search::source());
        add.purge(store::purge());
        add.job(jobs::due());
        add.job(jobs::due_in_room());
        add.job(jobs::mail());
        add.job(jobs::forget());
        add.object_owner(ObjectOwner { name: "messages", known: store::known_keys, all: store::keys_after });
        add.object_owner(ObjectOwner {
            name: "rooms",
            known: store::known_room_keys,
            all: store::room_keys_after,
        });
        add.stored_bytes(store::stored_bytes);
        add.stored_bytes(store::stored_room_bytes);
        add.webhook("/webhooks/mail", pages::mail::open);
        add.news(jobs::NEWS);
        add.letter(LetterSample { name: "messages-unread", compose: letter::sample });
        add.demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
    }
}

fn for_staff(add: &mut Additions) {
    add.get("/staff/messages", ASSIGNED, staff::list);
    add.get("/staff/messages/unread", ASSIGNED, staff::unread);
    add.get("/staff/portals/:portal/messages", ASSIGNED, staff::of_portal);
    add.get("/staff/portals/:portal/messages/:client", ASSIGNED, staff::show);
    add.upload("/staff/portals/:portal/messages/:client", ASSIGNED, staff::write);
    add.get(
        "/staff/portals/:portal/messages/:client/:message/files/:file/download",
        ASSIGNED,
        pages::files::of_staff,
    );
    add.post("/staff/portals/:portal/messages/:client/reading", ASSIGNED, staff::record_reading);
    add.get("/staff/portals/:portal/messages/:client/:message/edit", ASSIGNED, staff::edit);
    add.post("/staff/portals/:portal/messages/:client/:message", ASSIGNED, staff::change);
    add.get("/staff/portals/:portal/messages/:client/:message/deletion", ASSIGNED, staff::ask_deletion);
    add.button("/staff/portals/:portal/messages/:client/:message/deletion", ASSIGNED, staff::delete);
    add.assigned_section(Section::StaffPortal { order: 30, render: sections::staff_portal });
    let counted = Counted {
        topic: view::TOPIC,
        href: unread_address(Side::Staff),
        count: Count::Staff(store::unread_conversations),
    };
    let entry = entry(ASSIGNED, "/staff/messages", "/staff/portals/:portal/messages", 25);
    add.counted_navigation(entry, counted);
}

fn for_clients(add: &mut Additions) {
    add.get("/messages", Access::Client, client::list);
    add.get("/messages/unread", Access::Client, client::unread);
    add.get("/portals/:portal/messages", Access::Client, client::show);
    add.upload("/portals/:portal/messages", Access::Client, client::write);
    add.get(
        "/portals/:portal/messages/:message/files/:file/download",
        Access::Client,
        pages::files::of_client,
    );
    add.get("/portals/:portal/messages/latest", Access::Client, client::latest);
    add.post("/portals/:portal/messages/reading", Access::Client, client::record_reading);
    add.get("/portals/:portal/messages/:message/edit", Access::Client, client::edit);
    add.post("/portals/:portal/messages/:message", Access::Client, client::change);
    add.get("/portals/:portal/messages/:message/deletion", Access::Client, client::ask_deletion);
    add.button("/portals/:portal/messages/:message/deletion", Access::Client, client::delete);
    add.section(Section::ClientPortal {
        name: sections::OF_PORTAL,
        label: "messages-messages",
        order: 40,
        render: sections::client_portal,
    });
    let counted = Counted {
        topic: view::TOPIC,
        href: unread_address(Side::Client),
        count: Count::Client(visibility::unread_conversations),
    };
    add.counted_navigation(entry(Access::Client, "/messages", "/portals/:portal/messages", 20), counted);
}

/// Chosen people, on both sides.
fn for_rooms(add: &mut Additions) {
    add.closed_rooms(room_visibility::entered);
    add.get("/staff/messages/rooms/new", WORK, people::new);
    add.post("/staff/messages/rooms", WORK, people::create);
    add.get("/staff/messages/rooms/:room/people", WORK, people::show);
    add.post("/staff/messages/rooms/:room/people", WORK, people::add);
    add.button("/staff/messages/rooms/:room/people/:person/removal", WORK, people::remove);
    add.get("/staff/messages/rooms/:room", WORK, rooms::show);
    add.upload("/staff/messages/rooms/:room", WORK, rooms::write);
    add.post("/staff/messages/rooms/:room/reading", WORK, rooms::record_reading);
    add.get("/staff/messages/rooms/:room/:message/edit", WORK, rooms::edit);
    add.post("/staff/messages/rooms/:room/:message", WORK, rooms::change);
    add.get("/staff/messages/rooms/:room/:message/deletion", WORK, rooms::ask_deletion);
    add.button("/staff/messages/rooms/:room/:message/deletion", WORK, rooms::delete);
    add.get("/staff/messages/rooms/:room/:message/files/:file/download", WORK, pages::files::of_room);
    add.get("/messages/rooms/:room", Access::Client, rooms::show);
    add.upload("/messages/rooms/:room", Access::Client, rooms::write);
    add.post("/messages/rooms/:room/reading", Access::Client, rooms::record_reading_of_client);
    add.get("/messages/rooms/:room/:message/edit", Access::Client, rooms::edit);
    add.post("/messages/rooms/:room/:message", Access::Client, rooms::change);
    add.get("/messages/rooms/:room/:message/deletion", Access::Client, rooms::ask_deletion);
    add.button("/messages/rooms/:room/:message/deletion", Access::Client, rooms::delete);
    add.get("/messages/rooms/:room/:message/files/:file/download", Access::Client, pages::files::of_room);
}

fn entry(access: Access, href: &'static str, also: &'static str, order: i16) -> Navigation {
    Navigation { access, href, also: Some(also), label: "messages-messages", icon: "messages", order }
}
