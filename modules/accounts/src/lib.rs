//! Accounts knows nothing of portals or grants: it holds people's passwords and sessions, the ways
//! in (set-up, sign-in with a second step or without, invitation, reset), and the pages on which people look after them.

mod attempts;
mod ceremonies;
mod code;
mod demo;
mod founding;
mod letters;
mod limit;
mod limits;
mod link_letter;
mod mail_code;
mod pages;
mod passkey;
mod passkeys;
mod password;
mod pending;
mod personal;
mod proof;
mod recovery_code;
mod recovery_codes;
mod reset;
mod schema;
mod second_step;
mod session;
mod setup;
mod sign_in_links;
mod staff_rule;
mod store;
mod view;

use std::sync::Arc;

use poem::EndpointExt;
use portico_facts::EventKind;
use portico_kernel::{
    Access, Additions, Demo, JobKind, LetterSample, Module, Navigation, Permission, Reaction, Section,
    SettingsPage,
};
use portico_ui::Language;

use attempts::Attempts;
pub use founding::{Added, NewOrganization, add_organization};
pub use reset::make_owner;

pub struct Accounts;

impl Module for Accounts {
    fn name(&self) -> &'static str {
        "accounts"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        let attempts = Arc::new(Attempts::default());
        ways_in(add, attempts.clone());
        own_account(add, attempts.clone(), "/account", Access::Client, "/account/sessions/:session/ending");
        own_account(
            add,
            attempts.clone(),
            "/staff/account",
            Access::Staff(Permission::Assigned),
            "/staff/account/sessions/:session/ending",
        );
        for (access, routes) in [(Access::Client, OF_CLIENTS), (Access::DOOR, OF_STAFF)] {
            own_second_step(add, attempts.clone(), access, routes);
        }
        for (access, routes) in [(Access::Client, PASSKEYS_OF_CLIENTS), (Access::DOOR, PASSKEYS_OF_STAFF)] {
            own_passkeys(add, attempts.clone(), access, routes);
        }
        people(add);
        settings(add);
        add.job(JobKind { kind: letters::RESET, run: letters::send_reset });
        add.job(JobKind { kind: link_letter::SIGN_IN_LINK, run: link_letter::send_link });
        add.job(JobKind { kind: letters::STAFF_INVITATION, run: letters::send_staff_invitation });
        add.job(JobKind { kind: letters::SECOND_STEP, run: letters::send_second_step });
        add.reaction(Reaction {
            name: "accounts-removal",
            kinds: &[EventKind::PERSON_REMOVED],
            react: session::end_of_removed,
        });
        add.letter(LetterSample { name: "reset", compose: letters::reset_sample });
        add.letter(LetterSample { name: "sign-in-link", compose: link_letter::sample });
        add.letter(LetterSample { name: "staff-invitation", compose: letters::staff_invitation_sample });
        add.letter(LetterSample { name: "second-step-on", compose: letters::second_step_on_sample });
        add.letter(LetterSample { name: "second-step-off", compose: letters::second_step_off_sample });
        add.letter(LetterSample { name: "second-step-reset", compose: letters::second_step_reset_sample });
        add.letter(LetterSample { name: "passkey-added", compose: letters::passkey_added_sample });
        add.letter(LetterSample { name: "passkey-removed", compose: letters::passkey_removed_sample });
        add.demo(Demo { fill: demo::found });
        add.closing_demo(Demo { fill: demo::join });
    }
}

fn ways_in(add: &mut Additions, attempts: Arc<Attempts>) {
    add.get("/setup", Access::Open, pages::setup::show);
    add.post("/setup", Access::Open, pages::setup::set_up);
    add.get("/sign-in", Access::Public, pages::sign_in::show);
    add.post("/sign-in", Access::Public, pages::sign_in::sign_in.data(attempts.clone()));
    add.get("/sign-in/code", Access::Public, pages::code::show);
    add.post("/sign-in/code", Access::Public, pages::code::prove.data(attempts.clone()));
    add.button("/sign-in/passkey-ceremony", Access::Public, pages::passkey_sign_in::begin);
    add.post("/sign-in/passkey", Access::Public, pages::passkey_sign_in::prove.data(attempts.clone()));
    add.get("/sign-in/link", Access::Public, pages::link::ask);
    add.post("/sign-in/link", Access::Public, pages::link::request.data(attempts.clone()));
    add.get("/sign-in/link-code", Access::Public, pages::link::ask_code);
    add.post("/sign-in/link-code", Access::Public, pages::link::enter_by_code.data(attempts.clone()));
    add.get("/sign-in/link/:token", Access::Public, pages::link::show);
    add.button("/sign-in/link/:token", Access::Public, pages::link::enter_by_link);
    add.get("/sign-out", Access::Public, pages::sign_in::ask_sign_out);
    add.button("/sign-out", Access::Public, pages::sign_in::sign_out);
    add.get("/reset", Access::Public, pages::reset::ask);
    add.post("/reset", Access::Public, pages::reset::request.data(attempts));
    add.get("/reset/:token", Access::Public, pages::reset::show);
    add.post("/reset/:token", Access::Public, pages::reset::choose);
    add.get("/invitations/:token", Access::Public, pages::invitation::show);
    add.post("/invitations/:token", Access::Public, pages::invitation::accept);
    add.button("/invitations/:token/renewal", Access::Public, pages::invitation::renew);
}

