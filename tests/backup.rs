//! T35: everything in one file while the product runs, and back on another machine, on either database.

mod broken_places;
mod places;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crate::{
    files::files_below,
    on_both,
    steps::{new_portal, note_form, share, upload_form},
    world::{Backend, Page, Person, Upload, World, until},
};

on_both! {
    t35_what_was_backed_up_while_it_ran_works_on_another_machine,
    t35_a_backup_leads_to_the_other_database_and_back_without_a_change,
    t35_what_is_written_meanwhile_is_in_the_backup_whole_or_not_at_all,
    t35_a_restore_into_an_installation_in_use_is_refused,
    t35_verify_restores_and_leaves_nothing_behind,
    p44_a_long_backup_says_how_far_it_is_and_so_does_a_long_restore,
}

/// What a run of the steps alone makes different.
const ITS_OWN: [&str; 1] = ["__diesel_schema_migrations.run_on"];

fn path(world: &World, name: &str) -> PathBuf {
    world.data().with_file_name(name)
}

pub fn backed_up(world: &World) -> PathBuf {
    let file = path(world, "portico.backup");
    let said = world.command(&["backup", file.to_str().unwrap()]).assert_success();
    assert!(said.contains(" rows and ") && said.contains("Keep it safe"), "{said}");
    assert!(!path(world, "portico.backup.part").exists());
    file
}

/// On a machine where the product was started once and nobody set it up. Its server does not run.
pub fn restored(file: &Path, backend: Backend) -> World {
    let mut world = World::empty(backend);
    world.server_mut().stop();
    let said = world.command(&["restore", file.to_str().unwrap()]).assert_success();
    assert!(said.contains("Restored "), "{said}");
    world
}

fn start(world: &mut World) {
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
}

fn content() -> Vec<u8> {
    (0..700_000_u32).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).collect()
}

/// A portal that Carol has, with a note and a file in it.
fn campaign(world: &World) -> Page {
    let portal = new_portal(&world.ada(), "Winter campaign");
    note_form(&portal, "Recap", "The quokkas agreed.").submit().follow().assert_ok();
    let poster = Upload::new("Poster.bin", "application/octet-stream", content());
    upload_form(&portal, [poster]).submit().follow().assert_ok();
    share(&portal, "carol@acme.test");
    portal
}

fn found(person: &Person, address: &str) -> Vec<String> {
    person.partial_get(address).texts(".search-hit-name")
}

fn t35_what_was_backed_up_while_it_ran_works_on_another_machine(world: World) {
    campaign(&world);
    let mut other = restored(&backed_up(&world), world.database().backend());
    start(&mut other);

    let carol = other.stranger_at("studio");
    carol.sign_in("carol@acme.test", world.password_of("carol@acme.test")).assert_signed_in();
    let portal = carol.visit("/").press("Winter campaign");
    portal.assert_ok().assert_shows("Recap");
    let download = carol.get(&format!("{}/download", portal.link("Poster.bin")));
    assert!(download.assert_ok().body == content());
    until(|| found(&carol, "/search?q=quokkas").contains(&"Recap".to_owned()));

    // What is numbered goes on after the last number.
    let ada = other.stranger_at("studio");
    ada.sign_in("ada@studio.test", world.password_of("ada@studio.test")).assert_signed_in();
    let spring = new_portal(&ada, "Spring campaign");
    note_form(&spring, "Minutes", "Then came wombats.").submit().follow().assert_ok();
    until(|| found(&ada, "/staff/search?q=wombats").contains(&"Minutes".to_owned()));
}

fn t35_a_backup_leads_to_the_other_database_and_back_without_a_change(world: World) {
    campaign(&world);
    let before = world.database().at_rest(&ITS_OWN);
    let away = match world.database().backend() {
        Backend::Sqlite => Backend::Postgres,
        Backend::Postgres => Backend::Sqlite,
    };
    let there = restored(&backed_up(&world), away);
    let back = restored(&backed_up(&there), world.database().backend());
    let changes = before.changes_until(&back.database().snapshot(&ITS_OWN));
    assert!(changes.is_none(), "{}", changes.unwrap());
    let lost = back.database().snapshot(&ITS_OWN).changes_until(&before);
    assert!(lost.is_none(), "{}", lost.unwrap());

    let files = |world: &World| files_below(&world.data().join("objects"));
    assert_eq!(files(&back), files(&world));
    for name in files(&world) {
        let bytes = |world: &World| fs::read(world.data().join("objects").join(&name)).unwrap();
        assert!(bytes(&back) == bytes(&world), "{name}");
    }
    let secret = |world: &World| fs::read(world.data().join("secret")).unwrap();
    assert_eq!(secret(&back), secret(&world));
}

/// A note is an item and its words, two rows that are written in one transaction: a backup has both or neither. That
/// every key leads somewhere is what the restore looks at.
fn t35_what_is_written_meanwhile_is_in_the_backup_whole_or_not_at_all(world: World) {
    let (ada, is_over) = (world.ada(), AtomicBool::new(false));
    let portal = new_portal(&ada, "Winter campaign");
    let file = thread::scope(|scope| {
        let writing = scope.spawn(|| {
            // With an end of its own, should there be no backup.
            for number in 0..5_000 {
                if is_over.load(Ordering::Relaxed) && number >= 3 {
                    break;
                }
                note_form(&portal, &format!("Note {number}"), "Words.").submit().follow().assert_ok();
            }
        });
        let file = backed_up(&world);
        is_over.store(true, Ordering::Relaxed);
        writing.join().unwrap();
        file
    });
    let other = restored(&file, world.database().backend());
    let halves = "SELECT i.name AS row FROM items i WHERE i.kind = 'note' AND NOT EXISTS (
        SELECT 1 FROM notes n WHERE n.organization_id = i.organization_id AND n.item_id = i.id)";
    let halves = other.database().texts(halves, halves);
    assert!(halves.is_empty(), "{halves:?}");
}

