//! Passkeys (WebAuthn, level 3): what a browser is asked, and what its answer proves. An organization's own host is the
//! relying party, so that no key of one organization is any good at another's. Nothing here reads or writes rows.

use portico_facts::PersonId;
use portico_kernel::{Organization, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        AuthenticationResult, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
        RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
    },
};

/// An organization as a person's device knows it.
pub struct RelyingParty {
    host: String,
    webauthn: Webauthn,
}

/// What goes to the browser, and what its answer is compared with.
pub struct Question {
    pub options: Value,
    pub state: String,
}

/// What an answer proves.
pub enum Assertion {
    Good(AuthenticationResult),
    /// The signature is right and the counter is not: two devices hold the same key.
    Cloned,
    Refused,
}

impl RelyingParty {
    /// Nothing at an address that is no name, such as 127.0.0.1: a key is bound to a name.
    pub fn of(organization: &Organization) -> Option<Self> {
        let origin = Url::parse(&organization.address).ok()?;
        let host = origin.domain()?.to_owned();
        let builder = WebauthnBuilder::new(&host, &origin).ok()?;
        let webauthn = builder.rp_name(&organization.name).build().ok()?;
        Some(Self { host, webauthn })
    }

    /// Without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Asks for a new key. A device that holds one of `known` makes no other.
    ///
    /// # Errors
    /// The library's.
    pub fn invite(&self, person: PersonId, email: &str, name: &str, known: Vec<Vec<u8>>) -> Result<Question> {
        let id = Uuid::from_bytes(person.bytes());
        let asked = self.webauthn.start_passkey_registration(id, email, name, Some(known));
        let (options, state) = asked.map_err(internal)?;
        Ok(Question { options: serde_json::to_value(options).map_err(unwritable)?, state: written(&state)? })
    }

    /// The new key; nothing when the answer is to another question, or made up.
    pub fn accept(&self, answer: &str, state: &str) -> Option<Passkey> {
        let (answer, state): (RegisterPublicKeyCredential, PasskeyRegistration) =
            (read(answer)?, read(state)?);
        self.webauthn.finish_passkey_registration(&answer, &state).ok()
    }

    /// Asks for a signature by one of these keys.
    ///
    /// # Errors
    /// The library's.
    pub fn ask(&self, passkeys: &[Passkey]) -> Result<Question> {
        let (options, state) = self.webauthn.start_passkey_authentication(passkeys).map_err(internal)?;
        Ok(Question { options: serde_json::to_value(options).map_err(unwritable)?, state: written(&state)? })
    }

    pub fn judge(&self, answer: &str, state: &str) -> Assertion {
        let parsed: Option<(PublicKeyCredential, PasskeyAuthentication)> =
            read(answer).and_then(|answer| Some((answer, read(state)?)));
        let Some((answer, state)) = parsed else { return Assertion::Refused };
        match self.webauthn.finish_passkey_authentication(&answer, &state) {
            Ok(result) => Assertion::Good(result),
            Err(WebauthnError::CredentialPossibleCompromise) => Assertion::Cloned,
            Err(_) => Assertion::Refused,
        }
    }
}

/// As it is stored.
///
/// # Errors
/// None that a key of the library's own gives.
pub fn written<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(unwritable)
}

pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn internal(error: WebauthnError) -> portico_kernel::Error {
    portico_kernel::Error::Internal(error.into())
}

fn unwritable(error: serde_json::Error) -> portico_kernel::Error {
    portico_kernel::Error::Internal(error.into())
}

#[cfg(test)]
mod tests {
    use portico_facts::OrganizationId;
    use portico_ui::Language;

    use super::*;

    fn at(address: &str) -> Organization {
        Organization {
            id: OrganizationId::from_bytes([1; 16]),
            slug: "studio".into(),
            name: "Studio Nord".into(),
            colour: "#2f6f5e".into(),
            sidebar: None,
            logo: None,
            language: Language::English,
            time_zone: "Europe/Paris".into(),
            address: address.into(),
            demands_second_step: false,
        }
    }

    #[test]
    fn a_relying_party_is_a_host_without_its_port() {
        let host = |address| RelyingParty::of(&at(address)).map(|party| party.host().to_owned());
        assert_eq!(host("http://studio.localhost:8080").as_deref(), Some("studio.localhost"));
        assert_eq!(host("https://portal.studio.example").as_deref(), Some("portal.studio.example"));
        for no_name in ["http://127.0.0.1:8080", "http://[::1]:8080", "", "studio.localhost"] {
            assert_eq!(host(no_name), None, "{no_name}");
        }
    }

    #[test]
    fn a_browser_is_asked_for_this_host_and_by_another_challenge_each_time() {
        let party = RelyingParty::of(&at("http://studio.localhost:8080")).unwrap();
        let person = PersonId::from_bytes([2; 16]);
        let asked = || party.invite(person, "carol@acme.test", "Carol", vec![vec![7; 16]]).unwrap().options;
        let (first, second) = (asked(), asked());
        assert_eq!(first["publicKey"]["rp"]["id"], "studio.localhost");
        assert_eq!(first["publicKey"]["user"]["name"], "carol@acme.test");
        assert_eq!(first["publicKey"]["excludeCredentials"][0]["id"], "BwcHBwcHBwcHBwcHBwcHBw");
        assert_ne!(first["publicKey"]["challenge"], second["publicKey"]["challenge"]);
    }

    #[test]
    fn what_is_no_answer_proves_nothing() {
        let party = RelyingParty::of(&at("http://studio.localhost:8080")).unwrap();
        let person = PersonId::from_bytes([2; 16]);
        let asked = party.invite(person, "carol@acme.test", "Carol", Vec::new()).unwrap();
        let huge = "[".repeat(100_000);
        for answer in ["", "{}", "null", r#"{"id":"","rawId":"","type":"","response":{}}"#, &huge] {
            assert!(party.accept(answer, &asked.state).is_none());
            assert!(matches!(party.judge(answer, &asked.state), Assertion::Refused));
        }
    }
}
