//! Files: how they come in, are shown and go out. Deliberately absent: renaming, moving, ordering
//! and deleting, which the portals module does for items of every kind; the parsing of documents,
//! which happens in a process of its own (`reading/`), like the drawing of thumbnails and pages.
//!
//! A name is data and a key is random: nothing that a browser sends becomes a path. An object is
//! durable before its row exists and a row before the upload is acknowledged, so that a crash at
//! any moment leaves at most an object that nobody knows. The type is decided from the content
//! when a file arrives, and only what cannot run is ever shown in place, in a policy of its own.
//!
//! The same name twice in a folder makes the next version of one file (P34). Clients get the version
//! that is shown, the latest or the pinned one, and have no address for any other.
//!
//! A client sends files into folders that take them. What one client sends, no other sees until staff
//! show it (the kernel's `sent_items`); under one name it makes versions of their own file alone.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod approval;
mod approval_mail;
mod archive;
mod arrival;
mod awaited;
mod byte_range;
mod caller;
mod cells;
mod changes;
mod copies;
mod delivery;
mod demo;
mod drawing;
mod faces;
mod file;
mod file_name;
mod jobs;
mod keeping;
mod look;
mod mails;
mod noted;
mod offline;
mod page_pictures;
mod pages;
mod personal;
mod prepared;
mod preview_text;
mod quota;
mod reconciliation;
mod refusal;
mod request;
mod request_letter;
mod request_slot;
mod retention;
mod schema;
mod search;
mod sections;
mod showing;
mod storage;
mod store;
mod sums;
mod thumbnail;
mod tus;
mod upload;
mod uploader;
mod view;
mod visibility;

use std::sync::Arc;

use futures_util::FutureExt;
use pages::{approvals, asked, pictures, requests, sending, storage as space, versions};
use poem::EndpointExt;
use portico_kernel::{
    Access, Additions, JobKind, LetterSample, Located, Module, Permission, Purge, Section, SettingsPage,
};
use portico_ui::Language;

pub use reconciliation::{StoreReport, store_report};

/// What reads names and headers that strangers write. Nothing but `tests/parsers` uses it from here, which gives it
/// anything.
pub mod strangers {
    pub use crate::{
        byte_range::Asked,
        cells::Cells,
        file_name::{ClientPath, FileName},
        mails::parts_of as mail_parts,
        tus::{Checksum, length, offset, path_in},
    };
}

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
        add.personal_data(personal::data());
        add.offline_part(offline::part());
        let staff = Access::Staff(Permission::Work);
        // Limited members have it, too.
        let assigned = Access::Staff(Permission::Assigned);
        let quota = Arc::new(quota::Quota::default());
        add.upload("/staff/portals/:portal/files", assigned, pages::upload_files.data(quota.clone()));
        add.upload("/folders/:folder/files", Access::Client, sending::send_files.data(quota.clone()));
        tus::register(add, assigned, &quota);
        archive::register(add, assigned);
        add.button("/staff/folders/:folder/uploads", assigned, sending::open_folder);
        add.button("/staff/folders/:folder/uploads/removal", assigned, sending::close_folder);
        add.button("/staff/files/:item/showing", assigned, sending::show);
        add.button("/staff/files/:item/showing/removal", assigned, sending::hide);
        add.get("/staff/files/:item", assigned, pages::staff_preview);
        add.get("/staff/files/:item/content", assigned, pages::staff_content);
        add.get("/staff/files/:item/download", assigned, pages::staff_download);
        for_pictures(add, assigned);
        for_versions(add, assigned);
        for_approvals(add, assigned);
        add.located(Located { parameter: "request", find: store::whereabouts_of_request });
        add.located(Located { parameter: "approval", find: store::whereabouts_of_approval });
        for_storage(add);
        add.get("/files/:item", Access::Client, pages::client_preview);
        add.get("/files/:item/content", Access::Client, pages::client_content);
        add.get("/files/:item/download", Access::Client, pages::client_download);
        add.button("/files/:item/views", Access::Client, pages::record_view);
        add.upload(
            "/requests/:request/slots/:slot/file",
            Access::Client,
            asked::send_file.data(quota.clone()),
        );
        add.file_keeper(keeping::Keeper { quota });
        add.get("/requests", Access::Client, asked::list);
        add.get("/requests/:request", Access::Client, asked::show);
        add.get("/portals/:portal/requests", Access::Client, asked::of_portal);
        add.get("/staff/portals/:portal/requests", assigned, requests::of_portal);
        add.get("/staff/portals/:portal/requests/new", assigned, requests::new);
        add.post("/staff/portals/:portal/requests", assigned, requests::create);
        add.get("/staff/requests/:request", assigned, requests::show);
        add.post("/staff/requests/:request/date", assigned, requests::move_due_date);
        add.button("/staff/requests/:request/reminder", assigned, requests::remind);
        add.button("/staff/requests/:request/versions/:version/acceptance", assigned, requests::accept);
        add.post("/staff/requests/:request/versions/:version/return", assigned, requests::ask_again);
        add.button("/staff/requests/:request/withdrawal", assigned, requests::withdraw);
        add.assigned_section(Section::StaffHome { order: 20, render: sections::staff_home });
        add.assigned_section(Section::StaffPortal { order: 20, render: sections::staff_requests });
        add.section(Section::ClientHome { order: 20, render: sections::client_home });
        add.section(Section::ClientPortal {
            name: "requests",
            label: "files-requests",
            order: 20,
            render: sections::client_portal,
        });
        add.section(Section::StaffPortal { order: 21, render: sections::prepared_requests });
        add.button("/staff/prepared-requests/:prepared/removal", staff, requests::remove_prepared);
        add.button("/staff/prepared-requests/:prepared/restoration", staff, requests::restore_prepared);
        add.template_part(store::prepared::part());
        add.purge(Purge { items: |_, _| Ok(()), portal: store::prepared::remove_of_portal });
        add.awaited(awaited::requests());
        add.assigned_section(Section::StaffPortalTools { order: 30, render: sections::request_tool });
        add.assigned_section(Section::StaffPortalTools { order: 40, render: sections::staff_tools });
        add.section(Section::ClientPortalTools { order: 40, render: sections::client_tools });
        add.picture_drawer(drawing::draw_for_others);
        add.mail_reader(mails::take_apart_for_others);
        add.item_kind(faces::kind());
        add.job(jobs::files_read());
        add.job(jobs::files_draw());
        add.job(tus::upload_expires());
        add.job(JobKind {
            kind: request_letter::REQUEST_MAIL,
            run: |system, job| request_letter::send(system, job).boxed(),
        });
        add.news(request_letter::NEWS);
        add.letter(LetterSample { name: "files-request", compose: request_letter::sample_asked });
        add.letter(LetterSample { name: "files-reminder", compose: request_letter::sample_reminder });
        add.letter(LetterSample { name: "files-again", compose: request_letter::sample_again });
        add.search_source(search::source());
        add.demo(demo::demo());
    }
}

