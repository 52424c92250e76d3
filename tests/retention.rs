//! What is deleted can be brought back for 30 days, counts as used space until then, and is gone for good afterwards,
//! with its objects and no others.

use std::{collections::BTreeSet, fs, thread, time::Duration};

use crate::{
    files::files_below,
    on_both,
    steps::{new_portal, note_form, share, upload_form, wait_for_the_queue},
    world::{Backend, HOUR, Page, Upload, World, until},
};

on_both! {
    what_was_deleted_is_listed_with_its_deleter_and_comes_back,
    after_30_days_rows_and_objects_are_gone_for_good,
    what_cannot_be_brought_back_any_more_is_kept_for_another_hour,
    t30_a_purge_that_is_killed_goes_on_and_ends,
    bytes_that_another_version_shares_stay,
    a_deleted_portal_goes_with_everything_in_it,
    t11_no_more_goes_up_than_there_is_room_for_and_room_is_given_back,
    only_the_owner_sets_the_limit,
    an_orphan_is_reported_and_deleted_after_30_days,
    a_missing_object_is_reported,
}

fn portal(world: &World) -> Page {
    new_portal(&world.ada(), "Spring campaign")
}

fn upload(portal: &Page, name: &str, content: Vec<u8>) -> Page {
    upload_form(portal, [Upload::new(name, "application/octet-stream", content)]).submit().follow()
}

fn delete(world: &World, portal: &Page, name: &str) {
    world.ada().visit(portal.path()).row(name).press("Delete").assert_ok();
}

fn objects(world: &World) -> BTreeSet<String> {
    files_below(&world.data().join("objects"))
}

fn deleted(world: &World) -> Page {
    world.ada().visit("/staff/deleted")
}

fn what_was_deleted_is_listed_with_its_deleter_and_comes_back(world: World) {
    let portal = portal(&world);
    upload(&portal, "Poster.bin", vec![1, 2, 3]);
    upload_form(&portal, [])
        .attach("Folder", vec![Upload::text("Drafts/Inside.txt", "words")])
        .submit()
        .follow();
    let new = note_form(&portal, "Recap", "Words.").submit();
    new.follow().assert_ok();
    for name in ["Poster.bin", "Drafts", "Recap"] {
        delete(&world, &portal, name);
    }
    let page = deleted(&world);
    assert_eq!(page.texts("main .row-name"), ["Recap", "Drafts", "Poster.bin"]);
    page.row("Poster.bin").assert_shows("Deleted by Ada Berg").assert_shows("Spring campaign");
    world.ada().visit("/staff/portals").assert_shows("Recently deleted");
    world.eve().visit("/staff/deleted").assert_hides("Poster.bin").assert_shows("Nothing was deleted lately");
    for person in [world.carol(), world.stranger()] {
        assert!(!person.get("/staff/deleted").status.is_success());
    }

    let folder = page.row("Drafts").press("Restore");
    folder.assert_shows("Drafts");
    folder.press("Drafts").assert_shows("Inside.txt");
    assert_eq!(deleted(&world).texts("main .row-name"), ["Recap", "Poster.bin"]);
    let settings = world.ada().post(&format!("{}/deletion", portal.path()), &[]);
    settings.follow().assert_ok();
    // What lies in it comes back with it.
    assert_eq!(deleted(&world).texts("main .row-name"), ["Spring campaign"]);
    deleted(&world).row("Spring campaign").press("Restore").assert_shows("Drafts");
    assert_eq!(deleted(&world).texts("main .row-name"), ["Recap", "Poster.bin"]);
}

fn after_30_days_rows_and_objects_are_gone_for_good(world: World) {
    let portal = portal(&world);
    let before = objects(&world);
    let listing = upload(&portal, "Poster.bin", vec![1, 2, 3]);
    let item = listing.link("Poster.bin").rsplit('/').next().unwrap().to_owned();
    upload_form(&portal, [])
        .attach("Folder", vec![Upload::text("Drafts/Inside.txt", "words")])
        .submit()
        .follow();
    assert_eq!(objects(&world).len(), before.len() + 2);
    delete(&world, &portal, "Poster.bin");
    delete(&world, &portal, "Drafts");

    world.clock().advance(29);
    upload(&portal, "Later.bin", vec![4]);
    delete(&world, &portal, "Later.bin");
    assert_eq!(deleted(&world).texts("main .row-name"), ["Later.bin", "Drafts", "Poster.bin"]);
    assert_eq!(objects(&world).len(), before.len() + 3);
    // The work of this day, or what it would say of the next one is said of the one after.
    world.database().at_rest(&[]);
    world.clock().advance(2);
    // Whether or not the day's work came to it yet: what may go at any moment cannot be brought back.
    world.ada().post(&format!("/staff/items/{item}/restoration"), &[]).assert_not_found();
    until(|| objects(&world).len() == before.len() + 1);
    assert!(objects(&world).is_superset(&before));
    assert_eq!(deleted(&world).texts("main .row-name"), ["Later.bin"]);
    let left = world.database().snapshot(&["events.*"]);
    assert!(!left.holds(&item), "a row of the file is left");
    world.ada().post(&format!("/staff/items/{item}/restoration"), &[]).assert_not_found();
    deleted(&world).row("Later.bin").press("Restore").assert_shows("Later.bin");
}

