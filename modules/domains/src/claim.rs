use diesel::prelude::*;
use portico_kernel::{Instant, PublicUrl, Result};

use crate::{failure::Failure, schema::domain_claims};

/// A domain that the organization says is its own.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = domain_claims)]
pub struct Claim {
    pub domain: String,
    /// Asked for at the domain, and named by its DNS: no secret.
    pub token: String,
    /// What this installation answers to that, and nobody else knows.
    pub answer: String,
    pub checked_at: Option<Instant>,
    failure: Option<String>,
    pub failing_since: Option<Instant>,
}

/// Whoever presses the button again sooner sees what came of the last check.
pub const CHECKED_SECONDS: i64 = 10;
/// A domain that leads elsewhere for as long is taken out, so that no link with a token goes there.
const LOST_DAYS: i64 = 7;

impl Claim {
    /// What the last check found wrong.
    pub fn failure(&self) -> Option<Failure> {
        self.failure.as_deref().and_then(Failure::from_name)
    }

    pub fn proof_address(&self, public_url: &PublicUrl) -> String {
        format!("{}/.well-known/portico/{}", public_url.proof_root(&self.domain), self.token)
    }

    /// Where DNS says whose the domain is, which only whoever has it can put there.
    pub fn text_name(&self) -> String {
        format!("_portico.{}", self.domain)
    }

    /// # Errors
    /// [`Failure::Unnamed`] where none of the texts is this claim's.
    pub fn find_itself(&self, texts: &[String]) -> Result<(), Failure> {
        if texts.iter().any(|text| text.trim() == self.token) { Ok(()) } else { Err(Failure::Unnamed) }
    }

    /// Whether a check that fails now is one too many.
    pub fn is_lost(&self, now: Instant) -> bool {
        self.failing_since.is_some_and(|since| now >= since.plus_days(LOST_DAYS))
    }

    /// What is wrong with an answer.
    ///
    /// # Errors
    /// [`Failure::Other`] for any but the one that only this installation gives.
    pub fn compare(&self, answer: &str) -> Result<(), Failure> {
        if answer == self.answer { Ok(()) } else { Err(Failure::Other) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(failing_since: Option<Instant>) -> Claim {
        Claim {
            domain: "portal.acme.com".into(),
            token: "asked".into(),
            answer: "answered".into(),
            checked_at: None,
            failure: None,
            failing_since,
        }
    }

    #[test]
    fn a_domain_is_lost_when_it_led_elsewhere_for_a_week() {
        let since = Instant::from_micros(0);
        let week = since.plus_days(7);
        assert!(claim(Some(since)).is_lost(week));
        assert!(!claim(Some(since)).is_lost(week.plus_seconds(-1)));
        assert!(!claim(None).is_lost(week));
    }

    #[test]
    fn what_was_asked_is_no_answer() {
        let claim = claim(None);
        assert_eq!(claim.compare("answered"), Ok(()));
        for other in ["", "asked", "answered\n", "<p>answered</p>"] {
            assert_eq!(claim.compare(other), Err(Failure::Other), "{other}");
        }
        let public_url = PublicUrl::parse("https://portal.example").unwrap();
        assert_eq!(claim.proof_address(&public_url), "https://portal.acme.com/.well-known/portico/asked");
    }

    #[test]
    fn dns_names_the_claim_itself() {
        let claim = claim(None);
        assert_eq!(claim.text_name(), "_portico.portal.acme.com");
        let found = |texts: &[&str]| {
            claim.find_itself(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(found(&["v=spf1 -all", " asked "]), Ok(()));
        for others in [&[][..], &["answered"], &["asked by another"], &["Asked", ""]] {
            assert_eq!(found(others), Err(Failure::Unnamed), "{others:?}");
        }
    }
}
