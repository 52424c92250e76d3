//! The address in a mail by which its reader gets no more of its kind. It proves itself, so that whoever reads the
//! mail needs no session, and nothing about it is stored.

use portico_facts::{OrganizationId, PersonId};
use portico_kernel::{Secret, Token, parse_form};
use serde::Deserialize;

/// In place of a kind: all those that come in the mail of the day.
pub const ALL_DAILY: &str = "daily";

const PURPOSE: &str = "unsubscribe";

/// Whose mails of which kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    pub person: PersonId,
    pub kind: String,
}

impl WayOut {
    pub fn reveal(&self, secret: &Secret, organization: OrganizationId) -> String {
        format!("{}.{}.{}", self.person, self.kind, self.proof(secret, organization).reveal())
    }

    /// `None` for what was not made by [`WayOut::reveal`] for the same organization.
    pub fn parse(text: &str, secret: &Secret, organization: OrganizationId) -> Option<Self> {
        let (person, rest) = text.split_once('.')?;
        let (kind, given) = rest.split_once('.')?;
        let way_out = Self { person: person.parse().ok()?, kind: kind.to_owned() };
        let given = Token::parse(given)?;
        let proof = way_out.proof(secret, organization);
        // By their hashes, so that how long it takes tells nothing of what is right.
        (given.hash(PURPOSE) == proof.hash(PURPOSE)).then_some(way_out)
    }

    fn proof(&self, secret: &Secret, organization: OrganizationId) -> Token {
        let (organization, person) = (organization.bytes(), self.person.bytes());
        let parts: [&[u8]; 4] = [PURPOSE.as_bytes(), &organization, &person, self.kind.as_bytes()];
        secret.token(&parts)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneClick {
    #[serde(rename = "List-Unsubscribe")]
    said: String,
}

const SAID: &str = "One-Click";

/// Whether a body says what RFC 8058 (section 3.2) has a program for mail say, in either of its two forms. A scanner
/// that only follows links says nothing.
pub fn is_one_click(content_type: &str, body: &str) -> bool {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => {
            parse_form::<OneClick>(body.as_bytes()).is_ok_and(|OneClick { said }| said == SAID)
        }
        "multipart/form-data" => is_said_in_a_part(body),
        _ => false,
    }
}

fn is_said_in_a_part(body: &str) -> bool {
    let body = body.replace("\r\n", "\n");
    let pieces: Vec<&str> = body.split("\n\n").collect();
    pieces.windows(2).any(|pair| {
        let [head, rest] = pair else { return false };
        let is_named = |line: &str| {
            line.to_ascii_lowercase().starts_with("content-disposition:")
                && line.contains("name=\"List-Unsubscribe\"")
        };
        head.lines().any(is_named) && rest.lines().next() == Some(SAID)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUDIO: OrganizationId = OrganizationId::from_bytes([1; 16]);
    const RIVAL: OrganizationId = OrganizationId::from_bytes([2; 16]);

    fn carols() -> WayOut {
        WayOut { person: PersonId::from_bytes([7; 16]), kind: "quote-answers".to_owned() }
    }

    #[test]
    fn a_way_out_is_of_one_organization_one_person_and_one_kind() {
        let secret = Secret::from_bytes([3; 32]);
        let text = carols().reveal(&secret, STUDIO);
        assert_eq!(WayOut::parse(&text, &secret, STUDIO), Some(carols()));
        assert_eq!(WayOut::parse(&text, &secret, RIVAL), None);
        assert_eq!(WayOut::parse(&text, &Secret::from_bytes([4; 32]), STUDIO), None);
        let dora = PersonId::from_bytes([8; 16]).to_string();
        let carol = carols().person.to_string();
        for forged in [
            text.replace(&carol, &dora),
            text.replace("quote-answers", "messages"),
            text.replace("quote-answers", "daily"),
            text[..text.len() - 1].to_owned(),
            format!("{text}A"),
            format!("{carol}.quote-answers."),
            format!("{carol}.{}", "A".repeat(43)),
            "A".repeat(43),
            String::new(),
        ] {
            assert_eq!(WayOut::parse(&forged, &secret, STUDIO), None, "{forged}");
        }
    }

    #[test]
    fn one_click_is_said_in_the_words_of_its_rfc_and_in_no_others() {
        let form = "application/x-www-form-urlencoded";
        assert!(is_one_click(form, "List-Unsubscribe=One-Click"));
        assert!(is_one_click(&format!("{form}; charset=utf-8"), "form_token=x&List-Unsubscribe=One-Click"));
        for other in ["", "List-Unsubscribe=", "List-Unsubscribe=one-click", "list-unsubscribe=One-Click"] {
            assert!(!is_one_click(form, other), "{other}");
        }
        assert!(!is_one_click(form, "List-Unsubscribe=One-Click&kind=all"));
        for kind in ["", "text/plain", "application/json"] {
            assert!(!is_one_click(kind, "List-Unsubscribe=One-Click"), "{kind}");
        }
    }

    #[test]
    fn it_may_come_in_a_part() {
        let parts = "multipart/form-data; boundary=X";
        let part = |head: &str, said: &str| format!("--X\r\n{head}\r\n\r\n{said}\r\n--X--\r\n");
        let named = "Content-Disposition: form-data; name=\"List-Unsubscribe\"";
        assert!(is_one_click(parts, &part(named, "One-Click")));
        assert!(is_one_click(parts, &part(&format!("{named}\r\nContent-Type: text/plain"), "One-Click")));
        assert!(!is_one_click(parts, &part(named, "Two-Clicks")));
        assert!(!is_one_click(parts, &part("Content-Disposition: form-data; name=\"other\"", "One-Click")));
        assert!(!is_one_click(parts, "--X--\r\n"));
    }
}
