//! A backup that nobody reads without its key: the archive in pieces, each encrypted by itself. The first bytes are a
//! mark, the salt of the key and a proof that it is the right one. A piece's nonce is its number, and whether it is
//! the last: pieces in another order, left out or cut off do not open. This is STREAM (Hoang, Reyhanitabar, Rogaway and
//! Vizár, 2015), with the sizes that the age format took for its payload (age-encryption.org/v1).

use std::{
    io::{self, Read, Write},
    mem,
};

use anyhow::{Context, bail};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};
use subtle::ConstantTimeEq;

use super::archive::Broken;

/// With both ends of a line in it, as the mark of one that is not encrypted.
pub(super) const MARK: &[u8; 16] = b"portico sealed\r\n";
const SALT: usize = 16;
const TAG: usize = 16;
const PIECE: usize = 64 * 1024;
const SEALED: usize = PIECE + TAG;

/// Of a key, in letters: what a person thinks up is shorter.
const SHORTEST: usize = 20;
/// The second choice of RFC 9106 (section 4), with one lane: 64 MiB, three passes.
const MEMORY_KIB: u32 = if cfg!(test) { 64 } else { 64 * 1024 };
const PASSES: u32 = 3;

/// What backups are encrypted with. There is no `Debug`, so that a log cannot show it (T15).
#[derive(Clone)]
pub struct BackupKey(String);

impl BackupKey {
    /// # Errors
    /// For one that could be guessed.
    pub fn parse(words: &str) -> anyhow::Result<Self> {
        if words.chars().count() < SHORTEST {
            bail!("it has fewer than {SHORTEST} characters; `openssl rand -base64 32` makes a good one");
        }
        Ok(Self(words.to_owned()))
    }

    /// What chunks of this installation are named and sealed by. It can be guessed no more than `secret` can, and whoever
    /// has that alone cannot make it.
    pub(super) fn of_chunks(&self, secret: &[u8; 32]) -> [u8; 32] {
        derived(secret, "chunks of a backup", self.0.as_bytes())
    }

    /// Another for each file, so that numbers can be nonces.
    fn cipher(&self, salt: &[u8; SALT]) -> anyhow::Result<LessSafeKey> {
        let failed = |error: argon2::Error| anyhow::anyhow!("argon2: {error}");
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(failed)?;
        let mut key = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.0.as_bytes(), salt, &mut key)
            .map_err(failed)?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key).expect("a key of this cipher has 32 bytes");
        Ok(LessSafeKey::new(key))
    }
}

/// HMAC-SHA256 of the purpose and what it is derived for.
pub(super) fn derived(key: &[u8; 32], purpose: &str, of: &[u8]) -> [u8; 32] {
    let mut sum = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    sum.update(purpose.as_bytes());
    sum.update(&[0]);
    sum.update(of);
    let mut bytes = [0; 32];
    bytes.copy_from_slice(sum.sign().as_ref());
    bytes
}

/// How much longer a chunk is when it is sealed, in bytes.
pub(super) const CHUNK_SEAL: u64 = TAG as u64;

/// `key` seals this chunk and no other, so that its nonce can be the first.
///
/// # Errors
/// More than the cipher takes.
pub(super) fn seal_chunk(key: &[u8; 32], plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = plain.to_vec();
    chunk_cipher(key)
        .seal_in_place_append_tag(nonce(0, Place::Last), Aad::empty(), &mut bytes)
        .map_err(|_| io::Error::other("a chunk of the backup cannot be encrypted"))?;
    Ok(bytes)
}

/// `None` for whatever was not sealed by this key.
pub(super) fn open_chunk(key: &[u8; 32], mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let cipher = chunk_cipher(key);
    let length = cipher.open_in_place(nonce(0, Place::Last), Aad::empty(), &mut sealed).ok()?.len();
    sealed.truncate(length);
    Some(sealed)
}

fn chunk_cipher(key: &[u8; 32]) -> LessSafeKey {
    let key = UnboundKey::new(&CHACHA20_POLY1305, key).expect("a key of this cipher has 32 bytes");
    LessSafeKey::new(key)
}

#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Place {
    Within = 0,
    Last = 1,
}

fn nonce(number: u64, place: Place) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = place as u8;
    Nonce::assume_unique_for_key(bytes)
}

