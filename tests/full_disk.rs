//! A disk that is full (T34): SQLite hears of it when it commits, the files when they are written. The server is given
//! one that can be filled and emptied by `full_disk.c`, which stands between it and the system's calls.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    steps::{new_portal, note_form, share, upload_form},
    world::{Backend, Page, Upload, World, until},
};

/// Puts a layer in C between the system and the world's server, from its next start on.
pub fn lay_under(world: &mut World, source: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
    let library = world.data().with_file_name("layer.so");
    let mut compiler = Command::new("cc");
    let compiler = compiler.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source).arg("-ldl");
    assert!(compiler.status().unwrap().success(), "{} does not compile", source.display());
    world.server_mut().set("LD_PRELOAD", library.to_str().unwrap());
}

struct Disk {
    /// There while the disk is full.
    flag: PathBuf,
}

impl Disk {
    /// Under all files that the world's server writes from now on.
    fn under(world: &mut World) -> Self {
        lay_under(world, "full_disk.c");
        let flag = world.data().with_file_name("full");
        world.server_mut().set("FULL_DISK_WHILE", flag.to_str().unwrap());
        world.server_mut().stop();
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        Self { flag }
    }

    fn fill(&self) {
        fs::write(&self.flag, "").unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(&self.flag).unwrap();
    }
}

const NO_ROOM: &str = "What is already there can still be read.";

fn add_note(portal: &Page, title: &str) -> Page {
    note_form(portal, title, &format!("{title} in many words")).submit()
}

#[test]
fn t34_a_disk_that_is_full_at_a_commit_costs_that_one_change_and_nothing_else() {
    let mut world = World::start(Backend::Sqlite);
    let disk = Disk::under(&mut world);
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    add_note(&portal, "Written before").follow().assert_ok();
    upload_form(&portal, [Upload::text("plan.txt", "the quokkas")]).submit().follow().assert_ok();
    let found = |word: &str, name: &str| {
        let hits = world.carol().partial_get(&format!("/search?q={word}"));
        hits.texts(".search-hit-name").contains(&name.to_owned())
    };
    until(|| found("quokkas", "plan.txt"));
    let before = world.database().at_rest(&["cursors.*", "jobs.*"]);

    disk.fill();
    for round in 0..3 {
        let refused = add_note(&portal, &format!("Round {round}"));
        refused.assert_status(507).assert_shows(NO_ROOM);
    }
    let refused = upload_form(&portal, [Upload::text("late.txt", "words")]).submit();
    refused.assert_status(507).assert_shows(NO_ROOM);
    // Reading goes on, in every way.
    let listing = ada.visit(portal.path());
    listing.assert_shows("Written before").assert_hides("Round").assert_hides("late.txt");
    assert_eq!(ada.get(&format!("{}/download", listing.link("plan.txt"))).source(), "the quokkas");
    let carols = world.carol().visit(&portal.path().replace("/staff", ""));
    assert_eq!(world.carol().get(&format!("{}/download", carols.link("plan.txt"))).source(), "the quokkas");
    assert!(found("quokkas", "plan.txt"));
    let changes = before.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*"]));
    assert!(changes.is_none(), "{}", changes.unwrap());

    // Without anybody's hand.
    disk.make_room();
    add_note(&portal, "Written afterwards").follow().assert_shows("Written afterwards");
    upload_form(&ada.visit(portal.path()), [Upload::text("late.txt", "the wombats")])
        .submit()
        .follow()
        .assert_ok();
    until(|| found("wombats", "late.txt") && found("afterwards", "Written afterwards"));
    world.server_mut().kill();
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let listing = ada.visit(portal.path());
    for name in ["Written before", "plan.txt", "Written afterwards", "late.txt"] {
        listing.assert_shows(name);
    }
    listing.assert_hides("Round");
}
