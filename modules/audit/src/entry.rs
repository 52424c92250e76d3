use std::borrow::Cow;

use portico_kernel::{Instant, NamedPortal};
use portico_ui::Text;

/// One line of the log, with names as they are now, or as they were where nothing else is left.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i64,
    pub at: Instant,
    pub kind: String,
    pub doer: Doer,
    /// Whom it concerns, where that is somebody else.
    pub person: Option<String>,
    pub portal: Option<NamedPortal>,
    /// What it is about, in the words that its event kept.
    pub about: Option<String>,
    pub address: Option<String>,
    /// JSON, as it was recorded.
    pub data: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doer {
    Person(String),
    /// Who asks for a new password or a new invitation has not signed in, and could be anybody.
    Stranger,
    /// The clock, or the provider of payments.
    Nobody,
}

impl Doer {
    pub fn say(&self, text: Text) -> Cow<'_, str> {
        match self {
            Self::Person(name) => name.into(),
            Self::Stranger => text.say("audit-stranger"),
            Self::Nobody => text.say("audit-nobody"),
        }
    }
}

impl Entry {
    /// The key of the text of its kind.
    pub fn words(&self) -> String {
        format!("audit-{}", self.kind.replace('.', "-"))
    }
}

/// The words by which an event remembers its subject.
pub fn about(data: &str) -> Option<String> {
    let data: serde_json::Value = serde_json::from_str(data).ok()?;
    let words = ["name", "title", "number", "file"].iter().find_map(|key| data.get(key)?.as_str())?;
    Some(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_remembers_what_it_was_about() {
        assert_eq!(about(r#"{"kind":"file","name":"Plan.pdf"}"#).as_deref(), Some("Plan.pdf"));
        assert_eq!(about(r#"{"number":"2026-001"}"#).as_deref(), Some("2026-001"));
        for nothing in ["null", "\"owner\"", "{}", "no JSON", r#"{"name":7}"#] {
            assert_eq!(about(nothing), None, "{nothing}");
        }
    }
}
