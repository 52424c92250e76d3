//! A mail that came in, as far as an answer needs it: whose address it came to, from whom, what they wrote themselves,
//! and what is attached. Whatever no person sent is told apart, so that two programs never answer each other
//! (RFC 3834).

use bytes::Bytes;
use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MimeHeaders};
use portico_kernel::InboundMail;

use crate::{file, own_words::own_words};

pub struct Incoming {
    /// In lower case.
    pub from: String,
    /// Of the address of ours to which it came.
    pub token: Option<String>,
    /// By which it is known when it comes again.
    pub id: Option<String>,
    pub is_automatic: bool,
    pub words: String,
    /// Their names and bytes.
    pub attachments: Vec<(String, Bytes)>,
    /// There were more of them than a message takes.
    pub has_more: bool,
}

/// `None` for what is no mail.
pub fn read(mail: &[u8], inbound: &InboundMail) -> Option<Incoming> {
    let message = MessageParser::default().parse(mail)?;
    let from = message.from().and_then(|from| from.first()).and_then(|first| first.address.as_deref());
    let attachments = message.attachments().take(file::MOST).map(|part| {
        let name = part.attachment_name().unwrap_or_default().to_owned();
        (name, Bytes::copy_from_slice(part.contents()))
    });
    Some(Incoming {
        from: from.unwrap_or_default().trim().to_lowercase(),
        token: token(&message, inbound),
        id: message.message_id().map(str::to_owned),
        is_automatic: is_automatic(&message),
        words: message.body_text(0).map(|text| own_words(&text)).unwrap_or_default(),
        attachments: attachments.collect(),
        has_more: message.attachment_count() > file::MOST,
    })
}

/// To whom it was sent, or delivered where the address stands in a copy nobody sees.
fn token(message: &Message<'_>, inbound: &InboundMail) -> Option<String> {
    let sent_to = [message.to(), message.cc()].into_iter().flatten();
    let mut addresses = sent_to.flat_map(|list| list.iter()).filter_map(|one| one.address.as_deref());
    addresses.find_map(|address| inbound.token_in(address)).or_else(|| {
        ["Delivered-To", "X-Original-To", "Envelope-To"].into_iter().find_map(|name| {
            let delivered = raw(message, name)?;
            inbound.token_in(delivered.trim().trim_start_matches('<').trim_end_matches('>'))
        })
    })
}

/// Of any header, as it stands there.
fn raw<'a>(message: &'a Message<'_>, name: &str) -> Option<&'a str> {
    let mut all = message.headers_raw();
    all.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn is_automatic(message: &Message<'_>) -> bool {
    let says = |name: &str| raw(message, name).unwrap_or_default().to_lowercase();
    let submitted = says("Auto-Submitted");
    let is_submitted = !submitted.is_empty() && !submitted.starts_with("no");
    let is_bulk = ["bulk", "junk", "list", "auto_reply"].contains(&says("Precedence").as_str());
    let names =
        ["X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "List-Id", "List-Post", "List-Unsubscribe"];
    let is_named = names.into_iter().any(|name| raw(message, name).is_some());
    let has_no_sender =
        raw(message, "Return-Path").is_some_and(|path| path.replace(['<', '>'], "").trim().is_empty());
    let is_report = match message.header(HeaderName::ContentType) {
        Some(HeaderValue::ContentType(kind)) => {
            kind.ctype().eq_ignore_ascii_case("multipart")
                && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
        }
        _ => false,
    };
    is_submitted || is_bulk || is_named || has_no_sender || is_report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(headers: &str, rest: &str) -> Incoming {
        let inbound = InboundMail::parse("reply@portal.example", 48).unwrap();
        let mail = format!("From: Carol Meyer <Carol@Acme.test>\r\n{headers}\r\n{rest}");
        read(mail.as_bytes(), &inbound).unwrap()
    }

    const TEXT: &str =
        "Content-Type: text/plain; charset=utf-8\r\n\r\nNine.\r\n\r\nOn 1 May, Studio wrote:\r\n> When?\r\n";

    #[test]
    fn an_answer_is_whose_it_is_and_what_they_wrote() {
        let mail = incoming("To: Studio <reply+0a1b@Portal.example>\r\nMessage-ID: <1@acme.test>", TEXT);
        assert_eq!((mail.from.as_str(), mail.token.as_deref()), ("carol@acme.test", Some("0a1b")));
        assert_eq!((mail.id.as_deref(), mail.words.as_str()), (Some("1@acme.test"), "Nine."));
        assert!(!mail.is_automatic && mail.attachments.is_empty() && !mail.has_more);
        let copied = incoming("To: x@y.test\r\nCc: a@b.test, reply+0a1b@portal.example", TEXT);
        assert_eq!(copied.token.as_deref(), Some("0a1b"));
        let delivered = incoming("To: x@y.test\r\nDelivered-To: <reply+0a1b@portal.example>", TEXT);
        assert_eq!(delivered.token.as_deref(), Some("0a1b"));
        assert_eq!(incoming("To: reply@portal.example", TEXT).token, None);
    }

    #[test]
    fn markup_is_read_as_words() {
        let html =
            "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Nine, <b>not</b> ten.</p><script>x</script>";
        let words = incoming("To: x@y.test", html).words;
        assert!(words.contains("Nine") && words.contains("ten.") && !words.contains('<'), "{words}");
    }

    #[test]
    fn what_is_attached_comes_with_its_name() {
        let parts = "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\nHere.\r\n\
            --X\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"hours.csv\"\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nYSxi\r\n--X--\r\n";
        let mail = incoming("To: x@y.test", parts);
        assert_eq!(mail.words, "Here.");
        assert_eq!(mail.attachments, [("hours.csv".to_owned(), Bytes::from_static(b"a,b"))]);
    }

    #[test]
    fn what_no_person_sent_is_told_apart() {
        for header in [
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "Precedence: List",
            "X-Autoreply: yes",
            "List-Id: <news.acme.test>",
            "Return-Path: <>",
        ] {
            assert!(incoming(header, TEXT).is_automatic, "{header}");
        }
        let report =
            "Content-Type: multipart/report; boundary=X\r\n\r\n--X\r\n\r\nNo such person.\r\n--X--\r\n";
        assert!(incoming("To: x@y.test", report).is_automatic);
        for header in ["Auto-Submitted: no", "Return-Path: <carol@acme.test>", "Precedence: first-class"] {
            assert!(!incoming(header, TEXT).is_automatic, "{header}");
        }
    }

    #[test]
    fn nonsense_is_read_without_harm() {
        let inbound = InboundMail::parse("reply@portal.example", 48).unwrap();
        for nonsense in [
            &b""[..],
            b"\0\0\0",
            b"From",
            b"\r\n\r\n",
            b"Content-Type: multipart/mixed; boundary=\"\r\n\r\n--",
        ] {
            let _ = read(nonsense, &inbound);
        }
        let nested = "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n".repeat(2_000);
        let _ = read(nested.as_bytes(), &inbound);
    }
}
