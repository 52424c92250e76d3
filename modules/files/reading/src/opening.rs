use crate::charset;

/// What the first bytes of a file say without anybody trusting its name.
pub struct Opening<'a> {
    bytes: &'a [u8],
    text: Option<String>,
}

/// More of a file than this is not looked at to decide what it is.
const LOOKED_AT: usize = 8 * 1024;

/// Fields that programs write into every mail, and few texts begin with two of.
const MAIL_FIELDS: [&str; 9] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Received",
    "Message-ID",
    "MIME-Version",
    "Return-Path",
    "Delivered-To",
];

impl<'a> Opening<'a> {
    pub fn of(first_bytes: &'a [u8]) -> Self {
        let bytes = &first_bytes[..first_bytes.len().min(LOOKED_AT)];
        let text = charset::decode(bytes, None);
        Self { bytes, text: is_prose(&text).then(|| text.into_owned()) }
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The decoded beginning, when the file holds text at all.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// PDF readers accept rubbish before the header, as long as it is in the first kibibyte.
    pub fn is_pdf(&self) -> bool {
        let head = &self.bytes[..self.bytes.len().min(1024)];
        head.windows(5).any(|five| five == b"%PDF-")
    }

    pub fn is_rtf(&self) -> bool {
        self.bytes.starts_with(b"{\\rtf")
    }

    /// Text whose first block is the heading of a mail (RFC 5322, section 3.6): an unknown field
    /// may come first, two known ones must be there.
    pub fn is_mail(&self) -> bool {
        let Some(text) = self.text() else { return false };
        let heading = text.lines().take_while(|line| !line.is_empty());
        let mut known = 0;
        for (number, line) in heading.enumerate() {
            // A long field goes on in the next line.
            if number > 0 && line.starts_with([' ', '\t']) {
                continue;
            }
            let Some((field, _)) = line.split_once(':') else { return false };
            if field.is_empty() || !field.bytes().all(|byte| byte.is_ascii_graphic()) {
                return false;
            }
            known += usize::from(MAIL_FIELDS.iter().any(|name| name.eq_ignore_ascii_case(field)));
        }
        known >= 2
    }

    pub fn is_zip(&self) -> bool {
        self.bytes.starts_with(b"PK\x03\x04")
    }

    /// What the entries of an archive are called that begin in what was looked at. Whoever wants to
    /// deceive can: this chooses a reader, which looks for itself.
    pub fn entry_names(&self) -> impl Iterator<Item = &'a [u8]> {
        let bytes = self.bytes;
        let headers = bytes.windows(4).enumerate().filter(|(_, four)| four == b"PK\x03\x04");
        headers.filter_map(|(at, _)| {
            let length = u16::from_le_bytes(bytes.get(at + 26..at + 28)?.try_into().ok()?);
            bytes.get(at + 30..at + 30 + usize::from(length))
        })
    }

    /// What an OpenDocument file says it is, uncompressed in its first entry (OpenDocument 1.3
    /// part 2, section 3.3).
    pub fn is_opendocument(&self, of: &str) -> bool {
        let declared = format!("mimetypeapplication/vnd.oasis.opendocument.{of}");
        self.bytes.get(30..).is_some_and(|entry| entry.starts_with(declared.as_bytes()))
    }

    /// The container of Office before 2007, and of Office documents with a password.
    pub fn is_compound_file(&self) -> bool {
        self.bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    }

    /// The name of the first element, in lower case, when the file begins as markup: XML
    /// declaration, comments and document type are passed over. `!doctype html` counts as `html`.
    pub fn root_element(&self) -> Option<String> {
        let mut rest = self.text()?.trim_start();
        loop {
            let end = match rest {
                markup if markup.starts_with("<?") => markup.find("?>")? + 2,
                markup if markup.starts_with("<!--") => markup.find("-->")? + 3,
                markup if starts_with_ignoring_case(markup, "<!doctype html") => {
                    return Some("html".to_owned());
                }
                markup if markup.starts_with("<!") => markup.find('>')? + 1,
                markup => return element_name(markup.strip_prefix('<')?),
            };
            rest = rest[end..].trim_start();
        }
    }

    pub fn is_xml(&self) -> bool {
        self.text().is_some_and(|text| text.trim_start().starts_with("<?xml"))
    }
}

fn element_name(after_bracket: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, ':' | '-' | '_');
    let name: String = after_bracket.chars().take_while(|&letter| is_part(letter)).collect();
    name.starts_with(char::is_alphabetic).then(|| name.to_lowercase())
}

fn starts_with_ignoring_case(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

/// Text has no control characters but white space (and the escape of coloured logs).
fn is_prose(text: &str) -> bool {
    let is_binary = |letter: char| {
        letter == char::REPLACEMENT_CHARACTER
            || letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}')
    };
    // A letter cut in two at the end of what was looked at must not make a text binary.
    let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
    !text.chars().any(is_binary)
}
