//! T12: mails that came in are taken apart by the real child, and whatever one does to it costs that one mail.

#![allow(clippy::unwrap_used)]

mod support;

use portico_reading::{Limits, Mail, Reader, Unreadable};
use support::{CHILD, child, file_of};

const MEBIBYTE: usize = 1024 * 1024;

async fn taken_within(limits: Limits, mail: &[u8]) -> Result<Mail, Unreadable> {
    Reader::new(CHILD, limits).take_mail_apart(2, file_of(mail).path()).await
}

fn with_files(text: &str, files: &[&str]) -> String {
    let mut mail = format!(
        "From: a@b.test\r\nTo: c@d.test\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n\
         --X\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
    );
    for (number, file) in files.iter().enumerate() {
        mail.push_str(&format!(
            "--X\r\nContent-Type: application/octet-stream\r\n\
             Content-Disposition: attachment; filename=\"{number}\"\r\n\r\n{file}\r\n"
        ));
    }
    mail + "--X--\r\n"
}

#[tokio::test]
async fn the_child_hands_over_words_and_as_many_files_as_are_wanted() {
    let large = "x".repeat(4 * MEBIBYTE);
    let mail = with_files("Nine.", &["first\r\n\r\nline", &large, "third"]);
    let taken = taken_within(Limits::default(), mail.as_bytes()).await.unwrap();
    assert_eq!((taken.head.from.as_str(), taken.head.text.trim()), ("a@b.test", "Nine."));
    assert_eq!((taken.head.attached, taken.files.len()), (3, 2));
    assert_eq!(taken.files[0].0, "0");
    assert!(taken.files[0].1.starts_with(b"first\r\n\r\nline"));
    assert!(taken.files[1].1.starts_with(large.as_bytes()));
    assert_eq!(taken_within(Limits::default(), b"").await, Err(Unreadable::Damaged));
}

#[tokio::test]
async fn t12_parts_within_parts_end_nothing() {
    let nested = "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n".repeat(100_000);
    let taken = taken_within(Limits::default(), nested.as_bytes()).await;
    assert_ne!(taken.err(), Some(Unreadable::NotTried));
    // mail-parser lets go of mails within mails one inside the other, and there is no stack for so many.
    let mails = "Content-Type: message/rfc822\r\n\r\n".repeat(200_000);
    let taken = taken_within(Limits::default(), mails.as_bytes()).await;
    assert!(matches!(taken, Err(Unreadable::Damaged | Unreadable::TooLarge)), "{:?}", taken.map(|_| ()));
    let calm = with_files("Nine.", &[]);
    assert!(taken_within(Limits::default(), calm.as_bytes()).await.is_ok());
}

#[tokio::test]
async fn t12_a_mail_that_takes_too_much_is_too_large() {
    let mail = with_files("Nine.", &[&"x".repeat(4 * MEBIBYTE)]);
    let little = Limits { memory_bytes: 80 * MEBIBYTE as u64, ..Limits::default() };
    let large = with_files("Nine.", &[&"x".repeat(60 * MEBIBYTE)]);
    assert_eq!(taken_within(little, large.as_bytes()).await, Err(Unreadable::TooLarge));
    let few_words = Limits { output_bytes: MEBIBYTE as u64, ..Limits::default() };
    assert_eq!(taken_within(few_words, mail.as_bytes()).await, Err(Unreadable::TooLarge));
    let short = Limits { input_bytes: MEBIBYTE as u64, ..Limits::default() };
    assert_eq!(taken_within(short, mail.as_bytes()).await, Err(Unreadable::TooLarge));
}

#[tokio::test]
async fn t12_a_child_that_aborts_hangs_floods_or_lies_hands_over_nothing() {
    let mail = file_of(with_files("Nine.", &[]).as_bytes());
    let outcomes = [
        ("aborts", Unreadable::Damaged),
        ("floods", Unreadable::TooLarge),
        ("lies", Unreadable::Damaged),
        ("is-not-there", Unreadable::NotTried),
    ];
    for (name, unreadable) in outcomes {
        let reader = Reader::new(child(name), Limits::default());
        assert_eq!(reader.take_mail_apart(2, mail.path()).await, Err(unreadable), "{name}");
    }
    let reader = Reader::new(child("hangs"), Limits { seconds: 1, ..Limits::default() });
    assert_eq!(reader.take_mail_apart(2, mail.path()).await, Err(Unreadable::TimedOut));
}
