//! Whatever is typed or indexed, nothing fails.

use super::*;

#[test]
fn no_text_is_an_error() {
    let world = world(vec![note(1, "bridge", "a b c 日本 AND OR")]);
    let long_word = "a".repeat(10_000);
    let many_words = "bridge ".repeat(10_000);
    let quotes = "\"".repeat(1_001);
    let dashes = "- -- -\"-\" ---x".repeat(50);
    let texts = [
        "",
        " ",
        "\0\u{1}\u{7f}\u{200b}\u{feff}",
        "!?.,;:()[]{}^~*/\\|&<>=+",
        "title:bridge AND (body:[a TO z] OR NOT /x.*/)^5~2",
        "🎉🌍👩‍👩‍👧",
        "\u{301}\u{301}\u{301}",
        "' OR 1=1 --",
        "-",
        "\"",
        "\"\"",
        "-\"\"",
        "«»“”",
        "\u{202e}bridge",
        "ﷺ½㍿İßﬃ",
        &long_word,
        &many_words,
        &quotes,
        &dashes,
    ];
    for text in texts {
        let hits = world.hits(staff(text));
        assert!(hits.total <= 1, "{text}");
    }
    assert_eq!(world.found(&many_words), [1]);
    assert_eq!(world.found("🎉 bridge 🎉"), [1]);
}

#[test]
fn odd_texts_are_indexed_and_found() {
    let blob = "QUJD".repeat(5_000);
    let world = world(vec![
        note(1, "", &format!("{blob} bridge \0\u{1}")),
        note(2, "\u{301}", "\u{202e}tunnel ﷺ"),
        Document { pages: Vec::new(), ..note(3, "ferry", "") },
    ]);
    assert_eq!(world.found("bridge "), [1]);
    assert_eq!(world.found("tunnel "), [2]);
    assert_eq!(world.found("ferry "), [3]);
    assert_eq!(world.found(&blob), [1]);
}

#[test]
fn extreme_limits_are_answered() {
    let world = world(vec![note(1, "bridge", "")]);
    let hits = |limit, offset| world.hits(Query { limit, offset, ..staff("bridge ") });
    assert_eq!(hits(usize::MAX, usize::MAX).hits.len(), 0);
    assert_eq!(hits(usize::MAX, 0).hits.len(), 1);
    assert_eq!(hits(0, 0).total, 1);
}