fn own_account(
    add: &mut Additions,
    attempts: Arc<Attempts>,
    path: &'static str,
    access: Access,
    ending: &'static str,
) {
    add.get(path, access, pages::account::show);
    add.post(path, access, pages::account::change_profile);
    let password = if path == "/account" { "/account/password" } else { "/staff/account/password" };
    add.post(password, access, pages::account::change_password.data(attempts));
    add.button(ending, access, pages::account::end_session);
}

/// The page, and where its forms go: the proof by a code, new recovery codes, the end.
type SecondStepRoutes = [&'static str; 4];

const OF_CLIENTS: SecondStepRoutes = [
    "/account/second-step",
    "/account/second-step/proof",
    "/account/second-step/recovery-codes",
    "/account/second-step/removal",
];
const OF_STAFF: SecondStepRoutes = [
    "/staff/account/second-step",
    "/staff/account/second-step/proof",
    "/staff/account/second-step/recovery-codes",
    "/staff/account/second-step/removal",
];

fn own_second_step(
    add: &mut Additions,
    attempts: Arc<Attempts>,
    access: Access,
    [page, proof, recovery_codes, removal]: SecondStepRoutes,
) {
    add.get(page, access, pages::second_step::show);
    add.button(page, access, pages::second_step::begin);
    add.post(proof, access, pages::second_step::turn_on.data(attempts.clone()));
    add.post(recovery_codes, access, pages::second_step::renew_codes.data(attempts.clone()));
    add.post(removal, access, pages::second_step::turn_off.data(attempts));
}

/// Where one is added, where a script asks how, the page of one, and where that one's removal goes.
type PasskeyRoutes = [&'static str; 4];

const PASSKEYS_OF_CLIENTS: PasskeyRoutes = [
    "/account/second-step/passkeys",
    "/account/second-step/passkey-ceremony",
    "/account/second-step/passkeys/:passkey",
    "/account/second-step/passkeys/:passkey/removal",
];
const PASSKEYS_OF_STAFF: PasskeyRoutes = [
    "/staff/account/second-step/passkeys",
    "/staff/account/second-step/passkey-ceremony",
    "/staff/account/second-step/passkeys/:passkey",
    "/staff/account/second-step/passkeys/:passkey/removal",
];

fn own_passkeys(
    add: &mut Additions,
    attempts: Arc<Attempts>,
    access: Access,
    [all, ceremony, one, removal]: PasskeyRoutes,
) {
    add.button(ceremony, access, pages::passkeys::begin);
    add.post(all, access, pages::passkeys::add.data(attempts.clone()));
    add.get(one, access, pages::passkeys::show);
    add.post(removal, access, pages::passkeys::remove.data(attempts));
}

fn settings(add: &mut Additions) {
    let owner = Access::Staff(Permission::Operate);
    add.get("/staff/settings", Access::Staff(Permission::Work), pages::settings::index);
    add.get("/staff/settings/sign-in", owner, pages::settings::ask_staff_rule);
    add.post("/staff/settings/sign-in", owner, pages::settings::change_staff_rule);
    add.settings(SettingsPage {
        href: "/staff/settings/sign-in",
        label: "accounts-sign-in-settings",
        hint: "accounts-sign-in-settings-hint",
        icon: "lock",
        permission: Permission::Operate,
    });
}

fn people(add: &mut Additions) {
    let manage = Access::Staff(Permission::Manage);
    add.get("/staff/people", manage, pages::people::list);
    add.get("/staff/people/new", manage, pages::people::new);
    add.post("/staff/people", manage, pages::people::add);
    add.get("/staff/people/:person", manage, pages::people::show);
    add.post("/staff/people/:person", manage, pages::people::change);
    add.get("/staff/people/:person/limit", manage, pages::limit::ask);
    add.post("/staff/people/:person/limit", manage, pages::limit::change);
    add.button("/staff/people/:person/removal", manage, pages::people::remove);
    add.button("/staff/people/:person/restoration", manage, pages::people::restore);
    add.button("/staff/people/:person/invitation", manage, pages::people::invite_again);
    let owner = Access::Staff(Permission::Operate);
    add.button("/staff/people/:person/second-step/removal", owner, pages::people::reset_second_step);
    add.button("/staff/sessions/:session/ending", manage, pages::people::end_session);
    add.navigation(Navigation {
        access: Access::Staff(Permission::Work),
        href: "/staff/settings",
        also: Some("/staff/people"),
        label: "accounts-settings",
        icon: "settings",
        order: 90,
    });
    add.settings(SettingsPage {
        href: "/staff/people",
        label: "accounts-people",
        hint: "accounts-people-hint",
        icon: "person",
        permission: Permission::Manage,
    });
    add.section(Section::StaffClient { order: 90, render: view::people::client_sessions });
    add.section(Section::StaffClient { order: 91, render: view::people::client_second_step });
}