fn what_cannot_be_brought_back_any_more_is_kept_for_another_hour(world: World) {
    let portal = portal(&world);
    let object = object_of_new_file(&world, &portal);
    let item = world.ada().visit(portal.path()).link("Poster.bin").rsplit('/').next().unwrap().to_owned();
    delete(&world, &portal, "Poster.bin");
    world.clock().advance_seconds(30 * 24 * HOUR + HOUR / 2);
    // The work of this day, which purges.
    wait_for_the_queue(&world);
    world.ada().post(&format!("/staff/items/{item}/restoration"), &[]).assert_not_found();
    assert!(object.is_file());
    assert!(world.database().snapshot(&["events.*", "jobs.*"]).holds(&item));
    world.clock().advance(1);
    until(|| !object.is_file());
}

/// Killed once when the first object has gone, and then while each start takes the work up again.
fn t30_a_purge_that_is_killed_goes_on_and_ends(mut world: World) {
    let portal = portal(&world);
    let before = objects(&world);
    let files = |folder: &str, count: u32| -> Vec<Upload> {
        (0..count).map(|n| Upload::text(&format!("{folder}/{n}.txt"), &format!("{folder} {n}"))).collect()
    };
    upload_form(&portal, []).attach("Folder", files("Kept", 5)).submit().follow().assert_ok();
    let kept = objects(&world);
    upload_form(&portal, []).attach("Folder", files("Doomed", 200)).submit().follow().assert_ok();
    assert_eq!((kept.len(), objects(&world).len()), (before.len() + 5, before.len() + 205));
    delete(&world, &portal, "Doomed");
    world.clock().advance(31);
    until(|| objects(&world).len() < before.len() + 205);
    for round in 0..4 {
        world.server_mut().kill();
        // What a dead process had taken is free again after its lease.
        world.clock().advance_seconds(3_600);
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        thread::sleep(Duration::from_millis(15 * round));
    }
    until(|| objects(&world) == kept);
    let folder = world.ada().visit(portal.path()).press("Kept");
    for number in 0..5 {
        let file = folder.press(&format!("{number}.txt"));
        let content = world.ada().get(&format!("{}/download", file.path()));
        assert_eq!(content.source(), format!("Kept {number}"));
    }
    assert!(!world.database().snapshot(&["events.*", "jobs.*"]).holds("Doomed"));
}

fn bytes_that_another_version_shares_stay(world: World) {
    let portal = portal(&world);
    let before = objects(&world).len();
    upload(&portal, "Plan.txt", b"first".to_vec());
    let file = upload(&portal, "Plan.txt", b"second".to_vec()).press("Plan.txt");
    let restored = file.row("Version 1").press("Restore as the newest version");
    for version in ["Version 1", "Version 2"] {
        world.ada().visit(restored.path()).row(version).press("Delete this version").assert_ok();
    }
    world.clock().advance(31);
    // The second version's alone.
    until(|| objects(&world).len() == before + 1);
    assert_eq!(world.ada().get(&format!("{}/download", file.path())).source(), "first");
    // The hash of "second", by sha256sum.
    let second = "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4";
    assert!(!world.database().snapshot(&["events.*"]).holds(second));
}

fn a_deleted_portal_goes_with_everything_in_it(world: World) {
    let before = objects(&world);
    let portal = portal(&world);
    upload(&portal, "Poster.bin", vec![1, 2, 3]);
    upload_form(&portal, [])
        .attach("Folder", vec![Upload::text("A/B/C/Deep.txt", "words")])
        .submit()
        .follow();
    share(&portal, "carol@acme.test");
    let id = portal.path().rsplit('/').next().unwrap().to_owned();
    world.ada().post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    world.clock().advance(31);
    until(|| objects(&world) == before);
    until(|| !world.database().snapshot(&["events.*", "jobs.*"]).holds(&id));
    world.ada().post(&format!("{}/restoration", portal.path()), &[]).assert_not_found();
    // What was not deleted is all there.
    world.carol().visit("/").assert_shows("Acme website relaunch");
}

fn storage(world: &World) -> Page {
    world.ada().visit("/staff/settings/storage")
}

/// Of the organization's storage space, in bytes.
pub fn used(world: &World) -> u64 {
    storage(world).attributes("meter", "value").remove(0).parse().unwrap()
}

pub fn set_limit(world: &World, megabytes: u64) {
    let form = storage(world).form_with_field("Limit in MB");
    form.fill("Limit in MB", &megabytes.to_string()).submit().follow().assert_ok();
}

