//! One's own second step: setting it up by an app, new recovery codes, turning it off. The same pages for staff and clients,
//! and for staff who get no further before it is set up. What is done with passkeys is in `passkeys.rs`.

use std::sync::Arc;

use poem::{handler, web::Data};
use portico_facts::PersonId;
use portico_kernel::{Answer, Core, Error, Form, Member, Partial, Problems, Recorded, Result, Secret};
use portico_ui::signed_out_page;
use serde::Deserialize;

use super::account::path;
use crate::{
    attempts::Attempts,
    passkey::RelyingParty,
    recovery_code::{RecoveryCode, TypedCode},
    second_step::{self, App, TurnedOn},
    store,
    view::second_step::{Place, Typed, codes, page_body},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationForm {
    pub(super) confirmation: String,
}

/// That it is the person who wants this, and not somebody at a screen that was left alone.
enum Confirmation {
    Password,
    /// Not looked at yet: that is part of the change, so that a code is used up with it or not at all.
    Code(TypedCode),
}

#[handler]
pub async fn show(member: Member) -> Result<Answer> {
    page(&member, Typed::default(), Problems::default()).await
}

#[handler]
pub async fn begin(member: Member, partial: Partial) -> Result<Answer> {
    let (person, secret) = (member.person().id, member.kernel().secret().clone());
    member.write(move |tx| second_step::begin(tx, &secret, person)).await?;
    Ok(Answer::go(partial, &address(&member)))
}

/// The answer is the only page that ever shows the recovery codes.
#[handler]
pub async fn turn_on(
    member: Member,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<CodeForm>,
) -> Result<Answer> {
    count(&member, attempts)?;
    let mut problems = Problems::default();
    let parsed = match TypedCode::parse(&form.code) {
        Ok(TypedCode::OfApp(code)) => Ok(code),
        Ok(TypedCode::Recovery(_)) => Err("accounts-code-form"),
        Err(key) => Err(key),
    };
    let Some(code) = problems.keep("code", parsed) else {
        return page(&member, Typed::code(&form.code), problems).await;
    };
    let (person, secret) = (member.person().id, member.kernel().secret().clone());
    let turned_on = member.write(move |tx| second_step::turn_on(tx, &secret, person, code)).await?;
    let Some(turned_on) = turned_on else {
        problems.add("code", "accounts-code-wrong");
        return page(&member, Typed::code(&form.code), problems).await;
    };
    forget(&member, attempts);
    Ok(match turned_on {
        TurnedOn::WithCodes(drawn) => codes_page(&member, &drawn),
        TurnedOn::Besides => Answer::go(partial, &address(&member)),
    })
}

#[handler]
pub async fn renew_codes(
    member: Member,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<ConfirmationForm>,
) -> Result<Answer> {
    match change(&member, attempts, form, second_step::renew_recovery_codes).await? {
        Some(drawn) => Ok(codes_page(&member, &drawn)),
        None => refused(&member, "renewal").await,
    }
}

#[handler]
pub async fn turn_off(
    member: Member,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<ConfirmationForm>,
) -> Result<Answer> {
    match change(&member, attempts, form, |tx, _, person| second_step::turn_off(tx, person)).await? {
        Some(()) => Ok(Answer::go(partial, path(&member))),
        None => refused(&member, "removal").await,
    }
}

/// `None` when what was typed is neither the password nor a code.
pub(super) async fn change<T: Send + 'static>(
    member: &Member,
    attempts: &Attempts,
    form: ConfirmationForm,
    work: impl FnOnce(&mut Core, &Secret, PersonId) -> Result<Recorded<T>> + Send + 'static,
) -> Result<Option<T>> {
    if member.person().second_step_at.is_none() {
        return Err(Error::Conflict("accounts-second-step-off"));
    }
    count(member, attempts)?;
    let Some(confirmation) = confirm(member, form.confirmation).await? else { return Ok(None) };
    let (person, secret) = (member.person().id, member.kernel().secret().clone());
    let done = member
        .write(move |tx| {
            if let Confirmation::Code(code) = &confirmation
                && !second_step::take(tx, &secret, person, code)?
            {
                return Ok(tx.unchanged(None));
            }
            Ok(work(tx, &secret, person)?.map(Some))
        })
        .await?;
    if done.is_some() {
        forget(member, attempts);
    }
    Ok(done)
}

/// The password first: one of twelve digits looks like a recovery code.
async fn confirm(member: &Member, typed: String) -> Result<Option<Confirmation>> {
    let person = member.person().id;
    let stored = member.read(move |tx| store::password_of(tx, person)).await?;
    let code = TypedCode::parse(&typed);
    let is_password = member.kernel().hashing().verify(typed, stored).await?;
    Ok(if is_password { Some(Confirmation::Password) } else { code.ok().map(Confirmation::Code) })
}

/// Guesses at the code and at the password are counted together, and with those of signing in (T9).
fn count(member: &Member, attempts: &Attempts) -> Result<()> {
    let (address, account) = guesser(member);
    attempts.count(member.kernel().now(), &address, &account)
}

fn forget(member: &Member, attempts: &Attempts) {
    let (address, account) = guesser(member);
    attempts.forget(&address, &account);
}

fn guesser(member: &Member) -> (String, String) {
    (member.visit().address.clone().unwrap_or_default(), format!("code {}", member.person().email))
}

pub(super) fn address(member: &Member) -> String {
    format!("{}/second-step", path(member))
}

async fn refused(member: &Member, form: &'static str) -> Result<Answer> {
    let mut problems = Problems::default();
    problems.add(form, "accounts-confirmation-wrong");
    page(member, Typed::default(), problems).await
}

pub(super) async fn page(member: &Member, typed: Typed<'_>, problems: Problems) -> Result<Answer> {
    let (person, secret) = (member.person().id, member.kernel().secret().clone());
    let mut state = member.read(move |tx| second_step::state(tx, &secret, person)).await?;
    if member.is_only_seen() && matches!(state.app, App::Begun(_)) {
        state.app = App::Off;
    }
    // In another tab it was turned on, or never begun: then there is no field to say it at.
    if problems.of("code").is_some() && !matches!(state.app, App::Begun(_)) {
        return Err(Error::Conflict("accounts-second-step-gone"));
    }
    let answer = shown(member, "accounts-second-step", |place| page_body(place, &state, &typed, &problems));
    Ok(if problems.is_empty() { answer } else { answer.invalid() })
}

pub(super) fn codes_page(member: &Member, drawn: &[RecoveryCode]) -> Answer {
    shown(member, "accounts-recovery-codes", |place| codes(place, drawn))
}

/// Whoever owes it is shown this page alone, without the navigation of the others.
pub(super) fn shown(member: &Member, title: &str, body: impl FnOnce(&Place) -> maud::Markup) -> Answer {
    let frame = member.frame();
    let title = frame.text.say(title);
    let party = RelyingParty::of(member.organization());
    let place = Place {
        frame: &frame,
        title: &title,
        account: path(member),
        organization: &member.organization().name,
        zone: &member.organization().time_zone,
        email: &member.person().email,
        host: party.as_ref().map(RelyingParty::host),
        is_owed: member.owes_second_step(),
    };
    let body = body(&place);
    if place.is_owed {
        return Answer::page(signed_out_page(&frame, &title, body));
    }
    member.page(&title, body)
}