/// What only the right key makes of the salt, under a nonce that no piece has.
fn proof(cipher: &LessSafeKey, salt: &[u8; SALT]) -> anyhow::Result<Vec<u8>> {
    let nonce = Nonce::assume_unique_for_key([0xff; NONCE_LEN]);
    let tag = cipher.seal_in_place_separate_tag(nonce, Aad::from(salt), &mut []);
    Ok(tag.map_err(|_| anyhow::anyhow!("the key cannot be used"))?.as_ref().to_vec())
}

/// Where an archive is written to.
pub(super) enum Sink<W> {
    Plain(W),
    Sealed(Box<SealingWriter<W>>),
}

impl<W: Write> Sink<W> {
    /// Gives back what was written to. Nothing is flushed.
    ///
    /// # Errors
    /// The file's.
    pub fn end(self) -> io::Result<W> {
        match self {
            Self::Plain(inner) => Ok(inner),
            Self::Sealed(sealing) => sealing.end(),
        }
    }
}

impl<W: Write> Write for Sink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(inner) => inner.write(bytes),
            Self::Sealed(sealing) => sealing.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(inner) => inner.flush(),
            Self::Sealed(sealing) => sealing.flush(),
        }
    }
}

/// Not whole before [`SealingWriter::end`].
pub(super) struct SealingWriter<W> {
    inner: W,
    cipher: LessSafeKey,
    piece: Vec<u8>,
    number: u64,
}

impl<W: Write> SealingWriter<W> {
    /// # Errors
    /// The file's.
    pub fn begin(mut inner: W, key: &BackupKey, salt: [u8; SALT]) -> anyhow::Result<Self> {
        let cipher = key.cipher(&salt)?;
        inner.write_all(MARK)?;
        inner.write_all(&salt)?;
        inner.write_all(&proof(&cipher, &salt)?)?;
        Ok(Self { inner, cipher, piece: Vec::with_capacity(SEALED), number: 0 })
    }

    fn end(mut self) -> io::Result<W> {
        self.seal(Place::Last)?;
        Ok(self.inner)
    }

