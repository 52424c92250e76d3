//! The second step of signing in: the secret that a person's app shares with us, which codes were taken already, and the
//! recovery codes; passkeys are in `passkeys.rs`. Whether there is a second step of whatever kind stands in the person's own
//! row, which also is what keeps two changes apart.

use std::time::Duration;

use diesel::prelude::*;
use portico_facts::{EventKind, OrganizationId, PersonId};
use portico_kernel::{Core, Error, Instant, NewEvent, NewJob, Recorded, Result, Secret};

use crate::{
    ceremonies,
    code::{AppSecret, Code},
    letters::{self, SecondStepChange, SecondStepChanged},
    passkeys::{self, PasskeyRow},
    pending,
    recovery_code::{RecoveryCode, TypedCode},
    recovery_codes,
    schema::{people, second_steps},
};

/// Wrong codes of the app in a window of time.
const GUESSES: i32 = 10;
const WINDOW_SECONDS: i64 = 15 * 60;

/// As the person's own pages show it.
pub struct State {
    /// Nothing while the password alone is enough.
    pub since: Option<Instant>,
    pub app: App,
    pub passkeys: Vec<PasskeyRow>,
    pub codes_left: i64,
}

pub enum App {
    Off,
    /// It is told this, and a code has not proved it yet.
    Begun(AppSecret),
    On,
}

/// What signing in takes besides the recovery codes.
pub struct Ways {
    pub app: bool,
    /// At the host that is asked about.
    pub passkey: bool,
}

/// What a proof by the app has led to.
pub enum TurnedOn {
    /// It is the first second step. Nobody is shown these again.
    WithCodes(Vec<RecoveryCode>),
    /// There was one before, and its recovery codes stay.
    Besides,
}

/// # Errors
/// [`Error::NotFound`] for nobody of this organization.
pub fn state(tx: &mut Core, secret: &Secret, person: PersonId) -> Result<State> {
    let app = match app_is_on(tx, person)? {
        true => App::On,
        false => find(tx, secret, person)?.map_or(App::Off, |shared| App::Begun(shared.secret)),
    };
    Ok(State {
        since: since(tx, person)?,
        app,
        passkeys: passkeys::of_person(tx, person)?,
        codes_left: recovery_codes::left(tx, person)?,
    })
}

/// # Errors
/// The database's.
pub fn ways(tx: &mut Core, person: PersonId, host: Option<&str>) -> Result<Ways> {
    let passkey = passkeys::of_person(tx, person)?.iter().any(|passkey| Some(passkey.host.as_str()) == host);
    Ok(Ways { app: app_is_on(tx, person)?, passkey })
}

/// # Errors
/// As [`state`].
pub fn is_on(tx: &mut Core, person: PersonId) -> Result<bool> {
    Ok(since(tx, person)?.is_some())
}

/// Whether a code has proved the person's app.
///
/// # Errors
/// The database's.
pub fn app_is_on(tx: &mut Core, person: PersonId) -> Result<bool> {
    let organization = tx.organization();
    let proved: i64 = second_steps::table
        .find((organization, person))
        .filter(second_steps::proved_at.is_not_null())
        .count()
        .get_result(tx.db())?;
    Ok(proved > 0)
}

fn since(tx: &mut Core, person: PersonId) -> Result<Option<Instant>> {
    let organization = tx.organization();
    Ok(people::table.find((organization, person)).select(people::second_step_at).first(tx.db())?)
}

/// A new secret, in place of one that was never proved.
///
/// # Errors
/// [`Error::Conflict`] when the app is on.
pub fn begin(tx: &mut Core, secret: &Secret, person: PersonId) -> Result<Recorded<()>> {
    hold_app_off(tx, person)?;
    forget_app(tx, person)?;
    let (organization, now) = (tx.organization(), tx.now());
    let shared = AppSecret::new(tx.randomness());
    let sealed = secret.seal(tx.randomness(), &purpose(organization, person), &shared.to_words());
    diesel::insert_into(second_steps::table)
        .values((
            second_steps::organization_id.eq(organization),
            second_steps::person_id.eq(person),
            second_steps::secret.eq(sealed),
            second_steps::created_at.eq(now),
            second_steps::last_step.eq(0_i64),
            second_steps::guesses.eq(0),
            second_steps::guessed_since.eq(now),
        ))
        .execute(tx.db())?;
    tx.record(NewEvent::new(EventKind::SECOND_STEP_BEGUN, person).about(person))
}

