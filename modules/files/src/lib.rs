//! Files: how they come in, are shown and go out. Deliberately absent: renaming, moving, ordering
//! and deleting, which the portals module does for items of every kind; the parsing of documents,
//! which happens in a process of its own (`reading/`); thumbnails.
//!
//! A name is data and a key is random: nothing that a browser sends becomes a path. An object is
//! durable before its row exists and a row before the upload is acknowledged, so that a crash at
//! any moment leaves at most an object that nobody knows. The type is decided from the content
//! when a file arrives, and only what cannot run is ever shown in place, in a policy of its own.
//!
//! The same name twice in a folder makes the next version of one file (P34). Clients get the version
//! that is shown, the latest or the pinned one, and have no address for any other.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod approval;
mod approval_mail;
mod archive;
mod arrival;
mod byte_range;
mod changes;
mod delivery;
mod demo;
mod disposition;
mod faces;
mod file;
mod file_name;
mod jobs;
mod pages;
mod part_headers;
mod parts;
mod preview_text;
mod quota;
mod refusal;
mod schema;
mod search;
mod sections;
mod showing;
mod store;
mod sums;
mod tus;
mod upload;
mod uploader;
mod view;
mod visibility;

use std::sync::Arc;

use pages::{approvals, versions};
use poem::EndpointExt;
use portico_kernel::{Access, Additions, Module, Permission, Section};
use portico_ui::Language;

pub struct Files;

impl Module for Files {
    fn name(&self) -> &'static str {
        "files"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        let staff = Access::Staff(Permission::Work);
        let quota = Arc::new(quota::Quota::default());
        add.upload("/staff/portals/:portal/files", staff, pages::upload_files.data(quota.clone()));
        tus::register(add, staff, &quota);
        add.get("/staff/files/:item", staff, pages::staff_preview);
        add.get("/staff/files/:item/content", staff, pages::staff_content);
        add.get("/staff/files/:item/download", staff, pages::staff_download);
        for_versions(add, staff);
        for_approvals(add, staff);
        add.get("/files/:item", Access::Client, pages::client_preview);
        add.get("/files/:item/content", Access::Client, pages::client_content);
        add.get("/files/:item/download", Access::Client, pages::client_download);
        archive::register(add, staff);
        add.section(Section::StaffPortalTools {
            order: 40,
            render: |_, place| {
                let here = store::Place { portal: place.portal, folder: place.folder };
                Ok(Some(view::upload_tool(place.frame, here)))
            },
        });
        add.item_kind(faces::kind());
        add.job(jobs::files_read());
        add.job(tus::upload_expires());
        add.search_source(search::source());
        add.demo(demo::demo());
    }
}

fn for_versions(add: &mut Additions, staff: Access) {
    add.get("/staff/files/:item/versions/:version", staff, versions::show);
    add.get("/staff/files/:item/versions/:version/content", staff, versions::content);
    add.get("/staff/files/:item/versions/:version/download", staff, versions::download);
    add.get("/staff/files/:item/versions/:version/changes", staff, versions::show_changes);
    add.post("/staff/files/:item/versions/:version/renewal", staff, versions::renew);
    add.post("/staff/files/:item/versions/:version/pin", staff, versions::pin);
    add.post("/staff/files/:item/pin/removal", staff, versions::unpin);
    add.post("/staff/files/:item/versions/:version/deletion", staff, versions::delete);
    add.post("/staff/files/:item/versions/:version/restoration", staff, versions::restore);
}

fn for_approvals(add: &mut Additions, staff: Access) {
    add.get("/staff/files/:item/approvals", staff, approvals::states);
    add.get("/staff/files/:item/approvals/new", staff, approvals::ask);
    add.post("/staff/files/:item/approvals", staff, approvals::create);
    add.post("/staff/approvals/:approval/withdrawal", staff, approvals::withdraw);
    add.post("/approvals/:approval/decision", Access::Client, approvals::decide);
    add.section(Section::ClientHome { order: 20, render: sections::of_client_home });
    add.section(Section::StaffHome { order: 20, render: sections::of_staff_home });
    add.job(approval_mail::job());
    add.reaction(approval_mail::reaction());
    add.letter(approval_mail::sample());
}