    fn seal(&mut self, place: Place) -> io::Result<()> {
        self.cipher
            .seal_in_place_append_tag(nonce(self.number, place), Aad::empty(), &mut self.piece)
            .map_err(|_| io::Error::other("a piece of the backup cannot be encrypted"))?;
        self.number += 1;
        self.inner.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

impl<W: Write> Write for SealingWriter<W> {
    /// A full piece waits for what follows, since it may be the last.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() == PIECE && !bytes.is_empty() {
            self.seal(Place::Within)?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Hands out nothing that was not proven to be what was written.
pub(super) struct OpeningReader<R> {
    inner: R,
    cipher: LessSafeKey,
    number: u64,
    /// Read already, of the piece that comes next.
    ahead: Vec<u8>,
    plain: Vec<u8>,
    given: usize,
    is_over: bool,
}

impl<R: Read> OpeningReader<R> {
    /// # Errors
    /// In words, for another key than the one that it was written with; or as that of reading on.
    pub fn begin(mut inner: R, key: &BackupKey) -> anyhow::Result<Self> {
        let (mut mark, mut salt, mut written) = ([0; MARK.len()], [0; SALT], [0; TAG]);
        for part in [&mut mark[..], &mut salt[..], &mut written[..]] {
            inner.read_exact(part).map_err(Broken::from)?;
        }
        let cipher = key.cipher(&salt).context("the key cannot be made")?;
        let is_right: bool = proof(&cipher, &salt)?[..].ct_eq(&written[..]).into();
        if mark != *MARK || !is_right {
            bail!("PORTICO_BACKUP_KEY is not the key that it was written with");
        }
        let (ahead, plain) = (Vec::with_capacity(SEALED + 1), Vec::new());
        let mut opening = Self { inner, cipher, number: 0, ahead, plain, given: 0, is_over: false };
        // At once, so that a file that ends here is torn and not of another kind.
        opening.next_piece().map_err(Broken::from)?;
        Ok(opening)
    }

    fn next_piece(&mut self) -> io::Result<()> {
        // One byte more than a piece tells whether another follows.
        let wanted = (SEALED + 1 - self.ahead.len()) as u64;
        self.inner.by_ref().take(wanted).read_to_end(&mut self.ahead)?;
        let place = if self.ahead.len() > SEALED { Place::Within } else { Place::Last };
        let rest = self.ahead.split_off(self.ahead.len().min(SEALED));
        let sealed = mem::replace(&mut self.ahead, rest);
        self.plain = match self.open(&sealed, place) {
            Some(plain) => plain,
            None if place == Place::Last && self.breaks_off_after(&sealed) => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            None => return Err(io::ErrorKind::InvalidData.into()),
        };
        self.given = 0;
        self.number += 1;
        self.is_over = place == Place::Last;
        Ok(())
    }

    /// Whether others followed once.
    fn breaks_off_after(&self, sealed: &[u8]) -> bool {
        sealed.is_empty() || self.open(sealed, Place::Within).is_some()
    }

    fn open(&self, sealed: &[u8], place: Place) -> Option<Vec<u8>> {
        let mut bytes = sealed.to_vec();
        let plain = self.cipher.open_in_place(nonce(self.number, place), Aad::empty(), &mut bytes).ok()?;
        let length = plain.len();
        bytes.truncate(length);
        Some(bytes)
    }
}

impl<R: Read> Read for OpeningReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.plain.len() {
            if self.is_over {
                return Ok(0);
            }
            self.next_piece()?;
        }
        let more = &self.plain[self.given..];
        let length = into.len().min(more.len());
        into[..length].copy_from_slice(&more[..length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: usize = MARK.len() + SALT + TAG;

    fn key(words: &str) -> BackupKey {
        BackupKey::parse(words).unwrap()
    }

    fn right() -> BackupKey {
        key("correct horse battery staple")
    }

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let sealing = SealingWriter::begin(Vec::new(), &right(), [7; SALT]).unwrap();
        let mut sink = Sink::Sealed(Box::new(sealing));
        sink.write_all(plain).unwrap();
        sink.end().unwrap()
    }

    fn opened(bytes: &[u8]) -> Result<Vec<u8>, Broken> {
        let mut plain = Vec::new();
        let opening = OpeningReader::begin(bytes, &right());
        opening.map_err(|error| error.downcast::<Broken>().unwrap())?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    fn plain(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at % 251) as u8).collect()
    }

    #[test]
    fn t35_what_was_sealed_opens_whatever_its_length() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 9] {
            let bytes = sealed(&plain(length));
            assert_eq!(bytes.len(), HEAD + length + TAG * length.div_ceil(PIECE).max(1), "{length}");
            assert!(opened(&bytes).unwrap() == plain(length), "{length}");
        }
    }

    #[test]
    fn t35_pieces_that_are_cut_off_or_left_out_or_in_another_order_do_not_open() {
        let whole = sealed(&plain(3 * PIECE));
        let piece = |number: usize| &whole[HEAD + number * SEALED..][..SEALED];
        for pieces in 0..3 {
            let torn = opened(&whole[..HEAD + pieces * SEALED]);
            assert!(matches!(torn, Err(Broken::Torn)), "{pieces}");
        }
        let head = &whole[..HEAD];
        for broken in [
            [head, piece(1), piece(0), piece(2)].concat(),
            [head, piece(0), piece(2)].concat(),
            [head, piece(0), piece(0), piece(1), piece(2)].concat(),
            [&whole[..], &[0]].concat(),
            [&whole[..], piece(2)].concat(),
            whole[..whole.len() - 1].to_vec(),
        ] {
            assert!(matches!(opened(&broken), Err(Broken::Damaged)));
        }
        for at in [HEAD, HEAD + PIECE, HEAD + SEALED + 5, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(opened(&changed).is_err(), "{at}");
        }
    }

    #[test]
    fn another_key_says_so_and_a_short_one_is_none() {
        let bytes = sealed(b"words");
        let refused = OpeningReader::begin(&bytes[..], &key("another horse battery staple"));
        let refused = refused.err().unwrap().to_string();
        assert_eq!(refused, "PORTICO_BACKUP_KEY is not the key that it was written with");
        assert!(BackupKey::parse("nineteen characters").is_err());
        assert!(OpeningReader::begin(&bytes[..20], &right()).is_err());
    }
}
