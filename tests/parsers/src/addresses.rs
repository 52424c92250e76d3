//! Addresses of every kind, and what people are called: whatever is taken reads back as the same, and holds nothing that
//! ends a header.

use std::sync::LazyLock;

use portico_kernel::{
    Disposition, EmailAddress, FrameOrigin, InboundMail, Name, PublicUrl, Slug, parse_day, parse_words,
};
use portico_ui::Language;

static PUBLIC: LazyLock<PublicUrl> =
    LazyLock::new(|| PublicUrl::parse("http://localhost:8080").expect("it is this machine"));
static INBOUND: LazyLock<InboundMail> =
    LazyLock::new(|| InboundMail::parse("reply@portal.example", 48).expect("it is a mail address"));

const LONGEST_WORDS: usize = 1_000;

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_hosts(&text);
    check_mail_addresses(&text);
    check_names(&text);
}

fn check_hosts(text: &str) {
    if let Ok(url) = PublicUrl::parse(text) {
        assert_eq!(PublicUrl::parse(&url.root()).ok(), Some(url));
    }
    if PUBLIC.owns_host(text) {
        let host = text.to_ascii_lowercase();
        assert!(host == "localhost:8080" || host.ends_with(".localhost:8080"), "{text:?} is not ours");
    }
    if let Some(origin) = FrameOrigin::of(text) {
        let written = origin.to_string();
        assert!(!written.contains([' ', ';', ',', '\'', '\r', '\n']), "{written:?} ends a source");
        assert_eq!(FrameOrigin::of(&written), Some(origin));
    }
    if let Ok(slug) = Slug::parse(text) {
        assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
    }
    let of_name = Slug::of_name(text);
    assert_eq!(Slug::parse(of_name.as_str()), Ok(of_name));
}

fn check_mail_addresses(text: &str) {
    if let Ok(address) = EmailAddress::parse(text) {
        let holds = |what: fn(char) -> bool| address.as_str().contains(what);
        assert!(!holds(char::is_control) && !holds(char::is_whitespace), "{address:?} ends a header");
        assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
    }
    if let Some(token) = INBOUND.token_in(text) {
        assert_eq!(INBOUND.token_in(&INBOUND.address(&token)), Some(token));
    }
}

fn check_names(text: &str) {
    if let Ok(name) = Name::parse(text) {
        assert_eq!(Name::parse(name.as_str()), Ok(name));
    }
    if let Ok(words) = parse_words(text, LONGEST_WORDS, "long") {
        assert_eq!(parse_words(&words, LONGEST_WORDS, "long"), Ok(words));
    }
    if let Ok(Some(day)) = parse_day(text) {
        assert_eq!(day.to_string(), text.trim());
    }
    let header = Disposition::Attachment.header(text);
    assert!(header.to_str().is_ok_and(|header| header.starts_with("attachment; filename=\"")));
    let _ = Language::from_accept_language(text);
}
