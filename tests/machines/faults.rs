//! T32: the database or the store is cut off from the machines that stand on it, or one of the machines dies.

use std::time::Instant;

use url::Url;

use crate::{
    steps::{new_portal, note_form, share, upload_form},
    uploads::{Sender, content},
    world::{Backend, Line, Page, Passage, Person, Server, Upload, World, tell, until},
};

use super::{finds, id, wait_to_hear};

const MIB: usize = 1024 * 1024;

/// Two machines that reach what they stand on through a passage. Dropped from top to bottom: they stop before it goes.
struct Cut {
    other: Server,
    world: World,
    way: Passage,
}

impl Cut {
    /// The variable `name` leads to the server behind `port`, and says what `lead` makes of another port.
    fn between(mut world: World, name: &'static str, port: u16, lead: impl Fn(u16) -> String) -> Self {
        let way = Passage::to(port);
        let address = lead(way.port());
        let server = world.server_mut();
        server.set(name, address);
        server.stop();
        server.launch();
        server.wait_until_ready();
        Self { other: world.another_machine(), world, way }
    }

    fn from_the_database() -> Self {
        let world = World::with_smtp(Backend::Postgres);
        let address = Url::parse(&world.database().environment()[0].1).unwrap();
        let lead = |port| {
            let mut address = address.clone();
            address.set_port(Some(port)).unwrap();
            String::from(address)
        };
        Self::between(world, "DATABASE_URL", address.port().unwrap(), lead)
    }

    fn from_the_store() -> Self {
        let world = World::with_s3_and_smtp(Backend::Postgres);
        let (name, address) = world.bucket().environment().remove(0);
        let endpoint = Url::parse(&address).unwrap();
        let endpoint = endpoint.query_pairs().find(|(name, _)| name == "endpoint").unwrap().1.into_owned();
        let port = Url::parse(&endpoint).unwrap().port().unwrap();
        Self::between(world, name, port, |led| address.replace(&format!(":{port}"), &format!(":{led}")))
    }

    fn at_both(&self, person: &Person) -> [Person; 2] {
        [person.clone(), person.by_way_of(&self.other)]
    }
}

#[track_caller]
fn assert_told_to_come_back(answer: &Page) {
    let wait: u64 = answer.assert_status(503).header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait} s");
}

#[test]
fn t32_with_the_database_cut_off_both_machines_say_so_and_then_go_on_by_themselves_on_postgres() {
    let cut = Cut::from_the_database();
    let Cut { world, way, .. } = &cut;
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    let [ada, ada_there] = cut.at_both(&world.ada());
    let readers = cut.at_both(&world.carol());
    let probes = cut.at_both(&world.stranger_at(""));
    let open = readers.each_ref().map(|carol| carol.listen("/live"));
    let topic = format!("portal:{}", id(&portal));
    note_form(&portal, "Before", "Words.").submit().follow().assert_ok();
    open.iter().for_each(|page| wait_to_hear(page, &topic));

    let meanwhile = note_form(&portal, "Meanwhile", "Words.");
    for round in 0..2 {
        way.cut();
        for person in [&ada, &ada_there] {
            let begun = Instant::now();
            assert_told_to_come_back(&person.get(portal.path()));
            tell(&format!("without its database a machine said so after {:?}", begun.elapsed()));
            assert_told_to_come_back(&meanwhile.clone().by(person).submit());
        }
        probes.iter().for_each(|probe| {
            probe.get("/healthz").assert_ok();
            probe.get("/readyz").assert_status(503);
        });

        way.open();
        until(|| probes.iter().all(|probe| probe.get("/readyz").status.is_success()));
        until(|| [&ada, &ada_there].iter().all(|person| person.get(portal.path()).status.is_success()));
        let (title, word) = (format!("After cut {round}"), format!("marzipan{round}"));
        let form = note_form(&portal, &title, &format!("The {word} heron.")).by(&ada);
        form.submit().follow().assert_ok().assert_shows(&title).assert_hides("Meanwhile");
        for (page, carol) in open.iter().zip(&readers) {
            wait_to_hear(page, &topic);
            until(|| finds(carol, &word, &title));
        }
        let guest = format!("guest{round}@acme.test");
        share(&portal, &guest);
        world.mailbox().next_to(&guest);
    }
}

