//! Clients and companies: who they are and where mail reaches them. Knows nothing of passwords,
//! sessions and invitations, which are other modules'; it only shows whether a client has joined.

mod client;
mod company;
mod demo;
mod erasure;
mod jobs;
mod listing;
mod pages;
mod personal;
mod schema;
mod search;
mod store;
mod view;

use pages::{clients, companies, erasing};
use portico_kernel::{Access, Additions, Demo, Module, Navigation, Permission};
use portico_ui::Language;

pub struct Clients;

const WORK: Access = Access::Staff(Permission::Work);
/// Limited members have it, too.
const ASSIGNED: Access = Access::Staff(Permission::Assigned);
/// What is known of a person is more than the work with them needs.
const MANAGE: Access = Access::Staff(Permission::Manage);

impl Module for Clients {
    fn name(&self) -> &'static str {
        "clients"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        add.get("/staff/clients", ASSIGNED, clients::list);
        add.get("/staff/clients/new", WORK, clients::new);
        add.post("/staff/clients", WORK, clients::create);
        add.get("/staff/clients/:client", ASSIGNED, clients::show);
        add.get("/staff/clients/:client/edit", WORK, clients::edit);
        add.post("/staff/clients/:client", WORK, clients::change);
        add.button("/staff/clients/:client/deletion", WORK, clients::delete);
        add.button("/staff/clients/:client/restoration", WORK, clients::restore);
        add.get("/staff/clients/:client/erasure", MANAGE, erasing::ask);
        add.post("/staff/clients/:client/erasure", MANAGE, erasing::erase);
        add.get("/staff/clients/:client/person.zip", MANAGE, erasing::export);
        add.job(jobs::forget_mail());

        add.get("/staff/companies", WORK, companies::list);
        add.get("/staff/companies/new", WORK, companies::new);
        add.post("/staff/companies", WORK, companies::create);
        add.get("/staff/companies/:company", WORK, companies::show);
        add.get("/staff/companies/:company/edit", WORK, companies::edit);
        add.post("/staff/companies/:company", WORK, companies::change);
        add.button("/staff/companies/:company/deletion", WORK, companies::delete);
        add.button("/staff/companies/:company/restoration", WORK, companies::restore);

        add.navigation(Navigation {
            access: ASSIGNED,
            href: "/staff/clients",
            also: Some("/staff/companies"),
            label: "clients-clients",
            icon: "clients",
            order: 20,
        });
        add.search_source(search::source());
        add.demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
    }
}
