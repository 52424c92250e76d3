mod fonts;
mod token;

use std::io::Read;

use encoding_rs::Encoding;

use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable};
use fonts::Fonts;
use token::{Token, Tokens};

/// Groups that hold no text for people (RTF 1.9.1, "Destinations"), or repeat what another holds.
const NOT_TEXT: [&str; 13] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "fldinst",
    "listtable",
    "revtbl",
    "xe",
    "tc",
    "sn",
    "sv",
    "shprslt",
];
/// A group that begins with `\*` is left out, as the specification asks of readers, unless it is
/// one of these: drawings with words in them, and remarks.
const OPTIONAL_TEXT: [&str; 2] = ["shpinst", "annotation"];

/// Rich text is a stream of groups, control words and letters, which no kept library reads in any
/// encoding but UTF-8. Formatting is not looked at: what is left is a list of groups that are
/// open, on the heap, so that depth costs a few bytes.
pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut bytes = Vec::new();
    let most = limits.inflated_bytes;
    document.take(most + 1).read_to_end(&mut bytes).map_err(super::failure)?;
    if bytes.len() as u64 > most {
        return Err(Unreadable::TooLarge);
    }
    if !bytes.starts_with(b"{\\rtf") {
        return Err(Unreadable::Damaged);
    }
    let mut words = Words::with_room(limits.text_bytes);
    for token in Tokens::of(&bytes) {
        if words.gathered.is_truncated() {
            break;
        }
        words.take(token);
    }
    words.end_run();
    Ok(words.gathered.into_reading())
}

/// What a group inherits from the one around it.
#[derive(Clone, Copy)]
struct Group {
    is_text: bool,
    /// In the table of fonts, where each declares its character set.
    in_fonts: bool,
    /// Nothing but `\*` has come yet.
    is_optional: bool,
    /// Characters in an older encoding that follow each `\u` for older readers.
    substitutes: usize,
    encoding: &'static Encoding,
}

struct Words {
    gathered: Gathered,
    fonts: Fonts,
    open: Vec<Group>,
    here: Group,
    /// Bytes of one encoding that may belong together, two to a letter in some.
    run: Vec<u8>,
    /// Half of a letter outside of the first plane.
    surrogate: Option<u16>,
    /// Substitutes still to be passed over.
    passed_over: usize,
}

impl Words {
    fn with_room(bytes: u64) -> Self {
        let here = Group {
            is_text: true,
            in_fonts: false,
            is_optional: false,
            substitutes: 1,
            encoding: encoding_rs::WINDOWS_1252,
        };
        Self {
            gathered: Gathered::with_room(bytes),
            fonts: Fonts::default(),
            open: Vec::new(),
            here,
            run: Vec::new(),
            surrogate: None,
            passed_over: 0,
        }
    }

    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.end_run();
                self.passed_over = 0;
                self.open.push(self.here);
            }
            Token::Close => {
                self.end_run();
                self.passed_over = 0;
                self.here = self.open.pop().unwrap_or(self.here);
            }
            Token::Optional => self.here.is_optional = true,
            Token::Byte(_) if self.passed_over > 0 => self.passed_over -= 1,
            Token::Byte(byte) if self.here.is_text => self.run.push(byte),
            Token::Byte(_) => {}
            Token::Word(name, number) => self.obey(name, number),
        }
    }

    fn obey(&mut self, name: &str, number: Option<i32>) {
        let is_optional = std::mem::take(&mut self.here.is_optional);
        if NOT_TEXT.contains(&name) || is_optional && !OPTIONAL_TEXT.contains(&name) {
            self.end_run();
            self.here.is_text = false;
            self.here.in_fonts = name == "fonttbl";
        }
        match (name, number) {
            ("u", Some(unit)) => self.push_unit(unit),
            ("uc", Some(count)) => self.here.substitutes = usize::try_from(count).unwrap_or(1),
            ("ansicpg", Some(page)) => self.set_encoding(fonts::of_code_page(page)),
            ("mac", _) => self.set_encoding(Some(encoding_rs::MACINTOSH)),
            ("f", Some(font)) if self.here.in_fonts => self.fonts.declare(font),
            ("fcharset", Some(set)) if self.here.in_fonts => self.fonts.describe(set),
            ("f", Some(font)) => self.set_encoding(self.fonts.encoding_of(font)),
            ("par" | "line" | "row" | "sect" | "page" | "column", _) => self.end(Gathered::end_line),
            ("tab" | "cell" | "nestcell" | "emspace" | "enspace" | "~", _) => self.end(Gathered::end_word),
            _ => self.push_symbol(name),
        }
    }

    fn push_symbol(&mut self, name: &str) {
        let symbol = match name {
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "_" => "-",
            _ => return,
        };
        self.push(symbol);
    }

    /// One unit of UTF-16, written as a signed number.
    fn push_unit(&mut self, unit: i32) {
        self.passed_over = self.here.substitutes;
        let unit = (unit & 0xffff) as u16;
        let pair = [self.surrogate.take().unwrap_or(unit), unit];
        let units = if pair[0] == unit { &pair[1..] } else { &pair[..] };
        match char::decode_utf16(units.iter().copied()).next() {
            Some(Ok(letter)) => self.push(letter.encode_utf8(&mut [0; 4])),
            _ => self.surrogate = Some(unit),
        }
    }

    fn push(&mut self, words: &str) {
        self.end_run();
        if self.here.is_text {
            self.gathered.push(words);
        }
    }

    fn end(&mut self, gap: impl Fn(&mut Gathered)) {
        self.end_run();
        if self.here.is_text {
            gap(&mut self.gathered);
        }
    }

    fn set_encoding(&mut self, encoding: Option<&'static Encoding>) {
        self.end_run();
        self.here.encoding = encoding.unwrap_or(self.here.encoding);
    }

    fn end_run(&mut self) {
        if !self.run.is_empty() {
            let (text, _) = self.here.encoding.decode_without_bom_handling(&self.run);
            self.gathered.push(&text);
            self.run.clear();
        }
    }
}
