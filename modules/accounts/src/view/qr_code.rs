use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules around the picture without which a camera does not find it (ISO/IEC 18004, section 6.3.8).
const MARGIN: i32 = 4;

/// A picture of these words for a camera, which wants dark on light in a dark page too; nothing for words that are too many.
pub fn qr_code(name: &str, words: &str) -> Option<Markup> {
    let code = QrCode::encode_text(words, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * MARGIN;
    Some(html! {
        svg.qr-code viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(name) shape-rendering="crispEdges" {
            rect width="100%" height="100%" fill="white" {}
            path fill="black" d=(dark(&code)) {}
        }
    })
}

/// Each row's dark stretches.
fn dark(code: &QrCode) -> String {
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let end = (x..size).find(|x| !code.get_module(*x, y)).unwrap_or(size);
            if end > x {
                let length = end - x;
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + MARGIN, y + MARGIN));
            }
            x = end + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_begins_with_the_corner_that_a_camera_looks_for() {
        let picture = qr_code("QR code", "otpauth://totp/Studio:carol").unwrap().into_string();
        // Seven dark modules, then a light one: a finder pattern (ISO/IEC 18004, section 6.3.3).
        assert!(picture.contains("d=\"M4 4h7v1h-7z"), "{picture}");
        assert!(qr_code("QR code", &"x".repeat(5_000)).is_none());
    }
}
