//! By which addresses organizations are reached. What one may be called hangs on all others, so these few statements look
//! beyond the organization; what they say of others is whether a name is taken.

use std::collections::BTreeSet;

use diesel::{prelude::*, sql_types};
use portico_facts::OrganizationId;

use crate::{
    answer::Visit,
    clock::Instant,
    connection::{Db, Either},
    error::Result,
    guard::OrganizationRow,
    host::{Named, PublicUrl},
    schema::{domain_claims, former_slugs, organizations},
    slug::Slug,
    system::Kernel,
    transaction::Tx,
};

/// How long a name that an organization gave up leads to it, whoever else would like it.
const SLUG_KEPT_DAYS: i64 = 365;
/// Names that are kept for one organization at a time, or a few of them would have all that are good.
const MOST_KEPT: i64 = 5;

/// The installation's own host, among former slugs: no slug is empty.
const INSTALLATION: &str = "";

/// What an organization's own domain is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DomainUse {
    /// It answers there, too.
    Beside,
    /// Links and mails name it.
    Links,
    /// The organization's other address leads there.
    Only,
}

impl DomainUse {
    pub const ALL: [Self; 3] = [Self::Beside, Self::Links, Self::Only];

    pub fn name(self) -> &'static str {
        match self {
            Self::Beside => "beside",
            Self::Links => "links",
            Self::Only => "only",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.name() == name)
    }
}

/// What came of taking a slug.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SlugTaken {
    Now {
        former: String,
        now: Slug,
    },
    /// It is called so already.
    Already,
    /// It is another organization's, or was within a year.
    Refused,
    /// As many former ones as may be are kept for it.
    TooMany,
}

impl Tx<'_> {
    /// The organization's address begins with this from now on, and the former one leads there.
    ///
    /// # Errors
    /// The database's.
    pub fn take_slug(&mut self, slug: &Slug) -> Result<SlugTaken> {
        let (organization, now) = (self.organization(), self.now());
        hold_names(self.db())?;
        let former: String =
            organizations::table.find(organization).select(organizations::slug).first(self.db())?;
        if former == slug.as_str() {
            return Ok(SlugTaken::Already);
        }
        if !is_free(self.db(), slug, Some(organization), now)? {
            return Ok(SlugTaken::Refused);
        }
        // One that it goes back to is kept no longer.
        let kept: i64 = former_slugs::table
            .filter(former_slugs::organization_id.eq(organization))
            .filter(former_slugs::slug.ne(INSTALLATION).and(former_slugs::slug.ne(slug.as_str())))
            .filter(former_slugs::left_at.gt(now.plus_days(-SLUG_KEPT_DAYS)))
            .count()
            .get_result(self.db())?;
        if kept >= MOST_KEPT {
            return Ok(SlugTaken::TooMany);
        }
        diesel::delete(former_slugs::table.find((organization, slug.as_str()))).execute(self.db())?;
        leave_slug(self.db(), organization, &former, now)?;
        diesel::update(organizations::table.find(organization))
            .set(organizations::slug.eq(slug.as_str()))
            .execute(self.db())?;
        Ok(SlugTaken::Now { former, now: slug.clone() })
    }

    /// The organization answers at this domain from now on. `false` where another one does.
    ///
    /// # Errors
    /// The database's.
    pub fn take_domain(&mut self, domain: &str) -> Result<bool> {
        let organization = self.organization();
        hold_names(self.db())?;
        let holder: Option<OrganizationId> = organizations::table
            .filter(organizations::domain.eq(domain))
            .select(organizations::id)
            .first(self.db())
            .optional()?;
        if holder.is_some_and(|holder| holder != organization) {
            return Ok(false);
        }
        diesel::update(organizations::table.find(organization))
            .set(organizations::domain.eq(Some(domain)))
            .execute(self.db())?;
        Ok(true)
    }
}

impl Kernel {
    /// What proves that a request for this token, at the host of this visit, came to this installation. `None` unless
    /// an organization says that the domain is its own.
    ///
    /// # Errors
    /// The database's.
    pub async fn domain_answer(&self, visit: &Visit, token: &str) -> Result<Option<String>> {
        let Named::Domain(domain) = self.public_url().named_by(&visit.host) else { return Ok(None) };
        self.answer_of_domain(domain, token).await
    }