/// Nothing when the code is not right.
///
/// # Errors
/// [`Error::Conflict`] when it is on already, or was not begun.
pub fn turn_on(
    tx: &mut Core,
    secret: &Secret,
    person: PersonId,
    code: Code,
) -> Result<Recorded<Option<TurnedOn>>> {
    hold_app_off(tx, person)?;
    if !take_code(tx, secret, person, code)? {
        return Ok(tx.unchanged(None));
    }
    let (organization, now) = (tx.organization(), tx.now());
    diesel::update(second_steps::table.find((organization, person)))
        .set(second_steps::proved_at.eq(Some(now)))
        .execute(tx.db())?;
    let turned_on = start(tx, secret, person)?.map_or(TurnedOn::Besides, TurnedOn::WithCodes);
    tell(tx, person, SecondStepChange::TurnedOn)?;
    let event = NewEvent::new(EventKind::SECOND_STEP_TURNED_ON, person).about(person);
    Ok(tx.record(event)?.with(Some(turned_on)))
}

/// From now on signing in asks for more than the password. Gives the recovery codes, unless it did before.
///
/// # Errors
/// The database's.
pub fn start(tx: &mut Core, secret: &Secret, person: PersonId) -> Result<Option<Vec<RecoveryCode>>> {
    let (organization, now) = (tx.organization(), tx.now());
    let off = people::table.find((organization, person)).filter(people::second_step_at.is_null());
    let started = diesel::update(off).set(people::second_step_at.eq(Some(now))).execute(tx.db())?;
    if started == 0 { Ok(None) } else { recovery_codes::draw(tx, secret, person).map(Some) }
}

/// Whether what was typed is right. Then it is used up: of any number of parallel uses one gets in (RFC 6238, section 5.2).
///
/// # Errors
/// [`Error::Conflict`] when there is nothing to compare with.
pub fn take(tx: &mut Core, secret: &Secret, person: PersonId, typed: &TypedCode) -> Result<bool> {
    match typed {
        // One that was begun and never proved is nobody's second step.
        TypedCode::OfApp(_) if !app_is_on(tx, person)? => Ok(false),
        TypedCode::OfApp(code) => take_code(tx, secret, person, *code),
        TypedCode::Recovery(code) => recovery_codes::take(tx, secret, person, code),
    }
}

fn take_code(tx: &mut Core, secret: &Secret, person: PersonId, code: Code) -> Result<bool> {
    let shared = find(tx, secret, person)?.ok_or(Error::Conflict("accounts-second-step-gone"))?;
    count_guess(tx, person)?;
    let Some(step) = shared.secret.step_of(code, tx.now(), shared.last_step) else { return Ok(false) };
    let organization = tx.organization();
    let untaken = second_steps::table.find((organization, person)).filter(second_steps::last_step.lt(step));
    let taken = (second_steps::last_step.eq(step), second_steps::guesses.eq(0));
    Ok(diesel::update(untaken).set(taken).execute(tx.db())? == 1)
}

/// Of one person's app, from all addresses together: three of a million codes are right at any moment, and whoever has the
/// password and many addresses would find one (RFC 4226, section 7.3). Recovery codes are too many for that, and stay open
/// to whoever is kept out by it.
fn count_guess(tx: &mut Core, person: PersonId) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let row = || second_steps::table.find((organization, person));
    diesel::update(row().filter(second_steps::guessed_since.le(now.plus_seconds(-WINDOW_SECONDS))))
        .set((second_steps::guesses.eq(0), second_steps::guessed_since.eq(now)))
        .execute(tx.db())?;
    let counted = diesel::update(row().filter(second_steps::guesses.lt(GUESSES)))
        .set(second_steps::guesses.eq(second_steps::guesses + 1))
        .execute(tx.db())?;
    let wait = Duration::from_secs(WINDOW_SECONDS.unsigned_abs());
    if counted == 1 { Ok(()) } else { Err(Error::TooMany { wait }) }
}

