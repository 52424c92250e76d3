use portico_facts::EventKind;
use portico_kernel::{Core, Error, NewEvent, Problems, Recorded, Result, Tx};

use crate::profile::{Profile, ProfileForm};

/// The name of its setting.
const PROFILE: &str = "billing-profile";

/// For JSON of our own, which is always well formed.
pub(super) fn as_internal(error: serde_json::Error) -> Error {
    Error::Internal(error.into())
}

/// As it was saved last, or what an organization begins with.
pub fn profile_form(tx: &mut Core) -> Result<ProfileForm> {
    match tx.setting(PROFILE)? {
        Some(json) => serde_json::from_str(&json).map_err(as_internal),
        None => Ok(ProfileForm::default()),
    }
}

pub fn profile(tx: &mut Core) -> Result<Profile> {
    Ok(profile_form(tx)?.parse()?)
}

pub fn change_profile(tx: &mut Tx, form: &ProfileForm) -> Result<Recorded<Result<(), Problems>>> {
    if let Err(problems) = form.parse() {
        return Ok(tx.unchanged(Err(problems)));
    }
    let json = serde_json::to_string(form).map_err(as_internal)?;
    tx.set_setting(PROFILE, &json)?;
    let organization = tx.organization();
    Ok(tx.record(NewEvent::new(EventKind::BILLING_CHANGED, organization))?.with(Ok(())))
}