fn t35_a_restore_into_an_installation_in_use_is_refused(world: World) {
    let file = backed_up(&world);
    let before = world.database().at_rest(&[]);
    let said = world.command(&["restore", file.to_str().unwrap()]).assert_failure();
    assert_eq!(said, "portico: the database is not empty: a backup is restored into an empty one");
    assert!(before.changes_until(&world.database().at_rest(&[])).is_none());
}

fn t35_verify_restores_and_leaves_nothing_behind(world: World) {
    let file = backed_up(&world);
    let before = files_below(&world.data().join("objects"));
    let said = world.command(&["backup", "--verify", file.to_str().unwrap()]).assert_success();
    assert!(said.contains("each the same as it was written"), "{said}");
    assert_eq!(files_below(&world.data().join("objects")), before);
    let mut names = fs::read_dir(world.data()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.all(|name| !name.to_str().unwrap().starts_with("verify")));
}

/// Long by the clock, by which minutes pass in a moment. Whoever waits for a short one is told nothing before its end.
fn p44_a_long_backup_says_how_far_it_is_and_so_does_a_long_restore(mut world: World) {
    world.server_mut().stop();
    let (file, is_over) = (path(&world, "portico.backup"), AtomicBool::new(false));
    let file = file.to_str().unwrap();
    let told = |arguments: &[&str]| {
        let printed = world.command(arguments);
        let beside = String::from_utf8(printed.output.stderr.clone()).unwrap();
        let said = printed.assert_success();
        assert!(!said.contains("so far"), "{said}");
        beside.lines().filter(|line| line.ends_with(" so far.")).map(str::to_owned).collect::<Vec<_>>()
    };
    let (write, check) = (["backup", file], ["backup", "--verify", file]);
    assert!(told(&write).is_empty() && told(&check).is_empty());
    thread::scope(|scope| {
        let passing = scope.spawn(|| {
            // With an end of its own, should a command fail.
            for _ in 0..1_000_000 {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                world.clock().advance_seconds(60);
            }
        });
        let comes = |arguments: &[&str], words: &str| {
            (0..50).any(|_| told(arguments).iter().any(|line| line.ends_with(words)))
        };
        let came = comes(&write, " rows so far.") && comes(&check, " rows so far.");
        is_over.store(true, Ordering::Relaxed);
        passing.join().unwrap();
        assert!(came, "nothing was told on the way");
    });
}

#[test]
fn t35_a_torn_or_changed_file_is_refused_in_words_and_leaves_nothing() {
    let world = World::start(Backend::Sqlite);
    let whole = fs::read(backed_up(&world)).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    let broken = [
        (&whole[..whole.len() - 1], "torn"),
        (&whole[..whole.len() / 2], "torn"),
        (&changed[..], "damaged"),
        (&whole[1..], "no backup of Portico"),
        (&whole[..0], "no backup of Portico"),
    ];
    let file = path(&world, "broken.backup");
    let data = path(&world, "fresh");
    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("PORTICO_DATA", data.to_str().unwrap());
    for (bytes, words) in broken {
        fs::write(&file, bytes).unwrap();
        for arguments in [&["restore"][..], &["backup", "--verify"]] {
            let arguments = [arguments, &[file.to_str().unwrap()]].concat();
            let said = surroundings.run(&arguments).assert_failure();
            assert!(said.contains("broken.backup cannot be restored") && said.contains(words), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
            assert!(files_below(&data).is_empty(), "{:?}", files_below(&data));
        }
    }
}

#[test]
fn t35_a_file_whose_object_is_gone_is_told_and_the_rest_is_kept() {
    let world = World::start(Backend::Sqlite);
    campaign(&world);
    let file = path(&world, "portico.backup");
    let poster = world.database().texts(
        "SELECT v.object_key AS row FROM file_versions v JOIN items i ON i.id = v.item_id
         WHERE i.name = 'Poster.bin'",
        "",
    );
    fs::remove_file(world.data().join("objects").join(&poster[0])).unwrap();
    let said = world.command(&["backup", file.to_str().unwrap()]).assert_failure();
    let words = "portico: 1 object that a file needs was not in the store and is not in the backup";
    assert_eq!(said, words);

    let mut other = World::empty(Backend::Sqlite);
    other.server_mut().stop();
    assert_eq!(other.command(&["restore", file.to_str().unwrap()]).assert_failure(), words);
    start(&mut other);
    let carol = other.stranger_at("studio");
    carol.sign_in("carol@acme.test", world.password_of("carol@acme.test")).assert_signed_in();
    carol.visit("/").press("Winter campaign").assert_shows("Poster.bin");
}

#[test]
fn t35_files_come_out_of_a_bucket_and_into_a_folder() {
    let world = World::with_s3(Backend::Sqlite);
    campaign(&world);
    let mut other = restored(&backed_up(&world), Backend::Sqlite);
    start(&mut other);
    let carol = other.stranger_at("studio");
    carol.sign_in("carol@acme.test", world.password_of("carol@acme.test")).assert_signed_in();
    let portal = carol.visit("/").press("Winter campaign");
    let download = carol.get(&format!("{}/download", portal.link("Poster.bin")));
    assert!(download.assert_ok().body == content());
}
