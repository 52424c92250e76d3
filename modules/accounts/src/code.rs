//! The codes that an app on a person's phone shows, another one every half minute (TOTP, RFC 6238): HMAC-SHA-1 and six
//! digits, which is what every such app understands.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portico_kernel::{Instant, Randomness};
use ring::hmac;

/// Of a step, as RFC 6238 recommends it (section 4.1).
const SECONDS: i64 = 30;
/// Steps either side that count as now: clocks differ, and typing takes a while (section 5.2).
const SKEW: i64 = 1;
/// A picture of more than this could not be scanned, and no app shows it.
const LONGEST_ISSUER: usize = 40;

/// What the app and we share: 160 bits (RFC 4226, section 4, R6). There is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AppSecret([u8; 20]);

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(u32);

impl Code {
    /// `None` for what is not exactly six digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| is_code).map(Self)
    }
}

impl AppSecret {
    pub fn new(randomness: &Randomness) -> Self {
        Self(randomness.bytes())
    }

    /// In hexadecimal, to be sealed.
    pub fn to_words(&self) -> String {
        hex::encode(self.0)
    }

    /// `None` for what [`to_words`](Self::to_words) did not write.
    pub fn from_words(words: &str) -> Option<Self> {
        let mut bytes = [0; 20];
        hex::decode_to_slice(words, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// For typing it into an app: base32 in groups of four.
    pub fn in_groups(&self) -> String {
        let letters: Vec<char> = self.base32().chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// The address that a picture carries into an app ("Key Uri Format" of Google Authenticator). What it does not say is
    /// as here: SHA-1, six digits, 30 seconds.
    pub fn link(&self, issuer: &str, account: &str) -> String {
        let issuer: String = issuer.chars().take(LONGEST_ISSUER).collect();
        let encoded = |words: &str| utf8_percent_encode(words, NON_ALPHANUMERIC).to_string();
        let (issuer, account) = (encoded(&issuer), encoded(account));
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", self.base32())
    }

    /// The step whose code this is, if it is one of now and of no step up to `last`: each code counts once.
    pub fn step_of(&self, code: Code, now: Instant, last: i64) -> Option<i64> {
        let current = now.micros() / 1_000_000 / SECONDS;
        (current - SKEW..=current + SKEW).find(|step| *step > last && self.code_at(*step) == code)
    }

    /// RFC 4226, section 5.3.
    fn code_at(&self, step: i64) -> Code {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let bytes = tag.as_ref();
        let offset = usize::from(bytes[bytes.len() - 1] & 0xf);
        let four = [bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]];
        Code((u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
    }

    /// RFC 4648, section 6: 20 bytes need no padding.
    fn base32(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let letters = self.0.chunks_exact(5).flat_map(|five| {
            let bits = five.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
            (0..8).rev().map(move |place| char::from(LETTERS[((bits >> (place * 5)) & 31) as usize]))
        });
        letters.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That of RFC 6238, appendix B.
    const SECRET: AppSecret = AppSecret(*b"12345678901234567890");

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    fn step_of(code: &str, seconds: i64, last: i64) -> Option<i64> {
        SECRET.step_of(Code::parse(code).unwrap(), at(seconds), last)
    }

    /// Appendix B has eight digits, of which six are the last ones.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(code, seconds, 0), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_a_step_early_and_a_step_late_and_once() {
        // That of the seconds 30 to 59.
        let code = "287082";
        for (seconds, counts) in [(0, true), (30, true), (89, true), (90, false)] {
            assert_eq!(step_of(code, seconds, 0).is_some(), counts, "{seconds}");
        }
        assert_eq!(step_of(code, 59, 1), None);
        assert_eq!(step_of("287083", 59, 0), None);
    }

    #[test]
    fn nothing_but_six_digits_is_a_code() {
        for text in ["", "28708", "2870820", "28708a", "+28708", "２８７０８２"] {
            assert!(Code::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_app_is_told_the_secret_in_base32_and_whose_it_is() {
        assert_eq!(SECRET.in_groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            SECRET.link("Smith & Co", "carol@acme.test"),
            "otpauth://totp/Smith%20%26%20Co:carol%40acme%2Etest\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Smith%20%26%20Co"
        );
        assert!(AppSecret::from_words(&SECRET.to_words()) == Some(SECRET));
        assert!(AppSecret::from_words("00").is_none());
    }
}
