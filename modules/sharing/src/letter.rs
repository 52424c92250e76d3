//! What the mails of sharing say. Pure: a job brings the facts, and a sample brings invented ones.

use portico_kernel::{Instant, Organization, OutgoingMail};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
};

pub struct InvitationWords<'a> {
    pub to_name: &'a str,
    pub sender: Option<&'a str>,
    /// Not empty; the one that was just shared comes first.
    pub portals: &'a [String],
    pub message: Option<&'a str>,
    pub link: String,
    pub expires_at: Instant,
}

pub struct PortalWords<'a> {
    pub to_name: &'a str,
    pub sender: Option<&'a str>,
    pub portal: &'a str,
    pub message: Option<&'a str>,
    pub link: String,
}

impl InvitationWords<'_> {
    pub fn letter(self, organization: &Organization, text: Text) -> Letter {
        let portal = self.portals.first().map(String::as_str).unwrap_or_default();
        let others = self.portals.get(1..).unwrap_or_default();
        let sender = self.sender.unwrap_or(&organization.name);
        let names = [
            ("sender", sender.into()),
            ("organization", organization.name.as_str().into()),
            ("portal", portal.into()),
        ];
        let mut paragraphs = vec![text.say_with("sharing-mail-invitation", &names)];
        paragraphs.extend(quoted(text, sender, self.message));
        if !others.is_empty() {
            let others = [("portals", others.join(", ").into())];
            paragraphs.push(text.say_with("sharing-mail-others", &others));
        }
        let until = text.date(self.expires_at.in_zone(&organization.time_zone).date());
        paragraphs.push(text.say_with("sharing-mail-expiry", &[("date", until.into())]));
        Letter {
            title: text.say_with("sharing-mail-title", &names),
            greeting: greeting(text, self.to_name),
            paragraphs,
            button: Some((text.say("sharing-mail-set-up").into_owned(), self.link)),
            footer: text.say_with("sharing-mail-footer", &names),
        }
    }
}

impl PortalWords<'_> {
    pub fn letter(self, organization: &Organization, text: Text) -> Letter {
        let sender = self.sender.unwrap_or(&organization.name);
        let names = [
            ("sender", sender.into()),
            ("organization", organization.name.as_str().into()),
            ("portal", self.portal.into()),
        ];
        let mut paragraphs = vec![text.say_with("sharing-mail-portal", &names)];
        paragraphs.extend(quoted(text, sender, self.message));
        Letter {
            title: text.say_with("sharing-mail-title", &names),
            greeting: greeting(text, self.to_name),
            paragraphs,
            button: Some((text.say("sharing-mail-open").into_owned(), self.link)),
            footer: text.say_with("sharing-mail-footer", &names),
        }
    }
}

fn quoted(text: Text, sender: &str, message: Option<&str>) -> Option<String> {
    let message = message?;
    let values = [("sender", sender.into()), ("message", message.into())];
    Some(text.say_with("sharing-mail-message", &values))
}

pub fn sample_invitation(organization: &Organization, language: Language) -> OutgoingMail {
    let text = Text::new(language);
    let words = InvitationWords {
        to_name: "Carol Jones",
        sender: Some("Ada Lovelace"),
        portals: &["Acme website relaunch".to_owned(), "Resources".to_owned()],
        message: Some(
            "Hello Carol,\nhere is everything from our kick-off. The contract waits in its folder.",
        ),
        link: format!("{}/invitations/{}", organization.address, "k3".repeat(21)),
        expires_at: Instant::from_micros(1_796_000_000_000_000),
    };
    sample(organization, language, &words.letter(organization, text))
}

pub fn sample_portal(organization: &Organization, language: Language) -> OutgoingMail {
    let text = Text::new(language);
    let words = PortalWords {
        to_name: "carol@acme.test",
        sender: Some("Ada Lovelace"),
        portal: "Resources",
        message: None,
        link: format!("{}/portals/019ab0c1d2e374f5a6b7c8d9e0f1a2b3", organization.address),
    };
    sample(organization, language, &words.letter(organization, text))
}

/// Pictures are taken without an installation.
fn sample(organization: &Organization, language: Language, letter: &Letter) -> OutgoingMail {
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, "carol@acme.test", letter, "example.test", id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn studio() -> Organization {
        Organization {
            id: portico_facts::OrganizationId::from_bytes([1; 16]),
            slug: "studio".into(),
            name: "Studio <North>".into(),
            colour: "#3451b2".into(),
            language: Language::English,
            time_zone: "Europe/Paris".into(),
            sidebar: None,
            logo: None,
            address: "https://studio.example".into(),
            demands_second_step: false,
        }
    }

    fn install_texts() {
        let own = [
            ("sharing", Language::English, include_str!("../texts/en.ftl")),
            ("sharing", Language::French, include_str!("../texts/fr.ftl")),
        ];
        portico_ui::Catalogue::build(portico_ui::texts::SOURCES.into_iter().chain(own)).install();
    }

    #[test]
    fn both_languages_carry_the_same_link_in_both_twins() {
        install_texts();
        for language in Language::ALL {
            let mail = sample_invitation(&studio(), language);
            let link = format!("https://studio.example/invitations/{}", "k3".repeat(21));
            for twin in [&mail.html, &mail.text] {
                assert!(twin.contains(&link) && twin.contains("Acme website relaunch"), "{twin}");
                assert!(twin.contains("here is everything from our kick-off"), "{twin}");
            }
            assert!(mail.html.contains("Studio &lt;North&gt;") && !mail.html.contains("<North>"));
            assert!(mail.text.contains("Resources"));
        }
    }

    #[test]
    fn the_button_says_what_comes_next() {
        install_texts();
        assert!(sample_invitation(&studio(), Language::English).html.contains("Set up your account"));
        let again = sample_portal(&studio(), Language::English);
        assert!(again.html.contains("Open the portal") && !again.text.contains("account"));
        assert!(again.text.contains("Hello,"));
    }

    #[test]
    fn the_last_day_is_told_in_the_organizations_zone() {
        install_texts();
        // 1796000000 is 30 November 2026, 00:53:20 UTC: 01:53 in Paris.
        let mail = sample_invitation(&studio(), Language::French);
        assert!(mail.text.contains("30 novembre 2026"), "{}", mail.text);
    }
}
