//! T32, T37: more than can be carried, or a database that is away or in other hands: whoever cannot be served is told so
//! soon and in words, and all goes on by itself.

use std::{
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    on_both,
    steps::{new_portal, note_form, share},
    world::{Backend, Heard, Line, Person, World, tell, until},
};

on_both! { t37_what_cannot_be_written_now_is_refused_soon_while_reading_goes_on }

/// More than wait for a turn to write, or to read, by some tens.
const WRITERS: usize = 300;
const READERS: usize = 600;
/// The longest of the waits that the server allows itself is ten seconds. One after the other they would take many
/// minutes; the machine may be busy.
const SOON: Duration = Duration::from_secs(90);

/// One row for each connection that waits for what another holds.
const WAITING: &str =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// What each of so many is told who send this at once, and how long it took until the last one was.
fn at_once(person: &Person, how_many: usize, request: &str) -> (Vec<Heard>, Duration) {
    let room = Rlimit { current: getrlimit(Resource::Nofile).maximum, ..getrlimit(Resource::Nofile) };
    setrlimit(Resource::Nofile, room).unwrap();
    let started = Instant::now();
    let mut lines: Vec<Line> = (0..how_many).map(|_| Line::open(person)).collect();
    lines.iter_mut().for_each(|line| line.send(request).unwrap());
    let heard = lines.iter_mut().map(|line| line.hear().unwrap()).collect();
    (heard, started.elapsed())
}

#[track_caller]
fn assert_told_to_come_back(heard: &Heard) {
    assert_eq!(heard.status, 503, "{}", heard.body);
    let wait: u64 = heard.header("retry-after").expect("when to come back").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait} s");
    assert!(heard.body.contains("Too busy right now"), "{}", heard.body);
}

fn t37_what_cannot_be_written_now_is_refused_soon_while_reading_goes_on(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    let form = Line::form(&carol, "/account", "name=Carol+Heron&language=en");
    let held = world.database().hold();
    let (heard, elapsed) = thread::scope(|scope| {
        let writing = scope.spawn(|| at_once(&carol, WRITERS, &form));
        let mut looks = 0;
        while looks == 0 || !writing.is_finished() {
            carol.get("/").assert_ok().assert_shows("Autumn campaign");
            ada.get(portal.path()).assert_ok();
            world.stranger_at("").get("/readyz").assert_ok();
            looks += 1;
        }
        writing.join().unwrap()
    });
    heard.iter().for_each(assert_told_to_come_back);
    assert!(elapsed < SOON, "the last of them was told after {elapsed:?}");
    tell(&format!("{WRITERS} who could not write were told so within {elapsed:?}"));

    drop(held);
    carol.get("/account").assert_ok().assert_hides("Carol Heron");
    let saved = carol.visit("/account").form_with_field("Name").fill("Name", "Carol Heron").submit();
    saved.follow().assert_ok().assert_shows("Carol Heron");
}

/// SQLite is a file, and nothing that goes away.
#[test]
fn t32_without_postgres_every_page_says_so_and_with_it_all_goes_on_by_itself() {
    let world = World::start(Backend::Postgres);
    let (ada, carol, probe) = (world.ada(), world.carol(), world.stranger_at(""));
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    let page = Line::head(&carol, "GET /", "");
    let note = note_form(&portal, "Almond", "Words.");
    for _ in 0..2 {
        let held = world.database().hold();
        let write = note.clone();
        let under_way = thread::spawn(move || write.submit());
        until(|| world.database().execute(WAITING).is_ok_and(|waiting| waiting > 0));
        world.database().shut();
        under_way.join().unwrap().assert_status(503).assert_shows("Too busy right now");
        drop(held);
        let (heard, elapsed) = at_once(&carol, READERS, &page);
        heard.iter().for_each(assert_told_to_come_back);
        assert!(elapsed < SOON, "the last of them was told after {elapsed:?}");
        tell(&format!("{READERS} visitors without a database were told so within {elapsed:?}"));
        probe.get("/healthz").assert_ok();
        probe.get("/readyz").assert_status(503);
        assert_ne!(note.submit().assert_status(503).header("retry-after"), "");

        world.database().open();
        until(|| probe.get("/readyz").status.is_success());
        until(|| carol.get("/").status.is_success());
        carol.get("/").assert_shows("Autumn campaign");
        ada.visit(portal.path()).assert_ok().assert_hides("Almond");
    }
    note.submit().follow().assert_ok().assert_shows("Almond");
    share(&portal, "zoe@acme.test");
    world.mailbox().next_to("zoe@acme.test");
    until(|| carol.partial_get("/search?q=almond").texts(".search-hit-name").contains(&"Almond".to_owned()));
}
