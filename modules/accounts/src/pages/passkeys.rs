//! One's own passkeys: adding one, which takes a script, and taking one away.

use std::sync::Arc;

use poem::{
    Response, handler,
    web::{Data, Path},
};
use portico_facts::PasskeyId;
use portico_kernel::{Answer, Error, Form, Member, Name, Partial, Problems, Result, Token};
use serde::Deserialize;
use serde_json::{Value, json};

use super::second_step::{ConfirmationForm, address, change, codes_page, page, shown};
use crate::{
    attempts::Attempts,
    ceremonies::{self, Purpose},
    passkey::RelyingParty,
    passkeys,
    view::{self, second_step::Typed},
};

/// The question's token, and what the browser answered to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    pub ceremony: String,
    pub credential: String,
}

impl Answered {
    /// What is said when it proves nothing. Nothing is answered where no script ran.
    pub fn problem(&self) -> &'static str {
        problem(&self.credential)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    name: String,
    ceremony: String,
    credential: String,
    /// Where the second step is on: another key is a way around it for good.
    #[serde(default)]
    confirmation: String,
}

fn problem(credential: &str) -> &'static str {
    if credential.is_empty() { "accounts-passkey-script" } else { "accounts-passkey-refused" }
}

/// What a script is to ask the browser, and what it sends along with the answer.
pub fn question(token: &Token, options: &Value) -> Answer {
    let body = json!({ "ceremony": token.reveal(), "options": options }).to_string();
    Response::builder().content_type("application/json").body(body).into()
}

#[handler]
pub async fn begin(member: Member) -> Result<Answer> {
    let party = RelyingParty::of(member.organization()).ok_or(Error::NotFound)?;
    let (person, host) = (member.person().id, party.host().to_owned());
    let keys = member.read(move |tx| passkeys::keys(tx, person, &host)).await?;
    let known = keys.iter().map(|key| key.cred_id().clone()).collect();
    let email = &member.person().email;
    // Nobody has to have a name; a device wants one.
    let name = if member.person().name.is_empty() { email } else { &member.person().name };
    let asked = party.invite(person, email, name, known)?;
    let state = asked.state;
    let token = member.write(move |tx| ceremonies::begin(tx, person, Purpose::Adding, &state)).await?;
    Ok(question(&token, &asked.options))
}

/// The answer to the first is the only page that ever shows the recovery codes.
#[handler]
pub async fn add(
    member: Member,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Form(form): Form<NewPasskey>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let Some(name) = problems.keep("name", Name::parse(&form.name)) else {
        return page(&member, Typed::name(&form.name), problems).await;
    };
    let Some((party, key)) = accept(&member, &form).await? else {
        problems.add("credential", problem(&form.credential));
        return page(&member, Typed::name(&form.name), problems).await;
    };
    let added = if member.person().second_step_at.is_some() {
        let confirmation = ConfirmationForm { confirmation: form.confirmation };
        change(&member, attempts, confirmation, move |tx, secret, person| {
            passkeys::add(tx, secret, person, party.host(), &name, &key)
        })
        .await?
    } else {
        let (person, secret) = (member.person().id, member.kernel().secret().clone());
        let codes =
            member.write(move |tx| passkeys::add(tx, &secret, person, party.host(), &name, &key)).await?;
        Some(codes)
    };
    let Some(codes) = added else {
        problems.add("addition", "accounts-confirmation-wrong");
        return page(&member, Typed::name(&form.name), problems).await;
    };
    Ok(match codes {
        Some(drawn) => codes_page(&member, &drawn),
        None => Answer::go(partial, &address(&member)),
    })
}

/// Nothing when the answer is to no question of ours.
async fn accept(
    member: &Member,
    form: &NewPasskey,
) -> Result<Option<(RelyingParty, webauthn_rs::prelude::Passkey)>> {
    let person = member.person().id;
    let (Some(party), Some(ceremony)) =
        (RelyingParty::of(member.organization()), Token::parse(&form.ceremony))
    else {
        return Ok(None);
    };
    let state = member
        .write(move |tx| {
            let state = ceremonies::take(tx, person, Purpose::Adding, &ceremony)?;
            Ok(tx.unchanged(state))
        })
        .await?;
    let key = state.and_then(|state| party.accept(&form.credential, &state));
    Ok(key.map(|key| (party, key)))
}

#[handler]
pub async fn show(member: Member, Path(passkey): Path<PasskeyId>) -> Result<Answer> {
    one(&member, passkey, &Problems::default()).await
}

#[handler]
pub async fn remove(
    member: Member,
    partial: Partial,
    Data(attempts): Data<&Arc<Attempts>>,
    Path(passkey): Path<PasskeyId>,
    Form(form): Form<ConfirmationForm>,
) -> Result<Answer> {
    let person = member.person().id;
    member.read(move |tx| passkeys::find(tx, person, passkey)).await?;
    match change(&member, attempts, form, move |tx, _, person| passkeys::remove(tx, person, passkey)).await? {
        Some(()) => Ok(Answer::go(partial, &address(&member))),
        None => {
            let mut problems = Problems::default();
            problems.add("confirmation", "accounts-confirmation-wrong");
            Ok(one(&member, passkey, &problems).await?.invalid())
        }
    }
}

async fn one(member: &Member, passkey: PasskeyId, problems: &Problems) -> Result<Answer> {
    let person = member.person().id;
    let row = member.read(move |tx| passkeys::find(tx, person, passkey)).await?;
    Ok(shown(member, "accounts-passkey", |place| view::passkeys::removal(place, &row, problems)))
}
