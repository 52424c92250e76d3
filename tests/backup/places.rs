//! T35: backups in a place, a folder or a bucket, where each adds only what is new.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::Path,
    process::Stdio,
    time::{Duration, SystemTime},
};

use super::{ITS_OWN, campaign, content, path, restored, start};
use crate::{
    files::files_below,
    on_both,
    steps::{new_portal, note_form, upload_form},
    world::{Backend, Upload, World, until},
};

on_both! {
    t35_each_of_several_backups_comes_back_as_it_was,
    t35_a_backup_adds_what_is_new_and_no_more,
    t35_what_was_killed_half_way_is_no_backup_and_the_next_is_whole,
    t35_the_server_adds_to_its_place_every_day_and_keeps_the_newest,
}

/// What a command said of the backup that it made.
pub struct Grown {
    pub stamp: String,
    /// In MiB, as what is there in all.
    pub new: f64,
    pub all: f64,
    pub said: String,
}

pub fn grown(world: &World, place: &str, more: &[&str]) -> Grown {
    let said = world.command(&[&["backup", place][..], more].concat()).assert_success();
    let (_, stamp) = said.split_once('@').unwrap();
    let (_, sizes) = said.split_once("New: ").unwrap();
    let (new, all) = sizes.split_once(" of ").unwrap();
    let number = |words: &str| words.split(' ').next().unwrap().parse().unwrap();
    Grown {
        stamp: stamp.split(' ').next().unwrap().to_owned(),
        new: number(new),
        all: number(all),
        said: said.clone(),
    }
}

/// A folder beside the world's, as its address.
pub fn archive(world: &World) -> String {
    format!("{}/", path(world, "archive").display())
}

fn upload(world: &World, name: &'static str, bytes: Vec<u8>) {
    let portal = new_portal(&world.ada(), name);
    let file = Upload::new(name, "application/octet-stream", bytes);
    upload_form(&portal, [file]).submit().follow().assert_ok();
}

pub fn manifests(place: &str) -> BTreeSet<String> {
    let files = files_below(&Path::new(place).join("backups")).into_iter();
    // What is still being written has a number of its own.
    files.filter(|name| !name.contains('#')).collect()
}

pub fn chunks(place: &str) -> BTreeSet<String> {
    files_below(&Path::new(place).join("chunks"))
}

fn t35_each_of_several_backups_comes_back_as_it_was(world: World) {
    let place = archive(&world);
    let objects = |world: &World| files_below(&world.data().join("objects"));
    let taken = || (world.database().at_rest(&ITS_OWN), objects(&world), grown(&world, &place, &[]).stamp);
    campaign(&world);
    let first = taken();
    upload(&world, "Second.bin", b"What came second.".repeat(9_000));
    let second = taken();
    let portal = new_portal(&world.ada(), "Third campaign");
    note_form(&portal, "Minutes", "Then came wombats.").submit().follow().assert_ok();
    let third = taken();

    let addresses = [format!("{place}@{}", first.2), format!("{place}@{}", second.2), place.clone()];
    for (address, (rows, files, _)) in addresses.iter().zip([first, second, third]) {
        let other = restored(Path::new(address), world.database().backend());
        let snapshot = other.database().snapshot(&ITS_OWN);
        let changes = rows.changes_until(&snapshot);
        assert!(changes.is_none(), "{address}: {}", changes.unwrap());
        let lost = snapshot.changes_until(&rows);
        assert!(lost.is_none(), "{address}: {}", lost.unwrap());
        for name in &files {
            let bytes = |world: &World| fs::read(world.data().join("objects").join(name)).unwrap();
            assert!(bytes(&other) == bytes(&world), "{address}: {name}");
        }
        assert_eq!(objects(&other), files, "{address}");
        let said = world.command(&["backup", "--verify", address]).assert_success();
        assert!(said.contains("each the same as it was written"), "{said}");
    }
    let listed = world.command(&["backups", &place]).assert_success();
    assert_eq!(listed.matches(" whole").count(), 3, "{listed}");
}

