//! T2, T3, P10, P12: nothing outside the audience, in no hit, count or order.

use super::*;

const WAYS_TO_ASK: [&str; 7] = [
    "canarybird",
    "can",
    "canarybi",
    "canarybrid",
    "canarybirds",
    "\"secret canarybird\"",
    "secret wing canarybird sings nest",
];

fn canaries() -> World {
    let canary = |id, organization, audience: &[Audience]| Document {
        organization,
        audience: audience.to_vec(),
        ..note(id, "canarybird", "the secret canarybird sings")
    };
    world(vec![
        canary(1, STUDIO, &[ACME, Audience::Staff]),
        canary(2, STUDIO, &[GLOBEX, Audience::Staff]),
        canary(3, STUDIO, &[CAROL]),
        canary(4, STUDIO, &[Audience::Staff]),
        canary(5, RIVAL, &[ACME, GLOBEX, CAROL, CYRIL, Audience::Staff]),
        canary(6, STUDIO, &[]),
    ])
}

fn found_by(world: &World, audience: &[Audience], text: &str) -> Vec<u8> {
    let hits = world.hits(by(audience, text));
    assert_eq!(hits.total, hits.hits.len(), "{text}");
    let mut ids: Vec<u8> = hits.hits.iter().map(|hit| hit.id.0[0]).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn each_viewer_finds_what_is_for_them_and_counts_nothing_else() {
    let world = canaries();
    for text in WAYS_TO_ASK {
        assert_eq!(found_by(&world, &[ACME, CAROL], text), [1, 3], "{text}");
        assert_eq!(found_by(&world, &[ACME, CYRIL], text), [1], "{text}");
        assert_eq!(found_by(&world, &[GLOBEX], text), [2], "{text}");
        assert_eq!(found_by(&world, &[Audience::Staff], text), [1, 2, 4], "{text}");
    }
}

#[test]
fn without_a_grant_nothing_is_found() {
    let world = canaries();
    for text in WAYS_TO_ASK {
        assert_eq!(world.hits(by(&[], text)), Hits::default());
        assert_eq!(world.hits(by(&[CYRIL], text)), Hits::default());
        assert_eq!(world.hits(by(&[Audience::Portal([21; 16])], text)), Hits::default());
        assert_eq!(world.hits(by(&[Audience::Person([11; 16])], text)), Hits::default());
    }
}

#[test]
fn another_organization_is_never_searched() {
    let world = canaries();
    let everyone = [ACME, GLOBEX, CAROL, CYRIL, Audience::Staff];
    assert_eq!(found_by(&world, &everyone, "canarybird"), [1, 2, 3, 4]);
    let nobody = Query { organization: [3; 16], ..by(&everyone, "canarybird") };
    assert_eq!(world.hits(nobody), Hits::default());
}

#[test]
fn a_revocation_needs_no_change_of_the_index() {
    let world = canaries();
    assert_eq!(found_by(&world, &[ACME, GLOBEX], "canarybird"), [1, 2]);
    assert_eq!(found_by(&world, &[GLOBEX], "canarybird"), [2]);
}

#[test]
fn what_is_for_all_clients_is_found_by_whoever_looks_as_one_of_them() {
    let for_all = Document {
        audience: vec![Audience::Staff, Audience::Clients],
        ..note(1, "canarybird", "the secret canarybird sings")
    };
    let world = world(vec![for_all]);
    for text in WAYS_TO_ASK {
        assert_eq!(found_by(&world, &[ACME, Audience::Clients], text), [1], "{text}");
        // Carol without any grant.
        assert_eq!(world.hits(by(&[CAROL], text)), Hits::default());
        let elsewhere = Query { organization: RIVAL, ..by(&[Audience::Clients], text) };
        assert_eq!(world.hits(elsewhere), Hits::default());
    }
}

#[test]
fn what_one_person_sees_in_a_portal_is_nobody_elses_and_goes_with_the_grant() {
    let in_acme = |person| Audience::PersonInPortal { person: [person; 16], portal: [11; 16] };
    let sent =
        Document { audience: vec![in_acme(21)], ..note(1, "canarybird", "the secret canarybird sings") };
    let world = world(vec![sent]);
    for text in WAYS_TO_ASK {
        assert_eq!(found_by(&world, &[ACME, CAROL, in_acme(21)], text), [1], "{text}");
        assert_eq!(world.hits(by(&[ACME, CYRIL, in_acme(22)], text)), Hits::default());
        // Carol without the grant.
        assert_eq!(world.hits(by(&[CAROL], text)), Hits::default());
        let elsewhere = Audience::PersonInPortal { person: [21; 16], portal: [12; 16] };
        assert_eq!(world.hits(by(&[GLOBEX, CAROL, elsewhere], text)), Hits::default());
    }
}

#[test]
fn a_portal_or_kind_narrows_but_gives_no_right() {
    let in_acme = Document { portal: Some([11; 16]), audience: vec![ACME], ..note(1, "plan", "canarybird") };
    let file = Document { audience: vec![ACME], ..pdf(2, "plan", &["canarybird"]) };
    let world = world(vec![in_acme, file]);
    let narrowed = |audience, portal, kind| {
        let only = Only { portal, kind, ..Only::default() };
        let hits = world.hits(Query { only, ..by(audience, "canarybird") });
        let mut ids: Vec<u8> = hits.hits.iter().map(|hit| hit.id.0[0]).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(narrowed(&[ACME], None, None), [1, 2]);
    assert_eq!(narrowed(&[ACME], Some([11; 16]), None), [1]);
    assert_eq!(narrowed(&[ACME], None, Some("file")), [2]);
    assert_eq!(narrowed(&[ACME], Some([12; 16]), None), NOTHING);
    assert_eq!(narrowed(&[GLOBEX], Some([11; 16]), None), NOTHING);
    assert_eq!(narrowed(&[], Some([11; 16]), None), NOTHING);
}

#[test]
fn words_that_exist_elsewhere_do_not_change_what_is_found() {
    let mine = Document { audience: vec![ACME], ..note(1, "casual clothes", "") };
    let exact_elsewhere =
        (2..40).map(|id| Document { organization: RIVAL, ..note(id, "causal clothes", "") });
    let world = world(std::iter::once(mine).chain(exact_elsewhere).collect());
    assert_eq!(found_by(&world, &[ACME], "causal"), [1]);
}