#[test]
fn t32_with_the_store_cut_off_pages_stay_and_files_say_so_on_postgres() {
    let cut = Cut::from_the_store();
    let Cut { world, way, .. } = &cut;
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let plan = Upload::text("plan.txt", "A cormorant.");
    let listing = upload_form(&portal, [plan]).submit().follow();
    let file = format!("{}/download", listing.link("plan.txt"));
    let staff = cut.at_both(&world.ada());
    for person in &staff {
        assert_eq!(person.get(&file).assert_ok().source(), "A cormorant.");
    }

    let late = upload_form(&portal, [Upload::text("late.txt", "The wombats.")]);
    way.cut();
    for person in &staff {
        for path in ["/staff", portal.path()] {
            person.get(path).assert_ok();
        }
        let begun = Instant::now();
        assert_told_to_come_back(&person.get(&file));
        late.clone().by(person).submit().assert_status(503);
        let elapsed = begun.elapsed();
        tell(&format!("without its store a machine refused a download and an upload within {elapsed:?}"));
        note_form(&portal, "Meanwhile", "Words.").by(person).submit().follow().assert_ok();
        person.visit(portal.path()).assert_shows("Meanwhile").assert_hides("late.txt");
    }

    way.open();
    for person in &staff {
        until(|| person.get(&file).status.is_success());
        assert_eq!(person.get(&file).source(), "A cormorant.");
    }
    late.submit().follow().assert_ok().assert_shows("late.txt");
    let late = format!("{}/download", staff[1].visit(portal.path()).link("late.txt"));
    assert_eq!(staff[1].get(&late).assert_ok().source(), "The wombats.");
}

/// T30: in the middle of uploads; what else it had in its hands is the queue's affair.
#[test]
fn t30_uploads_go_on_at_another_machine_also_when_the_first_one_dies_on_postgres() {
    let mut world = World::with_s3_and_smtp(Backend::Postgres);
    let other = world.another_machine();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let [here, there] =
        [world.ada(), world.ada().by_way_of(&other)].map(|ada| Sender::into_portal(ada, portal.clone()));
    let bytes = content(16 * MIB + 5);

    // `plan.txt`, piece by piece at one and at the other, within a part of S3's and past several.
    let upload = here.create("filename cGxhbi50eHQ=", bytes.len());
    let mut from = 0;
    let ends = [3, MIB, 2 * MIB + 7, 8 * MIB, 15 * MIB, bytes.len()];
    for (end, sender) in ends.into_iter().zip([&here, &there].into_iter().cycle()) {
        assert_eq!(sender.offset(&upload), from);
        sender.append(&upload, from, &bytes[from..end]).assert_status(204);
        from = end;
    }
    here.assert_arrived("plan.txt", &bytes);
    there.assert_arrived("plan.txt", &bytes);

    // `film.mp4`, of which the next piece is on its way when the machine dies.
    let upload = here.create("filename ZmlsbS5tcDQ=", bytes.len());
    here.append(&upload, 0, &bytes[..7 * MIB]).assert_status(204);
    note_form(&portal, "Almond", "The marzipan heron.").submit().follow().assert_ok();
    let mut line = Line::open(&here.person);
    let more = format!(
        "Tus-Resumable: 1.0.0\r\nUpload-Offset: {}\r\nContent-Length: {}\r\n\
         Content-Type: application/offset+octet-stream\r\n",
        7 * MIB,
        bytes.len() - 7 * MIB
    );
    line.send(Line::head(&here.person, &format!("PATCH {upload}"), &more)).unwrap();
    line.send(&bytes[7 * MIB..12 * MIB]).unwrap();
    world.server_mut().kill();
    drop(line);

    let acknowledged = there.offset(&upload);
    assert!((7 * MIB..=12 * MIB).contains(&acknowledged), "{acknowledged}");
    there.append(&upload, acknowledged, &bytes[acknowledged..]).assert_status(204);
    there.assert_arrived("film.mp4", &bytes);
    there.person.visit(portal.path()).assert_shows("Almond").assert_shows("plan.txt");
    until(|| there.person.partial_get("/staff/search?q=marzipan").texts(".search-hit-name") == ["Almond"]);

    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    here.assert_arrived("film.mp4", &bytes);
    until(|| here.person.partial_get("/staff/search?q=marzipan").texts(".search-hit-name") == ["Almond"]);
}
