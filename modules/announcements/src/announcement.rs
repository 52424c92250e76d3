//! An announcement: its words, and for whom they are.

use std::collections::BTreeSet;

use portico_facts::{AnnouncementId, PortalId};
use portico_kernel::{Instant, Name, Problems, parse_words};
use serde::Deserialize;

/// In characters: some eight pages. Whoever has more to say writes a note, or a file.
const LONGEST: usize = 20_000;
/// What the box "everybody" sends.
pub const TICKED: &str = "yes";

/// A draft as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DraftForm {
    pub title: String,
    pub message: String,
    pub everybody: String,
    pub portal: Vec<String>,
}

/// What is published already, as it was typed anew.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CorrectionForm {
    pub title: String,
    pub message: String,
}

/// As they may be stored.
#[derive(Clone, Debug)]
pub struct Wording {
    pub title: Name,
    /// Markdown
    pub words: String,
}

/// For whom an announcement is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Audience {
    /// Whoever has a portal, whichever it is, now or later.
    Everybody,
    /// Whoever has one of these.
    Portals(BTreeSet<PortalId>),
}

#[derive(Clone, Debug)]
pub struct Draft {
    pub wording: Wording,
    pub audience: Audience,
}

impl DraftForm {
    /// # Errors
    /// Sentences for the fields.
    pub fn parse(&self) -> Result<Draft, Problems> {
        let mut problems = Problems::default();
        let wording = parse_wording(&self.title, &self.message, &mut problems);
        let audience = problems.keep("everybody", self.audience());
        match (wording, audience) {
            (Some(wording), Some(audience)) => Ok(Draft { wording, audience }),
            _ => Err(problems),
        }
    }

    /// Everybody are those who have one of the chosen portals, too.
    fn audience(&self) -> Result<Audience, &'static str> {
        match (self.everybody.as_str(), self.portal.as_slice()) {
            (TICKED, _) => Ok(Audience::Everybody),
            ("", []) => Err("announcements-error-nobody"),
            ("", portals) => {
                let ids: Option<BTreeSet<PortalId>> = portals.iter().map(|id| id.parse().ok()).collect();
                ids.map(Audience::Portals).ok_or("announcements-error-portal")
            }
            _ => Err("announcements-error-nobody"),
        }
    }
}

impl CorrectionForm {
    /// # Errors
    /// Sentences for the fields.
    pub fn parse(&self) -> Result<Wording, Problems> {
        let mut problems = Problems::default();
        parse_wording(&self.title, &self.message, &mut problems).ok_or(problems)
    }
}

fn parse_wording(title: &str, words: &str, problems: &mut Problems) -> Option<Wording> {
    let words = parse_words(words, LONGEST, "announcements-error-long");
    let words = words.and_then(|words| match words.trim().is_empty() {
        true => Err("announcements-error-empty"),
        false => Ok(words),
    });
    let title = problems.keep("title", Name::parse(title));
    let words = problems.keep("message", words);
    Some(Wording { title: title?, words: words? })
}

/// As staff see it.
#[derive(Clone, Debug)]
pub struct Announcement {
    pub id: AnnouncementId,
    pub title: String,
    /// Markdown
    pub words: String,
    pub audience: Audience,
    /// Who wrote the draft; who published it, since it is.
    pub author: String,
    pub written_at: Instant,
    pub published_at: Option<Instant>,
    pub edited_at: Option<Instant>,
    pub deleted_at: Option<Instant>,
}

impl Announcement {
    /// To be typed on.
    pub fn draft_form(&self) -> DraftForm {
        let (everybody, portal) = match &self.audience {
            Audience::Everybody => (TICKED.to_owned(), Vec::new()),
            Audience::Portals(ids) => (String::new(), ids.iter().map(PortalId::to_string).collect()),
        };
        DraftForm { title: self.title.clone(), message: self.words.clone(), everybody, portal }
    }

    pub fn correction_form(&self) -> CorrectionForm {
        CorrectionForm { title: self.title.clone(), message: self.words.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTAL: &str = "01900000000070008000000000000abc";

    fn form(everybody: &str, portals: &[&str]) -> DraftForm {
        DraftForm {
            title: "Closed".into(),
            message: "Until Monday.".into(),
            everybody: everybody.into(),
            portal: portals.iter().map(|portal| (*portal).to_owned()).collect(),
        }
    }

    fn problem(form: &DraftForm, field: &str) -> Option<&'static str> {
        form.parse().err().and_then(|problems| problems.of(field))
    }

    #[test]
    fn an_announcement_is_for_somebody() {
        let portals = BTreeSet::from([PORTAL.parse().unwrap()]);
        assert_eq!(form("", &[PORTAL, PORTAL]).parse().unwrap().audience, Audience::Portals(portals));
        assert_eq!(form("yes", &[PORTAL]).parse().unwrap().audience, Audience::Everybody);
        assert_eq!(problem(&form("", &[]), "everybody"), Some("announcements-error-nobody"));
        assert_eq!(problem(&form("no", &[PORTAL]), "everybody"), Some("announcements-error-nobody"));
        assert_eq!(problem(&form("", &[PORTAL, "x"]), "everybody"), Some("announcements-error-portal"));
    }

    #[test]
    fn it_has_a_title_and_says_something_and_not_too_much() {
        let saying = |message: &str| DraftForm { message: message.into(), ..form("yes", &[]) };
        for nothing in ["", " \n\t", "\r\n\r\n"] {
            let said = problem(&saying(nothing), "message");
            assert_eq!(said, Some("announcements-error-empty"), "{nothing:?}");
        }
        assert_eq!(problem(&saying(&"é".repeat(20_000)), "message"), None);
        assert_eq!(problem(&saying(&"é".repeat(20_001)), "message"), Some("announcements-error-long"));
        assert_eq!(problem(&saying("a\0b"), "message"), Some("ui-words-characters"));
        let nameless = CorrectionForm { title: " ".into(), message: "Words".into() };
        assert_eq!(nameless.parse().err().and_then(|it| it.of("title")), Some("ui-name-empty"));
    }
}
