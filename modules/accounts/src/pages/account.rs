//! One's own account, for clients at `/account` and for staff at `/staff/account`: the same page
//! in two shells.

use std::sync::Arc;

use poem::{
    handler,
    web::{Data, Path},
};
use portico_facts::SessionId;
use portico_kernel::{Answer, Form, Member, Name, Partial, PasswordHash, Person, Problems, Result};
use portico_ui::Language;
use serde::Deserialize;

use crate::{attempts::Attempts, password::NewPassword, session, store, view};

pub(super) fn path(member: &Member) -> &'static str {
    match member {
        Member::Staff(_) => "/staff/account",
        Member::Client(_) => "/account",
    }
}

/// The whole page: with what was typed and what is wrong with it, where something is.
async fn page(member: &Member, typed: Option<Profile>, problems: Problems) -> Result<Answer> {
    let (person, here) = (member.person().id, member.person().session);
    let sessions = member.read(move |tx| session::open_sessions(tx, person)).await?;
    let profile = typed.unwrap_or_else(|| Profile::of(member.person()));
    let frame = member.frame();
    let account = view::account::Account {
        path: path(member),
        zone: &member.organization().time_zone,
        profile: &profile,
        problems: &problems,
        sessions: &sessions,
        here,
        second_step_at: member.person().second_step_at,
    };
    let body = view::account::page(&frame, &account);
    let answer = member.page(&frame.text.say("accounts-account"), body);
    Ok(if problems.is_empty() { answer } else { answer.invalid() })
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: String,
    /// Empty: the organization's.
    pub language: String,
}

impl Profile {
    fn of(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            language: person.language.map(Language::code).unwrap_or_default().to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    current: String,
    password: String,
}

#[handler]
pub async fn show(member: Member) -> Result<Answer> {
    page(&member, None, Problems::default()).await
}

#[handler]
pub async fn change_profile(
    member: Member,
    partial: Partial,
    Form(profile): Form<Profile>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&profile.name)) else {
        return page(&member, Some(profile), problems).await;
    };
    let (person, language) = (member.person().id, Language::from_code(&profile.language));
    member
        .write(move |tx| store::change_profile(tx, person, name.as_str(), language.map(Language::code)))
        .await?;
    Ok(Answer::go(partial, path(&member)))
}

/// Every other session ends with the old password (P4).
#[handler]
pub async fn change_password(
    member: Member,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(change): Form<PasswordChange>,
) -> Result<Answer> {
    let address = member.visit().address.clone().unwrap_or_default();
    let account = format!("password {}", member.person().email);
    attempts.count(member.kernel().now(), &address, &account)?;
    let (person, keep) = (member.person().id, member.person().session);
    let stored: Option<PasswordHash> = member.read(move |tx| store::password_of(tx, person)).await?;
    let hashing = member.kernel().hashing().clone();
    let mut problems = Problems::default();
    match hashing.verify(change.current, stored).await? {
        true => attempts.forget(&address, &account),
        false => problems.add("current", "accounts-password-current-wrong"),
    }
    let about = [member.person().email.as_str(), member.person().name.as_str()];
    let password = problems.keep("password", NewPassword::parse(&change.password, &about));
    let (Some(password), true) = (password, problems.is_empty()) else {
        return page(&member, None, problems).await;
    };
    let hash = hashing.hash(password.into_inner()).await?;
    member.write(move |tx| store::change_password(tx, person, &hash, keep)).await?;
    Ok(Answer::go(partial, path(&member)))
}

#[handler]
pub async fn end_session(member: Member, partial: Partial, Path(session): Path<SessionId>) -> Result<Answer> {
    let owner = member.person().id;
    member.write(move |tx| session::end(tx, session, Some(owner))).await?;
    Ok(Answer::go(partial, path(&member)))
}
