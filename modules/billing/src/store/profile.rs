use jiff::civil::Date;
use portico_facts::EventKind;
use portico_kernel::{Core, Error, NewEvent, Problems, Recorded, Result, Tx, stored_day};

use crate::profile::{Profile, ProfileForm};

/// The name of its setting.
const PROFILE: &str = "billing-profile";
/// The day on which the steps of reminders were last changed.
const REMINDERS_SINCE: &str = "billing-reminders-since";

/// For JSON of our own, which is always well formed.
pub fn as_internal(error: serde_json::Error) -> Error {
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
    let changed = match form.parse() {
        Ok(changed) => changed,
        Err(problems) => return Ok(tx.unchanged(Err(problems))),
    };
    if changed.reminders != profile(tx)?.reminders {
        let today = tx.today().to_string();
        tx.set_setting(REMINDERS_SINCE, &today)?;
    }
    let json = serde_json::to_string(form).map_err(as_internal)?;
    tx.set_setting(PROFILE, &json)?;
    let organization = tx.organization();
    Ok(tx.record(NewEvent::new(EventKind::BILLING_CHANGED, organization))?.with(Ok(())))
}

/// Reminders are of days from this one on: whoever switches them on does not remind of last year.
pub(super) fn reminders_since(tx: &mut Core) -> Result<Date> {
    let since = tx.setting(REMINDERS_SINCE)?;
    Ok(since.as_deref().and_then(stored_day).unwrap_or_else(|| tx.today()))
}
