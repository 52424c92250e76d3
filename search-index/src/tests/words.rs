//! P31: which words find what.

use super::*;

#[test]
fn accents_case_and_plural_do_not_matter() {
    let world = world(vec![
        note(1, "Rapport", "Les Sociétés signent des contrats"),
        note(2, "Report", "Companies sign contracts"),
    ]);
    for text in ["societe ", "SOCIÉTÉS ", "socie\u{301}te\u{301} "] {
        assert_eq!(world.found(text), [1], "{text}");
    }
    for text in ["company ", "Companies "] {
        assert_eq!(world.found(text), [2], "{text}");
    }
    assert_eq!(world.found("contrat "), [1]);
    // The English word is a slip away, and comes after.
    assert_eq!(world.found("l'contrats "), [1, 2]);
    assert_eq!(world.found("reports "), [2]);
}

#[test]
fn a_decomposed_file_name_is_found() {
    let world = world(vec![note(1, "Re\u{301}sume\u{301}.pdf", "")]);
    assert_eq!(world.found("résumé.pdf"), [1]);
}

#[test]
fn the_word_being_typed_matches_as_a_beginning() {
    let world = world(vec![note(1, "", "confidential agreement")]);
    for text in ["c", "co", "con", "confid", "agreement conf", "confidential agree"] {
        assert_eq!(world.found(text), [1], "{text}");
    }
    assert_eq!(world.found("conf agreement"), NOTHING);
    assert_eq!(world.found("conf "), NOTHING);
    assert_eq!(world.found("conx"), NOTHING);
}

#[test]
fn a_slip_is_forgiven_from_five_letters_two_from_nine() {
    let world = world(vec![note(1, "", "plan clause subscription")]);
    for text in ["cluase ", "clase ", "xlause ", "clauses "] {
        assert_eq!(world.found(text), [1], "{text}");
    }
    for text in ["subscirption ", "subscirptoin ", "subsciption "] {
        assert_eq!(world.found(text), [1], "{text}");
    }
    for text in ["plam ", "pln ", "cluaes ", "bubxcripxion "] {
        assert_eq!(world.found(text), NOTHING, "{text}");
    }
}

#[test]
fn a_slip_is_forgiven_in_a_word_being_typed() {
    let world = world(vec![note(1, "", "subscription")]);
    assert_eq!(world.found("subcri"), [1]);
}

#[test]
fn numbers_are_never_mistyped() {
    let world = world(vec![note(1, "", "Invoice 202600123")]);
    assert_eq!(world.found("202600123"), [1]);
    assert_eq!(world.found("202600124"), NOTHING);
}

#[test]
fn slips_are_looked_for_only_where_few_have_the_word() {
    let right = (1..=10).map(|id| note(id, "house", ""));
    let wrong = note(11, "mouse", "");
    let world = world(right.chain([wrong]).collect());
    assert_eq!(world.hits(staff("house ")).total, 10);
    assert_eq!(world.found("mouze "), [11]);
}

#[test]
fn all_words_must_be_in_the_title_or_on_any_page() {
    let world = world(vec![
        pdf(1, "Bridge", &["steel cables", "concrete pillars"]),
        pdf(2, "Tunnel", &["steel arches"]),
    ]);
    assert_eq!(world.found_unordered("steel "), [1, 2]);
    assert_eq!(world.found("bridge steel "), [1]);
    assert_eq!(world.found("cables pillars "), [1]);
    assert_eq!(world.found("tunnel cables "), NOTHING);
}

#[test]
fn some_of_many_words_will_do_when_few_have_all() {
    let world = world(vec![note(1, "", "steel bridge over the river"), note(2, "", "steel")]);
    assert_eq!(world.found("heavy steel bridge river crossing "), [1]);
    assert_eq!(world.found("heavy steel bridge river "), NOTHING);
}

#[test]
fn a_quotation_is_words_in_a_row() {
    let world = world(vec![
        note(1, "", "the annual report of 2026"),
        note(2, "", "annual meeting and report"),
        note(3, "Annual report", ""),
    ]);
    assert_eq!(world.found_unordered("\"annual report\""), [1, 3]);
    assert_eq!(world.found_unordered("annual report"), [1, 2, 3]);
}

#[test]
fn a_dash_leaves_documents_out() {
    let world = world(vec![
        note(1, "offer", "final"),
        note(2, "offer", "draft"),
        pdf(3, "offer", &["cover", "a draft page"]),
    ]);
    assert_eq!(world.found("offer -draft"), [1]);
    assert_eq!(world.found("-draft"), NOTHING);
}

#[test]
fn common_words_need_not_be_there() {
    let world = world(vec![note(1, "", "Conditions générales de vente")]);
    assert_eq!(world.found("les conditions de la vente "), [1]);
}

#[test]
fn scripts_without_spaces_are_found_inside() {
    let world = world(vec![note(1, "", "これは日本語の契約書です")]);
    for text in ["日本語", "契約", "約書", "語"] {
        assert_eq!(world.found(text), [1], "{text}");
    }
    assert_eq!(world.found("本日"), NOTHING);
    assert_eq!(bracketed(&world.first("契約書").snippet), "これは日本語の[契約書]です");
}
