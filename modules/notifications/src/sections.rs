//! This module's part of the pages of others.

use maud::Markup;
use portico_facts::PersonId;
use portico_kernel::{Result, Tx};
use portico_ui::{
    Frame,
    components::{NoticeKind, notice},
};

/// That mail does not reach a client.
pub fn of_client(tx: &mut Tx, client: PersonId, frame: &Frame) -> Result<Option<Markup>> {
    let Some(refusal) = tx.refusals([client])?.remove(&client) else { return Ok(None) };
    let moment = frame.text.moment(refusal.at.in_zone(&tx.organization_profile().time_zone));
    let about = [("moment", moment.into()), ("answer", refusal.answer.as_str().into())];
    Ok(Some(notice(NoticeKind::Warning, &frame.text.say_with("ui-mail-refused", &about))))
}