/// # Errors
/// [`Error::Conflict`] when the second step is not on.
pub fn renew_recovery_codes(
    tx: &mut Core,
    secret: &Secret,
    person: PersonId,
) -> Result<Recorded<Vec<RecoveryCode>>> {
    if !is_on(tx, person)? {
        return Err(Error::Conflict("accounts-second-step-off"));
    }
    let codes = recovery_codes::draw(tx, secret, person)?;
    let event = NewEvent::new(EventKind::RECOVERY_CODES_RENEWED, person).about(person);
    Ok(tx.record(event)?.with(codes))
}

/// # Errors
/// [`Error::Conflict`] when the second step is not on.
pub fn turn_off(tx: &mut Core, person: PersonId) -> Result<Recorded<()>> {
    end(tx, person)?;
    tell(tx, person, SecondStepChange::TurnedOff)?;
    tx.record(NewEvent::new(EventKind::SECOND_STEP_TURNED_OFF, person).about(person))
}

/// For somebody who lost phone and recovery codes. Their sessions go on.
///
/// # Errors
/// [`Error::Conflict`] when the second step is not on.
pub fn reset(tx: &mut Core, person: PersonId) -> Result<Recorded<()>> {
    end(tx, person)?;
    tell(tx, person, SecondStepChange::Reset)?;
    tx.record(NewEvent::new(EventKind::SECOND_STEP_RESET, person).about(person))
}

fn end(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    let on = people::table.find((organization, person)).filter(people::second_step_at.is_not_null());
    let ended = diesel::update(on).set(people::second_step_at.eq(None::<Instant>)).execute(tx.db())?;
    if ended == 0 {
        return Err(Error::Conflict("accounts-second-step-off"));
    }
    pending::void(tx, person)?;
    ceremonies::void(tx, person)?;
    passkeys::forget(tx, person)?;
    recovery_codes::forget(tx, person)?;
    forget_app(tx, person)
}

struct Shared {
    secret: AppSecret,
    last_step: i64,
}

/// Nothing, too, for what was sealed by another secret (a data folder that was not moved along).
fn find(tx: &mut Core, secret: &Secret, person: PersonId) -> Result<Option<Shared>> {
    let organization = tx.organization();
    let row: Option<(String, i64)> = second_steps::table
        .find((organization, person))
        .select((second_steps::secret, second_steps::last_step))
        .first(tx.db())
        .optional()?;
    Ok(row.and_then(|(sealed, last_step)| {
        let words = secret.unseal(&purpose(organization, person), &sealed)?;
        Some(Shared { secret: AppSecret::from_words(&words)?, last_step })
    }))
}

fn purpose(organization: OrganizationId, person: PersonId) -> Vec<u8> {
    [b"second step".as_slice(), &organization.bytes(), &person.bytes()].concat()
}

/// Holds the person's row, so that two changes come one after the other.
///
/// # Errors
/// The database's.
pub fn hold(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::update(people::table.find((organization, person)))
        .set(people::second_step_at.eq(people::second_step_at))
        .execute(tx.db())?;
    Ok(())
}

/// Nobody turns it on in the meantime with a secret that is on its way out.
fn hold_app_off(tx: &mut Core, person: PersonId) -> Result<()> {
    hold(tx, person)?;
    if app_is_on(tx, person)? { Err(Error::Conflict("accounts-second-step-on")) } else { Ok(()) }
}

fn forget_app(tx: &mut Core, person: PersonId) -> Result<()> {
    let organization = tx.organization();
    diesel::delete(second_steps::table.find((organization, person))).execute(tx.db())?;
    Ok(())
}

/// # Errors
/// The queue's.
pub fn tell(tx: &mut Core, person: PersonId, change: SecondStepChange) -> Result<()> {
    tx.enqueue(NewJob { kind: letters::SECOND_STEP, payload: SecondStepChanged { person, change } })
}
