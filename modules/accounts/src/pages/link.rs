//! Signing in by a mail, for whoever would have to look for their password. Opening the link uses nothing up; only the button
//! does, or the code that the same mail holds. A second step still follows.

use std::sync::Arc;

use poem::{
    handler,
    web::{Data, Path, Query},
};
use portico_facts::EventKind;
use portico_kernel::{
    Answer, EmailAddress, Error, Form, NewEvent, NewJob, Partial, Problems, Result, ReturnTo, Token, Visitor,
};
use portico_ui::signed_out_page;
use serde::Deserialize;

use super::{
    Arrival, enter, frame_in,
    sign_in::{Arriving, home},
    welcome,
};
use crate::{
    attempts::Attempts,
    link_letter::{LinkAsked, SIGN_IN_LINK},
    mail_code::MailCode,
    sign_in_links::{self, Link},
    view,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    email: String,
    #[serde(rename = "return", default)]
    back: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    code: String,
}

#[handler]
pub fn ask(visitor: Visitor, Query(arriving): Query<Arriving>) -> Answer {
    ask_page(&visitor, "", &arriving.back, None)
}

fn ask_page(visitor: &Visitor, typed: &str, back: &str, problem: Option<&'static str>) -> Answer {
    let frame = visitor.frame();
    visitor.page(&frame.text.say("accounts-link-title"), view::link::ask(&frame, typed, back, problem))
}

/// The reply and the work are the same whether anybody has this address or not (P5). The cookie says which browser it was.
#[handler]
pub async fn request(
    visitor: Visitor,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<Ask>,
) -> Result<Answer> {
    let email = match EmailAddress::parse(&form.email) {
        Ok(email) => email.as_str().to_owned(),
        Err(problem) => return Ok(ask_page(&visitor, &form.email, &form.back, Some(problem)).invalid()),
    };
    let visit = visitor.visit();
    let address = visit.address.clone().unwrap_or_default();
    attempts.count(visitor.now(), &address, &format!("link {email}"))?;
    let browser = visitor.kernel().randomness().token();
    let asked = LinkAsked {
        email,
        browser: hex::encode(sign_in_links::browser_hash(&browser)),
        return_to: ReturnTo::parse(&form.back).map(|back| back.as_str().to_owned()),
        asked_at: Some(visitor.now()),
    };
    visitor
        .write(move |tx| {
            tx.enqueue(NewJob { kind: SIGN_IN_LINK, payload: asked })?;
            let organization = tx.organization();
            tx.record(NewEvent::new(EventKind::SIGN_IN_LINK_REQUESTED, organization))
        })
        .await?;
    Ok(Answer::go(partial, "/sign-in/link-code")
        .header("set-cookie", visit.sign_in_cookie(&browser, sign_in_links::SECONDS)))
}

#[handler]
pub fn ask_code(visitor: Visitor, partial: Partial) -> Answer {
    match visitor.visit().sign_in {
        Some(_) => code_page(&visitor, "", &Problems::default()),
        None => Answer::go(partial, "/sign-in/link"),
    }
}

#[handler]
pub async fn enter_by_code(
    visitor: Visitor,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<CodeForm>,
) -> Result<Answer> {
    let Some(browser) = visitor.visit().sign_in.clone() else {
        return Ok(Answer::go(partial, "/sign-in/link"));
    };
    let address = visitor.visit().address.clone().unwrap_or_default();
    let account = format!("link of {}", hex::encode(sign_in_links::browser_hash(&browser)));
    attempts.count(visitor.now(), &address, &account)?;
    let mut problems = Problems::default();
    let Some(code) = problems.keep("code", MailCode::parse(&form.code)) else {
        return Ok(code_page(&visitor, &form.code, &problems).invalid());
    };
    let (secret, visit) = (visitor.kernel().secret().clone(), visitor.visit().clone());
    let entered = visitor
        .write(move |tx| {
            let Some(link) = sign_in_links::consume_code(tx, &secret, &browser, &code)? else {
                return Ok(tx.unchanged(None));
            };
            let arrival = enter(tx, link.person, &visit, link.return_to.as_deref())?;
            Ok(arrival.map(|arrival| Some((link, arrival))))
        })
        .await?;
    let Some((link, arrival)) = entered else {
        problems.add("code", "accounts-link-code-wrong");
        return Ok(code_page(&visitor, &form.code, &problems).invalid());
    };
    attempts.forget(&address, &account);
    Ok(arrived(&visitor, partial, &link, &arrival))
}

#[handler]
pub async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Answer> {
    let (token, link) = find(&visitor, &token).await?;
    let frame = frame_in(&visitor, link.language);
    let title = frame.text.say("accounts-link-title");
    let body = view::link::open(&frame, &token.reveal(), &link);
    Ok(Answer::page(signed_out_page(&frame, &title, body)))
}

#[handler]
pub async fn enter_by_link(visitor: Visitor, partial: Partial, Path(token): Path<String>) -> Result<Answer> {
    let (token, _) = find(&visitor, &token).await?;
    let visit = visitor.visit().clone();
    let (link, arrival) = visitor
        .write(move |tx| {
            let link = sign_in_links::consume(tx, &token)?;
            let arrival = enter(tx, link.person, &visit, link.return_to.as_deref())?;
            Ok(arrival.map(|arrival| (link, arrival)))
        })
        .await?;
    Ok(arrived(&visitor, partial, &link, &arrival))
}

/// The cookie that said which browser had asked has done its work, unless it now says who waits for a code.
fn arrived(visitor: &Visitor, partial: Partial, link: &Link, arrival: &Arrival) -> Answer {
    let path = home(link.role.is_staff(), link.return_to.as_deref().unwrap_or_default());
    let answer = welcome(partial, visitor.visit(), arrival, path);
    match arrival {
        Arrival::SignedIn(_) => answer.header("set-cookie", visitor.visit().no_sign_in_cookie()),
        Arrival::CodeAsked(_) => answer,
    }
}

async fn find(visitor: &Visitor, token: &str) -> Result<(Token, Link)> {
    let token = Token::parse(token).ok_or(Error::NotFound)?;
    let sought = token.clone();
    let link = visitor.read(move |tx| sign_in_links::find(tx, &sought)).await?;
    Ok((token, link))
}

fn code_page(visitor: &Visitor, typed: &str, problems: &Problems) -> Answer {
    let frame = visitor.frame();
    visitor.page(&frame.text.say("accounts-link-sent-title"), view::link::code(&frame, typed, problems))
}
