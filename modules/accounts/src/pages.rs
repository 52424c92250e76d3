pub mod account;
pub mod code;
pub mod invitation;
pub mod limit;
pub mod link;
pub mod passkey_sign_in;
pub mod passkeys;
pub mod people;
pub mod reset;
pub mod second_step;
pub mod settings;
pub mod setup;
pub mod sign_in;

use portico_facts::PersonId;
use portico_kernel::{Answer, Core, Partial, Recorded, Result, Token, Visit, Visitor};
use portico_ui::{Frame, Language, Text};

use crate::{pending, second_step::is_on, session};

/// What somebody gets who has just proved a password, or an address.
enum Arrival {
    SignedIn(Token),
    CodeAsked(Token),
}

/// The one way from a password or a mail to a session, so that none goes around the second step.
fn enter(tx: &mut Core, person: PersonId, visit: &Visit, back: Option<&str>) -> Result<Recorded<Arrival>> {
    if is_on(tx, person)? {
        return Ok(pending::begin(tx, person, back)?.map(Arrival::CodeAsked));
    }
    Ok(session::start(tx, person, visit)?.map(Arrival::SignedIn))
}

/// To their first page, or to the page that asks for a code.
fn welcome(partial: Partial, visit: &Visit, arrival: &Arrival, path: &str) -> Answer {
    match arrival {
        Arrival::SignedIn(token) => {
            Answer::go(partial, path).header("set-cookie", visit.session_cookie(token, session::SECONDS))
        }
        Arrival::CodeAsked(token) => Answer::go(partial, "/sign-in/code")
            .header("set-cookie", visit.sign_in_cookie(token, pending::SECONDS)),
    }
}

/// Mails speak the person's language, and so do the pages that they lead to (P41).
fn frame_in(visitor: &Visitor, language: Option<Language>) -> Frame {
    let mut frame = visitor.frame();
    if let Some(language) = language {
        frame.text = Text::new(language);
    }
    frame
}
