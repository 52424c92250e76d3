//! `Upload-Metadata`: pairs of a key and a value in Base64, between commas. Only where the file
//! belongs is of interest; its type is decided from its content.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::fault::Fault;
use crate::file_name::ClientPath;

const MALFORMED: Fault = Fault::Malformed("Upload-Metadata");

/// `relativePath` as Uppy sends it and as our own script does, or else `filename`.
pub fn path_in(header: Option<&str>) -> Result<ClientPath, Fault> {
    let (mut name, mut path) = (None, None);
    for pair in header.unwrap_or_default().split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        match key {
            "filename" => name = Some(text(value)?),
            "relativePath" => path = Some(text(value)?),
            _ => {}
        }
    }
    // Uppy's words for a file without a folder.
    let path = path.filter(|path| !path.is_empty() && path != "null");
    Ok(match (path, name) {
        (Some(path), _) => ClientPath::from_client(&path),
        (None, name) => ClientPath::here(&name.unwrap_or_default()),
    })
}

fn text(value: &str) -> Result<String, Fault> {
    let bytes = STANDARD.decode(value.trim()).map_err(|_| MALFORMED)?;
    String::from_utf8(bytes).map_err(|_| MALFORMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_protocol_and_its_relatives() {
        let path = |header| path_in(Some(header)).map(|path| path.to_string());
        assert_eq!(
            path("filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential").unwrap(),
            "world_domination_plan.pdf"
        );
        assert_eq!(
            path("relativePath UGhvdG9zLzIwMjYvMS5qcGc=, filename MS5qcGc=").unwrap(),
            "Photos/2026/1.jpg"
        );
        assert_eq!(path("relativePath bnVsbA==,filename YS9iLnR4dA==").unwrap(), "a-b.txt");
        assert_eq!(path("").unwrap(), "file");
        for malformed in ["filename ???", "filename /w=="] {
            assert!(path(malformed).is_err(), "{malformed}");
        }
    }
}
