//! The second half of signing in. Opening the page uses nothing up; only the submitted code does.

use std::sync::Arc;

use poem::{handler, web::Data};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Token, Visit, Visitor};
use portico_ui::signed_out_page;
use serde::Deserialize;

use super::{Arrival, frame_in, sign_in::home, welcome};
use crate::{
    attempts::Attempts,
    passkey::RelyingParty,
    pending::{self, Pending},
    recovery_code::TypedCode,
    second_step::{self, Ways},
    session, view,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    code: String,
}

#[handler]
pub async fn show(visitor: Visitor, partial: Partial) -> Result<Answer> {
    Ok(match find(&visitor).await? {
        Some(begun) => page(&visitor, &begun, "", &Problems::default()),
        None => Answer::go(partial, "/sign-in"),
    })
}

#[handler]
pub async fn prove(
    visitor: Visitor,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<CodeForm>,
) -> Result<Answer> {
    let Some(begun) = find(&visitor).await? else { return Ok(Answer::go(partial, "/sign-in")) };
    let (address, account) = begun.guesser(&visitor);
    attempts.count(visitor.now(), &address, &account)?;
    let mut problems = Problems::default();
    let Some(code) = problems.keep("code", TypedCode::parse(&form.code)) else {
        return Ok(page(&visitor, &begun, &form.code, &problems).invalid());
    };
    let (secret, arriving) = (visitor.kernel().secret().clone(), visitor.visit().clone());
    let (token, person) = (begun.token.clone(), begun.pending.person);
    let session = visitor
        .write(move |tx| {
            if !second_step::take(tx, &secret, person, &code)? {
                return Ok(tx.unchanged(None));
            }
            pending::consume(tx, &token)?;
            Ok(session::start(tx, person, &arriving)?.map(Some))
        })
        .await?;
    let Some(session) = session else {
        problems.add("code", "accounts-code-wrong");
        return Ok(page(&visitor, &begun, &form.code, &problems).invalid());
    };
    attempts.forget(&address, &account);
    Ok(begun.end(partial, visitor.visit(), session))
}

/// A sign-in of which the second half is missing.
pub(super) struct Begun {
    pub token: Token,
    pub pending: Pending,
    ways: Ways,
}

impl Begun {
    /// Whose guesses are counted together: those at a code, and at whatever else takes its place.
    pub fn guesser(&self, visitor: &Visitor) -> (String, String) {
        let address = visitor.visit().address.clone().unwrap_or_default();
        (address, format!("code {}", self.pending.email))
    }

    pub fn end(&self, partial: Partial, visit: &Visit, session: Token) -> Answer {
        let back = self.pending.return_to.as_deref().unwrap_or_default();
        let path = home(self.pending.role.is_staff(), back);
        let signed_in = welcome(partial, visit, &Arrival::SignedIn(session), path);
        signed_in.header("set-cookie", visit.no_sign_in_cookie())
    }
}

/// The one that this browser has begun, if it is still open.
pub(super) async fn find(visitor: &Visitor) -> Result<Option<Begun>> {
    let Some(token) = visitor.visit().sign_in.clone() else { return Ok(None) };
    let host = RelyingParty::of(visitor.organization()).map(|party| party.host().to_owned());
    visitor
        .read(move |tx| {
            let Some(pending) = pending::find(tx, &token)? else { return Ok(None) };
            let ways = second_step::ways(tx, pending.person, host.as_deref())?;
            Ok(Some(Begun { token, pending, ways }))
        })
        .await
}

pub(super) fn page(visitor: &Visitor, begun: &Begun, typed: &str, problems: &Problems) -> Answer {
    let frame = frame_in(visitor, begun.pending.language);
    let title = frame.text.say("accounts-sign-in-code-title");
    let body = view::sign_in::code(&frame, &begun.ways, typed, problems);
    Answer::page(signed_out_page(&frame, &title, body))
}
