use std::sync::Arc;

use poem::{
    handler,
    web::{Data, Path},
};
use portico_facts::EventKind;
use portico_kernel::{
    Answer, EmailAddress, Error, Form, NewEvent, NewJob, Partial, Problems, Result, Token, Visitor,
};
use portico_ui::signed_out_page;
use serde::Deserialize;

use super::{enter, frame_in, welcome};
use crate::{
    attempts::Attempts,
    letters::{self, ResetAsked},
    password::NewPassword,
    proof::{self, Proof, ProofState, Purpose},
    store, view,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    email: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    password: String,
}

#[handler]
pub fn ask(visitor: Visitor) -> Answer {
    ask_page(&visitor, "", None)
}

fn ask_page(visitor: &Visitor, typed: &str, problem: Option<&'static str>) -> Answer {
    let frame = visitor.frame();
    visitor.page(&frame.text.say("accounts-reset-title"), view::reset::ask(&frame, typed, problem))
}

/// The reply and the work are the same whether anybody has this address or not (P5).
#[handler]
pub async fn request(
    visitor: Visitor,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<Ask>,
) -> Result<Answer> {
    let email = match EmailAddress::parse(&form.email) {
        Ok(email) => email.as_str().to_owned(),
        Err(problem) => return Ok(ask_page(&visitor, &form.email, Some(problem)).invalid()),
    };
    let address = visitor.visit().address.clone().unwrap_or_default();
    attempts.count(visitor.now(), &address, &format!("reset {email}"))?;
    let asked = email.clone();
    visitor
        .write(move |tx| {
            let drawn = hex::encode(tx.randomness().bytes::<16>());
            tx.enqueue(NewJob { kind: letters::RESET, payload: ResetAsked { email, drawn } })?;
            let organization = tx.organization();
            tx.record(NewEvent::new(EventKind::RESET_REQUESTED, organization))
        })
        .await?;
    let frame = visitor.frame();
    Ok(visitor.page(&frame.text.say("accounts-reset-sent-title"), view::reset::sent(&frame, &asked)))
}

#[handler]
pub async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Answer> {
    let (token, proof) = find(&visitor, &token).await?;
    Ok(page(&visitor, &token, &proof, &Problems::default()))
}

#[handler]
pub async fn choose(
    visitor: Visitor,
    partial: Partial,
    Path(token): Path<String>,
    Form(form): Form<Choose>,
) -> Result<Answer> {
    let (token, proof) = find(&visitor, &token).await?;
    if proof.state != ProofState::Open {
        return Ok(page(&visitor, &token, &proof, &Problems::default()).invalid());
    }
    let about = [proof.email.as_str(), proof.name.as_str(), visitor.organization().name.as_str()];
    let password = match NewPassword::parse(&form.password, &about) {
        Ok(password) => password,
        Err(key) => {
            let mut problems = Problems::default();
            problems.add("password", key);
            return Ok(page(&visitor, &token, &proof, &problems).invalid());
        }
    };
    let hash = visitor.kernel().hashing().hash(password.into_inner()).await?;
    let visit = visitor.visit().clone();
    let arrival = visitor
        .write(move |tx| {
            let person = proof::consume(tx, Purpose::Reset, &token)?;
            let _changed = store::join(tx, person, &hash)?;
            enter(tx, person, &visit, None)
        })
        .await?;
    Ok(welcome(partial, visitor.visit(), &arrival, "/sign-in"))
}

async fn find(visitor: &Visitor, token: &str) -> Result<(Token, Proof)> {
    let token = Token::parse(token).ok_or(Error::NotFound)?;
    let sought = token.clone();
    let proof = visitor.read(move |tx| proof::find(tx, Purpose::Reset, &sought)).await?;
    Ok((token, proof))
}

fn page(visitor: &Visitor, token: &Token, proof: &Proof, problems: &Problems) -> Answer {
    let frame = frame_in(visitor, proof.language);
    let title = frame.text.say("accounts-reset-choose-title");
    let body = view::reset::choose(&frame, &token.reveal(), proof, problems);
    Answer::page(signed_out_page(&frame, &title, body))
}
