//! Cookies and tokens: there is one way to write each, and nothing is taken for one by chance.

use portico_kernel::{Cookies, FormToken, ReturnTo, Secret, Token};
use portico_messages::strangers::ReplyToken;
use url::Url;

const COOKIES: [&str; 2] = ["portico", "__Host-portico-form"];

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(token) = Token::parse(&text) {
        assert_eq!(token.reveal(), text);
    }
    if let Some(token) = ReplyToken::parse(&text) {
        assert_eq!(token.reveal(), text.to_ascii_lowercase());
    }
    let form = FormToken::for_cookie(&text);
    assert!(form.matches(form.as_str()) && !form.matches(&text));
    assert_eq!(Secret::from_bytes([7; 32]).unseal(b"keys", &text), None);
    check_cookies(&text);
    if let Some(path) = ReturnTo::parse(&text) {
        let ours = Url::parse("https://studio.example/sign-in").expect("it is an address");
        let there = ours.join(path.as_str()).expect("a path of ours");
        assert_eq!(there.origin(), ours.origin(), "{text:?} leads elsewhere");
    }
}

fn check_cookies(text: &str) {
    for name in COOKIES {
        if let Some(value) = Cookies(text).get(name) {
            assert!(!value.is_empty() && !value.contains(';'), "{value:?}");
            assert!(text.contains(&format!("{name}={value}")), "{value:?}");
        }
        let before = format!("{name}=1; {text}");
        assert_eq!(Cookies(&before).get(name), Some("1"));
    }
}
