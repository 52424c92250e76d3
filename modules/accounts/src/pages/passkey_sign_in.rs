//! The second half of signing in by a passkey in place of a code. The question is put once the person presses the button, and
//! every answer uses it up.

use std::sync::Arc;

use poem::{handler, web::Data};
use portico_kernel::{Answer, Error, Form, Partial, Problems, Result, Token, Visitor};

use super::{
    code::{self, Begun},
    passkeys::{Answered, question},
};
use crate::{
    attempts::Attempts,
    ceremonies::{self, Purpose},
    passkey::{Assertion, RelyingParty},
    passkeys, pending, session,
};

/// For a script: what it is to ask the browser.
#[handler]
pub async fn begin(visitor: Visitor) -> Result<Answer> {
    let Some(begun) = code::find(&visitor).await? else {
        return Err(Error::Conflict("accounts-sign-in-again"));
    };
    let party = RelyingParty::of(visitor.organization()).ok_or(Error::NotFound)?;
    let (person, host) = (begun.pending.person, party.host().to_owned());
    let keys = visitor.read(move |tx| passkeys::keys(tx, person, &host)).await?;
    if keys.is_empty() {
        return Err(Error::Conflict("accounts-passkey-refused"));
    }
    let asked = party.ask(&keys)?;
    let state = asked.state;
    let token = visitor.write(move |tx| ceremonies::begin(tx, person, Purpose::Proving, &state)).await?;
    Ok(question(&token, &asked.options))
}

#[handler]
pub async fn prove(
    visitor: Visitor,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<Answered>,
) -> Result<Answer> {
    let Some(begun) = code::find(&visitor).await? else { return Ok(Answer::go(partial, "/sign-in")) };
    let (address, account) = begun.guesser(&visitor);
    attempts.count(visitor.now(), &address, &account)?;
    let Some(session) = enter(&visitor, &begun, &form).await? else {
        let mut problems = Problems::default();
        problems.add("credential", form.problem());
        return Ok(code::page(&visitor, &begun, "", &problems).invalid());
    };
    attempts.forget(&address, &account);
    Ok(begun.end(partial, visitor.visit(), session))
}

/// Nothing when the answer proves nothing.
async fn enter(visitor: &Visitor, begun: &Begun, form: &Answered) -> Result<Option<Token>> {
    let person = begun.pending.person;
    let (Some(party), Some(ceremony)) =
        (RelyingParty::of(visitor.organization()), Token::parse(&form.ceremony))
    else {
        return Ok(None);
    };
    let state = visitor
        .write(move |tx| {
            let state = ceremonies::take(tx, person, Purpose::Proving, &ceremony)?;
            Ok(tx.unchanged(state))
        })
        .await?;
    let Some(state) = state else { return Ok(None) };
    match party.judge(&form.credential, &state) {
        Assertion::Refused => Ok(None),
        Assertion::Cloned => {
            visitor.write(move |tx| passkeys::refuse_copy(tx, person)).await?;
            Ok(None)
        }
        Assertion::Good(used) => {
            let (token, arriving) = (begun.token.clone(), visitor.visit().clone());
            visitor
                .write(move |tx| {
                    if !passkeys::take(tx, person, &used)? {
                        return Ok(tx.unchanged(None));
                    }
                    pending::consume(tx, &token)?;
                    Ok(session::start(tx, person, &arriving)?.map(Some))
                })
                .await
        }
    }
}
