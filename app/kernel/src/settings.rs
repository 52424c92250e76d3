//! What an organization chose in the browser: small named values, one row each.

use diesel::prelude::*;

use crate::{error::Result, schema::settings, transaction::Core};

impl Core<'_> {
    /// # Errors
    /// The database's.
    pub fn setting(&mut self, name: &str) -> Result<Option<String>> {
        let organization = self.organization();
        Ok(settings::table.find((organization, name)).select(settings::value).first(self.db()).optional()?)
    }

    /// # Errors
    /// The database's.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        let organization = self.organization();
        diesel::delete(settings::table.find((organization, name))).execute(self.db())?;
        diesel::insert_into(settings::table)
            .values((
                settings::organization_id.eq(organization),
                settings::name.eq(name),
                settings::value.eq(value),
            ))
            .execute(self.db())?;
        Ok(())
    }
}
