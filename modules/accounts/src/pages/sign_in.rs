use std::sync::Arc;

use poem::{
    handler,
    http::HeaderValue,
    web::{Data, Query},
};
use portico_kernel::{Answer, EmailAddress, Error, Form, Partial, Result, ReturnTo, Visitor};
use serde::Deserialize;

use super::{enter, welcome};
use crate::{attempts::Attempts, session, store, view};

const WRONG: &str = "accounts-sign-in-wrong";

#[derive(Deserialize)]
pub struct Arriving {
    #[serde(rename = "return", default)]
    pub(super) back: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    email: String,
    password: String,
    #[serde(rename = "return", default)]
    back: String,
}

#[handler]
pub fn show(visitor: Visitor, partial: Partial, Query(arriving): Query<Arriving>) -> Answer {
    match visitor.person() {
        Some(person) => Answer::go(partial, home(person.role.is_staff(), &arriving.back)),
        None => page(&visitor, "", &arriving.back, None),
    }
}

#[handler]
pub async fn sign_in(
    visitor: Visitor,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<SignIn>,
) -> Result<Answer> {
    let visit = visitor.visit().clone();
    let address = visit.address.clone().unwrap_or_default();
    attempts.count(visitor.now(), &address, &form.email.trim().to_lowercase())?;
    let account = match EmailAddress::parse(&form.email) {
        Ok(email) => visitor.read(move |tx| store::find_account(tx, &email)).await?,
        Err(_) => None,
    };
    let stored = account.as_ref().and_then(|account| account.password.clone());
    // The same work for an address that nobody has (P5).
    let matches = visitor.kernel().hashing().verify(form.password, stored).await?;
    let (Some(account), true) = (account, matches) else {
        return Ok(page(&visitor, &form.email, &form.back, Some(WRONG)).invalid());
    };
    attempts.forget(&address, &form.email.trim().to_lowercase());
    let (arriving, back) = (visit.clone(), ReturnTo::parse(&form.back));
    let (person, is_staff, looked_at) = (account.person, account.role.is_staff(), account.password);
    let entered = visitor.write(move |tx| {
        // Somebody may have been removed, or have chosen another password, while this one was looked at.
        if store::hold(tx, person)? != looked_at {
            return Err(Error::NotFound);
        }
        enter(tx, person, &arriving, back.as_ref().map(ReturnTo::as_str))
    });
    match entered.await {
        Ok(arrival) => Ok(welcome(partial, &visit, &arrival, home(is_staff, &form.back))),
        Err(Error::NotFound) => Ok(page(&visitor, &form.email, &form.back, Some(WRONG)).invalid()),
        Err(error) => Err(error),
    }
}

#[handler]
pub fn ask_sign_out(visitor: Visitor) -> Answer {
    let frame = visitor.frame();
    visitor.page(&frame.text.say("accounts-sign-out-title"), view::sign_in::sign_out(&frame))
}

#[handler]
pub async fn sign_out(visitor: Visitor, partial: Partial) -> Result<Answer> {
    if let Some(person) = visitor.person() {
        let session = person.session;
        visitor.write(move |tx| session::end(tx, session, None)).await?;
    }
    // Files stay in the browser's cache for the session that opened them: Back must not show them (P4).
    let forget = HeaderValue::from_static("\"cache\"");
    Ok(Answer::go(partial, "/")
        .header("set-cookie", visitor.visit().no_session_cookie())
        .header("clear-site-data", forget))
}

fn page(visitor: &Visitor, email: &str, back: &str, problem: Option<&'static str>) -> Answer {
    let frame = visitor.frame();
    visitor.page(&frame.text.say("accounts-sign-in-title"), view::sign_in::form(&frame, email, back, problem))
}

/// Where someone wanted to go, else their home.
pub fn home(is_staff: bool, back: &str) -> &str {
    match ReturnTo::parse(back) {
        Some(_) => back,
        None if is_staff => "/staff",
        None => "/",
    }
}
