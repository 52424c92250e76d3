//! Portals and what portals owns of their content (notes, links, embeds, folders), the first pages of
//! clients and staff, the public page and the organization's looks; deleting items and portals of every
//! kind, bringing them back, and letting them go after 30 days; portals kept as templates, how a client's page
//! is arranged, and whom staff wait for, as the modules tell. Deliberately absent: who may see
//! a portal, which sharing decides and the guards enforce; the bytes of files; fetching anything
//! from an address that somebody typed (T13).

mod demo;
mod embed;
mod focus;
mod folder;
mod item;
mod jobs;
mod layout;
mod link;
mod looks;
mod news;
mod note;
mod offline;
mod order;
mod pages;
mod picture;
mod portal;
mod public_words;
mod received;
mod reminder;
mod schema;
mod search;
mod sight;
mod store;
mod template;
mod view;
mod visibility;

use pages::{
    archival, awaited, brand, client, cover, deleted, embed as one_embed, embeds, folders, items, links,
    logo, notes, portal as one, portals, public, sections, selection, settings, staff_home, templates,
};
use portico_kernel::{Access, Additions, Demo, Module, Navigation, Permission, Section, SettingsPage};
use portico_ui::Language;

pub struct Portals;

const WORK: Access = Access::Staff(Permission::Work);
const MANAGE: Access = Access::Staff(Permission::Manage);
/// Limited members have it, too.
const ASSIGNED: Access = Access::Staff(Permission::Assigned);

impl Module for Portals {
    fn name(&self) -> &'static str {
        "portals"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.get("/", Access::Public, public::first_page);
        add.get("/brand/:file", Access::Public, brand::file);
        add.get("/brand/:version/:picture", Access::Public, brand::picture);
        add.get("/manifest.webmanifest", Access::Public, brand::manifest);
        for_clients(add);
        for_staff(add);
        about_templates(add);
        settings_pages(add);
        let entry =
            |access, href, label, icon, order| Navigation { access, href, also: None, label, icon, order };
        add.navigation(entry(Access::Client, "/", "ui-home", "home", 0));
        add.navigation(entry(ASSIGNED, "/staff", "ui-home", "home", 0));
        add.navigation(entry(ASSIGNED, "/staff/portals", "portals-navigation", "portal", 10));
        add.search_source(search::portal_source());
        add.search_source(search::item_source());
        add.sight(sight::of_portals());
        add.sight(sight::of_items());
        add.purge(store::purge::own());
        add.offline_part(offline::part());
        add.daily(jobs::purge_daily());
        add.job(jobs::purge_rest());
        add.demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
        add.closing_demo(Demo { fill: |world| Box::pin(demo::keep_template(world)) });
    }
}

fn for_clients(add: &mut Additions) {
    add.get("/portals/:portal", Access::Client, client::show_portal);
    add.get("/portals/:portal/items", Access::Client, client::show_items);
    add.get("/portals/:portal/offline/download", Access::Client, pages::offline::for_client);
    add.button("/portals/:portal/views", Access::Client, client::record_view);
    add.get("/notes/:item", Access::Client, client::show_note);
    add.button("/notes/:item/views", Access::Client, client::record_note_view);
    add.get("/embeds/:item", Access::Client, one_embed::show_to_client);
}

