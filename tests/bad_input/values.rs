//! What nobody sends by accident.

use crate::world::Entry;

/// Stands in all hostile markup: as an element or an attribute of any page it would be markup of ours.
pub const CANARY: &str = "portico-canary";

#[derive(Clone)]
pub struct Bad {
    pub what: &'static str,
    /// Not always text.
    pub bytes: Vec<u8>,
    /// Makes sense where words, numbers and days are typed.
    of_typing: bool,
}

impl Bad {
    fn new(what: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { what, bytes: bytes.into(), of_typing: false }
    }

    fn typed(what: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { of_typing: true, ..Self::new(what, bytes) }
    }

    pub fn is_for(&self, entry: Entry) -> bool {
        entry == Entry::Typed || !self.of_typing
    }

    pub fn holds_markup(&self) -> bool {
        self.bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes())
    }
}

/// In place of whatever a field asks for.
pub fn of_every_kind() -> Vec<Bad> {
    let link = format!("[{CANARY}](javascript:{CANARY}()) ![{CANARY}](https://{CANARY}.test/a.png)");
    vec![
        Bad::new("nothing", ""),
        Bad::new("a picture", format!("'\"><img src=x onerror={CANARY}()><{CANARY} {CANARY}>")),
        Bad::new("100,000 characters", "x".repeat(100_000)),
        Bad::new("bytes that are no UTF-8", b"a\xed\xa0\x80b\xff".as_slice()),
        Bad::new("NUL", "a\0b"),
        Bad::new("nobody's id", "01900000000070008000000000000abc"),
        Bad::new("a negative number", "-1"),
        Bad::typed("a script", format!("<script>{CANARY}()</script><{CANARY}>")),
        Bad::typed("an attribute", format!("x\" onfocus=\"{CANARY}()\" {CANARY}=\"' {CANARY}='")),
        Bad::typed("the end of a text area", format!("</textarea></title><{CANARY}>&lt;{CANARY}&gt;")),
        Bad::typed("a link", link),
        Bad::typed("an address of a script", format!("javascript:{CANARY}()")),
        Bad::typed("spaces", "   "),
        Bad::typed("SQL", "'; DROP TABLE people; --"),
        Bad::typed("a huge number", "99999999999999999999999999999999"),
        Bad::typed("a number just beyond 64 bits", "9223372036854775808"),
        Bad::typed("a number with letters", "12abc"),
        Bad::typed("no number", "NaN"),
        Bad::typed("a day that does not exist", "2026-02-30"),
        Bad::typed("a path", "../../etc/passwd"),
    ]
    .into_iter()
    .chain(no_names())
    .collect()
}

/// What no name may be, of whatever thing.
pub fn no_names() -> Vec<Bad> {
    vec![
        Bad::typed("300 characters", "n".repeat(300)),
        Bad::typed("NUL in a name", "a\0b"),
        Bad::typed("control characters", "a\u{1b}[31mb\u{7}\u{85}c"),
        Bad::typed("a right-to-left override", "invoice\u{202e}fdp.exe"),
    ]
}

/// Real ids, of other kinds and of others.
pub fn ids(found: &[(&'static str, String)]) -> impl Iterator<Item = Bad> {
    found.iter().map(|(what, id)| Bad::new(what, id.as_str()))
}
