//! Mails that let their readers in: by a link in any browser, or by a code in the one that asked. For a quarter of an hour,
//! once, and the newest alone; stored hashed, used up by one conditional update (T8).

use diesel::prelude::*;
use portico_facts::{EventKind, PersonId};
use portico_kernel::{Core, Error, Instant, NewEvent, Result, Role, Secret, Token};
use portico_ui::Language;

use crate::{
    mail_code::MailCode,
    proof::{ProofState, state},
    schema::{people, sign_in_links},
};

pub const SECONDS: i64 = 15 * 60;
/// Then a link is as unknown as one that never was.
const REMEMBERED_SECONDS: i64 = 86_400;
/// Wrong codes, from all addresses together.
const GUESSES: i32 = 10;
const LINK: &str = "sign-in link";
const BROWSER: &str = "sign-in browser";

/// Only whoever holds the token, or has typed the code, learns this.
pub struct Link {
    pub person: PersonId,
    pub role: Role,
    pub email: String,
    pub language: Option<Language>,
    /// Where they wanted to go: a path of ours.
    pub return_to: Option<String>,
    pub state: ProofState,
}

pub struct NewLink<'a> {
    pub person: PersonId,
    pub email: &'a str,
    pub token: &'a Token,
    /// As [`browser_hash`] gives it.
    pub browser: &'a [u8],
    pub code: &'a MailCode,
    pub return_to: Option<&'a str>,
}

/// Of the cookie of the browser that asks.
pub fn browser_hash(token: &Token) -> Vec<u8> {
    token.hash(BROWSER).bytes().to_vec()
}

/// Voids the person's earlier ones. Storing the same one twice (a job that is run again) changes nothing.
///
/// # Errors
/// The database's.
pub fn issue(tx: &mut Core, secret: &Secret, new: &NewLink) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let hash = new.token.hash(LINK);
    let known: i64 = sign_in_links::table.find((organization, hash.bytes())).count().get_result(tx.db())?;
    if known > 0 {
        return Ok(());
    }
    diesel::delete(sign_in_links::table)
        .filter(sign_in_links::organization_id.eq(organization))
        .filter(sign_in_links::expires_at.le(now.plus_seconds(-REMEMBERED_SECONDS)))
        .execute(tx.db())?;
    void(tx, new.person)?;
    let code_hash = new.code.hash(secret, organization, new.browser);
    diesel::insert_into(sign_in_links::table)
        .values((
            sign_in_links::organization_id.eq(organization),
            sign_in_links::token_hash.eq(hash.bytes()),
            sign_in_links::person_id.eq(new.person),
            sign_in_links::email.eq(new.email),
            sign_in_links::browser_hash.eq(new.browser),
            sign_in_links::code_hash.eq(code_hash.bytes()),
            sign_in_links::guesses.eq(0),
            sign_in_links::return_to.eq(new.return_to),
            sign_in_links::created_at.eq(now),
            sign_in_links::expires_at.eq(now.plus_seconds(SECONDS)),
        ))
        .execute(tx.db())?;
    Ok(())
}

/// # Errors
/// [`Error::NotFound`] for a token that was never ours, or of another organization, or of a person who was removed or has
/// another address by now.
pub fn find(tx: &mut Core, token: &Token) -> Result<Link> {
    find_hashed(tx, token.hash(LINK).bytes())
}

