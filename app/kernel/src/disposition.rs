//! `Content-Disposition`: under which name a browser shows or keeps a file (RFC 6266).

use std::fmt::Write;

use poem::http::HeaderValue;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disposition {
    /// In place, where it can be shown.
    Inline,
    /// Into the folder of downloads.
    Attachment,
}

impl Disposition {
    /// With the name twice where it is not plain: once with `_` for what old programs cannot
    /// read, once in full (RFC 8187).
    pub fn header(self, name: &str) -> HeaderValue {
        let kind = match self {
            Self::Inline => "inline",
            Self::Attachment => "attachment",
        };
        let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
        let mut header = format!("{kind}; filename=\"{plain}\"");
        if plain != name {
            header.push_str("; filename*=UTF-8''");
            header.push_str(&encoded(name));
        }
        HeaderValue::try_from(header).expect("plain characters and percent signs are a header's own")
    }
}

/// What needs no escape inside quotes. A percent sign is left out because some browsers decode it
/// there.
fn is_plain(letter: char) -> bool {
    (letter.is_ascii_graphic() || letter == ' ') && !matches!(letter, '"' | '\\' | '%')
}

fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        // attr-char of RFC 8187, section 3.2.1.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a String takes every write");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(name: &str) -> String {
        Disposition::Attachment.header(name).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_plain_name_stands_in_quotes() {
        assert_eq!(attachment("Plan (2).pdf"), "attachment; filename=\"Plan (2).pdf\"");
        let inline = Disposition::Inline.header("a.png");
        assert_eq!(inline, "inline; filename=\"a.png\"");
    }

    #[test]
    fn any_other_name_is_there_twice() {
        // "€ rates" is the example of RFC 6266, section 5, and RFC 8187, section 3.2.3.
        assert_eq!(
            attachment("€ rates"),
            "attachment; filename=\"_ rates\"; filename*=UTF-8''%E2%82%AC%20rates"
        );
        assert_eq!(
            attachment("say \"hi\".txt"),
            "attachment; filename=\"say _hi_.txt\"; filename*=UTF-8''say%20%22hi%22.txt"
        );
        assert_eq!(attachment("100%.txt"), "attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt");
    }

    #[test]
    fn no_name_breaks_out_of_the_header() {
        let header = attachment("a\r\nSet-Cookie: x=1\".txt; filename=b");
        assert!(!header.contains(['\r', '\n']), "{header}");
        assert!(
            header.starts_with("attachment; filename=\"a__Set-Cookie: x=1_.txt; filename=b\";"),
            "{header}"
        );
    }
}
