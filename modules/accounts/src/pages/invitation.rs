//! Accepting an invitation. Opening the page, a hundred times over and by whatever scanner,
//! consumes nothing: only the submitted form does (P3).

use poem::{handler, web::Path};
use portico_facts::EventKind;
use portico_kernel::{Answer, Error, Form, NewEvent, Partial, Problems, Result, Token, Visitor};
use portico_ui::signed_out_page;
use serde::Deserialize;

use super::{enter, frame_in, welcome};
use crate::{
    password::NewPassword,
    proof::{self, Proof, ProofState, Purpose},
    store, view,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    password: String,
}

#[handler]
pub async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Answer> {
    let (token, proof) = find(&visitor, &token).await?;
    Ok(page(&visitor, &token, &proof, &Problems::default()))
}

#[handler]
pub async fn accept(
    visitor: Visitor,
    partial: Partial,
    Path(token): Path<String>,
    Form(form): Form<Accept>,
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
            let person = proof::consume(tx, Purpose::Invitation, &token)?;
            let _joined = store::join(tx, person, &hash)?;
            enter(tx, person, &visit, None)
        })
        .await?;
    Ok(welcome(partial, visitor.visit(), &arrival, "/sign-in"))
}

/// A new one goes to the address that the expired one was sent to, never to one that is typed.
#[handler]
pub async fn renew(visitor: Visitor, Path(token): Path<String>) -> Result<Answer> {
    let (_, proof) = find(&visitor, &token).await?;
    if proof.state != ProofState::Expired {
        return Err(Error::Conflict("accounts-link-used"));
    }
    let person = proof.person;
    visitor
        .write(move |tx| tx.record(NewEvent::new(EventKind::INVITATION_REQUESTED, person).about(person)))
        .await?;
    let frame = frame_in(&visitor, proof.language);
    let title = frame.text.say("accounts-invitation-renewed-title");
    Ok(Answer::page(signed_out_page(&frame, &title, view::invitation::renewed(&frame, &proof.email))))
}

async fn find(visitor: &Visitor, token: &str) -> Result<(Token, Proof)> {
    let token = Token::parse(token).ok_or(Error::NotFound)?;
    let sought = token.clone();
    let proof = visitor.read(move |tx| proof::find(tx, Purpose::Invitation, &sought)).await?;
    Ok((token, proof))
}

fn page(visitor: &Visitor, token: &Token, proof: &Proof, problems: &Problems) -> Answer {
    let frame = frame_in(visitor, proof.language);
    let name = visitor.organization().name.as_str();
    let title = frame.text.say_with("accounts-invitation-title", &[("organization", name.into())]);
    let body = view::invitation::accept(&frame, &token.reveal(), proof, problems);
    Answer::page(signed_out_page(&frame, &title, body))
}
