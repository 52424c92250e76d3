//! T33: rebuilt while it answers, and equal to one kept incrementally.

use super::*;

const QUESTIONS: [&str; 6] = ["bridge ", "br", "brigde ", "steel bridge", "\"steel bridge\"", "plan"];

fn plans() -> Vec<Document> {
    vec![
        note(1, "Bridge", "steel and stone"),
        note(2, "Tunnel", "a steel bridge before it"),
        pdf(3, "Plans", &["bridges", "steel", "steel bridge"]),
        note(4, "Planning", "nothing else"),
    ]
}

fn answers(world: &World) -> Vec<Hits> {
    QUESTIONS.iter().map(|text| world.hits(staff(text))).collect()
}

#[test]
fn a_rebuilt_index_equals_one_kept_incrementally() {
    let kept = world(Vec::new());
    for (document, event) in plans().into_iter().rev().zip(2..) {
        let earlier = note(document.id.0[0], "earlier", "bridge steel plan");
        kept.index.apply(puts(vec![earlier]), event * 2).expect("a working index");
        kept.index.apply(puts(vec![document]), event * 2 + 1).expect("a working index");
    }
    let mut rebuild = kept.index.rebuild().expect("a working index");
    rebuild.put(plans()).expect("a working index");
    let incremental = answers(&kept);
    rebuild.finish(9).expect("a working index");
    assert_eq!(kept.index.last_event(), Some(9));
    assert_eq!(answers(&kept), incremental);
    assert_eq!(answers(&world(plans())), incremental);
}

#[test]
fn the_old_index_answers_until_the_new_one_is_finished() {
    let world = world(vec![note(1, "bridge", "")]);
    let mut rebuild = world.index.rebuild().expect("a working index");
    rebuild.put(vec![note(2, "bridge", "")]).expect("a working index");
    assert_eq!(world.found("bridge "), [1]);
    world.index.apply(puts(vec![note(3, "bridge", "")]), 2).expect("a working index");
    assert_eq!(world.found_unordered("bridge "), [1, 3]);
    rebuild.finish(1).expect("a working index");
    assert_eq!(world.found("bridge "), [2]);
    assert_eq!(world.index.last_event(), Some(1));
    world.index.apply(puts(vec![note(3, "bridge", "")]), 2).expect("a working index");
    assert_eq!(world.found_unordered("bridge "), [2, 3]);
}

#[test]
fn an_abandoned_rebuild_changes_nothing() {
    let world = world(vec![note(1, "bridge", "")]);
    let mut rebuild = world.index.rebuild().expect("a working index");
    rebuild.put(vec![note(2, "bridge", "")]).expect("a working index");
    drop(rebuild);
    assert_eq!(world.found("bridge "), [1]);
    assert_eq!(world.index.last_event(), Some(1));
}

#[test]
fn a_rebuilt_index_survives_reopening_and_leaves_one_generation() {
    let World { index, folder } = world(vec![note(1, "bridge", "")]);
    let mut rebuild = index.rebuild().expect("a working index");
    rebuild.put(vec![note(2, "bridge", "")]).expect("a working index");
    rebuild.finish(5).expect("a working index");
    drop(index);
    let index = Index::open(folder.path()).expect("an index");
    assert_eq!(index.last_event(), Some(5));
    let entries = std::fs::read_dir(folder.path()).expect("a folder");
    let generations = entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir()));
    assert_eq!(generations.count(), 1);
    let world = World { index, folder };
    assert_eq!(world.found("bridge "), [2]);
}
