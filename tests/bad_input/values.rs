//! What nobody sends by accident.

/// Stands in all hostile markup: as an element or an attribute of any page it would be markup of ours.
pub const CANARY: &str = "portico-canary";

#[derive(Clone)]
pub struct Bad {
    pub what: &'static str,
    /// Not always text.
    pub bytes: Vec<u8>,
}

impl Bad {
    fn new(what: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { what, bytes: bytes.into() }
    }

    pub fn holds_markup(&self) -> bool {
        self.bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes())
    }
}

/// In place of whatever a field asks for.
pub fn of_every_kind() -> Vec<Bad> {
    vec![
        Bad::new("nothing", ""),
        Bad::new("spaces", "   "),
        Bad::new("100,000 characters", "x".repeat(100_000)),
        Bad::new("a script", format!("<script>{CANARY}()</script><{CANARY}>")),
        Bad::new("a picture", format!("'\"><img src=x onerror={CANARY}()><{CANARY} {CANARY}>")),
        Bad::new("an attribute", format!("x\" onfocus=\"{CANARY}()\" {CANARY}=\"' {CANARY}='")),
        Bad::new("the end of a text area", format!("</textarea></title><{CANARY}>&lt;{CANARY}&gt;")),
        Bad::new("a link", format!("[{CANARY}](javascript:{CANARY}()) ![{CANARY}](https://{CANARY}.test/a.png)")),
        Bad::new("an address of a script", format!("javascript:{CANARY}()")),
        Bad::new("bytes that are no UTF-8", b"a\xed\xa0\x80b\xff".as_slice()),
        Bad::new("SQL", "'; DROP TABLE people; --"),
        Bad::new("a huge number", "99999999999999999999999999999999"),
        Bad::new("a number just beyond 64 bits", "9223372036854775808"),
        Bad::new("a negative number", "-1"),
        Bad::new("a number with letters", "12abc"),
        Bad::new("no number", "NaN"),
        Bad::new("a day that does not exist", "2026-02-30"),
        Bad::new("a path", "../../etc/passwd"),
        Bad::new("nobody's id", "01900000000070008000000000000abc"),
    ]
    .into_iter()
    .chain(no_names())
    .collect()
}

/// What no name may be, of whatever thing.
pub fn no_names() -> Vec<Bad> {
    vec![
        Bad::new("300 characters", "n".repeat(300)),
        Bad::new("NUL", "a\0b"),
        Bad::new("control characters", "a\u{1b}[31mb\u{7}\u{85}c"),
        Bad::new("a right-to-left override", "invoice\u{202e}fdp.exe"),
    ]
}

/// Real ids, of other kinds and of others.
pub fn ids(found: &[(&'static str, String)]) -> impl Iterator<Item = Bad> {
    found.iter().map(|(what, id)| Bad::new(what, id.as_str()))
}
