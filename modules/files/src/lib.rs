//! Files: how they come in, are shown and go out. Deliberately absent: renaming, moving, ordering
//! and deleting, which the portals module does for items of every kind; the parsing of documents,
//! which happens in a process of its own (`reading/`); versions and thumbnails.
//!
//! A name is data and a key is random: nothing that a browser sends becomes a path. An object is
//! durable before its row exists and a row before the upload is acknowledged, so that a crash at
//! any moment leaves at most an object that nobody knows. The type is decided from the content
//! when a file arrives, and only what cannot run is ever shown in place, in a policy of its own.
//!
//! The same name twice in a folder makes a second item, "Plan (2).pdf".

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod arrival;
mod byte_range;
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
mod showing;
mod store;
mod upload;
mod view;
mod visibility;

use std::sync::Arc;

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
        add.upload("/staff/portals/:portal/files", staff, pages::upload_files.data(quota));
        add.get("/staff/files/:item", staff, pages::staff_preview);
        add.get("/staff/files/:item/content", staff, pages::staff_content);
        add.get("/staff/files/:item/download", staff, pages::staff_download);
        add.get("/files/:item", Access::Client, pages::client_preview);
        add.get("/files/:item/content", Access::Client, pages::client_content);
        add.get("/files/:item/download", Access::Client, pages::client_download);
        add.section(Section::StaffPortalTools {
            order: 40,
            render: |_, place| {
                let here = store::Place { portal: place.portal, folder: place.folder };
                Ok(Some(view::upload_tool(place.frame, here)))
            },
        });
        add.item_kind(faces::kind());
        add.job(jobs::files_read());
        add.search_source(search::source());
        add.demo(demo::demo());
    }
}
