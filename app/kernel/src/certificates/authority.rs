//! What an authority asks at a host, and as whom it knows the installation.

use diesel::prelude::*;

use crate::{
    addresses,
    error::Result,
    schema::{certificate_challenges, installation},
    system::Kernel,
};

impl Kernel {
    /// Any machine answers so from now on.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep_challenge(&self, host: &str, token: &str, answer: &str) -> Result<()> {
        let (host, token, answer, now) = (host.to_owned(), token.to_owned(), answer.to_owned(), self.now());
        self.database()
            .write(move |db| {
                diesel::delete(certificate_challenges::table.find((&host, &token))).execute(db)?;
                diesel::insert_into(certificate_challenges::table)
                    .values((
                        certificate_challenges::host.eq(&host),
                        certificate_challenges::token.eq(&token),
                        certificate_challenges::answer.eq(&answer),
                        certificate_challenges::made_at.eq(now),
                    ))
                    .execute(db)?;
                Ok(())
            })
            .await
    }

    /// # Errors
    /// The database's.
    pub async fn challenge_answer(&self, host: &str, token: &str) -> Result<Option<String>> {
        let (host, token) = (host.to_owned(), token.to_owned());
        self.database()
            .read(move |db| {
                Ok(certificate_challenges::table
                    .find((host, token))
                    .select(certificate_challenges::answer)
                    .first(db)
                    .optional()?)
            })
            .await
    }

    /// What the installation is known by at the authority of this directory.
    ///
    /// # Errors
    /// The database's.
    pub async fn authority_account(&self, directory: &str) -> Result<Option<String>> {
        let name = account_name(directory);
        let purpose = name.clone();
        let sealed: Option<String> = self
            .database()
            .read(move |db| {
                Ok(installation::table.find(name).select(installation::value).first(db).optional()?)
            })
            .await?;
        Ok(sealed.and_then(|sealed| self.secret().unseal(purpose.as_bytes(), &sealed)))
    }

    /// `None` forgets it.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep_authority_account(&self, directory: &str, credentials: Option<&str>) -> Result<()> {
        let name = account_name(directory);
        let sealed = credentials.map(|words| self.secret().seal(self.randomness(), name.as_bytes(), words));
        self.database()
            .write(move |db| {
                addresses::hold_names(db)?;
                diesel::delete(installation::table.find(&name)).execute(db)?;
                if let Some(sealed) = sealed {
                    diesel::insert_into(installation::table)
                        .values((installation::name.eq(&name), installation::value.eq(sealed)))
                        .execute(db)?;
                }
                Ok(())
            })
            .await
    }
}

fn account_name(directory: &str) -> String {
    format!("account at {directory}")
}
