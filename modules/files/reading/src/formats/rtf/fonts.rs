use std::collections::HashMap;

use encoding_rs::Encoding;

/// Fonts decide in which encoding letters are written (RTF 1.9.1, "Font Table").
#[derive(Default)]
pub struct Fonts {
    encodings: HashMap<i32, &'static Encoding>,
    declared: i32,
}

impl Fonts {
    pub fn declare(&mut self, font: i32) {
        self.declared = font;
    }

    /// The character set of the font declared last.
    pub fn describe(&mut self, set: i32) {
        if let Some(encoding) = of_character_set(set) {
            self.encodings.insert(self.declared, encoding);
        }
    }

    pub fn encoding_of(&self, font: i32) -> Option<&'static Encoding> {
        self.encodings.get(&font).copied()
    }
}

fn of_character_set(set: i32) -> Option<&'static Encoding> {
    let code_page = match set {
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        // ANSI and "default" mean what the document says as a whole.
        _ => return None,
    };
    of_code_page(code_page)
}

pub fn of_code_page(page: i32) -> Option<&'static Encoding> {
    match page {
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        10_000 => Some(encoding_rs::MACINTOSH),
        65_001 => Some(encoding_rs::UTF_8),
        874 | 1250..=1258 => Encoding::for_label(format!("windows-{page}").as_bytes()),
        _ => None,
    }
}
