pub mod account;
pub mod invitation;
pub mod people;
pub mod reset;
pub mod settings;
pub mod setup;
pub mod sign_in;

use portico_facts::PersonId;
use portico_kernel::{Answer, Core, Partial, Recorded, Result, Token, Visit, Visitor};
use portico_ui::{Frame, Text};

use crate::{proof::Proof, session};

/// A session for whoever has just proved who they are, and the way to their first page.
fn welcome(partial: Partial, visit: &Visit, token: &Token, path: &str) -> Answer {
    Answer::go(partial, path).header("set-cookie", visit.session_cookie(token, session::SECONDS))
}

/// Mails speak the person's language, and so do the pages that they lead to (P41).
fn frame_for(visitor: &Visitor, proof: &Proof) -> Frame {
    let mut frame = visitor.frame();
    if let Some(language) = proof.language {
        frame.text = Text::new(language);
    }
    frame
}

fn start_session(tx: &mut Core, person: PersonId, visit: &Visit) -> Result<Recorded<Token>> {
    session::start(tx, person, visit)
}
