//! A client: a person outside the organization, known by their address.

use portico_facts::{CompanyId, PersonId};
use portico_kernel::{EmailAddress, Instant, Name, Problems};
use portico_ui::{Language, components::Dot};
use serde::Deserialize;

/// As it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClientForm {
    pub name: String,
    pub email: String,
    pub company: String,
    pub language: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct ClientDetails {
    pub name: Name,
    pub email: EmailAddress,
    /// One that is there, or a new one: whichever has this name.
    pub company: Option<Name>,
    /// `None` follows the organization.
    pub language: Option<Language>,
}

impl ClientForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<ClientDetails, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let email = problems.keep("email", EmailAddress::parse(&self.email));
        let company = problems.keep("company", Name::parse_optional(&self.company));
        let language = problems.keep("language", parse_language(&self.language));
        match (name, email, company, language) {
            (Some(name), Some(email), Some(company), Some(language)) => {
                Ok(ClientDetails { name, email, company, language })
            }
            _ => Err(problems),
        }
    }
}

fn parse_language(code: &str) -> Result<Option<Language>, &'static str> {
    match code {
        "" => Ok(None),
        code => Language::from_code(code).map(Some).ok_or("clients-error-language"),
    }
}

/// As the pages show them.
pub struct Client {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub language: Option<Language>,
    pub company: Option<(CompanyId, String)>,
    /// `None` before the first invitation.
    pub dot: Option<Dot>,
}

impl Client {
    /// The form as it stands before anything is typed into it.
    pub fn form(&self) -> ClientForm {
        ClientForm {
            name: self.name.clone(),
            email: self.email.clone(),
            company: self.company.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            language: self.language.map(|language| language.code().to_owned()).unwrap_or_default(),
        }
    }
}

/// Green only for those who set up an account, yellow for those whose invitation is open or has
/// run out (P1). `invitation` is when the newest one that nobody revoked ends.
pub fn dot(joined: Option<Instant>, invitation: Option<Instant>, now: Instant) -> Option<Dot> {
    match (joined, invitation) {
        (Some(_), _) => Some(Dot::Joined),
        (None, Some(ends)) if ends <= now => Some(Dot::Expired),
        (None, Some(_)) => Some(Dot::Invited),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let form = ClientForm {
            name: " ".into(),
            email: "carol".into(),
            company: "a\0".into(),
            language: "xx".into(),
        };
        let problems = form.parse().err().unwrap_or_default();
        assert_eq!(problems.of("name"), Some("ui-name-empty"));
        assert_eq!(problems.of("email"), Some("ui-email-invalid"));
        assert_eq!(problems.of("company"), Some("ui-name-characters"));
        assert_eq!(problems.of("language"), Some("clients-error-language"));
    }

    #[test]
    fn company_and_language_may_be_left_open() {
        let form = ClientForm { name: "Carol".into(), email: "carol@acme.test".into(), ..Default::default() };
        let details = form.parse().ok();
        assert!(details.is_some_and(|details| details.company.is_none() && details.language.is_none()));
    }

    #[test]
    fn p1_only_an_account_is_green_and_an_expired_invitation_says_so() {
        let now = Instant::from_micros(1_000);
        let (before, after) = (Instant::from_micros(999), Instant::from_micros(1_001));
        assert_eq!(dot(None, None, now), None);
        assert_eq!(dot(None, Some(after), now), Some(Dot::Invited));
        assert_eq!(dot(None, Some(now), now), Some(Dot::Expired));
        assert_eq!(dot(Some(before), Some(before), now), Some(Dot::Joined));
    }
}
