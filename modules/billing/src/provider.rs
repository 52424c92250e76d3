//! The keys that open an organization's account at Stripe: its own, kept encrypted, or else the installation's.

use jiff::civil::Date;
use portico_kernel::{Core, Kernel, Problems, ProviderAccount, ProviderError, ProviderKeys, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{reconciliation, store::as_internal};

/// Names of settings.
const KEYS: &str = "billing-provider-keys";
const OWNER: &str = "billing-provider-account";
/// A day and the SHA-256 of the signing secret: "2026-11-28 e3b0…".
const HEARD: &str = "billing-provider-heard";

/// As it was typed. What is left empty stays as it is.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeysForm {
    pub secret: String,
    pub webhook: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    Settings,
    Environment,
}

/// What the settings page may show of a key: its mode and its last four letters.
#[derive(Clone, Debug)]
pub struct KnownKeys {
    pub source: Source,
    pub is_live: bool,
    pub secret_end: String,
    pub webhook_end: String,
    /// The last day on which an event came that the signing secret fits.
    pub heard_on: Option<Date>,
}

/// Whose a secret key is, as the provider said when it was asked.
#[derive(Serialize, Deserialize)]
struct Owner {
    /// SHA-256 of the key, in hexadecimal.
    key: String,
    account: String,
}

impl KeysForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, known: Option<ProviderKeys>) -> Result<ProviderKeys, Problems> {
        let mut problems = Problems::default();
        let known = known.unwrap_or_default();
        let secret = typed_or(self.secret.trim(), known.secret);
        let webhook = typed_or(self.webhook.trim(), known.webhook);
        let is_plain = |key: &str| key.len() <= 300 && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !(secret.starts_with("sk_") || secret.starts_with("rk_")) || !is_plain(&secret) {
            problems.add("secret", "billing-error-secret-key");
        }
        if !webhook.starts_with("whsec_") || !is_plain(&webhook) {
            problems.add("webhook", "billing-error-webhook-secret");
        }
        match problems.is_empty() {
            true => Ok(ProviderKeys { secret, webhook, account: None }),
            false => Err(problems),
        }
    }
}

fn typed_or(typed: &str, known: String) -> String {
    if typed.is_empty() { known } else { typed.to_owned() }
}

/// `None`: online payment is not offered (P27).
pub fn keys(tx: &mut Core, kernel: &Kernel) -> Result<Option<ProviderKeys>> {
    let Some((_, keys)) = found_keys(tx, kernel)? else { return Ok(None) };
    let owner = tx.setting(OWNER)?.map(|json| serde_json::from_str::<Owner>(&json).map_err(as_internal));
    let account =
        owner.transpose()?.filter(|owner| owner.key == digest(&keys.secret)).map(|owner| owner.account);
    Ok(Some(ProviderKeys { account, ..keys }))
}

pub fn is_on(tx: &mut Core, kernel: &Kernel) -> Result<bool> {
    Ok(found_keys(tx, kernel)?.is_some())
}

/// Without their account.
fn found_keys(tx: &mut Core, kernel: &Kernel) -> Result<Option<(Source, ProviderKeys)>> {
    let (source, keys) = match sealed(tx)? {
        Some(sealed) => (Source::Settings, opened(tx, kernel, &sealed)),
        None => (Source::Environment, kernel.configuration().provider_keys.clone()),
    };
    Ok(keys.map(|keys| (source, keys)))
}

