//! A mail that came in, as far as an answer needs it: whose address it came to, from whom, what they wrote themselves,
//! and what is attached. Whatever no person sent is told apart, so that two programs never answer each other
//! (RFC 3834).

use bytes::Bytes;
use portico_kernel::{InboundMail, MailParts};

use crate::own_words::own_words;

/// Bytes of a mail in which its addresses are looked for as letters.
const LETTERS: usize = 64 * 1024;

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

pub fn read(mail: MailParts, inbound: &InboundMail) -> Incoming {
    Incoming {
        from: mail.from.trim().to_lowercase(),
        token: token(&mail, inbound),
        is_automatic: is_automatic(&mail),
        words: own_words(&mail.text),
        has_more: mail.attached > mail.files.len(),
        id: mail.id,
        attachments: mail.files,
    }
}

/// To whom it was sent, or delivered where the address stands in a copy nobody sees.
fn token(mail: &MailParts, inbound: &InboundMail) -> Option<String> {
    mail.to.iter().find_map(|address| inbound.token_in(address)).or_else(|| {
        ["Delivered-To", "X-Original-To", "Envelope-To"].into_iter().find_map(|name| {
            let delivered = header(mail, name)?;
            inbound.token_in(delivered.trim().trim_start_matches('<').trim_end_matches('>'))
        })
    })
}

/// Of a mail that could not be taken apart: its beginning holds the addresses, in letters that need no parser.
pub fn token_in_letters(mail: &[u8], inbound: &InboundMail) -> Option<String> {
    let beginning = String::from_utf8_lossy(&mail[..mail.len().min(LETTERS)]);
    let mut words = beginning.split(|letter: char| letter.is_whitespace() || "<>,;:\"".contains(letter));
    words.find_map(|word| inbound.token_in(word))
}

fn header<'a>(mail: &'a MailParts, name: &str) -> Option<&'a str> {
    let mut all = mail.headers.iter();
    all.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn is_automatic(mail: &MailParts) -> bool {
    let says = |name: &str| header(mail, name).unwrap_or_default().to_lowercase();
    let submitted = says("Auto-Submitted");
    let is_submitted = !submitted.is_empty() && !submitted.starts_with("no");
    let is_bulk = ["bulk", "junk", "list", "auto_reply"].contains(&says("Precedence").as_str());
    let names =
        ["X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "List-Id", "List-Post", "List-Unsubscribe"];
    let is_named = names.into_iter().any(|name| header(mail, name).is_some());
    let has_no_sender =
        header(mail, "Return-Path").is_some_and(|path| path.replace(['<', '>'], "").trim().is_empty());
    is_submitted || is_bulk || is_named || has_no_sender || mail.is_report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbound() -> InboundMail {
        InboundMail::parse("reply@portal.example", 48).unwrap()
    }

    fn mail(to: &[&str], headers: &[(&str, &str)]) -> MailParts {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        MailParts {
            from: " Carol@Acme.test".to_owned(),
            to: to.iter().map(|address| address.to_string()).collect(),
            id: Some("1@acme.test".to_owned()),
            headers: headers.collect(),
            text: "Nine.\r\n\r\nOn 1 May, Studio wrote:\r\n> When?\r\n".to_owned(),
            ..MailParts::default()
        }
    }

    fn token_of(to: &[&str], headers: &[(&str, &str)]) -> Option<String> {
        read(mail(to, headers), &inbound()).token
    }

    #[test]
    fn an_answer_is_whose_it_is_and_what_they_wrote() {
        let answer = read(mail(&["reply+0a1b@Portal.example"], &[]), &inbound());
        assert_eq!((answer.from.as_str(), answer.token.as_deref()), ("carol@acme.test", Some("0a1b")));
        assert_eq!((answer.id.as_deref(), answer.words.as_str()), (Some("1@acme.test"), "Nine."));
        assert!(!answer.is_automatic && answer.attachments.is_empty() && !answer.has_more);
        assert_eq!(token_of(&["x@y.test", "reply+0a1b@portal.example"], &[]).as_deref(), Some("0a1b"));
        let delivered = [("delivered-to", "<reply+0a1b@portal.example>")];
        assert_eq!(token_of(&["x@y.test"], &delivered).as_deref(), Some("0a1b"));
        assert_eq!(token_of(&["reply@portal.example"], &[]), None);
    }

    #[test]
    fn files_that_were_left_out_are_told_of() {
        let files = vec![("hours.csv".to_owned(), Bytes::from_static(b"a,b"))];
        let whole = read(MailParts { files: files.clone(), attached: 1, ..mail(&[], &[]) }, &inbound());
        assert!(!whole.has_more);
        assert_eq!(whole.attachments, files);
        assert!(read(MailParts { files, attached: 2, ..mail(&[], &[]) }, &inbound()).has_more);
    }

    #[test]
    fn an_address_of_ours_is_found_in_letters() {
        let found = |mail: &[u8]| token_in_letters(mail, &inbound());
        for mail in [
            "From: a@b.test\r\nTo: Studio <reply+0a1b@portal.example>\r\n\r\n",
            "To:reply+0a1b@portal.example",
            "To: a@b.test,\"reply+0A1B@Portal.example\"",
        ] {
            assert_eq!(found(mail.as_bytes()).as_deref(), Some("0a1b"), "{mail}");
        }
        let late = format!("{}reply+0a1b@portal.example", " ".repeat(LETTERS));
        for mail in ["", "\0", "reply@portal.example", late.as_str()] {
            assert_eq!(found(mail.as_bytes()), None);
        }
        assert_eq!(found(b"\xff\xfe"), None);
    }

    #[test]
    fn what_no_person_sent_is_told_apart() {
        let is_automatic = |name, value| read(mail(&[], &[(name, value)]), &inbound()).is_automatic;
        for (name, value) in [
            ("Auto-Submitted", "auto-replied"),
            ("Precedence", "bulk"),
            ("precedence", "List"),
            ("X-Autoreply", "yes"),
            ("List-Id", "<news.acme.test>"),
            ("Return-Path", "<>"),
        ] {
            assert!(is_automatic(name, value), "{name}: {value}");
        }
        assert!(read(MailParts { is_report: true, ..mail(&[], &[]) }, &inbound()).is_automatic);
        for (name, value) in
            [("Auto-Submitted", "no"), ("Return-Path", "<carol@acme.test>"), ("Precedence", "first-class")]
        {
            assert!(!is_automatic(name, value), "{name}: {value}");
        }
    }
}
