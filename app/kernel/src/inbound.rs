//! Mail that comes in: at which address, and how whoever hands it over proves that they may.

use ring::hmac;
use subtle::ConstantTimeEq;

use crate::clock::Instant;

/// How long a signature counts, to either side of its stamp (T14).
const WINDOW_SECONDS: i64 = 300;
const SHORTEST_SECRET: usize = 16;
/// RFC 5321, section 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;

/// From the environment. Without it nobody answers by mail.
#[derive(Clone)]
pub struct InboundMail {
    local: String,
    domain: String,
    /// Without one, mail comes by the command alone.
    secret: Option<String>,
}

/// What a request brings to prove where it comes from.
#[derive(Clone, Copy)]
pub enum MailProof<'a> {
    /// The secret itself.
    Bearer(&'a str),
    /// `t=<seconds>,v1=<hex>`: HMAC-SHA-256 of `<seconds>.<body>`.
    Signature(&'a str),
}

impl InboundMail {
    /// `longest_token`: in letters of the tokens that are put into the address.
    ///
    /// # Errors
    /// What is wrong, in words for whoever starts the program.
    pub fn parse(address: &str, longest_token: usize) -> Result<Self, String> {
        let is_plain = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
        };
        let (local, domain) = address.trim().split_once('@').unwrap_or_default();
        if !is_plain(local) || !is_plain(domain) {
            return Err(format!("{address:?} is no mail address such as reply@portal.example"));
        }
        if local.len() + 1 + longest_token > LONGEST_LOCAL_PART {
            let most = LONGEST_LOCAL_PART - 1 - longest_token;
            return Err(format!("{local:?} is longer than {most} letters"));
        }
        Ok(Self { local: local.to_ascii_lowercase(), domain: domain.to_ascii_lowercase(), secret: None })
    }

    /// # Errors
    /// For one that could be guessed, in words that do not repeat it.
    pub fn with_secret(self, secret: &str) -> Result<Self, String> {
        if secret.len() < SHORTEST_SECRET {
            return Err(format!("it has fewer than {SHORTEST_SECRET} letters"));
        }
        Ok(Self { secret: Some(secret.to_owned()), ..self })
    }

    /// Where an answer with this token goes.
    pub fn address(&self, token: &str) -> String {
        format!("{}+{token}@{}", self.local, self.domain)
    }

    /// The token of an address of ours.
    pub fn token_in(&self, address: &str) -> Option<String> {
        let address = address.trim().to_ascii_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let token = local.strip_prefix(&self.local)?.strip_prefix('+')?;
        (domain == self.domain && !token.is_empty()).then(|| token.to_owned())
    }

    /// Whether this signature could be right, whatever it is of: there is a secret, and its stamp is of now.
    pub fn could_believe(&self, signature: &str, now: Instant) -> bool {
        self.secret.is_some() && stamp_of(signature).is_some_and(|(_, seconds)| is_fresh(seconds, now))
    }

    /// In constant time.
    pub fn believes(&self, proof: MailProof, body: &[u8], now: Instant) -> bool {
        let Some(secret) = &self.secret else { return false };
        match proof {
            MailProof::Bearer(given) => secret.as_bytes().ct_eq(given.as_bytes()).into(),
            MailProof::Signature(signature) => is_signed(secret, signature, body, now),
        }
    }
}

fn is_signed(secret: &str, signature: &str, body: &[u8], now: Instant) -> bool {
    let given = field(signature, "v1=").and_then(|hex| hex::decode(hex).ok());
    let (Some((stamp, seconds)), Some(given)) = (stamp_of(signature), given) else { return false };
    let mut sum = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()));
    sum.update(stamp.as_bytes());
    sum.update(b".");
    sum.update(body);
    let is_right: bool = sum.sign().as_ref().ct_eq(&given).into();
    is_right && is_fresh(seconds, now)
}

