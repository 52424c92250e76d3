use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Fills what it is given.
type Source = dyn Fn(&mut [u8]) + Send + Sync;

/// Where all random bytes come from: tokens, ids, keys, names.
#[derive(Clone)]
pub struct Randomness(Arc<Source>);

impl Randomness {
    pub fn of_the_system() -> Self {
        Self::from_source(|bytes| {
            getrandom::fill(bytes).expect("the operating system always has random bytes");
        })
    }

    pub fn from_source(source: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }

    pub fn token(&self) -> Token {
        Token(self.bytes())
    }
}

/// 256 bits that prove something to whoever holds them: a session, an invitation, a reset. Only
/// the hash is ever stored; there is no `Debug`, so a log cannot show one (T8, T15).
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// `None` for anything that is not exactly 256 bits of URL-safe base64.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The form for a cookie or an address. The one way out, so that uses can be searched for.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Bound to `purpose`: a reset token presented as an invitation hashes to something else.
    pub fn hash(&self, purpose: &str) -> TokenHash {
        let mut hasher = Sha256::new();
        hasher.update(purpose.as_bytes());
        hasher.update([0]);
        hasher.update(self.0);
        TokenHash(hasher.finalize().into())
    }
}

/// What is stored of a [`Token`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The installation's own secret, kept in a file of the data folder and never in the database,
/// so that a stolen backup of the database cannot make tokens.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For a backup, which is worth nothing without it.
    pub(crate) fn reveal(&self) -> &[u8; 32] {
        &self.0
    }

    /// The same parts give the same token, so a mail that is sent again after a crash carries the
    /// link that the first one carried. Construction: SHA-256 over length-prefixed parts with the
    /// secret in front and behind; neither length extension nor shifting of parts applies.
    pub fn token(&self, parts: &[&[u8]]) -> Token {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        for part in parts {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        hasher.update(self.0);
        Token(hasher.finalize().into())
    }

    /// Encrypts what the database keeps for us and a stolen backup must not tell, such as keys of others. It
    /// opens for the same `purpose` alone, so that a value cannot be moved to another place.
    pub fn seal(&self, randomness: &Randomness, purpose: &[u8], words: &str) -> String {
        let nonce = randomness.bytes::<NONCE_LEN>();
        let mut bytes = words.as_bytes().to_vec();
        self.sealing_key()
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose), &mut bytes)
            .expect("a setting is far shorter than the cipher's limit");
        URL_SAFE_NO_PAD.encode([&nonce[..], &bytes].concat())
    }

    /// `None` for what was sealed by another secret, for another purpose, or was changed.
    pub fn unseal(&self, purpose: &[u8], sealed: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, bytes) = bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = bytes.to_vec();
        let words = self.sealing_key().open_in_place(nonce, Aad::from(purpose), &mut bytes).ok()?;
        String::from_utf8(words.to_vec()).ok()
    }

    fn sealing_key(&self) -> LessSafeKey {
        let Token(key) = self.token(&[b"seal"]);
        LessSafeKey::new(
            UnboundKey::new(&CHACHA20_POLY1305, &key).expect("a key of this cipher has 32 bytes"),
        )
    }
}

/// Proves that a form came from a page of ours, for browsers that send neither `Sec-Fetch-Site`
/// nor `Origin` (T6). Derived from the cookie that goes with it.
#[derive(Clone, PartialEq, Eq)]
pub struct FormToken(String);

impl FormToken {
    pub fn for_cookie(cookie: &str) -> Self {
        let digest = Sha256::digest(format!("form token for {cookie}"));
        Self(URL_SAFE_NO_PAD.encode(digest))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn matches(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl fmt::Display for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_in_is_what_comes_out() {
        let sevens = Randomness::from_source(|bytes| bytes.fill(7));
        assert_eq!(sevens.bytes::<3>(), [7; 3]);
        assert!(sevens.token() == Token([7; 32]));
        assert_ne!(Randomness::of_the_system().bytes::<16>(), Randomness::of_the_system().bytes());
    }

    #[test]
    fn a_token_hashes_differently_for_each_purpose() {
        let token = Randomness::of_the_system().token();
        assert!(token.hash("reset") != token.hash("invitation"));
        assert!(token.hash("reset") == token.hash("reset"));
    }

    #[test]
    fn a_token_survives_its_address_and_nothing_else_parses() {
        let token = Randomness::of_the_system().token();
        assert!(Token::parse(&token.reveal()) == Some(token));
        for text in ["", "abc", "=", "ä", &"A".repeat(44)] {
            assert!(Token::parse(text).is_none());
        }
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_secret_alone() {
        let secret = Secret::from_bytes([7; 32]);
        let randomness = Randomness::of_the_system();
        let sealed = secret.seal(&randomness, b"keys", "sk_test_1");
        assert_eq!(secret.unseal(b"keys", &sealed).as_deref(), Some("sk_test_1"));
        assert_ne!(secret.seal(&randomness, b"keys", "sk_test_1"), sealed);
        assert_eq!(secret.unseal(b"other", &sealed), None);
        assert_eq!(Secret::from_bytes([8; 32]).unseal(b"keys", &sealed), None);
        let mut changed = sealed.clone().into_bytes();
        changed[20] ^= 1;
        for wrong in [String::from_utf8(changed).unwrap().as_str(), "", "AAAA", &sealed[..30]] {
            assert_eq!(secret.unseal(b"keys", wrong), None, "{wrong}");
        }
    }

    #[test]
    fn derived_tokens_do_not_confuse_neighbouring_parts() {
        let secret = Secret::from_bytes([7; 32]);
        assert!(secret.token(&[b"ab", b"c"]) != secret.token(&[b"a", b"bc"]));
        assert!(secret.token(&[b"ab", b"c"]) == secret.token(&[b"ab", b"c"]));
    }
}