pub fn known_keys(tx: &mut Core, kernel: &Kernel) -> Result<Option<KnownKeys>> {
    let end = |key: &str| key.get(key.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    let Some((source, keys)) = found_keys(tx, kernel)? else { return Ok(None) };
    Ok(Some(KnownKeys {
        source,
        is_live: keys.is_live(),
        secret_end: end(&keys.secret),
        webhook_end: end(&keys.webhook),
        heard_on: heard_on(tx, &keys)?,
    }))
}

pub fn heard_on(tx: &mut Core, keys: &ProviderKeys) -> Result<Option<Date>> {
    let heard = tx.setting(HEARD)?.unwrap_or_default();
    let ours = heard.split_once(' ').filter(|(_, secret)| *secret == digest(&keys.webhook));
    Ok(ours.and_then(|(day, _)| day.parse().ok()))
}

/// That the provider reaches us, and with which signing secret, is noted once a day.
pub fn note_heard(tx: &mut Core, keys: &ProviderKeys) -> Result<()> {
    tx.set_setting(HEARD, &format!("{} {}", tx.today(), digest(&keys.webhook)))
}

/// Those entered in the browser.
pub fn own_keys(tx: &mut Core, kernel: &Kernel) -> Result<Option<ProviderKeys>> {
    Ok(sealed(tx)?.and_then(|sealed| opened(tx, kernel, &sealed)))
}

fn sealed(tx: &mut Core) -> Result<Option<String>> {
    Ok(tx.setting(KEYS)?.filter(|sealed| !sealed.is_empty()))
}

/// Nothing for what was sealed by another secret (a data folder that was not moved along): online payment is off
/// until they are entered again, and nobody pays into another account than was meant.
pub fn opened(tx: &Core, kernel: &Kernel, sealed: &str) -> Option<ProviderKeys> {
    let opened = kernel.secret().unseal(&purpose(tx), sealed);
    if opened.is_none() {
        tracing::error!("the keys of Stripe were sealed by another secret and have to be entered again");
    }
    opened.and_then(|json| serde_json::from_str(&json).ok())
}

/// `None` forgets them. Where that leaves an account, nobody is to pay on its pages any more.
pub fn replace_keys(
    tx: &mut Core,
    kernel: &Kernel,
    keys: Option<&ProviderKeys>,
    account: Option<&ProviderAccount>,
) -> Result<()> {
    let before = self::keys(tx, kernel)?;
    tx.set_setting(KEYS, &keys.map(|keys| seal(tx, kernel, keys)).transpose()?.unwrap_or_default())?;
    if let (Some(keys), Some(account)) = (keys, account) {
        keep_owner(tx, keys, account)?;
    }
    let after = self::keys(tx, kernel)?;
    if let Some(before) = before.filter(|before| !after.is_some_and(|after| is_same_account(before, &after)))
    {
        let sealed = seal(tx, kernel, &before)?;
        tx.enqueue(reconciliation::leaving(sealed))?;
    }
    Ok(())
}

fn is_same_account(some: &ProviderKeys, others: &ProviderKeys) -> bool {
    let is_one = some.account.is_some() && some.account == others.account;
    some.secret == others.secret || is_one && some.is_live() == others.is_live()
}

pub fn keep_owner(tx: &mut Core, keys: &ProviderKeys, account: &ProviderAccount) -> Result<()> {
    let owner = Owner { key: digest(&keys.secret), account: account.id.clone() };
    tx.set_setting(OWNER, &serde_json::to_string(&owner).map_err(as_internal)?)
}

fn digest(key: &str) -> String {
    format!("{:x}", Sha256::digest(key))
}

fn seal(tx: &Core, kernel: &Kernel, keys: &ProviderKeys) -> Result<String> {
    let json = serde_json::to_string(keys).map_err(as_internal)?;
    Ok(kernel.secret().seal(kernel.randomness(), &purpose(tx), &json))
}

/// The text that says what is in the way.
pub fn problem_key(error: &ProviderError) -> &'static str {
    match error {
        ProviderError::Unreachable(_) => "billing-provider-unreachable",
        ProviderError::Unreadable => "billing-provider-unreadable",
        ProviderError::Key => "billing-provider-key",
        ProviderError::Refused(_) => "billing-provider-refused",
        ProviderError::Amount => "billing-provider-amount",
    }
}

/// The same for whoever wants to pay, who cannot do anything about keys.
pub fn problem_for_payer(error: &ProviderError) -> &'static str {
    match error {
        ProviderError::Amount => "billing-pay-amount",
        _ => "billing-pay-unavailable",
    }
}

fn purpose(tx: &Core) -> Vec<u8> {
    [KEYS.as_bytes(), &tx.organization().bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(secret: &str, webhook: &str, known: Option<ProviderKeys>) -> Result<ProviderKeys, Problems> {
        KeysForm { secret: secret.into(), webhook: webhook.into() }.parse(known)
    }

    #[test]
    fn each_key_goes_into_its_own_field() {
        assert!(parse("sk_test_1", "whsec_1", None).is_ok());
        assert!(parse(" rk_live_1 ", "whsec_1", None).is_ok_and(|keys| keys.is_live()));
        for (secret, webhook, field) in [
            ("pk_test_1", "whsec_1", "secret"),
            ("", "whsec_1", "secret"),
            ("sk_test_1", "", "webhook"),
            ("sk_test_1", "sk_test_1", "webhook"),
            ("sk_test_\u{e9}", "whsec_1", "secret"),
        ] {
            let problems = parse(secret, webhook, None).err().unwrap_or_default();
            assert!(problems.of(field).is_some(), "{secret} {webhook}");
        }
    }

    #[test]
    fn what_is_left_empty_stays() {
        let known = ProviderKeys { secret: "sk_test_1".into(), webhook: "whsec_1".into(), account: None };
        let kept = parse("", "whsec_2", Some(known)).ok();
        assert!(kept.is_some_and(|keys| keys.secret == "sk_test_1" && keys.webhook == "whsec_2"));
    }
}
