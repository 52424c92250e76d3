use std::borrow::Cow;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::document::Document;
use crate::opening::Opening;
use crate::{Limits, Unreadable, charset};

/// Office programs write a few dozen parts and one per picture.
const ENTRIES: usize = 10_000;

/// The ZIP that a document of an office program is, with one allowance for all that comes out of it.
pub struct Archive {
    parts: ZipArchive<BufReader<Document>>,
    inflatable: u64,
}

impl Archive {
    pub fn open(mut document: Document, limits: &Limits) -> Result<Self, Unreadable> {
        refuse_compound_file(&mut document)?;
        let parts = ZipArchive::new(BufReader::new(document)).map_err(failure)?;
        if parts.len() > ENTRIES {
            return Err(Unreadable::TooLarge);
        }
        Ok(Self { parts, inflatable: limits.inflated_bytes })
    }

    /// Names for which `place` gives a place, in the order of their places.
    pub fn names_by<P: Ord>(&self, place: impl Fn(&str) -> Option<P>) -> Vec<String> {
        let names = self.parts.file_names().filter_map(Result::ok).map(Cow::into_owned);
        let mut placed: Vec<(P, String)> = names.filter_map(|name| Some((place(&name)?, name))).collect();
        placed.sort_unstable();
        placed.into_iter().map(|(_, name)| name).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.index_for_name(name).is_some()
    }

    /// Counts what really comes out: the sizes an archive states are as hostile as the rest of it.
    pub fn inflate(&mut self, name: &str) -> Result<String, Unreadable> {
        let entry = self.parts.by_name(name).map_err(failure)?;
        let mut bytes = Vec::new();
        entry.take(self.inflatable + 1).read_to_end(&mut bytes).map_err(super::failure)?;
        self.spend(bytes.len() as u64)?;
        Ok(charset::decode(&bytes, None).into_owned())
    }

    /// For a library that inflates by itself and knows no limit: the same count, and the document
    /// again from its beginning.
    pub fn into_checked(mut self, is_read: impl Fn(&str) -> bool) -> Result<Document, Unreadable> {
        for name in self.names_by(|name| is_read(name).then_some(())) {
            let entry = self.parts.by_name(&name).map_err(failure)?;
            let inflated = io::copy(&mut entry.take(self.inflatable + 1), &mut io::sink());
            self.spend(inflated.map_err(super::failure)?)?;
        }
        let mut document = self.parts.into_inner().into_inner();
        document.seek(SeekFrom::Start(0)).map_err(super::failure)?;
        Ok(document)
    }

    fn spend(&mut self, inflated: u64) -> Result<(), Unreadable> {
        self.inflatable = self.inflatable.checked_sub(inflated).ok_or(Unreadable::TooLarge)?;
        Ok(())
    }
}

/// A password wraps the whole archive of Microsoft's kinds into a compound file, as a stream of
/// this name (MS-OFFCRYPTO, section 2.3.4.4).
fn refuse_compound_file(document: &mut Document) -> Result<(), Unreadable> {
    let mut bytes = Vec::new();
    document.by_ref().take(8).read_to_end(&mut bytes).map_err(super::failure)?;
    if !Opening::of(&bytes).is_compound_file() {
        document.seek(SeekFrom::Start(0)).map_err(super::failure)?;
        return Ok(());
    }
    document.read_to_end(&mut bytes).map_err(super::failure)?;
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match bytes.windows(name.len()).any(|window| window == name) {
        true => Err(Unreadable::Encrypted),
        false => Err(Unreadable::Damaged),
    }
}

fn failure(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}

/// The number that a program puts into the name of a part, as in `slide12.xml`; 0 without one.
pub fn number_in(name: &str) -> u32 {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}
