//! A mail in its parts, for whoever makes more of it than words to search. Like the formats, this runs in the confined
//! child only.

use std::collections::HashSet;

use mail_parser::{
    Encoding, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::{Limits, Unreadable, formats};

/// Of addresses, and of headers with different names.
const MOST_LISTED: usize = 1_000;
/// Of one header, in characters.
const LONGEST_HEADER: usize = 1_000;

/// A mail that was taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub head: MailHead,
    /// Names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What the child says about a mail before the bytes of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailHead {
    /// The address of the first whom it says it is from.
    pub from: String,
    /// Addresses to which it was sent openly.
    pub to: Vec<String>,
    pub id: Option<String>,
    /// The first of each name, as it stands there.
    pub headers: Vec<(String, String)>,
    /// On how another mail was delivered.
    pub is_report: bool,
    /// Its body as words, whatever it was written as.
    pub text: String,
    /// Files, those included that were not asked for.
    pub attached: usize,
}

/// With the names and lengths of files.
type Heading = (MailHead, Vec<(String, usize)>);

pub fn take_apart(document: Document, most_files: usize, limits: &Limits) -> Result<Mail, Unreadable> {
    let source = formats::mail_source(document, limits)?;
    let longest_text = usize::try_from(limits.text_bytes).unwrap_or(usize::MAX);
    parts_of(&source, most_files, longest_text).ok_or(Unreadable::Damaged)
}

fn parts_of(source: &[u8], most_files: usize, longest_text: usize) -> Option<Mail> {
    let message = MessageParser::default().parse(source)?;
    let from = message.from().and_then(|from| from.first()).and_then(|first| first.address.as_deref());
    let sent_to = [message.to(), message.cc()].into_iter().flatten();
    let addresses = sent_to.flat_map(|list| list.iter()).filter_map(|one| one.address.as_deref());
    let mut text = message.body_text(0).map(|text| text.into_owned()).unwrap_or_default();
    text.truncate(text.floor_char_boundary(longest_text));
    let head = MailHead {
        from: from.unwrap_or_default().to_owned(),
        to: addresses.take(MOST_LISTED).map(str::to_owned).collect(),
        id: message.message_id().map(str::to_owned),
        headers: headers(&message),
        is_report: is_report(&message),
        text,
        attached: message.attachment_count(),
    };
    let files = message.attachments().take(most_files).map(|part| {
        let name = part.attachment_name().unwrap_or_default().to_owned();
        (name, contents(part, source).to_vec())
    });
    let files = files.collect();
    Some(Mail { head, files })
}

/// A mail within says of itself that it is the whole, unless it was encoded.
fn contents<'a>(part: &'a MessagePart<'_>, source: &'a [u8]) -> &'a [u8] {
    match (&part.body, &part.encoding) {
        (PartType::Message(_), Encoding::None) => {
            source.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default()
        }
        _ => part.contents(),
    }
}

fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    let mut seen = HashSet::new();
    let first = message.headers_raw().filter(|(name, _)| seen.insert(name.to_ascii_lowercase()));
    first.take(MOST_LISTED).map(|(name, value)| (cut(name), cut(value.trim()))).collect()
}

fn cut(words: &str) -> String {
    words.chars().take(LONGEST_HEADER).collect()
}

/// RFC 6522.
fn is_report(message: &Message<'_>) -> bool {
    match message.header(HeaderName::ContentType) {
        Some(HeaderValue::ContentType(kind)) => {
            kind.ctype().eq_ignore_ascii_case("multipart")
                && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
        }
        _ => false,
    }
}

impl Mail {
    /// As the child says it: a line about the mail, then its files, one behind the other.
    pub(crate) fn said(answer: &Result<Self, Unreadable>) -> Result<Vec<u8>, serde_json::Error> {
        let heading = answer.as_ref().map(Self::heading).map_err(|unreadable| *unreadable);
        let mut said = serde_json::to_vec(&heading)?;
        said.push(b'\n');
        for (_, bytes) in answer.iter().flat_map(|mail| &mail.files) {
            said.extend_from_slice(bytes);
        }
        Ok(said)
    }