fn for_staff(add: &mut Additions) {
    add.get("/staff", ASSIGNED, staff_home::show);
    add.assigned_section(Section::StaffHome { order: 50, render: staff_home::recent_portals });
    add.section(Section::StaffHome { order: 60, render: staff_home::activity });
    add.assigned_section(Section::StaffProject { order: 10, render: one::of_project });

    add.get("/staff/awaited", WORK, awaited::show);
    add.button("/staff/awaited/:noun/:subject/reminder", WORK, awaited::remind);
    add.get("/staff/deleted", WORK, deleted::show);
    add.get("/staff/portals", ASSIGNED, portals::list);
    add.get("/staff/portals/new", WORK, portals::new);
    add.post("/staff/portals", WORK, portals::create);
    add.button("/staff/projects/:project/portal", ASSIGNED, one::create_for_project);
    add.get("/staff/portals/:portal", ASSIGNED, one::show);
    add.get("/staff/portals/:portal/items", ASSIGNED, one::items);
    add.post("/staff/portals/:portal/order", ASSIGNED, one::order);
    add.get("/staff/portals/:portal/name", WORK, portals::ask_name);
    add.post("/staff/portals/:portal/name", WORK, portals::rename);
    add.get("/staff/portals/:portal/settings", WORK, portals::ask_settings);
    add.post("/staff/portals/:portal/settings", WORK, portals::change);
    add.get("/staff/portals/:portal/archival", WORK, archival::ask);
    add.button("/staff/portals/:portal/archival", WORK, archival::archive);
    add.button("/staff/portals/:portal/archival/removal", WORK, archival::unarchive);
    add.get("/staff/portals/:portal/offline", WORK, pages::offline::ask);
    add.get("/staff/portals/:portal/offline/download", WORK, pages::offline::for_staff);
    add.button("/staff/portals/:portal/deletion", WORK, portals::delete);
    add.button("/staff/portals/:portal/restoration", WORK, portals::restore);

    add.get("/staff/portals/:portal/notes/new", ASSIGNED, notes::new);
    add.post("/staff/portals/:portal/notes", ASSIGNED, notes::create);
    add.get("/staff/notes/:item", ASSIGNED, notes::show);
    add.get("/staff/notes/:item/edit", ASSIGNED, notes::edit);
    add.post("/staff/notes/:item", ASSIGNED, notes::change);
    add.button("/staff/notes/:item/pin", ASSIGNED, notes::pin);
    add.button("/staff/notes/:item/pin/removal", ASSIGNED, notes::unpin);

    add.get("/staff/portals/:portal/links/new", ASSIGNED, links::new);
    add.post("/staff/portals/:portal/links", ASSIGNED, links::create);
    add.get("/staff/links/:item/edit", ASSIGNED, links::edit);
    add.post("/staff/links/:item", ASSIGNED, links::change);
    add.get("/staff/portals/:portal/embeds/new", ASSIGNED, embeds::new);
    add.post("/staff/portals/:portal/embeds", ASSIGNED, embeds::create);
    add.get("/staff/embeds/:item", ASSIGNED, one_embed::show);
    add.get("/staff/embeds/:item/edit", ASSIGNED, embeds::edit);
    add.post("/staff/embeds/:item", ASSIGNED, embeds::change);
    add.get("/staff/portals/:portal/folders/new", ASSIGNED, folders::new);
    add.post("/staff/portals/:portal/folders", ASSIGNED, folders::create);

    add.get("/staff/items/:item/name", ASSIGNED, items::ask_name);
    add.post("/staff/items/:item/name", ASSIGNED, items::rename);
    add.get("/staff/items/:item/folder", ASSIGNED, items::ask_folder);
    add.post("/staff/items/:item/folder", ASSIGNED, items::move_into);
    add.button("/staff/items/:item/place/earlier", ASSIGNED, items::earlier);
    add.button("/staff/items/:item/place/later", ASSIGNED, items::later);
    add.button("/staff/items/:item/deletion", ASSIGNED, items::delete);
    add.button("/staff/items/:item/restoration", ASSIGNED, items::restore);

    add.get("/staff/portals/:portal/selection/folder", ASSIGNED, selection::ask_folder);
    add.post("/staff/portals/:portal/selection/folder", ASSIGNED, selection::move_into);
    add.button("/staff/portals/:portal/selection/folder/removal", ASSIGNED, selection::move_back);
    add.post("/staff/portals/:portal/selection/deletion", ASSIGNED, selection::delete);
    add.button("/staff/portals/:portal/selection/restoration", ASSIGNED, selection::restore);
}

fn about_templates(add: &mut Additions) {
    add.get("/staff/templates", WORK, templates::list);
    add.get("/staff/portals/:portal/templates/new", WORK, templates::new);
    add.post("/staff/portals/:portal/templates", WORK, templates::create);
    add.get("/staff/templates/:template/name", WORK, templates::ask_name);
    add.post("/staff/templates/:template/name", WORK, templates::rename);
    add.button("/staff/templates/:template/deletion", WORK, templates::delete);
    add.button("/staff/templates/:template/restoration", WORK, templates::restore);
    add.button("/staff/projects/:project/portal/templates/:template", WORK, one::create_from_template);
    add.template_part(store::kept::part());

    add.get("/staff/portals/:portal/sections", WORK, sections::show);
    add.post("/staff/portals/:portal/sections/order", WORK, sections::order);
    add.get("/staff/portals/:portal/sections/:section/name", WORK, sections::ask_name);
    add.post("/staff/portals/:portal/sections/:section/name", WORK, sections::rename);
    add.button("/staff/portals/:portal/sections/:section/place/earlier", WORK, sections::earlier);
    add.button("/staff/portals/:portal/sections/:section/place/later", WORK, sections::later);
    add.button("/staff/portals/:portal/sections/:section/hiding", WORK, sections::hide);
    add.button("/staff/portals/:portal/sections/:section/hiding/removal", WORK, sections::unhide);
}

fn settings_pages(add: &mut Additions) {
    add.get("/staff/settings/looks", MANAGE, settings::ask_looks);
    add.post("/staff/settings/looks", MANAGE, settings::change_looks);
    add.get("/staff/settings/looks/preview", MANAGE, settings::preview);
    add.upload("/staff/settings/looks/logo", MANAGE, logo::change);
    add.button("/staff/settings/looks/logo/removal", MANAGE, logo::remove);
    add.button("/staff/settings/looks/logo/restoration", MANAGE, logo::restore);
    add.get("/staff/settings/public-page", MANAGE, settings::ask_public_words);
    add.post("/staff/settings/public-page", MANAGE, settings::change_public_words);
    add.upload("/staff/settings/public-page/cover", MANAGE, cover::change);
    add.get("/staff/settings/public-page/cover/preview", MANAGE, cover::preview);
    add.post("/staff/settings/public-page/cover/focus", MANAGE, cover::change_focus);
    add.button("/staff/settings/public-page/cover/removal", MANAGE, cover::remove);
    add.button("/staff/settings/public-page/cover/restoration", MANAGE, cover::restore);
    add.settings(SettingsPage {
        href: "/staff/settings/looks",
        label: "portals-looks",
        hint: "portals-looks-about",
        icon: "eye",
        permission: Permission::Manage,
    });
    add.settings(SettingsPage {
        href: "/staff/settings/public-page",
        label: "portals-public-page",
        hint: "portals-public-page-about",
        icon: "globe",
        permission: Permission::Manage,
    });
}
