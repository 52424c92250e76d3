//! By which addresses an organization is reached: the name in its address, and a domain of its own. Deliberately absent:
//! certificates, which a reverse proxy or the binary sees to, and any way to learn of another organization more than that a
//! name is taken.
//!
//! Whose domain it is, its DNS says; that it leads here, is proved by asking it. Until both are so, nothing is served there but
//! the answer that only this installation knows.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod check;
mod claim;
mod domain;
mod failure;
mod jobs;
mod pages;
mod reach;
mod schema;
mod store;
mod view;

use portico_kernel::{Access, Additions, Module, Permission, SettingsPage};
use portico_ui::Language;

pub struct Domains;

/// It decides where everybody finds the portal.
const OWNER: Access = Access::Staff(Permission::Operate);

impl Module for Domains {
    fn name(&self) -> &'static str {
        "domains"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.get("/.well-known/portico/:token", Access::Open, pages::prove);
        add.get("/staff/settings/address", OWNER, pages::show);
        add.post("/staff/settings/address", OWNER, pages::change_slug);
        add.post("/staff/settings/address/domain", OWNER, pages::claim_domain);
        add.button("/staff/settings/address/domain/check", OWNER, pages::check_now);
        add.post("/staff/settings/address/domain/use", OWNER, pages::change_use);
        add.button("/staff/settings/address/domain/removal", OWNER, pages::remove);
        add.daily(jobs::check_daily());
        add.settings(SettingsPage {
            href: "/staff/settings/address",
            label: "domains-title",
            hint: "domains-hint",
            icon: "globe",
            permission: Permission::Operate,
        });
    }
}