    /// The same at a host without a port, for whoever asks in the open.
    ///
    /// # Errors
    /// The database's.
    pub async fn answer_of_domain(&self, domain: String, token: &str) -> Result<Option<String>> {
        let token = token.to_owned();
        self.database()
            .read(move |db| {
                Ok(domain_claims::table
                    .filter(domain_claims::token.eq(token))
                    .filter(domain_claims::domain.eq(domain))
                    .select(domain_claims::answer)
                    .first(db)
                    .optional()?)
            })
            .await
    }
}

/// The names of hosts at which somebody is answered: the installation's own, each organization's and, as long as they lead on,
/// their former ones, and the domains whose check was passed.
pub(crate) fn hosts(db: &mut Db, public_url: &PublicUrl, now: Instant) -> Result<BTreeSet<String>> {
    let here: Vec<(String, Option<String>)> =
        organizations::table.select((organizations::slug, organizations::domain)).load(db)?;
    let former: Vec<String> = former_slugs::table
        .filter(former_slugs::slug.ne(INSTALLATION))
        .filter(former_slugs::left_at.gt(now.plus_days(-SLUG_KEPT_DAYS)))
        .select(former_slugs::slug)
        .load(db)?;
    let (slugs, domains): (Vec<String>, Vec<Option<String>>) = here.into_iter().unzip();
    let below = slugs.iter().chain(&former).map(|slug| public_url.host_of_slug(slug));
    let own = std::iter::once(public_url.host_name().to_owned());
    Ok(own.chain(below).chain(domains.into_iter().flatten()).collect())
}

/// One takes a name at a time, so that what was found free is free: a name that is given up while another takes it is in
/// neither of two tables. SQLite has one writer anyway.
pub(crate) fn hold_names(db: &mut Db) -> Result<()> {
    if let Either::Postgres(connection) = db.either() {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<sql_types::BigInt, _>(7425)
            .execute(connection)?;
    }
    Ok(())
}

/// Whether this organization, or a new one, may be called so.
pub(crate) fn is_free(
    db: &mut Db,
    slug: &Slug,
    organization: Option<OrganizationId>,
    now: Instant,
) -> Result<bool> {
    let holders: Vec<OrganizationId> = organizations::table
        .filter(organizations::slug.eq(slug.as_str()))
        .select(organizations::id)
        .load(db)?;
    let former: Vec<OrganizationId> = former_slugs::table
        .filter(former_slugs::slug.eq(slug.as_str()))
        .filter(former_slugs::left_at.gt(now.plus_days(-SLUG_KEPT_DAYS)))
        .select(former_slugs::organization_id)
        .load(db)?;
    Ok(holders.into_iter().chain(former).all(|each| Some(each) == organization))
}

/// The organization that lived at the installation's own host while it was alone is found there by its old links.
pub(crate) fn leave_installation(db: &mut Db, organization: OrganizationId, now: Instant) -> Result<()> {
    leave_slug(db, organization, INSTALLATION, now)
}

fn leave_slug(db: &mut Db, organization: OrganizationId, slug: &str, now: Instant) -> Result<()> {
    diesel::insert_into(former_slugs::table)
        .values((
            former_slugs::organization_id.eq(organization),
            former_slugs::slug.eq(slug),
            former_slugs::left_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Who was reached by this host before and is not any more; of several, the last.
pub(crate) fn find_former(db: &mut Db, named: &Named) -> Result<Option<OrganizationRow>> {
    let slug = match named {
        Named::Slug(slug) => slug.as_str(),
        Named::Installation => INSTALLATION,
        Named::Domain(_) | Named::Nobody => return Ok(None),
    };
    Ok(former_slugs::table
        .inner_join(organizations::table.on(organizations::id.eq(former_slugs::organization_id)))
        .filter(former_slugs::slug.eq(slug))
        .order(former_slugs::left_at.desc())
        .select(OrganizationRow::as_select())
        .first(db)
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domains_use_is_stored_by_its_name() {
        for each in DomainUse::ALL {
            assert_eq!(DomainUse::from_name(each.name()), Some(each));
        }
        for other in ["", "Only", "both"] {
            assert_eq!(DomainUse::from_name(other), None, "{other}");
        }
    }
}
