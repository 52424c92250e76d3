//! A person's device that keeps a passkey: by the words of the standard (WebAuthn, level 3), not by the product.

use std::cell::Cell;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

/// Somebody is there, and has shown that it is they (section 6.1).
const PRESENT_AND_VERIFIED: u8 = 0x05;
const WITH_KEY: u8 = 0x40;

pub struct Device {
    key: EcdsaKeyPair,
    id: [u8; 16],
    counter: Cell<u32>,
}

impl Device {
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let mut id = [0; 16];
        random.fill(&mut id).unwrap();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { key, id, counter: Cell::new(1) }
    }

    /// As it was before it counted further: what a copy would still say.
    pub fn count_back_to(&self, counter: u32) {
        self.counter.set(counter);
    }

    /// What a browser at `origin` hands on from a device that made a key.
    pub fn create(&self, options: &Value, origin: &str) -> String {
        let asked = &options["publicKey"];
        let data = self.authenticator_data(text(&asked["rp"]["id"]), PRESENT_AND_VERIFIED | WITH_KEY);
        let data = [data, self.key_data()].concat();
        let client_data = client_data("webauthn.create", text(&asked["challenge"]), origin);
        let response = json!({
            "attestationObject": encoded(&attestation(&data)),
            "clientDataJSON": encoded(client_data.as_bytes()),
        });
        self.credential(&response)
    }

    /// What a browser at `origin` hands on from a device that signed.
    pub fn sign(&self, options: &Value, origin: &str) -> String {
        self.counter.set(self.counter.get() + 1);
        let asked = &options["publicKey"];
        let data = self.authenticator_data(text(&asked["rpId"]), PRESENT_AND_VERIFIED);
        let client_data = client_data("webauthn.get", text(&asked["challenge"]), origin);
        let signed = [data.as_slice(), digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "authenticatorData": encoded(&data),
            "clientDataJSON": encoded(client_data.as_bytes()),
            "signature": encoded(signature.as_ref()),
            "userHandle": null,
        });
        self.credential(&response)
    }

    fn credential(&self, response: &Value) -> String {
        let id = encoded(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }

    /// Section 6.1.
    fn authenticator_data(&self, host: &str, flags: u8) -> Vec<u8> {
        let hash = digest(&SHA256, host.as_bytes());
        [hash.as_ref(), &[flags], &self.counter.get().to_be_bytes()].concat()
    }

    /// Section 6.5.1: of no maker, its id, and the key as RFC 9053 writes it (section 7.1.1).
    fn key_data(&self) -> Vec<u8> {
        // A point of the curve, not compressed: 4, then both coordinates.
        let (x, y) = self.key.public_key().as_ref()[1..].split_at(32);
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let kind_and_algorithm = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
        let [before_x, before_y] = [[0x21, 0x58, 0x20], [0x22, 0x58, 0x20]];
        let parts: [&[u8]; 8] =
            [&[0; 16], &length, &self.id, &kind_and_algorithm, &before_x, x, &before_y, y];
        parts.concat()
    }
}

/// Section 6.5.4, without a statement (section 8.7), in CBOR.
fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).unwrap();
    let parts: [&[u8]; 3] = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58", &[length], data];
    parts.concat()
}

/// Section 5.8.1.
fn client_data(kind: &str, challenge: &str, origin: &str) -> String {
    json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
