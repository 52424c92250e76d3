//! Sharing gives portals to people and takes them back; it never decides what a request may see,
//! which the kernel's guards read anew from the grants, and it signs nobody in.
//!
//! It holds the Share dialog, the dots, invitations as staff see them, the mails of sharing, and what
//! lets staff see with a client's eyes. The page where an invited person chooses a password belongs to
//! accounts.

mod awaited;
mod demo;
mod grant;
mod invitation;
mod jobs;
mod letter;
mod offer;
mod pages;
mod personal;
mod schema;
mod sections;
mod selection;
mod store;
mod typed;
mod view;

use portico_facts::EventKind;
use portico_kernel::{
    Access, Additions, Demo, JobKind, LetterSample, Module, Permission, Purge, Reaction, Section,
};
use portico_ui::Language;

const STAFF: Access = Access::Staff(Permission::Work);
/// Limited members have it, too.
const ASSIGNED: Access = Access::Staff(Permission::Assigned);

pub struct Sharing;

impl Module for Sharing {
    fn name(&self) -> &'static str {
        "sharing"
    }

    fn texts(&self) -> [(Language, &'static str); 2] {
        [
            (Language::English, include_str!("../texts/en.ftl")),
            (Language::French, include_str!("../texts/fr.ftl")),
        ]
    }

    fn register(&self, add: &mut Additions) {
        add.personal_data(personal::data());
        add.get("/staff/portals/:portal/sharing", ASSIGNED, pages::show_sharing);
        add.post("/staff/portals/:portal/sharing", ASSIGNED, pages::share);
        add.get("/staff/portals/:portal/sharing/holders", ASSIGNED, pages::show_holders);
        add.get("/staff/portals/:portal/sharing/selection", ASSIGNED, pages::show_selection);
        add.get("/staff/portals/:portal/grants", ASSIGNED, pages::show_grants);
        add.button("/staff/portals/:portal/grants/:person/revocation", ASSIGNED, pages::revoke);
        add.button("/staff/portals/:portal/grants/:person/restoration", ASSIGNED, pages::restore);
        add.button("/staff/portals/:portal/grants/:person/invitation", ASSIGNED, pages::resend);
        add.get("/staff/clients/:person/grants", ASSIGNED, pages::show_client_grants);
        add.button("/staff/clients/:person/seeing", STAFF, pages::see_client);
        add.button("/staff/portals/:portal/grants/:person/seeing", STAFF, pages::see_portal);
        add.button("/staff/seeing/ending", STAFF, pages::end_seeing);
        add.get("/staff/invitations", STAFF, pages::list_invitations);
        add.button("/staff/invitations/:invitation/renewal", STAFF, pages::renew_invitation);
        add.button("/staff/invitations/:invitation/revocation", STAFF, pages::revoke_invitation);

        add.awaited(awaited::invitations());
        add.assigned_section(Section::StaffPortal { order: 5, render: sections::of_portal });
        add.assigned_section(Section::StaffClient { order: 10, render: sections::of_client });

        add.job(JobKind { kind: jobs::INVITATION_MAIL, run: jobs::send_invitation });
        add.job(JobKind { kind: jobs::PORTAL_MAIL, run: jobs::send_portal });
        add.news(jobs::NEWS);
        add.job(JobKind { kind: jobs::RENEWAL, run: jobs::renew });
        add.reaction(Reaction {
            name: "sharing-renewal",
            kinds: &[EventKind::INVITATION_REQUESTED],
            react: jobs::owe_renewal,
        });
        add.letter(LetterSample { name: "sharing-invitation", compose: letter::sample_invitation });
        add.letter(LetterSample { name: "sharing-portal", compose: letter::sample_portal });
        add.purge(Purge { items: |_, _| Ok(()), portal: store::purge_grants });
        add.demo(Demo { fill: demo::fill });
    }
}
