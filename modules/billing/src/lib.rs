//! Billing: what clients are offered, what they are asked to pay, and what they paid. It deliberately holds no money and sees no
//! card: whoever pays online does so at Stripe, and what Stripe reports is recorded here as what staff record by hand is.

mod account;
mod answer_mail;
mod archive;
mod awaited;
mod charging;
#[cfg(test)]
mod corpus;
mod country;
mod credit;
mod currency;
mod delivery;
mod demo;
mod deposit;
mod document;
mod electronic;
mod export;
mod figure;
mod founding;
mod iban;
mod jobs;
mod letter;
mod line;
mod measure;
mod money;
mod number;
mod offline;
mod online;
mod pages;
mod payment;
mod personal;
mod plan;
mod printing;
mod profile;
#[cfg(test)]
mod properties;
mod provider;
#[cfg(test)]
mod published;
mod quote;
mod quote_reminder;
mod receipt;
mod reconciliation;
mod reminder;
mod reminder_mail;
mod schedule;
mod schema;
mod search;
mod sections;
mod sight;
mod statement;
mod store;
mod subscription;
mod tax;
mod totals;
mod turnover;
mod view;
mod visibility;

use pages::{
    client, companies, credits, drafts, invoices, lines, papers, payments, quotes, receipts, reminders,
    sending, settings, standings, statements, subscriptions, templates,
};
use portico_kernel::{
    Access, Additions, Demo, JobKind, LetterSample, Module, Navigation, Permission, Section, SettingsPage,
};
use portico_ui::Language;

pub struct Billing;

const WORK: Access = Access::Staff(Permission::Work);
const MANAGE: Access = Access::Staff(Permission::Manage);

impl Module for Billing {
    fn name(&self) -> &'static str {
        "billing"
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
        for_clients(add);
        for_staff(add);
        about_subscriptions(add);
        settings_page(add);
        online_payments(add);
        add.job(JobKind { kind: jobs::DOCUMENT_MAIL, run: jobs::send_document });
        add.job(answer_mail::job());
        add.news(answer_mail::NEWS);
        add.job(reminder_mail::job());
        add.daily(JobKind { kind: jobs::REMINDERS, run: jobs::remind });
        add.letter(LetterSample { name: "billing-invoice", compose: letter::sample_invoice });
        add.letter(LetterSample { name: "billing-quote", compose: letter::sample_quote });
        answer_mail::samples().into_iter().for_each(|sample| add.letter(sample));
        reminder_mail::samples().into_iter().for_each(|sample| add.letter(sample));
        add.letter(quote_reminder::sample());
        add.job(quote_reminder::job());
        add.awaited(awaited::quotes());
        add.awaited(awaited::invoices());
        add.search_source(search::source());
        add.colleagues(store::colleagues);
        add.sight(sight::of_documents());
        add.demo(Demo { fill: |world| Box::pin(demo::fill(world)) });
    }
}

fn for_clients(add: &mut Additions) {
    add.get("/billing", Access::Client, client::list);
    add.get("/billing/statement", Access::Client, statements::own);
    add.get("/invoices/:invoice", Access::Client, client::show_invoice);
    add.get("/invoices/:invoice/paper", Access::Client, papers::client_invoice);
    add.get("/payments/:payment/receipt", Access::Client, receipts::of_client);
    add.get("/quotes/:quote", Access::Client, quotes::show_to_client);
    add.get("/quotes/:quote/paper", Access::Client, papers::client_quote);
    add.post("/quotes/:quote/acceptance", Access::Client, quotes::accept);
    add.post("/quotes/:quote/refusal", Access::Client, quotes::decline);
    add.section(Section::ClientHome { order: 10, render: sections::client_home });
    add.section(Section::ClientPortal {
        name: "billing",
        label: "billing-navigation",
        order: 30,
        render: sections::client_portal,
    });
    let entry = Navigation {
        access: Access::Client,
        href: "/billing",
        also: Some("/invoices"),
        label: "billing-navigation",
        icon: "billing",
        order: 20,
    };
    add.client_navigation(entry, store::client::has_documents);
}