fn t11_no_more_goes_up_than_there_is_room_for_and_room_is_given_back(world: World) {
    let portal = portal(&world);
    let full = used(&world).div_ceil(1_000_000) + 3;
    set_limit(&world, full);
    let two = || vec![7; 2_000_000];
    let too_much = || {
        upload_form(&portal, [Upload::new("b.bin", "application/octet-stream", vec![7; 4_500_000])]).submit()
    };
    too_much().assert_status(507).assert_shows("storage space is used up");
    // Refused again and again, it holds no room.
    too_much().assert_status(507);
    upload(&portal, "a.bin", two()).assert_ok();
    assert!(used(&world) > (full - 3) * 1_000_000);
    let second = upload_form(&portal, [Upload::new("b.bin", "application/octet-stream", two())]).submit();
    second.assert_status(507).assert_shows("Ask the owner for more space");

    // What is deleted counts until it is gone.
    let before = used(&world);
    delete(&world, &portal, "a.bin");
    assert_eq!(used(&world), before);
    upload_form(&portal, [Upload::new("b.bin", "application/octet-stream", two())])
        .submit()
        .assert_status(507);
    world.clock().advance(31);
    until(|| used(&world) == before - 2_000_000);
    upload(&portal, "b.bin", two()).assert_shows("b.bin");
    // A rival's space is their own.
    assert!(
        world.eve().visit("/staff/settings/storage").attributes("meter", "value") != [before.to_string()]
    );
}

fn only_the_owner_sets_the_limit(world: World) {
    let form = storage(&world).form_with_field("Limit in MB");
    for nonsense in ["", "0", "-5", "many"] {
        let answer = form.clone().fill("Limit in MB", nonsense).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Limit in MB").contains("Enter a whole number of megabytes, at least 1."));
        assert_eq!(answer.form_with_field("Limit in MB").value("Limit in MB"), nonsense);
    }
    assert!(!world.ben().get("/staff/settings/storage").status.is_success());
    world.ben().post("/staff/settings/storage", &[("limit", "1")]).assert_status(403);
    storage(&world).assert_shows("of 107 GB used").assert_shows("until it goes for good after 30 days");
}

/// The file of the object that an upload made.
/// Whatever else may be drawn or read meanwhile, no other file holds these bytes.
fn object_of_new_file(world: &World, portal: &Page) -> std::path::PathBuf {
    let bytes = b"held by one file";
    upload(portal, "Poster.bin", bytes.to_vec());
    let paths = objects(world).into_iter().map(|object| world.data().join("objects").join(object));
    paths.into_iter().find(|path| fs::read(path).is_ok_and(|held| held == bytes)).unwrap()
}

fn an_orphan_is_reported_and_deleted_after_30_days(world: World) {
    let known = object_of_new_file(&world, &portal(&world));
    let orphan = known.with_file_name(NOBODYS);
    fs::write(&orphan, "nobody knows me").unwrap();
    assert_reported_and_deleted_after_30_days(&world, || orphan.is_file());
    assert!(known.is_file());
}

#[test]
fn an_orphan_in_a_bucket_is_reported_and_deleted_after_30_days_on_sqlite() {
    in_a_bucket(&World::with_s3(Backend::Sqlite));
}

#[test]
fn an_orphan_in_a_bucket_is_reported_and_deleted_after_30_days_on_postgres() {
    in_a_bucket(&World::with_s3(Backend::Postgres));
}

fn in_a_bucket(world: &World) {
    let before = world.bucket().keys();
    upload(&portal(world), "Poster.bin", vec![1, 2, 3]);
    let after = world.bucket().keys();
    let known = after.difference(&before).next().unwrap();
    let orphan = format!("{}/{NOBODYS}", known.rsplit_once('/').unwrap().0);
    world.bucket().put(&orphan, "nobody knows me");
    assert_reported_and_deleted_after_30_days(world, || world.bucket().keys().contains(&orphan));
    assert_eq!(world.bucket().keys(), after);
}

const NOBODYS: &str = "0123456789abcdef0123456789abcdef";

#[track_caller]
fn assert_reported_and_deleted_after_30_days(world: &World, is_there: impl Fn() -> bool) {
    storage(world).assert_shows("Every file was where it should be");
    world.clock().advance(2);
    until(|| storage(world).shows("1 object in the storage belongs to no file."));
    storage(world).assert_shows(NOBODYS).assert_shows("15 bytes");
    world.eve().visit("/staff/settings/storage").assert_hides(NOBODYS);
    let printed = world.command(&["doctor"]).assert_success();
    assert!(printed.contains("1 object that no file knows"), "{printed}");
    // Looked for again and again, the last time an hour before its time is up.
    for hours in [9 * 24, 9 * 24, 9 * 24, 23] {
        world.clock().advance_seconds(hours * HOUR);
        wait_for_the_queue(world);
        assert!(is_there());
    }
    storage(world).assert_shows(NOBODYS);
    world.clock().advance(1);
    until(|| !is_there());
    until(|| storage(world).shows("Every file was where it should be"));
    assert!(world.database().snapshot(&[]).holds("organization.orphans-deleted"));
}

fn a_missing_object_is_reported(world: World) {
    let object = object_of_new_file(&world, &portal(&world));
    fs::remove_file(&object).unwrap();
    world.clock().advance(1);
    until(|| storage(&world).shows("1 file is missing in the storage."));
    fs::write(&object, [1, 2, 3]).unwrap();
    world.clock().advance(1);
    until(|| storage(&world).shows("Every file was where it should be"));
}
