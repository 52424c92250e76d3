//! The machine room: health, metrics, assets, live updates, the queue, backups, mails without a mail server, and the
//! developers' page of components. It holds no data of the product.

mod backups;
mod metrics;
mod pages;
mod view;

use std::path::PathBuf;

use poem::EndpointExt;
use portico_kernel::{Access, Additions, Module, Permission, SettingsPage};
use portico_ui::Language;

use crate::server::MetricsToken;

#[derive(Default)]
pub struct Operations {
    /// The folder of mails, where there is no mail server.
    pub mail: Option<PathBuf>,
    /// What opens `/metrics`; without it there is no such page.
    pub metrics: Option<MetricsToken>,
}

/// Where mails lie, for the page that shows them; `None` with a mail server.
#[derive(Clone)]
pub struct MailPlace(pub Option<PathBuf>);

impl Module for Operations {
    fn name(&self) -> &'static str {
        "operations"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        let operate = Access::Staff(Permission::Operate);
        let mail = MailPlace(self.mail.clone());
        add.get("/healthz", Access::Open, pages::health);
        add.get("/readyz", Access::Open, pages::readiness);
        add.get("/metrics", Access::Open, metrics::show.data(metrics::Opening(self.metrics.clone())));
        add.get("/assets/:file", Access::Open, crate::server::show_asset);
        add.get("/live", Access::Client, pages::client_live);
        add.get("/staff/live", Access::Staff(Permission::Assigned), pages::staff_live);
        add.get("/staff/settings/queue", operate, pages::show_queue);
        add.button("/staff/settings/queue/:job/attempts", operate, pages::try_again);
        add.get("/staff/settings/components", operate, pages::show_components);
        add.get("/staff/settings/components/letter", operate, pages::show_letter);
        add.settings(SettingsPage {
            href: "/staff/settings/queue",
            label: "operations-queue",
            hint: "operations-queue-hint",
            icon: "clock",
            permission: Permission::Operate,
        });
        add.get("/staff/settings/backups", operate, backups::show);
        add.settings(SettingsPage {
            href: "/staff/settings/backups",
            label: "operations-backups",
            hint: "operations-backups-hint",
            icon: "download",
            permission: Permission::Operate,
        });
        add.get("/staff/settings/mail", operate, pages::list_mails.data(mail.clone()));
        add.get("/staff/settings/mail/:name", operate, pages::show_mail.data(mail.clone()));
        add.get("/staff/settings/mail/:name/body", operate, pages::show_mail_body.data(mail));
        add.settings(SettingsPage {
            href: "/staff/settings/mail",
            label: "operations-mail",
            hint: "operations-mail-hint",
            icon: "mail",
            permission: Permission::Operate,
        });
    }
}
