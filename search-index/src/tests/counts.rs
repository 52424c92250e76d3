//! How what was found is spread, and narrowing to a part of it. T3: within the audience alone.

use super::*;
use crate::Counts;

const ADA: [u8; 16] = [31; 16];
const BEN: [u8; 16] = [32; 16];
const IN_ACME: [u8; 16] = [11; 16];
const IN_GLOBEX: [u8; 16] = [12; 16];

/// By id: where it lies, what it is, who added it, when it changed.
type Placed = (u8, [u8; 16], &'static str, [u8; 16], i64);

const SPREAD: [Placed; 5] = [
    (1, IN_ACME, "note", ADA, 100),
    (2, IN_ACME, "file", ADA, 200),
    (3, IN_ACME, "file", BEN, 300),
    (4, IN_GLOBEX, "file", BEN, 400),
    (5, IN_GLOBEX, "link", ADA, 500),
];

fn spread() -> World {
    let document = |(id, portal, kind, author, changed): Placed| Document {
        audience: vec![Audience::Staff, Audience::Portal(portal)],
        portal: Some(portal),
        kind: kind.to_owned(),
        author: Some(author),
        changed,
        ..pdf(id, "Plan", &["the bridge", "and the bridge again"])
    };
    let unplaced = note(6, "bridge", "in no portal, by nobody");
    world(SPREAD.into_iter().map(document).chain([unplaced, note(7, "tunnel", "")]).collect())
}

fn counts(world: &World, audience: &[Audience], only: Only) -> Counts {
    let query = Query { only, moments: &[100, 250, 400, 600], limit: 1, ..by(audience, "bridge ") };
    world.hits(query).counts
}

fn kinds(counts: &Counts) -> Vec<(&str, usize)> {
    counts.kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect()
}

fn ids(counts: &std::collections::BTreeMap<[u8; 16], usize>) -> Vec<(u8, usize)> {
    counts.iter().map(|(id, count)| (id[0], *count)).collect()
}

#[test]
fn each_document_counts_once_wherever_it_matches() {
    let counts = counts(&spread(), &[Audience::Staff], Only::default());
    assert_eq!(ids(&counts.portals), [(11, 3), (12, 2)]);
    assert_eq!(kinds(&counts), [("file", 3), ("link", 1), ("note", 2)]);
    assert_eq!(ids(&counts.authors), [(31, 3), (32, 2)]);
    assert_eq!(counts.since, [5, 3, 2, 0]);
}

#[test]
fn nothing_outside_the_audience_is_counted() {
    let world = spread();
    let of_acme = counts(&world, &[ACME], Only::default());
    assert_eq!(ids(&of_acme.portals), [(11, 3)]);
    assert_eq!(kinds(&of_acme), [("file", 2), ("note", 1)]);
    assert_eq!(ids(&of_acme.authors), [(31, 2), (32, 1)]);
    assert_eq!(of_acme.since, [3, 1, 0, 0]);
    let narrowed = Only { portal: Some(IN_GLOBEX), ..Only::default() };
    assert_eq!(counts(&world, &[ACME], narrowed), Counts { since: vec![0; 4], ..Counts::default() });
    assert_eq!(counts(&world, &[], Only::default()), Counts::default());
    let elsewhere = Query { organization: RIVAL, ..staff("bridge ") };
    assert_eq!(world.hits(elsewhere).counts, Counts::default());
}

#[test]
fn counts_are_of_what_the_search_is_narrowed_to() {
    let world = spread();
    let narrowed = |only| {
        let hits = world.hits(Query { only, ..staff("bridge ") });
        let mut found: Vec<u8> = hits.hits.iter().map(|hit| hit.id.0[0]).collect();
        found.sort_unstable();
        assert_eq!(hits.total, found.len());
        assert_eq!(hits.counts.kinds.values().sum::<usize>(), found.len());
        found
    };
    let all = Only::default();
    assert_eq!(narrowed(Only { author: Some(ADA), ..all }), [1, 2, 5]);
    assert_eq!(narrowed(Only { since: Some(250), ..all }), [3, 4, 5]);
    assert_eq!(narrowed(Only { kind: Some("file"), author: Some(BEN), ..all }), [3, 4]);
    assert_eq!(narrowed(Only { kind: Some("file"), author: Some(BEN), since: Some(301), ..all }), [4]);
    assert_eq!(narrowed(Only { portal: Some(IN_ACME), author: Some(BEN), ..all }), [3]);
    assert_eq!(narrowed(Only { kind: Some("quote"), ..all }), NOTHING);
}

#[test]
fn what_was_replaced_or_deleted_is_counted_no_more() {
    let world = spread();
    let replaced = note(1, "bridge", "");
    world
        .index
        .apply(vec![Change::Put(replaced), Change::Delete(DocumentId([2; 16]))], 2)
        .expect("a working index");
    let counts = counts(&world, &[Audience::Staff], Only::default());
    assert_eq!(ids(&counts.portals), [(11, 1), (12, 2)]);
    assert_eq!(kinds(&counts), [("file", 2), ("link", 1), ("note", 2)]);
}
