//! What is noted of a client who looks at a file: who, which version and when. A whole download is a line each time
//! (T18); what comes in parts, and what is looked at in place, is one for a person, a version and an hour, so that a
//! player's fifty requests are one.

use portico_facts::EventKind;
use portico_kernel::{ClientTx, Looker, NewEvent, Recorded, Result};
use serde_json::{Value, json};

use crate::{file::File, showing::Showing};

/// What cannot be shown in place goes out as a download.
pub fn kind_in_place(file: &File) -> EventKind {
    match Showing::of(&file.content.media_type) {
        Showing::Nothing => EventKind::ITEM_DOWNLOADED,
        _ => EventKind::ITEM_VIEWED,
    }
}

/// # Errors
/// The database's.
pub fn is_noted(tx: &mut ClientTx, kind: EventKind, file: &File, looker: Looker) -> Result<bool> {
    let this = (Some(i64::from(file.content.number)), looker == Looker::Program);
    let looks = tx.latest_looks(kind, file.item.portal, file.id())?;
    Ok(looks.iter().any(|(_, data)| read(data) == this))
}

/// # Errors
/// The database's.
pub fn note(tx: &mut ClientTx, kind: EventKind, file: &File, looker: Looker) -> Result<Recorded<()>> {
    let mut data = json!({ "kind": "file", "name": file.name(), "version": file.content.number });
    if looker == Looker::Program {
        data["program"] = true.into();
    }
    tx.record(NewEvent::new(kind, file.id()).in_portal(file.item.portal).with_data(data))
}

/// # Errors
/// The database's.
pub fn note_once(tx: &mut ClientTx, kind: EventKind, file: &File, looker: Looker) -> Result<Recorded<()>> {
    match is_noted(tx, kind, file, looker)? {
        true => Ok(tx.unchanged(())),
        false => note(tx, kind, file, looker),
    }
}

/// The version's number, and whether it was a program.
fn read(data: &str) -> (Option<i64>, bool) {
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    (data["version"].as_i64(), data["program"] == true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_which_version_and_whether_to_a_program() {
        assert_eq!(read(r#"{"kind":"file","name":"Plan.pdf","version":12}"#), (Some(12), false));
        assert_eq!(read(r#"{"name":"\"program\":true","version":1,"program":true}"#), (Some(1), true));
        for older in ["null", r#"{"kind":"file","name":"Plan.pdf"}"#, "", r#"{"version":"1"}"#] {
            assert_eq!(read(older), (None, false), "{older}");
        }
    }
}
