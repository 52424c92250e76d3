//! `Upload-Checksum`: the sum of one request's bytes, which are kept only when it is right.

use base64::{Engine, engine::general_purpose::STANDARD};
use poem::Request;
use sha2::Digest;

use super::fault::Fault;

pub const ALGORITHMS: &str = "sha1,sha256";

pub struct Checksum {
    counted: Counted,
    expected: Vec<u8>,
}

enum Counted {
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
}

impl Checksum {
    pub fn of(req: &Request) -> Result<Option<Self>, Fault> {
        let Some(header) = req.header("Upload-Checksum") else { return Ok(None) };
        let (algorithm, sum) = header.split_once(' ').ok_or(Fault::Malformed("Upload-Checksum"))?;
        let counted = match algorithm {
            "sha1" => Counted::Sha1(sha1::Sha1::new()),
            "sha256" => Counted::Sha256(sha2::Sha256::new()),
            _ => return Err(Fault::Malformed("Upload-Checksum: unknown algorithm")),
        };
        let expected = STANDARD.decode(sum.trim()).map_err(|_| Fault::Malformed("Upload-Checksum"))?;
        Ok(Some(Self { counted, expected }))
    }

    pub fn add(&mut self, bytes: &[u8]) {
        match &mut self.counted {
            Counted::Sha1(sum) => sum.update(bytes),
            Counted::Sha256(sum) => sum.update(bytes),
        }
    }

    pub fn proves_right(self) -> bool {
        match self.counted {
            Counted::Sha1(sum) => sum.finalize().as_slice() == self.expected,
            Counted::Sha256(sum) => sum.finalize().as_slice() == self.expected,
        }
    }
}
