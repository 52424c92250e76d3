//! The installation before anyone is in it: the one-time link to `/setup`, and the founding of an
//! organization with its owner.

use diesel::prelude::*;
use portico_facts::{EventKind, OrganizationId, PersonId};

use crate::{
    access::{Organization, Role},
    addresses,
    clock::Instant,
    connection::Db,
    error::{Error, Result},
    event::NewEvent,
    guard::OrganizationRow,
    password::PasswordHash,
    random::Token,
    schema::{installation, organizations},
    slug::Slug,
    system::Kernel,
    transaction::Core,
};

const SETUP: &str = "setup";

/// Opens `/setup` once. Printed at start while there is no organization.
#[derive(Clone)]
pub struct SetupToken(Token);

impl SetupToken {
    pub fn parse(text: &str) -> Option<Self> {
        Token::parse(text).map(Self)
    }

    pub fn reveal(&self) -> String {
        self.0.reveal()
    }
}

pub mod foundation {
    use super::*;

    /// What a new organization starts with.
    pub struct Foundation {
        pub slug: Slug,
        pub name: String,
        /// `#rrggbb`
        pub colour: String,
        pub language: &'static str,
        pub time_zone: String,
        pub owner_name: String,
        pub owner_email: String,
        /// `None` for an owner who is invited.
        pub owner_password: Option<PasswordHash>,
    }

    pub struct Founded {
        pub organization: Organization,
        pub owner: PersonId,
    }
}

use foundation::{Foundation, Founded};

// The owner's row needs the password, which only the accounts module reads afterwards.
diesel::table! {
    #[sql_name = "people"]
    founders (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        created_at -> BigInt,
        joined_at -> Nullable<BigInt>,
    }
}

impl Kernel {
    /// A new link for an installation without an organization; it replaces the one of an earlier
    /// start. `None` once an organization exists.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_setup(&self) -> Result<Option<SetupToken>> {
        let token = self.randomness().token();
        let hash = hex::encode(token.hash(SETUP).bytes());
        let opened = self
            .database()
            .write(move |db| {
                if organizations::table.count().get_result::<i64>(db)? > 0 {
                    return Ok(false);
                }
                diesel::delete(installation::table.find(SETUP)).execute(db)?;
                diesel::insert_into(installation::table)
                    .values((installation::name.eq(SETUP), installation::value.eq(hash)))
                    .execute(db)?;
                Ok(true)
            })
            .await?;
        Ok(opened.then_some(SetupToken(token)))
    }

    /// Whether this token opens `/setup` now.
    ///
    /// # Errors
    /// The database's.
    pub async fn setup_is_open(&self, token: &SetupToken) -> Result<bool> {
        let hash = hex::encode(token.0.hash(SETUP).bytes());
        self.database()
            .read(move |db| {
                let open: i64 = installation::table
                    .filter(installation::name.eq(SETUP))
                    .filter(installation::value.eq(hash))
                    .count()
                    .get_result(db)?;
                Ok(open == 1)
            })
            .await
    }

    /// Consumes the set-up link and founds the organization.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link is used up: one of many parallel uses wins.
    pub async fn set_up(&self, token: SetupToken, foundation: Foundation) -> Result<Founded> {
        let hash = hex::encode(token.0.hash(SETUP).bytes());
        let this = self.clone();
        let founded = self
            .database()
            .write(move |db| {
                let consumed = diesel::delete(
                    installation::table
                        .filter(installation::name.eq(SETUP))
                        .filter(installation::value.eq(hash)),
                )
                .execute(db)?;
                if consumed == 0 {
                    return Err(Error::NotFound);
                }
                found(&this, db, foundation)
            })
            .await?;
        self.wake();
        Ok(founded)
    }

    /// Founds an organization without a link: for the demo.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the slug is taken.
    pub async fn found_organization(&self, foundation: Foundation) -> Result<Founded> {
        let this = self.clone();
        let founded = self.database().write(move |db| found(&this, db, foundation)).await?;
        self.wake();
        Ok(founded)
    }
}

impl Kernel {
    /// Founds one more, for the command line. Whoever was alone until now does not answer at the installation's own host
    /// any more, but is found by the links that name it; a set-up link that was printed before opens nothing.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the slug is taken.
    pub async fn add_organization(&self, foundation: Foundation) -> Result<Founded> {
        let this = self.clone();
        let founded = self
            .database()
            .write(move |db| {
                let before: Vec<OrganizationId> =
                    organizations::table.limit(2).select(organizations::id).load(db)?;
                diesel::delete(installation::table.find(SETUP)).execute(db)?;
                if let [alone] = before[..] {
                    addresses::leave_installation(db, alone, this.now())?;
                }
                found(&this, db, foundation)
            })
            .await?;
        self.wake();
        Ok(founded)
    }
}

/// # Errors
/// [`Error::Conflict`] when the slug is taken, or was another's within the last year.
fn found(kernel: &Kernel, db: &mut Db, foundation: Foundation) -> Result<Founded> {
    let now: Instant = kernel.now();
    addresses::hold_names(db)?;
    if !addresses::is_free(db, &foundation.slug, None, now)? {
        return Err(Error::Conflict("ui-error-slug-taken"));
    }
    let id = OrganizationId::from_bytes(kernel.randomness().bytes());
    let owner = PersonId::from_bytes(kernel.randomness().bytes());
    diesel::insert_into(organizations::table)
        .values((
            organizations::id.eq(id),
            organizations::slug.eq(foundation.slug.as_str()),
            organizations::name.eq(&foundation.name),
            organizations::colour.eq(&foundation.colour),
            organizations::language.eq(foundation.language),
            organizations::time_zone.eq(&foundation.time_zone),
            organizations::created_at.eq(now),
        ))
        .execute(db)?;
    diesel::insert_into(founders::table)
        .values((
            founders::organization_id.eq(id),
            founders::id.eq(owner),
            founders::role.eq(Role::Owner.name()),
            founders::email.eq(&foundation.owner_email),
            founders::name.eq(&foundation.owner_name),
            founders::password_hash.eq(foundation.owner_password.as_ref().map(PasswordHash::as_str)),
            founders::created_at.eq(now),
            founders::joined_at.eq(foundation.owner_password.is_some().then_some(now)),
        ))
        .execute(db)?;
    let alone = organizations::table.count().get_result::<i64>(db)? == 1;
    let organization = organizations::table
        .find(id)
        .select(OrganizationRow::as_select())
        .first(db)?
        .with_address(kernel.public_url(), alone);
    let mut core = Core::new(db, &organization, Some(owner), None, kernel);
    let _recorded = core.record(NewEvent::new(EventKind::ORGANIZATION_FOUNDED, id))?;
    Ok(Founded { organization, owner })
}
