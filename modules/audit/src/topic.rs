//! What the log can be narrowed to.

use portico_facts::EventKind;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    SignIns,
    People,
    Sharing,
    Portals,
    Files,
    Messages,
    Billing,
    Settings,
}

/// What machines do by themselves for every file, and for the lists and pages of whom something concerns.
pub const UNTOLD: [EventKind; 4] =
    [EventKind::ITEM_READ, EventKind::ITEM_DRAWN, EventKind::NOTIFICATION_ADDED, EventKind::ROOM_STIRRED];

impl Topic {
    pub const ALL: [Self; 8] = [
        Self::SignIns,
        Self::People,
        Self::Sharing,
        Self::Portals,
        Self::Files,
        Self::Messages,
        Self::Billing,
        Self::Settings,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::SignIns => "sign-ins",
            Self::People => "people",
            Self::Sharing => "sharing",
            Self::Portals => "portals",
            Self::Files => "files",
            Self::Messages => "messages",
            Self::Billing => "billing",
            Self::Settings => "settings",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    pub fn kinds(self) -> impl Iterator<Item = EventKind> {
        EventKind::ALL.iter().copied().filter(move |kind| self.holds(*kind) && !UNTOLD.contains(kind))
    }

    fn holds(self, kind: EventKind) -> bool {
        let begins = self.beginnings();
        begins.iter().any(|beginning| kind.name().starts_with(beginning))
    }

    /// Of the names of its kinds.
    fn beginnings(self) -> &'static [&'static str] {
        match self {
            Self::SignIns => &[
                "session.",
                "person.joined",
                "person.password-",
                "person.reset-",
                "person.sign-in-",
                "person.code-",
                "person.second-step-",
                "person.recovery-",
                "person.passkey-",
            ],
            Self::People => &["person.", "company."],
            Self::Sharing => &["grant.", "invitation."],
            Self::Portals => &["portal.", "template.", "project.", "milestone."],
            Self::Files => &["item.", "approval.", "request."],
            Self::Messages => &["message.", "announcement.", "notification."],
            Self::Billing => &["invoice.", "quote.", "subscription.", "person.payment-"],
            Self::Settings => &["organization."],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_topic_and_its_words_in_both_languages() {
        let catalogues = [include_str!("../texts/en.ftl"), include_str!("../texts/fr.ftl")];
        for kind in EventKind::ALL.iter().filter(|kind| !UNTOLD.contains(kind)) {
            assert!(Topic::ALL.iter().any(|topic| topic.holds(*kind)), "{kind:?}");
            let words = format!("\naudit-{} = ", kind.name().replace('.', "-"));
            assert!(catalogues.iter().all(|catalogue| catalogue.contains(&words)), "{kind:?}");
        }
        assert!(Topic::Files.kinds().all(|kind| !UNTOLD.contains(&kind)));
    }
}
