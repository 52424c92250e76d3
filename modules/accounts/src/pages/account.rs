//! One's own account, for clients at `/account` and for staff at `/staff/account`: the same page
//! in two shells.

use std::sync::Arc;

use poem::{
    FromRequest, Request, RequestBody, handler,
    web::{Data, Path},
};
use portico_facts::SessionId;
use portico_kernel::{
    Answer, Client, Core, Form, Kernel, Name, Organization, Partial, PasswordHash, Person, Problems,
    Recorded, Result, Staff, Visit,
};
use portico_ui::{Frame, Language};
use serde::Deserialize;

use crate::{attempts::Attempts, password::NewPassword, session, store, view};

/// Whoever is signed in, of either kind.
pub enum Member {
    Staff(Staff),
    Client(Client),
}

impl<'a> FromRequest<'a> for Member {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        match Staff::from_request(req, body).await {
            Ok(staff) => Ok(Member::Staff(staff)),
            Err(_) => Client::from_request(req, body).await.map(Member::Client),
        }
    }
}

impl Member {
    pub(super) fn person(&self) -> &Person {
        match self {
            Member::Staff(staff) => staff.person(),
            Member::Client(client) => client.person(),
        }
    }

    pub(super) fn visit(&self) -> &Visit {
        match self {
            Member::Staff(staff) => staff.visit(),
            Member::Client(client) => client.visit(),
        }
    }

    pub(super) fn kernel(&self) -> &Kernel {
        match self {
            Member::Staff(staff) => staff.kernel(),
            Member::Client(client) => client.kernel(),
        }
    }

    pub(super) fn organization(&self) -> &Organization {
        match self {
            Member::Staff(staff) => staff.organization(),
            Member::Client(client) => client.organization(),
        }
    }

    pub(super) fn owes_second_step(&self) -> bool {
        match self {
            Member::Staff(staff) => staff.owes_second_step(),
            Member::Client(_) => false,
        }
    }

    pub(super) fn is_only_seen(&self) -> bool {
        match self {
            Member::Staff(_) => false,
            Member::Client(client) => client.is_only_seen(),
        }
    }

    pub(super) fn frame(&self) -> Frame {
        match self {
            Member::Staff(staff) => staff.frame(),
            Member::Client(client) => client.frame(),
        }
    }

    pub(super) fn path(&self) -> &'static str {
        match self {
            Member::Staff(_) => "/staff/account",
            Member::Client(_) => "/account",
        }
    }

    pub(super) fn page(&self, title: &str, body: maud::Markup) -> Answer {
        match self {
            Member::Staff(staff) => staff.page(title, body),
            Member::Client(client) => client.page(title, body),
        }
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match self {
            Member::Staff(staff) => staff.read(|tx| work(tx)).await,
            Member::Client(client) => client.read(|tx| work(tx)).await,
        }
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    ) -> Result<T> {
        match self {
            Member::Staff(staff) => staff.write(|tx| work(tx)).await,
            Member::Client(client) => client.write(|tx| work(tx)).await,
        }
    }

    /// The whole page: with what was typed and what is wrong with it, where something is.
    async fn account(&self, typed: Option<Profile>, problems: Problems) -> Result<Answer> {
        let (person, here) = (self.person().id, self.person().session);
        let sessions = self.read(move |tx| session::open_sessions(tx, person)).await?;
        let profile = typed.unwrap_or_else(|| Profile::of(self.person()));
        let frame = self.frame();
        let account = view::account::Account {
            path: self.path(),
            zone: &self.organization().time_zone,
            profile: &profile,
            problems: &problems,
            sessions: &sessions,
            here,
            second_step_at: self.person().second_step_at,
        };
        let body = view::account::page(&frame, &account);
        let answer = self.page(&frame.text.say("accounts-account"), body);
        Ok(if problems.is_empty() { answer } else { answer.invalid() })
    }
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
    member.account(None, Problems::default()).await
}

#[handler]
pub async fn change_profile(
    member: Member,
    partial: Partial,
    Form(profile): Form<Profile>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&profile.name)) else {
        return member.account(Some(profile), problems).await;
    };
    let (person, language) = (member.person().id, Language::from_code(&profile.language));
    member
        .write(move |tx| store::change_profile(tx, person, name.as_str(), language.map(Language::code)))
        .await?;
    Ok(Answer::go(partial, member.path()))
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
        return member.account(None, problems).await;
    };
    let hash = hashing.hash(password.into_inner()).await?;
    member.write(move |tx| store::change_password(tx, person, &hash, keep)).await?;
    Ok(Answer::go(partial, member.path()))
}

#[handler]
pub async fn end_session(member: Member, partial: Partial, Path(session): Path<SessionId>) -> Result<Answer> {
    let owner = member.person().id;
    member.write(move |tx| session::end(tx, session, Some(owner))).await?;
    Ok(Answer::go(partial, member.path()))
}
