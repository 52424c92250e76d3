//! Room is set aside for the whole of a file when its upload is made, and given back whichever way that ends (T11).

use std::thread;

use super::{Sender, ada_sends, content};
use crate::{
    on_both,
    retention::{set_limit, used},
    steps::upload_form,
    world::{Page, Upload, World, until},
};

on_both! {
    t11_no_upload_is_made_that_there_is_no_room_for,
    t11_what_is_under_way_counts_and_a_restart_forgets_none_of_it,
    t11_a_terminated_upload_gives_its_room_back,
    t11_an_expired_upload_gives_its_room_back,
    t11_of_uploads_made_at_once_no_more_are_taken_than_there_is_room_for,
    t11_a_client_is_told_to_ask_the_studio,
}

/// `plan.txt`.
const PLAN: &str = "filename cGxhbi50eHQ=";
const MB: usize = 1_000_000;

/// Leaves room for ten megabytes, and less than one more.
fn room_for_ten(world: &World) -> u64 {
    let limit = used(world).div_ceil(1_000_000) + 10;
    set_limit(world, limit);
    limit
}

impl Sender {
    fn try_to_create(&self, length: usize) -> Page {
        self.person.send(self.creation(PLAN, length))
    }

    /// Refused, in words that a page of ours shows.
    #[track_caller]
    fn assert_no_room_for(&self, length: usize, words: &str) {
        let refused = self.try_to_create(length);
        assert_eq!(refused.assert_status(507).header("tus-resumable"), "1.0.0");
        assert!(refused.header("location").is_empty(), "{refused}");
        let said: serde_json::Value = serde_json::from_slice(&refused.body).unwrap();
        assert!(said["message"].as_str().unwrap().contains(words), "{said}");
    }
}

fn t11_no_upload_is_made_that_there_is_no_room_for(world: World) {
    let sender = ada_sends(&world);
    room_for_ten(&world);
    let before = world.database().at_rest(&["cursors.*", "jobs.*"]);
    sender.assert_no_room_for(11 * MB, "storage space is used up");
    // Nothing of the file was asked for, and bytes that come along are not kept.
    let whole = sender.creation(PLAN, 11 * MB).header("Content-Type", "application/offset+octet-stream");
    sender.person.send(whole.body(content(11 * MB))).assert_status(507);
    let changes = before.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*"]));
    assert!(changes.is_none(), "{}", changes.unwrap());
    let upload = sender.create(PLAN, 9 * MB);
    sender.append(&upload, 0, &content(9 * MB)).assert_status(204);
    sender.assert_arrived("plan.txt", &content(9 * MB));
}

fn t11_what_is_under_way_counts_and_a_restart_forgets_none_of_it(mut world: World) {
    let sender = ada_sends(&world);
    let limit = room_for_ten(&world);
    let upload = sender.create(PLAN, 6 * MB);
    // Nothing of it has come yet.
    sender.assert_no_room_for(5 * MB, "storage space is used up");
    let form = |size| {
        upload_form(&sender.listing(), [Upload::new("b.bin", "application/octet-stream", content(size))])
    };
    form(5 * MB).submit().assert_status(507).assert_shows("storage space is used up");
    sender.append(&upload, 0, &content(6 * MB)[..2 * MB]).assert_status(204);
    world.server_mut().kill();
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    sender.assert_no_room_for(5 * MB, "storage space is used up");
    // What has come counts once.
    let second = sender.create(PLAN, 3 * MB);
    sender.append(&second, 0, &content(3 * MB)).assert_status(204);
    sender.assert_no_room_for(2 * MB, "storage space is used up");
    sender.append(&upload, 2 * MB, &content(6 * MB)[2 * MB..]).assert_status(204);
    assert!(used(&world) <= limit * 1_000_000);
    sender.assert_no_room_for(2 * MB, "storage space is used up");
}

fn t11_a_terminated_upload_gives_its_room_back(world: World) {
    let sender = ada_sends(&world);
    room_for_ten(&world);
    for _ in 0..3 {
        let upload = sender.create(PLAN, 9 * MB);
        sender.append(&upload, 0, &content(MB)).assert_status(204);
        sender.assert_no_room_for(9 * MB, "storage space is used up");
        sender.terminate(&upload).assert_status(204);
    }
    // So does one whose first bytes were not what their sum says.
    let wrong = sender.creation(PLAN, 9 * MB).header("Content-Type", "application/offset+octet-stream");
    let wrong = wrong.header("Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").body("hello_world");
    sender.person.send(wrong).assert_status(460);
    let upload = sender.create(PLAN, 9 * MB);
    sender.append(&upload, 0, &content(9 * MB)).assert_status(204);
}

fn t11_an_expired_upload_gives_its_room_back(world: World) {
    let sender = ada_sends(&world);
    room_for_ten(&world);
    let upload = sender.create(PLAN, 9 * MB);
    sender.append(&upload, 0, &content(MB)).assert_status(204);
    world.clock().advance_seconds(7 * 86_400 - 600);
    sender.assert_no_room_for(9 * MB, "storage space is used up");
    world.clock().advance_seconds(601);
    // Once the job has been there.
    until(|| sender.try_to_create(9 * MB).status.as_u16() == 201);
    sender.assert_no_room_for(9 * MB, "storage space is used up");
}

fn t11_of_uploads_made_at_once_no_more_are_taken_than_there_is_room_for(world: World) {
    let sender = ada_sends(&world);
    room_for_ten(&world);
    let made: Vec<_> = thread::scope(|scope| {
        let all: Vec<_> = (0..12).map(|_| scope.spawn(|| sender.try_to_create(4 * MB))).collect();
        all.into_iter().map(|each| each.join().unwrap()).collect()
    });
    let taken = made.iter().filter(|answer| answer.status.as_u16() == 201).count();
    assert!(taken <= 2, "{taken} uploads of 4 MB where there is room for 10");
    assert!(made.iter().all(|answer| [201, 507].contains(&answer.status.as_u16())));
    // Whoever was refused because others asked at the same moment holds nothing.
    for _ in taken..2 {
        sender.create(PLAN, 4 * MB);
    }
    sender.assert_no_room_for(4 * MB, "storage space is used up");
}

fn t11_a_client_is_told_to_ask_the_studio(world: World) {
    let folder = world.ada().visit("/staff/portals").press("Acme website relaunch").press("From clients");
    let folder = folder.url().query_pairs().find(|(name, _)| name == "folder").unwrap().1.into_owned();
    let carol = world.carol();
    let portal = carol.visit("/").press("Acme website relaunch");
    let sender = Sender { person: carol, endpoint: format!("/folders/{folder}/uploads"), portal };
    room_for_ten(&world);
    sender.assert_no_room_for(11 * MB, "no room left for this file");
    let upload = sender.create(PLAN, 9 * MB);
    // Hers and the studio's are one.
    ada_sends(&world).assert_no_room_for(9 * MB, "storage space is used up");
    sender.terminate(&upload).assert_status(204);
    ada_sends(&world).create(PLAN, 9 * MB);
}