fn t35_a_backup_adds_what_is_new_and_no_more(world: World) {
    let place = archive(&world);
    campaign(&world);
    world.database().at_rest(&[]);
    let first = grown(&world, &place, &[]);
    // The poster has 2.8 million bytes.
    assert!(first.new > 2.6 && first.all >= first.new, "{}", first.said);
    let before = chunks(&place);

    let again = grown(&world, &place, &[]);
    assert!(again.new < 0.5 && again.all > 2.6, "{}", again.said);
    assert!(chunks(&place).is_superset(&before));

    let other: Vec<u8> = content().into_iter().rev().collect();
    upload(&world, "Other.bin", other);
    world.database().at_rest(&[]);
    let third = grown(&world, &place, &[]);
    assert!(third.new > 2.6 && third.new < 4.6, "{}", third.said);

    // The same bytes in another file are there already.
    upload(&world, "Copy.bin", content());
    world.database().at_rest(&[]);
    let copied = grown(&world, &place, &[]);
    assert!(copied.new < 2.0 && copied.all > third.all + 2.6, "{}", copied.said);

    // What the store has lost meanwhile is in the place, and does not go with the older ones.
    let objects = world.data().join("objects");
    let size = |name: &String| fs::metadata(objects.join(name)).unwrap().len();
    let poster = files_below(&objects).into_iter().max_by_key(size).unwrap();
    fs::remove_file(objects.join(&poster)).unwrap();
    let kept = grown(&world, &place, &["--keep", "1"]);
    assert!(kept.new < 0.5 && kept.all > third.all + 2.6, "{}", kept.said);
    world.command(&["backup", "--verify", &place]).assert_success();
}

fn t35_what_was_killed_half_way_is_no_backup_and_the_next_is_whole(world: World) {
    campaign(&world);
    // One that was quicker than the kill proves nothing, and is tried again.
    let mut places =
        (0..20).map(|number| format!("{}/", path(&world, &format!("killed-{number}")).display()));
    let place = places.find(|place| {
        let mut command = world.server().surroundings().command(&["backup", place]);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        until(|| !chunks(place).is_empty());
        process.kill().unwrap();
        process.wait().unwrap();
        manifests(place).is_empty()
    });
    let place = place.unwrap();
    let said = world.command(&["restore", &place]).assert_failure();
    assert_eq!(said, format!("portico: {place} holds no backup"));
    let left = chunks(&place);
    let next = grown(&world, &place, &["--keep", "1"]);
    assert!(next.said.contains("Older backups stay for now: another backup"), "{}", next.said);
    assert!(left.iter().filter(|name| !name.contains('#')).all(|name| chunks(&place).contains(name)));
    world.command(&["backup", "--verify", &place]).assert_success();
}

fn t35_the_server_adds_to_its_place_every_day_and_keeps_the_newest(mut world: World) {
    let place = archive(&world);
    world.server_mut().stop();
    world.server_mut().set("PORTICO_BACKUP", place.clone());
    world.server_mut().set("PORTICO_BACKUP_KEEP", "2");
    start(&mut world);
    until(|| manifests(&place).len() == 1);
    let first = manifests(&place);
    for _ in 0..2 {
        let before = manifests(&place);
        world.clock().advance(1);
        until(|| !manifests(&place).is_subset(&before));
    }
    until(|| manifests(&place).len() == 2);
    assert!(manifests(&place).is_disjoint(&first));
    until(|| files_below(&Path::new(&place).join("marks")).is_empty());
    let page = world.ada().visit("/staff/settings/backups");
    page.assert_shows("Last backup").assert_shows("keeps the newest 2");
    world.command(&["backup", "--verify", &place]).assert_success();
}