fn for_pictures(add: &mut Additions, staff: Access) {
    add.get("/staff/files/:item/thumbnail", staff, pictures::staff_thumbnail);
    add.get("/staff/files/:item/pages/:page", staff, pictures::staff_page);
    add.get("/staff/files/:item/versions/:version/pages/:page", staff, pictures::version_page);
    add.get("/files/:item/thumbnail", Access::Client, pictures::client_thumbnail);
    add.get("/files/:item/pages/:page", Access::Client, pictures::client_page);
}

fn for_versions(add: &mut Additions, staff: Access) {
    add.get("/staff/files/:item/versions/:version", staff, versions::show);
    add.get("/staff/files/:item/versions/:version/content", staff, versions::content);
    add.get("/staff/files/:item/versions/:version/download", staff, versions::download);
    add.get("/staff/files/:item/versions/:version/changes", staff, versions::show_changes);
    add.button("/staff/files/:item/versions/:version/renewal", staff, versions::renew);
    add.button("/staff/files/:item/versions/:version/pin", staff, versions::pin);
    add.button("/staff/files/:item/pin/removal", staff, versions::unpin);
    add.button("/staff/files/:item/versions/:version/deletion", staff, versions::delete);
    add.button("/staff/files/:item/versions/:version/restoration", staff, versions::restore);
}

fn for_approvals(add: &mut Additions, staff: Access) {
    add.get("/staff/files/:item/approvals", staff, approvals::states);
    add.get("/staff/files/:item/approvals/new", staff, approvals::ask);
    add.post("/staff/files/:item/approvals", staff, approvals::create);
    add.button("/staff/approvals/:approval/withdrawal", staff, approvals::withdraw);
    add.post("/approvals/:approval/decision", Access::Client, approvals::decide);
    add.section(Section::ClientHome { order: 20, render: sections::of_client_home });
    add.job(approval_mail::job());
    add.news(approval_mail::NEWS);
    add.reaction(approval_mail::reaction());
    approval_mail::samples().into_iter().for_each(|sample| add.letter(sample));
    add.awaited(awaited::approvals());
}

fn for_storage(add: &mut Additions) {
    add.get("/staff/settings/storage", Access::Staff(Permission::Manage), space::show);
    add.post("/staff/settings/storage", Access::Staff(Permission::Operate), space::change);
    add.settings(SettingsPage {
        href: "/staff/settings/storage",
        label: "files-storage",
        hint: "files-storage-hint",
        icon: "file-archive",
        permission: Permission::Manage,
    });
    add.purge(retention::of_items());
    add.object_owner(retention::owner());
    add.object_owner(retention::owner_of_thumbnails());
    add.object_owner(retention::owner_of_uploads());
    add.daily(retention::purge_daily());
    add.job(retention::purge_rest());
    add.job(retention::forget_objects());
    add.daily(reconciliation::daily());
}
