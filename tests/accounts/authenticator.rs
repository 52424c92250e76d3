//! The app on a phone that shows codes: by the words of the standard, not by the product.

use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::world::World;

/// As it is on somebody's phone.
pub struct App {
    pub key: String,
}

impl App {
    pub fn code(&self, world: &World) -> String {
        code(&self.key, world.clock().now())
    }

    /// One that was not shown before.
    pub fn next_code(&self, world: &World) -> String {
        world.clock().advance_seconds(60);
        self.code(world)
    }
}

pub fn code(key: &str, seconds: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(&bytes(key)).unwrap();
    mac.update(&(seconds / 30).to_be_bytes());
    let tag = mac.finalize().into_bytes();
    let offset = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Behind base32 (RFC 4648, section 6), in groups or not.
pub fn bytes(key: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digits = key.chars().filter(|digit| *digit != ' ');
    let bits: String = digits.map(|digit| format!("{:05b}", DIGITS.find(digit).unwrap())).collect();
    let bytes = bits.as_bytes().chunks_exact(8).map(|byte| str::from_utf8(byte).unwrap());
    bytes.map(|byte| u8::from_str_radix(byte, 2).unwrap()).collect()
}

/// RFC 6238, appendix B, the last six of eight digits: so that the tests compare with the standard.
#[test]
fn the_codes_of_these_tests_are_those_of_the_standard() {
    let key = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";
    assert_eq!(code(key, 59), "287082");
    assert_eq!(code(key, 1_111_111_109), "081804");
    assert_eq!(code(key, 20_000_000_000), "353130");
}
