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
        add.navigation(entry(WORK, "/staff", "ui-home", "home", 0));
        add.navigation(entry(WORK, "/staff/portals", "portals-navigation", "portal", 10));
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
    add.get("/staff", WORK, staff_home::show);
    add.section(Section::StaffHome { order: 50, render: staff_home::recent_portals });
    add.section(Section::StaffHome { order: 60, render: staff_home::activity });
    add.section(Section::StaffProject { order: 10, render: one::of_project });

    add.get("/staff/awaited", WORK, awaited::show);
    add.button("/staff/awaited/:noun/:subject/reminder", WORK, awaited::remind);
    add.get("/staff/deleted", WORK, deleted::show);
    add.get("/staff/portals", WORK, portals::list);
    add.get("/staff/portals/new", WORK, portals::new);
    add.post("/staff/portals", WORK, portals::create);
    add.button("/staff/projects/:project/portal", WORK, one::create_for_project);
    add.get("/staff/portals/:portal", WORK, one::show);
    add.get("/staff/portals/:portal/items", WORK, one::items);
    add.post("/staff/portals/:portal/order", WORK, one::order);
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

    add.get("/staff/portals/:portal/notes/new", WORK, notes::new);
    add.post("/staff/portals/:portal/notes", WORK, notes::create);
    add.get("/staff/notes/:item", WORK, notes::show);
    add.get("/staff/notes/:item/edit", WORK, notes::edit);
    add.post("/staff/notes/:item", WORK, notes::change);
    add.button("/staff/notes/:item/pin", WORK, notes::pin);
    add.button("/staff/notes/:item/pin/removal", WORK, notes::unpin);

    add.get("/staff/portals/:portal/links/new", WORK, links::new);
    add.post("/staff/portals/:portal/links", WORK, links::create);
    add.get("/staff/links/:item/edit", WORK, links::edit);
    add.post("/staff/links/:item", WORK, links::change);
    add.get("/staff/portals/:portal/embeds/new", WORK, embeds::new);
    add.post("/staff/portals/:portal/embeds", WORK, embeds::create);
    add.get("/staff/embeds/:item", WORK, one_embed::show);
    add.get("/staff/embeds/:item/edit", WORK, embeds::edit);
    add.post("/staff/embeds/:item", WORK, embeds::change);
    add.get("/staff/portals/:portal/folders/new", WORK, folders::new);
    add.post("/staff/portals/:portal/folders", WORK, folders::create);

    add.get("/staff/items/:item/name", WORK, items::ask_name);
    add.post("/staff/items/:item/name", WORK, items::rename);
    add.get("/staff/items/:item/folder", WORK, items::ask_folder);
    add.post("/staff/items/:item/folder", WORK, items::move_into);
    add.button("/staff/items/:item/place/earlier", WORK, items::earlier);
    add.button("/staff/items/:item/place/later", WORK, items::later);
    add.button("/staff/items/:item/deletion", WORK, items::delete);
    add.button("/staff/items/:item/restoration", WORK, items::restore);

    add.get("/staff/portals/:portal/selection/folder", WORK, selection::ask_folder);
    add.post("/staff/portals/:portal/selection/folder", WORK, selection::move_into);
    add.button("/staff/portals/:portal/selection/folder/removal", WORK, selection::move_back);
    add.post("/staff/portals/:portal/selection/deletion", WORK, selection::delete);
    add.button("/staff/portals/:portal/selection/restoration", WORK, selection::restore);
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
