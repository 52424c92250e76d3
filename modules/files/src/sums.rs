//! What identifies a file's bytes, counted up as they arrive. The state can be kept in the database
//! and gone on with by another process, so that no byte of a resumed upload is read twice.

use portico_kernel::{Error, Result};
use sha2::{
    Digest, Sha256,
    digest::common::hazmat::{SerializableState, SerializedState},
};

#[derive(Clone, Default)]
pub struct Sums {
    sha256: Sha256,
    crc32: crc32fast::Hasher,
}

impl Sums {
    /// `size` bytes went in before `state` was kept.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is no state of this program's.
    pub fn resume(state: &[u8], size: u64) -> Result<Self> {
        if size == 0 {
            return Ok(Self::default());
        }
        let foreign = || Error::Internal(anyhow::anyhow!("the sums of an upload cannot be gone on with"));
        let (crc32, sha256) = state.split_first_chunk::<4>().ok_or_else(foreign)?;
        let sha256 = SerializedState::<Sha256>::try_from(sha256).map_err(|_| foreign())?;
        Ok(Self {
            sha256: Sha256::deserialize(&sha256).map_err(|_| foreign())?,
            crc32: crc32fast::Hasher::new_with_initial_len(u32::from_be_bytes(*crc32), size),
        })
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.crc32.update(bytes);
    }

    /// For [`Sums::resume`].
    pub fn state(&self) -> Vec<u8> {
        let mut state = self.crc32().to_be_bytes().to_vec();
        state.extend_from_slice(&self.sha256.serialize());
        state
    }

    /// As a ZIP archive wants it.
    pub fn crc32(&self) -> u32 {
        self.crc32.clone().finalize()
    }

    pub fn sha256(&self) -> [u8; 32] {
        self.sha256.clone().finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_were_kept_half_way_come_to_the_same() {
        // FIPS 180-2, appendix B.2.
        let message = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        let expected = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        for half in 0..=message.len() {
            let mut sums = Sums::default();
            sums.add(&message[..half]);
            let mut resumed = Sums::resume(&sums.state(), half as u64).unwrap();
            resumed.add(&message[half..]);
            assert_eq!(hex::encode(resumed.sha256()), expected);
        }
        assert!(Sums::resume(b"nonsense", 1).is_err());
    }
}
