/// What rich text consists of (RTF 1.9.1, "Basic Entities").
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Open,
    Close,
    /// `\*`: the group may be left out by whoever does not know what follows.
    Optional,
    /// A control word or symbol without its backslash, and the number behind it.
    Word(&'a str, Option<i32>),
    /// Of a letter, in the encoding that is in force.
    Byte(u8),
}

pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn while_it_is(&mut self, is_part: impl Fn(&u8) -> bool) -> &'a str {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        self.at += length;
        // Only ever asked for ASCII.
        std::str::from_utf8(&rest[..length]).unwrap_or_default()
    }

    /// Behind a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if first.is_ascii_alphabetic() {
            return Some(self.control_word());
        }
        self.at += 1;
        Some(match first {
            b'\'' => return self.hexadecimal(),
            b'{' | b'}' | b'\\' => Token::Byte(first),
            b'*' => Token::Optional,
            b'\r' | b'\n' => Token::Word("par", None),
            b'~' => Token::Word("~", None),
            b'_' => Token::Word("_", None),
            _ => Token::Word("", None),
        })
    }

    fn control_word(&mut self) -> Token<'a> {
        let name = self.while_it_is(u8::is_ascii_alphabetic);
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let digits = self.while_it_is(u8::is_ascii_digit);
        if digits.is_empty() {
            self.at = start;
        }
        let number = std::str::from_utf8(&self.bytes[start..self.at]).ok().and_then(|text| text.parse().ok());
        // One space ends the word and is no part of the text.
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if let ("bin", Some(length)) = (name, number) {
            self.at = self.at.saturating_add(usize::try_from(length).unwrap_or(0)).min(self.bytes.len());
        }
        Token::Word(name, number)
    }

    fn hexadecimal(&mut self) -> Option<Token<'a>> {
        let pair = self.bytes.get(self.at..self.at + 2)?;
        let byte = std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        if byte.is_some() {
            self.at += 2;
        }
        Some(byte.map_or(Token::Word("", None), Token::Byte))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                // Lines are broken anywhere, even within words.
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Token::{Byte, Close, Open, Optional, Word};
    use super::*;

    #[test]
    fn words_symbols_and_letters_are_told_apart() {
        let tokens: Vec<Token<'_>> = Tokens::of(b"{\\*\\b0 a\\u-10179?\\'e9\\\\\\bin3 }}}c\\par}").collect();
        let expected = [
            Open,
            Optional,
            Word("b", Some(0)),
            Byte(b'a'),
            Word("u", Some(-10179)),
            Byte(b'?'),
            Byte(0xe9),
            Byte(b'\\'),
            Word("bin", Some(3)),
            Byte(b'c'),
            Word("par", None),
            Close,
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn what_breaks_off_ends() {
        for half in [&b"\\"[..], b"\\'e", b"\\u-", b"\\bin99 x"] {
            assert!(Tokens::of(half).count() <= 2);
        }
    }
}