    fn heading(&self) -> (&MailHead, Vec<(&str, usize)>) {
        let files = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.len()));
        (&self.head, files.collect())
    }

    /// `None` for what is no such answer.
    pub(crate) fn heard(said: &[u8], most_files: usize) -> Option<Result<Self, Unreadable>> {
        let end = said.iter().position(|byte| *byte == b'\n')?;
        let heading: Result<Heading, Unreadable> = serde_json::from_slice(&said[..end]).ok()?;
        let (head, announced) = match heading {
            Ok(heading) => heading,
            Err(unreadable) => return Some(Err(unreadable)),
        };
        if announced.len() > most_files {
            return None;
        }
        let mut rest = &said[end + 1..];
        let mut files = Vec::new();
        for (name, length) in announced {
            let (bytes, behind) = rest.split_at_checked(length)?;
            files.push((name, bytes.to_vec()));
            rest = behind;
        }
        rest.is_empty().then_some(Ok(Self { head, files }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(mail: &str) -> Mail {
        take_apart(Document::attachment(mail.as_bytes()), 2, &Limits::default()).unwrap()
    }

    const PARTS: &str = "From: Carol Meyer <Carol@Acme.test>\r\nTo: a@b.test, Studio <c@d.test>\r\nCc: e@f.test\r\n\
        Message-ID: <1@acme.test>\r\nDelivered-To: <g@h.test>\r\ndelivered-to: <i@j.test>\r\n\
        Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
        <p>Here, <b>you</b>.</p><script>x</script>\r\n\
        --X\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"hours.csv\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nYSxi\r\n\
        --X\r\nContent-Disposition: attachment; filename=\"../2\"\r\n\r\ntwo\r\n\
        --X\r\nContent-Disposition: attachment; filename=\"3\"\r\n\r\nthree\r\n--X--\r\n";

    #[test]
    fn a_mail_is_taken_apart() {
        let Mail { head, files } = taken(PARTS);
        assert_eq!((head.from.as_str(), head.id.as_deref()), ("Carol@Acme.test", Some("1@acme.test")));
        assert_eq!(head.to, ["a@b.test", "c@d.test", "e@f.test"]);
        let delivered: Vec<&str> = head
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("delivered-to"))
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(delivered, ["<g@h.test>"]);
        assert!(head.text.contains("Here") && !head.text.contains('<'), "{}", head.text);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, head.attached), (vec!["hours.csv", "../2"], 3));
        assert_eq!(files[0].1, b"a,b");
        assert!(!head.is_report);
    }

    #[test]
    fn a_mail_within_is_no_more_than_itself() {
        let within = "From: a@b.test\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nHere.\r\n\
            --X\r\nContent-Type: message/rfc822\r\n\r\nFrom: c@d.test\r\n\r\nWithin.\r\n--X--\r\n";
        let Mail { head, files } = taken(within);
        assert_eq!((head.attached, files.len()), (1, 1));
        let mail = String::from_utf8_lossy(&files[0].1);
        assert!(mail.starts_with("From: c@d.test") && mail.contains("Within."), "{mail}");
        assert!(!mail.contains("Here."), "{mail}");
    }

    #[test]
    fn a_report_is_told_apart() {
        let report = "From: a@b.test\r\nContent-Type: multipart/report; boundary=X\r\n\r\n--X\r\n\r\nNobody.\r\n--X--\r\n";
        assert!(taken(report).head.is_report);
    }

    #[test]
    fn what_the_child_says_is_heard_and_nothing_else() {
        let mail = taken(PARTS);
        let said = Mail::said(&Ok(mail.clone())).unwrap();
        assert_eq!(Mail::heard(&said, 2), Some(Ok(mail)));
        assert_eq!(Mail::heard(&said, 1), None, "more files than were asked for");
        assert_eq!(Mail::heard(&said[..said.len() - 1], 2), None, "a file that ends early");
        assert_eq!(Mail::heard(&[&said[..], b"x"].concat(), 2), None, "bytes of no file");
        assert_eq!(Mail::heard(b"{}\n", 2), None);
        assert_eq!(Mail::heard(b"", 2), None);
        let refused = Mail::said(&Err(Unreadable::TooLarge)).unwrap();
        assert_eq!(Mail::heard(&refused, 2), Some(Err(Unreadable::TooLarge)));
    }

    #[test]
    fn nonsense_is_taken_apart_without_harm() {
        let nested = "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n".repeat(2_000);
        let open = "Content-Type: multipart/mixed; boundary=\"\r\n\r\n--";
        for nonsense in ["", "\0\0\0", "From", "\r\n\r\n", open, nested.as_str()] {
            let _ = take_apart(Document::attachment(nonsense.as_bytes()), 2, &Limits::default());
        }
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        let text = "é".repeat(100);
        let mail = format!("From: a@b.test\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        let limits = Limits { text_bytes: 11, ..Limits::default() };
        let taken = take_apart(Document::attachment(mail.as_bytes()), 2, &limits).unwrap();
        assert_eq!(taken.head.text, "é".repeat(5));
    }
}
