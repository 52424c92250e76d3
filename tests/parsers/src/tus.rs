//! Headers of an upload: a number is that number, a sum is of one content alone, and a name is never a path.

use poem::{Request, http::HeaderValue};
use portico_files::strangers::{Asked, Checksum, ClientPath, FileName, length, offset, path_in};

const LONGEST_NAME: usize = 200;
const DEEPEST: usize = 20;
const SIZE: u64 = 1_000;

pub fn check(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let headers = ["Upload-Length", "Upload-Offset", "Upload-Checksum"];
    let said = headers.iter().fold(Request::builder(), |req, name| req.header(*name, value.clone()));
    let req = said.finish();
    let Ok(text) = value.to_str() else { return };
    check_numbers(&req, text);
    let is_of = |content: &[u8]| {
        let Ok(Some(mut sum)) = Checksum::of(&req) else { return false };
        sum.add(content);
        sum.proves_right()
    };
    assert!(!(is_of(b"hello") && is_of(b"hello ")), "{text:?} is the sum of anything");
    if let Ok(path) = path_in(Some(text)) {
        check_path(&path);
    }
    check_path(&ClientPath::from_client(text));
    if let Asked::Part(range) = Asked::of(Some(text), SIZE) {
        assert!(range.start < range.end && range.end <= SIZE, "{range:?}");
    }
}

fn check_numbers(req: &Request, text: &str) {
    let number = length(req).ok();
    assert_eq!(number, offset(req).ok());
    if let Some(number) = number {
        let digits = text.trim_start_matches('0');
        assert_eq!(number.to_string(), if digits.is_empty() { "0" } else { digits });
    }
}

fn check_path(path: &ClientPath) {
    assert!(path.folders.len() <= DEEPEST);
    path.folders.iter().chain([&path.name]).for_each(check_name);
    assert_eq!(ClientPath::from_client(&path.to_string()), *path);
}

fn check_name(name: &FileName) {
    let name = name.as_str();
    assert!((1..=LONGEST_NAME).contains(&name.chars().count()), "{name:?}");
    assert!(!name.contains(|letter: char| letter.is_control() || matches!(letter, '/' | '\\')), "{name:?}");
    assert!(!matches!(name, "." | ".."), "{name:?}");
}
