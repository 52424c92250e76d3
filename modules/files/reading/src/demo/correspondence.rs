use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::proposal_docx;

/// "House rules" as rich text, with letters outside of ASCII written in both ways that it knows.
pub fn house_rules_rtf() -> Vec<u8> {
    include_bytes!("texts/house-rules.rtf").to_vec()
}

/// A mail about a colour proof, with the Word document of [`proposal_docx`] attached to it.
pub fn colour_proof_eml() -> Vec<u8> {
    let attached = STANDARD.encode(proposal_docx());
    let lines: Vec<&str> =
        attached.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap_or_default()).collect();
    let mail = include_str!("texts/colour-proof.eml").replace("ATTACHED", &lines.join("\n"));
    mail.replace('\n', "\r\n").into_bytes()
}
