//! Browsers write a file's name into the headers of its part as it is, and multer refuses a whole
//! upload for one control character in a header. So these become spaces on the way; the content of
//! files is passed on untouched.

use bytes::{Bytes, BytesMut};
use memchr::memmem;

const END_OF_HEADERS: &[u8] = b"\r\n\r\n";

/// Sees the pieces of a body in their order.
pub struct PartHeaders {
    /// What comes before the headers of every part.
    delimiter: Vec<u8>,
    within: Within,
    /// The end of what was seen last, in which what is looked for may have begun.
    seen: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Content,
    Headers,
}

impl PartHeaders {
    pub fn new(boundary: &str) -> Self {
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        // The first delimiter needs no line break before it.
        Self { delimiter, within: Within::Content, seen: b"\r\n".to_vec() }
    }

    pub fn clean(&mut self, piece: Bytes) -> Bytes {
        let mut controls = Vec::new();
        let mut at = 0;
        while at < piece.len() {
            let (was, from) = (self.within, at);
            at += self.go_on(&piece[at..]);
            if was == Within::Headers {
                controls.extend((from..at).filter(|place| is_control(piece[*place])));
            }
        }
        if controls.is_empty() {
            return piece;
        }
        let mut cleaned = BytesMut::from(piece);
        controls.into_iter().for_each(|place| cleaned[place] = b' ');
        cleaned.freeze()
    }

    /// How many bytes until something else begins.
    fn go_on(&mut self, rest: &[u8]) -> usize {
        let (wanted, then) = match self.within {
            Within::Content => (self.delimiter.as_slice(), Within::Headers),
            Within::Headers => (END_OF_HEADERS, Within::Content),
        };
        // First where the piece before may have ended in the middle of it.
        let mut joint = self.seen.clone();
        joint.extend_from_slice(&rest[..rest.len().min(wanted.len() - 1)]);
        let across = memmem::find(&joint, wanted).map(|place| place + wanted.len() - self.seen.len());
        if let Some(end) = across.or_else(|| memmem::find(rest, wanted).map(|place| place + wanted.len())) {
            (self.within, self.seen) = (then, Vec::new());
            return end;
        }
        let tail = if rest.len() < wanted.len() { &joint } else { rest };
        self.seen = tail[tail.len().saturating_sub(wanted.len() - 1)..].to_vec();
        rest.len()
    }
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\r' | b'\n' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"--X\r\nContent-Disposition: form-data; filename=\"a\x01b\x7f.txt\"\r\n\r\n\
        con\x01tent\r\n--Y is content too\x00\r\n--X\r\nname: \x02\r\n\r\n\x03\r\n--X--\r\n";
    const CLEANED: &[u8] = b"--X\r\nContent-Disposition: form-data; filename=\"a b .txt\"\r\n\r\n\
        con\x01tent\r\n--Y is content too\x00\r\n--X\r\nname:  \r\n\r\n\x03\r\n--X--\r\n";

    #[test]
    fn headers_are_cleaned_and_content_is_not_wherever_pieces_end() {
        for size in 1..=BODY.len() {
            let mut headers = PartHeaders::new("X");
            let pieces = BODY.chunks(size).map(|piece| headers.clean(Bytes::copy_from_slice(piece)));
            let cleaned: Vec<u8> = pieces.flatten().collect();
            assert_eq!(cleaned.escape_ascii().to_string(), CLEANED.escape_ascii().to_string(), "{size}");
        }
    }
}
