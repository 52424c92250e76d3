pub const HANDBOOK_SENTENCE: &str = "x";
pub fn handbook_pdf() -> Vec<u8> { Vec::new() }