fn find_hashed(tx: &mut Core, hash: &[u8]) -> Result<Link> {
    type Row =
        (PersonId, String, String, Option<String>, Option<String>, Instant, Option<Instant>, Option<Instant>);
    let (organization, now) = (tx.organization(), tx.now());
    let (person, role, email, language, return_to, expires, used, revoked): Row = sign_in_links::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(sign_in_links::organization_id)
                .and(people::id.eq(sign_in_links::person_id))),
        )
        .filter(sign_in_links::organization_id.eq(organization))
        .filter(sign_in_links::token_hash.eq(hash))
        .filter(people::removed_at.is_null())
        .filter(people::email.eq(sign_in_links::email))
        .select((
            people::id,
            people::role,
            people::email,
            people::language,
            sign_in_links::return_to,
            sign_in_links::expires_at,
            sign_in_links::used_at,
            sign_in_links::revoked_at,
        ))
        .first(tx.db())?;
    let language = language.as_deref().and_then(Language::from_code);
    let state = state(now, expires, used, revoked);
    Ok(Link { person, role: Role::from_name(&role)?, email, language, return_to, state })
}

/// Uses the link up: of any number of parallel uses one gets it, the others an error.
///
/// # Errors
/// [`Error::Conflict`] when it is not open any more, and as [`find`].
pub fn consume(tx: &mut Core, token: &Token) -> Result<Link> {
    let (organization, now) = (tx.organization(), tx.now());
    let consumed = diesel::update(sign_in_links::table)
        .filter(sign_in_links::organization_id.eq(organization))
        .filter(sign_in_links::token_hash.eq(token.hash(LINK).bytes()))
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::revoked_at.is_null())
        .filter(sign_in_links::expires_at.gt(now))
        .set(sign_in_links::used_at.eq(Some(now)))
        .execute(tx.db())?;
    if consumed == 0 {
        return Err(Error::Conflict("accounts-link-used"));
    }
    let link = find(tx, token)?;
    record_use(tx, link.person)?;
    Ok(link)
}

/// The same by the code, in the browser that asked. Nothing for a wrong one, and where nothing was sent: nobody is told
/// which (P5). After ten wrong ones no code is right; the link still is.
///
/// # Errors
/// The database's.
pub fn consume_code(
    tx: &mut Core,
    secret: &Secret,
    browser: &Token,
    code: &MailCode,
) -> Result<Option<Link>> {
    let (organization, now) = (tx.organization(), tx.now());
    let browser = browser_hash(browser);
    let code_hash = code.hash(secret, organization, &browser);
    let open = || {
        sign_in_links::table
            .filter(sign_in_links::organization_id.eq(organization))
            .filter(sign_in_links::browser_hash.eq(browser.as_slice()))
            .filter(sign_in_links::used_at.is_null())
            .filter(sign_in_links::revoked_at.is_null())
            .filter(sign_in_links::expires_at.gt(now))
    };
    let counted = diesel::update(open().filter(sign_in_links::guesses.lt(GUESSES)))
        .set(sign_in_links::guesses.eq(sign_in_links::guesses + 1))
        .execute(tx.db())?;
    if counted == 0 {
        return Ok(None);
    }
    let right = || open().filter(sign_in_links::code_hash.eq(code_hash.bytes()));
    let meant: Option<Vec<u8>> = right().select(sign_in_links::token_hash).first(tx.db()).optional()?;
    let Some(meant) = meant else { return Ok(None) };
    let used = diesel::update(right()).set(sign_in_links::used_at.eq(Some(now))).execute(tx.db())?;
    if used == 0 {
        return Ok(None);
    }
    match find_hashed(tx, &meant) {
        Ok(link) => {
            record_use(tx, link.person)?;
            Ok(Some(link))
        }
        // Removed, or at another address by now.
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn record_use(tx: &mut Core, person: PersonId) -> Result<()> {
    tx.record(NewEvent::new(EventKind::SIGN_IN_LINK_USED, person).about(person))?.into_value();
    Ok(())
}

/// Those that are open are good for nothing any more.
///
/// # Errors
/// The database's.
pub fn void(tx: &mut Core, person: PersonId) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(sign_in_links::table)
        .filter(sign_in_links::organization_id.eq(organization))
        .filter(sign_in_links::person_id.eq(person))
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::revoked_at.is_null())
        .set(sign_in_links::revoked_at.eq(Some(now)))
        .execute(tx.db())?;
    Ok(())
}
