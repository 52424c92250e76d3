//! Every statement of this module; each filters by the organization.

mod grants;
mod holders;
mod invitations;
mod letters;
mod people;
mod portals;
mod seeing;

pub use grants::{give, purge_grants, resend, restore_grant, revoke_grant, share};
pub use holders::{HeldPortal, Holder, holders, portals_of};
pub use invitations::{
    OpenInvitation, awaited, open_invitations, remind_invited, renew_expired, renew_invitation,
    revoke_invitation,
};
pub use letters::{invitation_facts, portal_facts};
pub use people::{find_client, known};
pub use portals::{Contents, contents, is_still_seen, portal_name, shareable_portal};
pub use seeing::{begin_seeing, begin_seeing_portal, end_seeing};
