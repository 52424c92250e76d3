//! Several machines on one database and one store, behind one address: whoever is at one of them meets what was done at
//! another.

mod faults;
mod jobs;
mod upgrades;

use std::time::{Duration, Instant};

use crate::{
    live::id,
    steps::{new_portal, note_form, share},
    world::{Backend, EventStream, Person, World, tell, until},
};

/// A second is promised, which is told; a machine that runs other tests at the same time is given slack.
const SOON: Duration = Duration::from_secs(5);
const ROUNDS: usize = 10;

#[track_caller]
fn wait_to_hear(page: &EventStream, topic: &str) {
    while !page.next().data.split(' ').any(|each| each == topic) {}
}

fn finds(person: &Person, word: &str, name: &str) -> bool {
    let hits = person.partial_get(&format!("/search?q={word}"));
    hits.texts(".search-hit-name").iter().any(|found| found == name)
}

/// The slowest of them.
fn slowest(times: &[Duration], what: &str) {
    let slowest = times.iter().max().unwrap();
    tell(&format!("{what} at the other machine, slowest of {}: {slowest:?}", times.len()));
    assert!(*slowest < SOON, "{what}: {slowest:?}");
}

#[test]
fn what_is_done_at_one_machine_reaches_open_pages_and_search_at_the_other_on_postgres() {
    let world = World::with_s3_and_smtp(Backend::Postgres);
    let other = world.another_machine();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    let topic = format!("portal:{}", id(&portal));
    let at = [world.ada(), world.ada().by_way_of(&other)];
    let readers = [world.carol().by_way_of(&other), world.carol()];
    let others = [world.dora().by_way_of(&other), world.dora()];
    let open = readers.each_ref().map(|carol| carol.listen("/live"));
    let foreign = others.each_ref().map(|dora| dora.listen("/live"));

    let (mut heard, mut found) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let side = round % 2;
        let (title, word) = (format!("Note {round}"), format!("marzipan{round}"));
        let form = note_form(&portal, &title, &format!("The {word} heron.")).by(&at[side]);
        let begun = Instant::now();
        form.submit().follow().assert_ok().assert_shows(&title);
        wait_to_hear(&open[side], &topic);
        heard.push(begun.elapsed());
        until(|| finds(&readers[side], &word, &title));
        found.push(begun.elapsed());
        assert!(!finds(&others[side], &word, &title), "Dora finds what is Carol's");
    }
    slowest(&heard, "heard on an open page");
    slowest(&found, "found by search");
    for page in &foreign {
        let heard = page.so_far();
        assert!(!heard.iter().any(|event| event.data.contains(id(&portal))), "{heard:?}");
    }
}

/// P4, P12
#[test]
fn what_ends_at_one_machine_is_over_at_the_other_with_the_next_request_on_postgres() {
    let world = World::start(Backend::Postgres);
    let other = world.another_machine();
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    note_form(&portal, "Almond", "The marzipan heron.").submit().follow().assert_ok();
    let path = portal.path().replace("/staff", "");

    let here = world.sign_in("carol@acme.test");
    let there = here.with_the_same_cookies().by_way_of(&other);
    there.get(&path).assert_ok().assert_shows("Almond");
    until(|| finds(&there, "marzipan", "Almond"));
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    there.get(&path).assert_not_found();
    assert!(!finds(&there, "marzipan", "Almond"));

    let open = there.listen("/live");
    open.next();
    there.get("/account").assert_ok();
    here.visit("/").press("Sign out").assert_ok();
    there.get("/account").assert_redirects_to("/sign-in");
    open.rest();

    // And the other way round: signed in there, ended by staff here.
    let there = world.stranger().by_way_of(&other);
    there.sign_in("carol@acme.test", world.password_of("carol@acme.test")).assert_signed_in();
    let twin = there.with_the_same_cookies();
    twin.get("/account").assert_ok();
    let mut page = ada.visit("/staff/clients").press("Carol Meyer");
    while page.has_button("End this one") {
        page = page.press("End this one");
    }
    there.get("/account").assert_redirects_to("/sign-in");
    twin.get("/account").assert_redirects_to("/sign-in");
}

/// P7, P11: no machine lets anybody in whom the others do not.
#[test]
fn p11_at_either_machine_a_foreign_portal_is_none_on_postgres() {
    let world = World::start(Backend::Postgres);
    let other = world.another_machine();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    let path = portal.path().replace("/staff", "");
    world.carol().by_way_of(&other).get(&path).assert_ok();
    for stranger in [world.cyril(), world.dora()] {
        stranger.by_way_of(&other).get(&path).assert_not_found();
    }
    world.eve().by_way_of(&other).get(portal.path()).assert_not_found();
    world.stranger().by_way_of(&other).get(&path).assert_redirects_to("/sign-in");
    world.stranger_at("nobody").by_way_of(&other).get("/").assert_status(421);
}
