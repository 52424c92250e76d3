//! Which part of a file is asked for (RFC 9110, section 14).

use std::ops::Range;

/// The answer to a `Range` header for content of a known size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// No range, or one that is to be ignored: another unit, several ranges, a syntax error.
    Whole,
    /// In bytes, end exclusive, inside the content and not empty.
    Part(Range<u64>),
    /// 416: nothing of it lies inside the content.
    Outside,
}

impl Asked {
    pub fn of(header: Option<&str>, size: u64) -> Self {
        header.and_then(|header| read(header, size)).unwrap_or(Self::Whole)
    }
}

fn read(header: &str, size: u64) -> Option<Asked> {
    let (unit, range) = header.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (start, end) = match (number(first)?, number(last)?) {
        (None, None) => return None,
        (None, Some(length)) => (size.saturating_sub(length), size),
        (Some(first), None) => (first, size),
        (Some(first), Some(last)) if first > last => return None,
        (Some(first), Some(last)) => (first, last.saturating_add(1).min(size)),
    };
    Some(if start < end { Asked::Part(start..end) } else { Asked::Outside })
}

/// `Some(None)` where nothing stands. Digits too many for any file count as the largest number.
fn number(digits: &str) -> Option<Option<u64>> {
    match digits.trim() {
        "" => Some(None),
        digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            Some(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_9110_for_10000_bytes() {
        let asked = |header| Asked::of(Some(header), 10_000);
        assert_eq!(asked("bytes=0-499"), Asked::Part(0..500));
        assert_eq!(asked("bytes=500-999"), Asked::Part(500..1000));
        assert_eq!(asked("bytes=-500"), Asked::Part(9500..10_000));
        assert_eq!(asked("bytes=9500-"), Asked::Part(9500..10_000));
        // The first and the last byte: several ranges may be ignored (section 14.2).
        assert_eq!(asked("bytes=0-0,-1"), Asked::Whole);
    }

    #[test]
    fn ranges_are_cut_at_the_end_and_refused_behind_it() {
        let asked = |header| Asked::of(Some(header), 100);
        assert_eq!(asked("bytes=90-1000"), Asked::Part(90..100));
        assert_eq!(asked("bytes=-1000"), Asked::Part(0..100));
        assert_eq!(asked("bytes=0-18446744073709551616"), Asked::Part(0..100));
        for outside in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(asked(outside), Asked::Outside, "{outside}");
        }
        assert_eq!(Asked::of(Some("bytes=0-"), 0), Asked::Outside);
    }

    #[test]
    fn what_is_no_byte_range_is_ignored() {
        for header in ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=+1-2", "lines=1-2"]
        {
            assert_eq!(Asked::of(Some(header), 100), Asked::Whole, "{header}");
        }
        assert_eq!(Asked::of(None, 100), Asked::Whole);
    }
}
