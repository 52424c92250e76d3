//! Mails that come in: nothing proves itself by chance, and what is read of one is no more than stands in it.

use std::sync::LazyLock;

use portico_files::strangers::mail_parts;
use portico_kernel::{InboundMail, Instant, MailProof};
use portico_messages::strangers::{MOST_FILES, own_words, read, token_in_letters};
use portico_reading::{Limits, take_mail_apart_in_this_process};

static INBOUND: LazyLock<InboundMail> = LazyLock::new(|| {
    let inbound = InboundMail::parse("reply@portal.example", 48).expect("it is a mail address");
    inbound.with_secret("a secret of some length").expect("it is long enough")
});

const NOW: i64 = 1_795_000_000;

pub fn check(bytes: &[u8]) {
    let _ = token_in_letters(bytes, &INBOUND);
    if let Ok(mail) = take_mail_apart_in_this_process(bytes, MOST_FILES, &Limits::default()) {
        let mail = read(mail_parts(mail), &INBOUND);
        assert!(mail.attachments.len() <= MOST_FILES);
        assert_eq!(mail.from, mail.from.trim().to_lowercase());
        assert!(mail.token.is_none_or(|token| !token.is_empty()));
    }
    let text = String::from_utf8_lossy(bytes);
    let own = own_words(&text);
    assert!(own.len() <= text.len(), "{own:?} is longer than all that was written");
    let now = Instant::from_micros(NOW * 1_000_000);
    let _ = INBOUND.could_believe(&text, now);
    assert!(!INBOUND.believes(MailProof::Signature(&text), b"words", now));
}
