use diesel::prelude::*;
use portico_kernel::{Core, Result};

use crate::{printing::Letterhead, schema::organization_pictures};

/// The size of the logo for mails is the one for papers, too.
const PNG: &str = "logo.png";

/// As the organization looks now.
pub fn letterhead(tx: &mut Core) -> Result<Letterhead> {
    let (organization, profile) = (tx.organization(), tx.organization_profile().clone());
    let Some(logo) = profile.logo.as_ref() else { return Ok(Letterhead::new(&profile.brand(), None)) };
    let png: Option<Vec<u8>> = organization_pictures::table
        .find((organization, PNG))
        .filter(organization_pictures::version.eq(&logo.version))
        .select(organization_pictures::bytes)
        .first(tx.db())
        .optional()?;
    Ok(Letterhead::new(&profile.brand(), png.map(|png| (png, logo.ground))))
}