fn for_staff(add: &mut Additions) {
    add.get("/staff/invoices", WORK, invoices::list);
    add.get("/staff/invoices/new", WORK, drafts::new);
    add.get("/staff/invoices/export", WORK, pages::export::ask);
    add.get("/staff/invoices/export/:file", WORK, pages::export::download);
    add.post("/staff/invoices", WORK, drafts::create);
    add.get("/staff/invoices/:invoice", WORK, invoices::show);
    add.get("/staff/invoices/:invoice/paper", WORK, papers::invoice);
    add.button("/staff/invoices/:invoice/issuance", WORK, drafts::issue);

    add.get("/staff/quotes", WORK, quotes::list);
    add.get("/staff/quotes/new", WORK, quotes::new);
    add.post("/staff/quotes", WORK, quotes::create);
    add.get("/staff/quotes/:quote", WORK, quotes::show);
    add.get("/staff/quotes/:quote/paper", WORK, papers::quote);
    add.button("/staff/quotes/:quote/withdrawal", WORK, quotes::withdraw);
    add.button("/staff/quotes/:quote/invoice", WORK, quotes::invoice);
    add.button("/staff/quotes/:quote/deposit-invoice", WORK, quotes::invoice_deposit);
    add.button("/staff/quotes/:quote/project", WORK, quotes::found_project);
    add.button("/staff/quotes/:quote/revision", WORK, quotes::revise);
    add.get("/staff/quotes/:quote/template", WORK, templates::ask);
    add.post("/staff/quotes/:quote/template", WORK, templates::keep);
    add.button("/staff/quotes/:quote/template/removal", WORK, templates::remove);

    // What documents of all kinds have.
    add.get("/staff/documents/:document", WORK, drafts::find);
    add.post("/staff/documents/:document", WORK, drafts::change);
    add.button("/staff/documents/:document/deletion", WORK, drafts::delete);
    add.button("/staff/documents/:document/restoration", WORK, drafts::restore);
    add.button("/staff/documents/:document/duplicate", WORK, drafts::duplicate);

    add.post("/staff/documents/:document/lines", WORK, lines::add);
    add.get("/staff/documents/:document/lines/:line/edit", WORK, lines::edit);
    add.post("/staff/documents/:document/lines/:line", WORK, lines::change);
    add.button("/staff/documents/:document/lines/:line/deletion", WORK, lines::delete);

    add.get("/staff/documents/:document/recipients", WORK, sending::ask);
    add.post("/staff/documents/:document/recipients", WORK, sending::send);
    add.button("/staff/documents/:document/recipients/:person/revocation", WORK, sending::revoke);

    add.button("/staff/invoices/:invoice/reminders", WORK, reminders::remind);
    add.get("/staff/invoices/:invoice/payments/new", WORK, payments::new_payment);
    add.post("/staff/invoices/:invoice/payments", WORK, payments::record_payment);
    add.get("/staff/invoices/:invoice/refunds/new", WORK, payments::new_refund);
    add.post("/staff/invoices/:invoice/refunds", WORK, payments::record_refund);
    add.get("/staff/payments/:payment/receipt", WORK, receipts::of_staff);
    add.button("/staff/payments/:payment/deletion", WORK, payments::delete);
    add.button("/staff/payments/:payment/restoration", WORK, payments::restore);

    add.get("/staff/invoices/:invoice/credit-notes/new", WORK, credits::new);
    add.post("/staff/invoices/:invoice/credit-notes", WORK, credits::create);

    add.section(Section::StaffHome { order: 14, render: sections::quotes_at_home });
    add.section(Section::StaffHome { order: 15, render: sections::staff_home });
    add.section(Section::StaffClient { order: 20, render: sections::staff_client });
    add.section(Section::StaffProject { order: 19, render: sections::quotes_of_project });
    add.button("/staff/companies/:company/billing-opening", WORK, companies::open);
    add.button("/staff/companies/:company/billing-closing", WORK, companies::close);
    add.get("/staff/clients/:client/statement", WORK, statements::of_client);
    add.get("/staff/companies/:company/statement", WORK, statements::of_company);
    add.section(Section::StaffCompany { order: 20, render: sections::staff_company });
    add.section(Section::StaffProject { order: 20, render: sections::staff_project });
    add.navigation(Navigation {
        access: WORK,
        href: "/staff/quotes",
        also: None,
        label: "billing-quotes",
        icon: "note",
        order: 29,
    });
    add.navigation(Navigation {
        access: WORK,
        href: "/staff/invoices",
        also: None,
        label: "billing-invoices",
        icon: "billing",
        order: 30,
    });
}

