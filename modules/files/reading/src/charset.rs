use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes as text: a byte order mark decides, then valid UTF-8, then zero bytes where UTF-16 has
/// them, then what the document declares, then a guess from letter frequencies (Latin-1 among
/// others). Never fails: what fits nothing comes out with replacement characters.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    let encoding = if is_utf8_so_far(bytes) && !bytes.contains(&0) {
        UTF_8
    } else if let Some(utf_16) = utf_16_without_mark(bytes) {
        utf_16
    } else {
        declared.unwrap_or_else(|| guess(bytes))
    };
    encoding.decode_without_bom_handling(bytes).0
}

/// UTF-8 throughout, or up to a letter that the end of the bytes cuts in two.
pub fn is_utf8_so_far(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// Western text in UTF-16 has a zero in every second byte; half of them is proof enough.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = (sample.len() / 4).max(1);
    match (even, odd) {
        (0, odd) if odd >= enough => Some(UTF_16LE),
        (even, 0) if even >= enough => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(1024 * 1024)], true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_of_one_sentence_reads_the_same() {
        let sentence = "Cahier des charges – été à la forêt, déjà payé par l’élève";
        let utf_16: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(sentence.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(sentence);
        for bytes in [sentence.as_bytes(), &utf_16, &marked, &latin] {
            assert_eq!(decode(bytes, None), sentence);
        }
    }
}