fn field<'a>(signature: &'a str, name: &str) -> Option<&'a str> {
    signature.split(',').find_map(|field| field.trim().strip_prefix(name))
}

/// As it is written, which is what was signed, and in seconds.
fn stamp_of(signature: &str) -> Option<(&str, i64)> {
    let stamp = field(signature, "t=")?;
    Some((stamp, stamp.parse().ok()?))
}

fn is_fresh(seconds: i64, now: Instant) -> bool {
    (now.micros() / 1_000_000).abs_diff(seconds) <= WINDOW_SECONDS.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of some length";

    fn inbound() -> InboundMail {
        InboundMail::parse("Reply@Portal.example", 48).unwrap().with_secret(SECRET).unwrap()
    }

    #[test]
    fn an_address_carries_a_token_and_gives_it_back() {
        assert_eq!(inbound().address("abc1"), "reply+abc1@portal.example");
        for address in ["reply+abc1@portal.example", " REPLY+ABC1@PORTAL.EXAMPLE"] {
            assert_eq!(inbound().token_in(address).as_deref(), Some("abc1"), "{address}");
        }
        for foreign in [
            "",
            "reply@portal.example",
            "reply+@portal.example",
            "reply+abc1@evil.example",
            "other+abc1@portal.example",
            "replyabc1@portal.example",
            "reply+abc1@portal.example.evil.test",
        ] {
            assert_eq!(inbound().token_in(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_said_at_the_start() {
        for wrong in ["", "reply", "@portal.example", "reply@", "re ply@portal.example", "a+b@portal.example"]
        {
            assert!(InboundMail::parse(wrong, 48).is_err(), "{wrong:?}");
        }
        assert!(InboundMail::parse("answers-to-us-all@portal.example", 48).is_err());
        let inbound = InboundMail::parse("reply@portal.example", 48).unwrap();
        assert!(inbound.with_secret("short").is_err_and(|wrong| !wrong.contains("short")));
    }

    #[test]
    fn t14_only_the_secret_or_a_fresh_signature_of_these_bytes_is_believed() {
        let now = Instant::from_micros(1_700_000_000_000_000);
        let believes = |proof| inbound().believes(proof, b"words", now);
        assert!(believes(MailProof::Bearer(SECRET)));
        for wrong in ["", "a secret of some lengt", "a secret of some length "] {
            assert!(!believes(MailProof::Bearer(wrong)), "{wrong:?}");
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let signed = |seconds: i64, body: &str| {
            let sum = hmac::sign(&key, format!("{seconds}.{body}").as_bytes());
            format!("t={seconds},v1={}", hex::encode(sum))
        };
        for seconds in [1_700_000_000, 1_699_999_700, 1_700_000_300] {
            let proof = signed(seconds, "words");
            assert!(inbound().believes(MailProof::Signature(&proof), b"words", now), "{seconds}");
        }
        for wrong in [
            signed(1_700_000_000, "other words"),
            signed(1_699_999_699, "words"),
            signed(1_700_000_301, "words"),
            signed(i64::MIN, "words"),
            signed(1_700_000_000, "words").replace("t=17", "t=16"),
            "t=1700000000,v1=".to_owned(),
            "v1=00".to_owned(),
            String::new(),
        ] {
            assert!(!inbound().believes(MailProof::Signature(&wrong), b"words", now), "{wrong}");
        }
        for (signature, could_be) in [
            ("t=1700000000,v1=00", true),
            ("v1=00, t=1699999700", true),
            ("t=1699999699,v1=00", false),
            ("t=1700000301,v1=00", false),
            ("v1=00", false),
            ("t=,v1=00", false),
            ("", false),
        ] {
            assert_eq!(inbound().could_believe(signature, now), could_be, "{signature}");
        }
        let without = InboundMail::parse("reply@portal.example", 48).unwrap();
        assert!(!without.believes(MailProof::Bearer(""), b"words", now));
        assert!(!without.could_believe("t=1700000000,v1=00", now));
    }
}
