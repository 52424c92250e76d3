//! P31: best first, and the page it was found on.

use super::*;

#[test]
fn as_typed_before_beginnings_before_endings_before_slips() {
    let world = world(vec![
        note(4, "", "the mistyped contrat stands here"),
        note(3, "", "the inflected contracting stands here"),
        note(2, "", "the longer contractual stands here"),
        note(1, "", "the plain contract stands here"),
    ]);
    assert_eq!(world.found("contract"), [1, 3, 2, 4]);
    assert_eq!(world.found("contract "), [1, 3, 4]);
}

#[test]
fn a_title_before_a_body() {
    let world = world(vec![
        note(1, "Something", "the bridge is mentioned"),
        note(2, "The bridge", "something is mentioned"),
    ]);
    assert_eq!(world.found("bridge "), [2, 1]);
    assert_eq!(bracketed(&world.first("bridge ").title), "The [bridge]");
}

/// However often others have the words, and whatever came later.
#[test]
fn what_is_called_what_was_typed_before_words_in_a_row_before_words() {
    let world = world(vec![
        Document {
            changed: 4,
            ..note(4, "Steel and a bridge", &"bridge of steel, steel of bridge ".repeat(9))
        },
        Document { changed: 3, ..note(3, "Offer", "for once a steel bridge") },
        Document { changed: 2, ..note(2, "The steel bridge over the river", "") },
        Document { changed: 1, ..note(1, "Steel bridge", "") },
        Document { changed: 0, ..pdf(5, "Steel bridge.pdf", &["cover"]) },
    ]);
    let found = world.found("steel bridge");
    assert_eq!(found[..2], [1, 5], "the names");
    assert_eq!(found[2..4], [2, 3], "in a row, the title above the body");
    assert_eq!(found[4..], [4], "the words alone");
    assert_eq!(world.found("STEEL BRIDGE ")[0], 1);
}

#[test]
fn words_in_a_row_count_on_any_page_and_show_it() {
    let world = world(vec![
        pdf(1, "Minutes", &["annual, annual and annual again, then a report", "the annual report"]),
        note(2, "Minutes", "report, annual"),
    ]);
    assert_eq!(world.found("annual report "), [1, 2]);
    let hit = world.first("annual report ");
    assert_eq!((hit.page, bracketed(&hit.snippet).as_str()), (Some(2), "the [annual] [report]"));
}

#[test]
fn common_words_count_for_the_row() {
    let world = world(vec![
        note(1, "", "terms, and the contract"),
        Document { changed: -1, ..note(2, "", "the terms of the contract") },
    ]);
    assert_eq!(world.found("terms of the contract"), [2, 1]);
}

#[test]
fn the_later_of_two_equals_first() {
    let at = |id, changed| Document { changed, ..note(id, "", "the bridge") };
    let world = world(vec![at(1, 100), at(2, 300), at(3, 200)]);
    assert_eq!(world.found("bridge "), [2, 3, 1]);
}

#[test]
fn relevance_before_recency() {
    let recent = Document { changed: 1_000_000, ..note(1, "", &format!("bridge {}", "filler ".repeat(200))) };
    let world = world(vec![recent, note(2, "Bridge", "bridge")]);
    assert_eq!(world.found("bridge "), [2, 1]);
}

#[test]
fn the_page_with_the_most_of_the_words_is_shown() {
    let pages = ["a bridge", "nothing", "a steel bridge", "steel"];
    let world = world(vec![pdf(1, "Plan", &pages)]);
    let hit = world.first("steel bridge ");
    assert_eq!(hit.page, Some(3));
    assert_eq!(bracketed(&hit.snippet), "a [steel] [bridge]");
}

#[test]
fn a_hit_in_the_title_alone_shows_the_first_page() {
    let world = world(vec![pdf(1, "Plan", &["first", "second"])]);
    assert_eq!(world.first("plan ").page, Some(1));
}

#[test]
fn a_word_of_the_title_does_not_choose_the_page() {
    let world = world(vec![pdf(1, "Bridge", &["cover", "steel"])]);
    assert_eq!(world.first("bridge steel ").page, Some(2));
}

#[test]
fn pages_of_one_document_count_once() {
    let pages = vec!["bridge"; 300];
    let world = world(vec![pdf(1, "", &pages), note(2, "", "bridge")]);
    assert_eq!(world.hits(staff("bridge ")).total, 2);
}

#[test]
fn a_quotation_is_shown_where_all_of_it_stands() {
    let text = format!("annual annual report: report {} the annual report", "filler ".repeat(60));
    let text = text.replace("annual report:", "annual, the report:");
    let shown = bracketed(&world(vec![note(1, "", &text)]).first("\"annual report\"").snippet);
    assert!(shown.ends_with("the [annual] [report]"), "{shown}");
    assert!(!shown.contains("[annual],"), "{shown}");
}

#[test]
fn a_long_text_is_shown_where_it_matches() {
    let text = format!("{} the bridge at last", "filler ".repeat(20_000));
    let world = world(vec![note(1, "", &text)]);
    let shown = bracketed(&world.first("bridge filler ").snippet);
    assert!(shown.contains("[filler] the [bridge]"), "{shown}");
}

#[test]
fn further_screens_go_on_where_the_first_ended() {
    let world = world((1..=30).map(|id| note(id, "bridge", "")).collect());
    let screen = |offset| {
        let hits = world.hits(Query { limit: 10, offset, ..staff("bridge ") });
        assert_eq!(hits.total, 30);
        hits.hits.iter().map(|hit| hit.id.0[0]).collect::<Vec<_>>()
    };
    let mut all = [screen(0), screen(10), screen(20)].concat();
    assert_eq!(screen(30), NOTHING);
    all.sort_unstable();
    assert_eq!(all, (1..=30).collect::<Vec<_>>());
}

#[test]
fn a_hit_carries_what_was_put_in() {
    let document = Document {
        portal: Some([11; 16]),
        author: Some([21; 16]),
        changed: 5,
        ..pdf(7, "Plan", &["the bridge"])
    };
    let hit = world(vec![document]).first("bridge ");
    assert_eq!(hit.id, DocumentId([7; 16]));
    assert_eq!(hit.portal, Some([11; 16]));
    assert_eq!(hit.kind, "file");
    assert_eq!((hit.author, hit.changed), (Some([21; 16]), 5));
}
