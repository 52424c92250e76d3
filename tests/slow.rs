//! T17: who sends slowly or never reads keeps a connection for so long and no longer, and keeps nobody else waiting.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    steps::{new_portal, upload_form},
    world::{Backend, Line, Person, Upload, World, tell},
};

/// More than the buffers of a connection hold (tcp(7): 4 and 6 MiB at most, unless somebody raised them).
const LARGE: usize = 24 << 20;
/// Well below the shortest deadline, so that nobody is let go for another reason; and well beyond the longest, since the
/// machine may be busy.
const AT_LEAST: Duration = Duration::from_secs(15);
const AT_MOST: Duration = Duration::from_secs(150);

/// Lasts a minute, which is the longest of the deadlines. Connections know nothing of databases.
#[test]
fn t17_who_sends_slowly_or_never_reads_is_let_go_while_others_are_served() {
    let world = World::start(Backend::Sqlite);
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Autumn campaign");
    let film = Upload::new("film.mp4", "video/mp4", vec![7; LARGE]);
    let listing = upload_form(&portal, [film]).submit().follow();
    let address = format!("{}/download", listing.link("film.mp4"));

    let left = AtomicUsize::new(4);
    let (lasted, slowest) = thread::scope(|scope| {
        let timed = |slow: Box<dyn FnOnce() + Send>| {
            let left = &left;
            scope.spawn(move || {
                let started = Instant::now();
                slow();
                left.fetch_sub(1, Ordering::Relaxed);
                started.elapsed()
            })
        };
        let one = |of: fn(&Person), person: &Person| {
            let person = person.clone();
            timed(Box::new(move || of(&person)))
        };
        let (reader, path) = (ada.clone(), address.clone());
        let all = [
            ("nothing", one(send_nothing, &carol)),
            ("a slow header", one(send_a_slow_header, &carol)),
            ("a slow body", one(send_a_slow_body, &carol)),
            ("no reading", timed(Box::new(move || never_read(&reader, &path)))),
        ];
        let mut slowest = Duration::ZERO;
        while left.load(Ordering::Relaxed) > 0 {
            let started = Instant::now();
            carol.get("/").assert_ok();
            slowest = slowest.max(started.elapsed());
            thread::sleep(Duration::from_millis(200));
        }
        (all.map(|(what, slow)| (what, slow.join().unwrap())), slowest)
    });
    tell(&format!("let go: {lasted:?}; the slowest page meanwhile: {slowest:?}"));
    for (what, lasted) in lasted {
        assert!(AT_LEAST < lasted && lasted < AT_MOST, "{what}: {lasted:?}");
    }
    assert!(slowest < AT_LEAST, "a page waited for {slowest:?}");
}

fn send_nothing(person: &Person) {
    let mut line = Line::open(person);
    while line.is_open() {}
}

fn send_a_slow_header(person: &Person) {
    let mut line = Line::open(person);
    let head = Line::head(person, "GET /account", "X-Slow: ");
    trickle(&mut line, head.trim_end());
}

fn send_a_slow_body(person: &Person) {
    let mut line = Line::open(person);
    let more = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n";
    trickle(&mut line, &(Line::head(person, "POST /account", more) + "name="));
}

/// A byte now and then, for as long as they are taken.
fn trickle(line: &mut Line, beginning: &str) {
    line.send(beginning).unwrap();
    while line.is_open() && line.send("x").is_ok() {}
}

fn never_read(person: &Person, path: &str) {
    let mut line = Line::open(person);
    line.send(Line::head(person, &format!("GET {path}"), "")).unwrap();
    let server = person.address("/").port().unwrap();
    while is_established(server, line.port()) {
        thread::sleep(Duration::from_millis(250));
    }
    let came = line.hear_all().unwrap_or_default();
    assert!(came.len() < LARGE, "all of it came before anybody read");
}

/// As the kernel has the server's end (proc(5), /proc/net/tcp): addresses in hexadecimal digits, and 01 for a
/// connection that nobody has closed.
fn is_established(server: u16, client: u16) -> bool {
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    let ends = format!("0100007F:{server:04X} 0100007F:{client:04X} 01");
    table.contains(&ends)
}
