//! What `faults.c` notes.

/// A call that was done: its kind, and of names and bytes what it wants.
pub struct Entry<'a> {
    pub kind: char,
    pub number: u64,
    pub first: &'a str,
    pub second: &'a [u8],
}

impl<'a> Entry<'a> {
    /// `None` where the journal ends, or breaks off.
    pub fn read(journal: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let end = journal.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(&journal[..end]).unwrap();
        let (kind, numbers) = head.split_once(' ').unwrap();
        let numbers: Vec<u64> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
        let [number, first, second] = numbers[..] else { panic!("{head:?} is no entry") };
        let (first, second) = (first as usize, second as usize);
        let (texts, rest) = journal[end + 1..].split_at_checked(first + second)?;
        let (first, second) = texts.split_at(first);
        let first = std::str::from_utf8(first).unwrap();
        Some((Self { kind: kind.chars().next().unwrap(), number, first, second }, rest))
    }
}
