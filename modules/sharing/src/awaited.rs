//! Whom staff wait for: invited clients who have not come yet.

use portico_facts::PersonId;
use portico_kernel::{Awaited, AwaitedLine, Instant, Result, Tx};
use portico_ui::Frame;

use crate::store;

pub fn invitations() -> Awaited {
    Awaited {
        // By the person: each reminder is a new invitation, with another id.
        noun: "invitation",
        topics: "grant invitation person",
        list: invited,
        remind: |tx, secret, subject| store::remind_invited(tx, secret, PersonId::from(subject)),
    }
}

fn invited(tx: &mut Tx, frame: &Frame, most: i64) -> Result<Vec<AwaitedLine>> {
    let waits = frame.text.say("sharing-waiting");
    let line = |(person, name, since): (PersonId, String, Instant)| AwaitedLine {
        subject: person.into(),
        who: name,
        what: waits.clone().into_owned(),
        // Where it can be sent again, and taken back.
        href: Some("/staff/invitations".to_owned()),
        since,
        reminded_at: None,
    };
    Ok(store::awaited(tx, most)?.into_iter().map(line).collect())
}