fn about_subscriptions(add: &mut Additions) {
    add.get("/staff/subscriptions", WORK, subscriptions::list);
    add.get("/staff/subscriptions/new", WORK, subscriptions::new);
    add.post("/staff/subscriptions", WORK, subscriptions::create);
    add.get("/staff/subscriptions/:subscription", WORK, subscriptions::show);
    add.get("/staff/subscriptions/:subscription/edit", WORK, subscriptions::edit);
    add.post("/staff/subscriptions/:subscription", WORK, subscriptions::change);
    add.button("/staff/subscriptions/:subscription/start", WORK, standings::start);
    add.button("/staff/subscriptions/:subscription/pause", WORK, standings::pause);
    add.button("/staff/subscriptions/:subscription/resumption", WORK, standings::resume);
    add.button("/staff/subscriptions/:subscription/invoices", WORK, standings::invoice);
    add.get("/staff/subscriptions/:subscription/cancellation", WORK, standings::ask_cancellation);
    add.post("/staff/subscriptions/:subscription/cancellation", WORK, standings::cancel);

    add.daily(JobKind { kind: jobs::SUBSCRIPTIONS, run: jobs::invoice_subscriptions });
    add.section(Section::StaffHome { order: 14, render: sections::staff_home_held });
    add.section(Section::StaffClient { order: 21, render: sections::staff_client_subscriptions });
    add.section(Section::StaffProject { order: 21, render: sections::staff_project_subscriptions });
    add.section(Section::ClientPortal {
        name: "subscriptions",
        label: "billing-subscriptions",
        order: 31,
        render: sections::client_portal_subscriptions,
    });
    add.navigation(Navigation {
        access: WORK,
        href: "/staff/subscriptions",
        also: None,
        label: "billing-subscriptions",
        icon: "history",
        order: 31,
    });
}

fn online_payments(add: &mut Additions) {
    add.webhook("/webhooks/stripe", pages::online::webhook);
    add.get("/invoices/:invoice/payment", Access::Client, pages::online::came_back);
    add.button("/invoices/:invoice/payment", Access::Client, pages::online::pay);
    add.button("/billing/payment-method", Access::Client, pages::methods::save);
    add.button("/billing/payment-method/removal", Access::Client, pages::methods::remove);
    add.get("/staff/payments/:payment/online-refund", WORK, pages::online::ask_refund);
    add.post("/staff/payments/:payment/online-refund", WORK, pages::online::refund);

    add.get("/staff/settings/payments", MANAGE, pages::provider::ask);
    add.post("/staff/settings/payments", MANAGE, pages::provider::change);
    add.button("/staff/settings/payments/check", MANAGE, pages::provider::check);
    add.button("/staff/settings/payments/removal", MANAGE, pages::provider::forget);
    add.button("/staff/settings/payments/reconciliation", MANAGE, pages::provider::reconcile);
    add.button("/staff/settings/payments/misfits/:payment/settlement", MANAGE, pages::provider::settle);
    add.settings(SettingsPage {
        href: "/staff/settings/payments",
        label: "billing-online-payments",
        hint: "billing-payments-about",
        icon: "pay",
        permission: Permission::Manage,
    });
    charging::jobs().into_iter().for_each(|job| add.job(job));
    reconciliation::jobs().into_iter().for_each(|job| add.job(job));
    add.daily(reconciliation::nightly());
}

fn settings_page(add: &mut Additions) {
    add.get("/staff/settings/billing", MANAGE, settings::ask);
    add.post("/staff/settings/billing", MANAGE, settings::change);
    add.post("/staff/settings/billing/taxes", MANAGE, settings::add_tax);
    add.button("/staff/settings/billing/taxes/:tax/removal", MANAGE, settings::remove_tax);
    add.button("/staff/settings/billing/taxes/:tax/restoration", MANAGE, settings::restore_tax);
    add.settings(SettingsPage {
        href: "/staff/settings/billing",
        label: "billing-settings",
        hint: "billing-settings-about",
        icon: "billing",
        permission: Permission::Manage,
    });
}
