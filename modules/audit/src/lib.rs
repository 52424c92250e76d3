//! The audit log: who did what, when and from where (T18), read from the one table of events. Deliberately
//! absent: any way to change or delete a line of it.

mod asked;
mod entry;
mod pages;
mod store;
mod topic;
mod view;

use portico_kernel::{Access, Additions, Module, Permission, SettingsPage};
use portico_ui::Language;

pub struct Audit;

impl Module for Audit {
    fn name(&self) -> &'static str {
        "audit"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        let manage = Access::Staff(Permission::Manage);
        add.get("/staff/settings/audit", manage, pages::show);
        add.get("/staff/settings/audit/audit.csv", manage, pages::download);
        add.settings(SettingsPage {
            href: "/staff/settings/audit",
            label: "audit-title",
            hint: "audit-hint",
            icon: "history",
            permission: Permission::Manage,
        });
    }
}
