//! What an organization chose in the browser: small named values, one row each.

use diesel::{prelude::*, upsert::excluded};

use crate::{error::Result, per_backend, schema::settings, transaction::Core};

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
        let row =
            (settings::organization_id.eq(organization), settings::name.eq(name), settings::value.eq(value));
        per_backend!(self.db(), |connection| diesel::insert_into(settings::table)
            .values(row)
            .on_conflict((settings::organization_id, settings::name))
            .do_update()
            .set(settings::value.eq(excluded(settings::value)))
            .execute(connection))?;
        Ok(())
    }
}