#[test]
fn t35_older_backups_go_and_what_the_others_need_stays() {
    let world = World::start(Backend::Sqlite);
    let place = archive(&world);
    campaign(&world);
    let first = grown(&world, &place, &[]);
    upload(&world, "Second.bin", b"What came second.".repeat(9_000));
    let second = grown(&world, &place, &[]);
    let before = chunks(&place);

    // What is younger than a day may be about to be named.
    upload(&world, "Third.bin", b"What came third.".repeat(9_000));
    let third = grown(&world, &place, &["--keep", "3"]);
    assert!(third.said.contains("Let go of 0 older backups and 0 chunks"), "{}", third.said);

    let old = SystemTime::now() - Duration::from_secs(2 * 24 * 3_600);
    for name in &before {
        let chunk = File::options().write(true).open(Path::new(&place).join("chunks").join(name)).unwrap();
        chunk.set_modified(old).unwrap();
    }
    // Somebody else is about the place.
    let mark = Path::new(&place).join("marks/writing-0123456789abcdef");
    fs::write(&mark, "").unwrap();
    let held = grown(&world, &place, &["--keep", "2"]);
    assert!(held.said.contains("Older backups stay for now"), "{}", held.said);
    assert_eq!((manifests(&place).len(), chunks(&place).is_superset(&before)), (4, true));
    fs::remove_file(&mark).unwrap();

    let last = grown(&world, &place, &["--keep", "2"]);
    assert!(last.said.contains("Let go of 3 older backups"), "{}", last.said);
    assert_eq!(manifests(&place).len(), 2);
    assert!(!chunks(&place).is_superset(&before), "no chunk went");
    for gone in [&first, &second, &third] {
        let said = world.command(&["restore", &format!("{place}@{}", gone.stamp)]).assert_failure();
        assert!(said.contains("holds no backup of"), "{said}");
    }
    for kept in [&held, &last] {
        world.command(&["backup", "--verify", &format!("{place}@{}", kept.stamp)]).assert_success();
    }
    // All are of today.
    let said = grown(&world, &place, &["--keep-days", "1"]).said;
    assert!(said.contains("Let go of 0 older backups"), "{said}");
    for wrong in [&["--keep", "0"][..], &["--keep", "2", "--verify"], &["--keep", "2", "--keep-days", "2"]] {
        world.command(&[&["backup", place.as_str()][..], wrong].concat()).assert_failure();
    }
    let file = path(&world, "one.portico");
    let said = world.command(&["backup", file.to_str().unwrap(), "--keep", "2"]).assert_failure();
    assert!(said.contains("a place of several backups") && !file.exists(), "{said}");
}

#[test]
fn t35_a_place_in_a_bucket_leads_to_a_folder_and_the_other_database_and_back() {
    let world = World::with_s3(Backend::Sqlite);
    campaign(&world);
    let environment = world.bucket().environment();
    let address = environment[0].1.replacen('?', "/archive/of-portico?", 1);
    world.database().at_rest(&[]);
    let first = grown(&world, &address, &[]);
    assert!(first.new > 2.6, "{}", first.said);
    assert!(grown(&world, &address, &[]).new < 0.5);
    let kept = world.bucket().keys();
    assert!(kept.iter().any(|key| key.starts_with("archive/of-portico/chunks/")), "{kept:?}");
    assert!(!kept.iter().any(|key| key.starts_with("archive/of-portico/marks/")), "{kept:?}");
    assert!(world.command(&["backups", &address]).assert_success().matches(" whole").count() == 2);

    let mut other = World::empty(Backend::Postgres);
    other.server_mut().stop();
    for (name, value) in environment.iter().filter(|each| each.0 != "STORAGE_URL") {
        other.server_mut().set(name, value.as_str());
    }
    other.command(&["restore", &format!("{address}@{}", first.stamp)]).assert_success();
    start(&mut other);
    assert_poster(&other, &world);
    other.server_mut().stop();

    let place = archive(&other);
    grown(&other, &place, &[]);
    let mut back = World::empty(Backend::Sqlite);
    back.server_mut().stop();
    for (name, value) in environment {
        back.server_mut().set(name, value);
    }
    back.command(&["restore", &place]).assert_success();
    start(&mut back);
    assert_poster(&back, &world);
}

/// Carol finds the file of the campaign as it was.
fn assert_poster(restored: &World, world: &World) {
    let carol = restored.stranger_at("studio");
    carol.sign_in("carol@acme.test", world.password_of("carol@acme.test")).assert_signed_in();
    let portal = carol.visit("/").press("Winter campaign");
    let download = carol.get(&format!("{}/download", portal.link("Poster.bin")));
    assert!(download.assert_ok().body == content());
}
