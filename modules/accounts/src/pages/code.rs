//! The second half of signing in. Opening the page uses nothing up; only the submitted code does.

use std::sync::Arc;

use poem::{handler, web::Data};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Token, Visitor};
use portico_ui::signed_out_page;
use serde::Deserialize;

use super::{Arrival, frame_in, sign_in::home, welcome};
use crate::{
    attempts::Attempts,
    pending::{self, Pending},
    recovery_code::TypedCode,
    second_step, session, view,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    code: String,
}

#[handler]
pub async fn show(visitor: Visitor, partial: Partial) -> Result<Answer> {
    Ok(match find(&visitor).await? {
        Some((_, pending)) => page(&visitor, &pending, "", &Problems::default()),
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
    let Some((token, pending)) = find(&visitor).await? else { return Ok(Answer::go(partial, "/sign-in")) };
    let address = visitor.visit().address.clone().unwrap_or_default();
    let account = format!("code {}", pending.email);
    attempts.count(visitor.now(), &address, &account)?;
    let mut problems = Problems::default();
    let Some(code) = problems.keep("code", TypedCode::parse(&form.code)) else {
        return Ok(page(&visitor, &pending, &form.code, &problems).invalid());
    };
    let (secret, visit) = (visitor.kernel().secret().clone(), visitor.visit().clone());
    let (arriving, person) = (visit.clone(), pending.person);
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
        return Ok(page(&visitor, &pending, &form.code, &problems).invalid());
    };
    attempts.forget(&address, &account);
    let path = home(pending.role.is_staff(), pending.return_to.as_deref().unwrap_or_default());
    let signed_in = welcome(partial, &visit, &Arrival::SignedIn(session), path);
    Ok(signed_in.header("set-cookie", visit.no_sign_in_cookie()))
}

/// The sign-in that this browser has begun, if it is still open.
async fn find(visitor: &Visitor) -> Result<Option<(Token, Pending)>> {
    let Some(token) = visitor.visit().sign_in.clone() else { return Ok(None) };
    let sought = token.clone();
    let pending = visitor.read(move |tx| pending::find(tx, &sought)).await?;
    Ok(pending.map(|pending| (token, pending)))
}

fn page(visitor: &Visitor, pending: &Pending, typed: &str, problems: &Problems) -> Answer {
    let frame = frame_in(visitor, pending.language);
    let title = frame.text.say("accounts-sign-in-code-title");
    Answer::page(signed_out_page(&frame, &title, view::sign_in::code(&frame, typed, problems)))
}
