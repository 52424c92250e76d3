//! Request by request.

use std::fs;

use reqwest::Method;

use super::{ada_sends, content};
use crate::{
    on_both,
    world::{World, until},
};

on_both! {
    options_tell_what_the_server_can,
    a_file_arrives_in_several_requests,
    a_file_arrives_with_its_creation,
    an_empty_file_needs_no_second_request,
    what_is_not_as_the_protocol_says_is_refused_and_changes_nothing,
    a_sum_that_is_wrong_keeps_nothing_of_its_request,
    a_terminated_upload_leaves_nothing,
    an_upload_that_is_not_finished_in_a_week_is_gone,
    whoever_cannot_send_every_method_says_which_is_meant,
    p11_an_upload_is_its_senders_alone,
    t6_every_request_proves_its_origin,
    t11_hostile_names_are_data,
}

mod in_a_bucket {
    use super::an_upload_that_ends_early_leaves_nothing_in_a_bucket;

    crate::on_both! { with_s3 => an_upload_that_ends_early_leaves_nothing_in_a_bucket }
}

/// `plan.txt`.
const PLAN: &str = "filename cGxhbi50eHQ=";

fn options_tell_what_the_server_can(world: World) {
    let sender = ada_sends(&world);
    let told = sender.person.send(sender.person.request(Method::OPTIONS, &sender.endpoint));
    told.assert_status(204);
    assert_eq!(told.header("tus-version"), "1.0.0");
    assert_eq!(told.header("tus-max-size"), (2_u64 << 30).to_string());
    let extensions: Vec<_> = told.header("tus-extension").split(',').collect();
    for extension in ["creation", "creation-with-upload", "termination", "expiration", "checksum"] {
        assert!(extensions.contains(&extension), "{extension}");
    }
    assert!(told.header("tus-checksum-algorithm").split(',').any(|known| known == "sha1"));
}

fn a_file_arrives_in_several_requests(world: World) {
    let sender = ada_sends(&world);
    let bytes = content(3_000_001);
    // "Photos/2026/été.bin"
    let created =
        sender.person.send(sender.creation("relativePath UGhvdG9zLzIwMjYvw6l0w6kuYmlu", bytes.len()));
    assert!(created.assert_status(201).header("upload-expires").ends_with("GMT"));
    assert_eq!(created.header("tus-resumable"), "1.0.0");
    let upload = created.header("location");
    assert_eq!(sender.offset(upload), 0);
    let mut offset = 0;
    for piece in bytes.chunks(1_000_000) {
        sender.listing().assert_hides("Photos");
        let answer = sender.append(upload, offset, piece);
        offset += piece.len();
        assert_eq!(answer.assert_status(204).header("upload-offset"), offset.to_string());
    }
    let state = sender.person.send(sender.request("HEAD", upload));
    assert_eq!(state.assert_ok().header("upload-length"), bytes.len().to_string());
    assert_eq!(state.header("upload-offset"), bytes.len().to_string());
    assert_eq!(state.header("cache-control"), "no-store");
    let folder = sender.listing().press("Photos").press("2026");
    let download = sender.person.get(&format!("{}/download", folder.link("été.bin")));
    assert!(download.assert_ok().body == bytes);
    // Nothing more is taken, nor is the file made twice.
    sender.append(upload, offset, b"").assert_status(204);
    sender.append(upload, offset, b"more").assert_status(400);
    assert_eq!(folder.count("[data-reorder-key]"), 1);
}

fn a_file_arrives_with_its_creation(world: World) {
    let sender = ada_sends(&world);
    let whole = sender.creation(PLAN, 5).header("Content-Type", "application/offset+octet-stream");
    let created = sender.person.send(whole.body("words"));
    assert_eq!(created.assert_status(201).header("upload-offset"), "5");
    sender.assert_arrived("plan.txt", b"words");
    let half =
        sender.creation("filename aGFsZg==", 5).header("Content-Type", "application/offset+octet-stream");
    let created = sender.person.send(half.body("wo"));
    assert_eq!(created.assert_status(201).header("upload-offset"), "2");
    sender.append(created.header("location"), 2, b"rds").assert_status(204);
    sender.assert_arrived("half", b"words");
}

fn an_empty_file_needs_no_second_request(world: World) {
    let sender = ada_sends(&world);
    let upload = sender.create("filename bm90aGluZw==", 0);
    sender.assert_arrived("nothing", b"");
    assert_eq!(sender.offset(&upload), 0);
}

fn what_is_not_as_the_protocol_says_is_refused_and_changes_nothing(world: World) {
    let sender = ada_sends(&world);
    let upload = sender.create(PLAN, 5);
    sender.append(&upload, 0, b"wo").assert_status(204);
    let bare = |method, address: &str| {
        sender.person.request(method, address).header("Sec-Fetch-Site", "same-origin")
    };
    let version = |request: reqwest::blocking::RequestBuilder| {
        let answer = sender.person.send(request);
        assert_eq!(answer.assert_status(412).header("tus-version"), "1.0.0");
    };
    version(bare(Method::HEAD, &upload));
    version(bare(Method::DELETE, &upload).header("Tus-Resumable", "0.2.2"));
    version(bare(Method::POST, &sender.endpoint).header("Upload-Length", "5"));
    let patch = || sender.request("PATCH", &upload);
    let bytes = "application/offset+octet-stream";
    for (status, request) in [
        (409, sender.patch(&upload, 0).body("words")),
        (409, sender.patch(&upload, 3).body("ds")),
        (400, sender.patch(&upload, 2).body("more than was announced")),
        (400, patch().header("Content-Type", bytes).body("rds")),
        (400, patch().header("Content-Type", bytes).header("Upload-Offset", "-2").body("rds")),
        (415, patch().header("Content-Type", "text/plain").header("Upload-Offset", "2").body("rds")),
        (400, sender.patch(&upload, 2).header("Upload-Checksum", "md4 AAAA").body("rds")),
        (400, sender.request("POST", &sender.endpoint)),
        (400, sender.request("POST", &sender.endpoint).header("Upload-Defer-Length", "1")),
        (400, sender.creation("filename ???", 5)),
        (413, sender.creation(PLAN, (2 << 30) + 1)),
    ] {
        let answer = sender.person.send(request);
        assert_eq!(answer.assert_status(status).header("tus-resumable"), "1.0.0");
    }
    assert_eq!(sender.offset(&upload), 2);
    sender.append(&upload, 2, b"rds").assert_status(204);
    sender.assert_arrived("plan.txt", b"words");
}

fn a_sum_that_is_wrong_keeps_nothing_of_its_request(world: World) {
    let sender = ada_sends(&world);
    // The protocol's own example: the SHA-1 of "hello world".
    let sum = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=";
    let upload = sender.create(PLAN, 16);
    let wrong = sender.patch(&upload, 0).header("Upload-Checksum", sum).body("hello_world");
    sender.person.send(wrong).assert_status(460);
    assert_eq!(sender.offset(&upload), 0);
    let right = sender.patch(&upload, 0).header("Upload-Checksum", sum).body("hello world");
    sender.person.send(right).assert_status(204);
    assert_eq!(sender.offset(&upload), 11);
    // FIPS 180-2, appendix B.1, is about "abc".
    let sum = "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    sender
        .person
        .send(sender.patch(&upload, 11).header("Upload-Checksum", sum).body("abc"))
        .assert_status(204);
    sender.append(&upload, 14, b"!!").assert_status(204);
    sender.assert_arrived("plan.txt", b"hello worldabc!!");
}

fn a_terminated_upload_leaves_nothing(world: World) {
    let sender = ada_sends(&world);
    let objects = || files_in(&world.data().join("objects"));
    let before = objects();
    let upload = sender.create(PLAN, 100);
    sender.append(&upload, 0, b"some of it").assert_status(204);
    assert!(objects() > before);
    sender.terminate(&upload).assert_status(204);
    assert_eq!(objects(), before);
    sender.person.send(sender.request("HEAD", &upload)).assert_not_found();
    sender.append(&upload, 10, b"more").assert_not_found();
    sender.terminate(&upload).assert_not_found();
    // What is finished is a file, which is deleted as any other.
    let finished = sender.create(PLAN, 5);
    sender.append(&finished, 0, b"words").assert_status(204);
    sender.terminate(&finished).assert_status(204);
    sender.assert_arrived("plan.txt", b"words");
}

fn an_upload_that_ends_early_leaves_nothing_in_a_bucket(world: World) {
    let sender = ada_sends(&world);
    let before = world.bucket().keys();
    let begin = || {
        let upload = sender.create(PLAN, 30 << 20);
        sender.append(&upload, 0, &vec![7; 12 << 20]).assert_status(204);
        assert!(world.bucket().unfinished() > 0, "it is no upload in several parts");
        upload
    };
    // What was sent with a sum that is wrong, as often as somebody likes.
    let upload = sender.create(PLAN, 30 << 20);
    let sum = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=";
    let wrong = sender.patch(&upload, 0).header("Upload-Checksum", sum).body(vec![7; 12 << 20]);
    sender.person.send(wrong).assert_status(460);
    until(|| world.bucket().unfinished() == 0);
    sender.terminate(&upload).assert_status(204);

    sender.terminate(&begin()).assert_status(204);
    assert_eq!((world.bucket().keys(), world.bucket().unfinished()), (before.clone(), 0));

    begin();
    world.clock().advance(8);
    until(|| world.bucket().unfinished() == 0);
    until(|| world.bucket().keys() == before);
}

fn files_in(folder: &std::path::Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    entries.map(|entry| if entry.path().is_dir() { files_in(&entry.path()) } else { 1 }).sum()
}

fn an_upload_that_is_not_finished_in_a_week_is_gone(world: World) {
    let sender = ada_sends(&world);
    let objects = || files_in(&world.data().join("objects"));
    let before = objects();
    let upload = sender.create(PLAN, 5);
    sender.append(&upload, 0, b"wo").assert_status(204);
    world.clock().advance_seconds(7 * 86_400 - 60);
    assert_eq!(sender.offset(&upload), 2);
    world.clock().advance_seconds(61);
    let state = || sender.person.send(sender.request("HEAD", &upload)).status.as_u16();
    assert!([404, 410].contains(&state()));
    until(|| state() == 404);
    assert_eq!(objects(), before);
    sender.append(&upload, 2, b"rds").assert_not_found();
}

fn whoever_cannot_send_every_method_says_which_is_meant(world: World) {
    let sender = ada_sends(&world);
    let upload = sender.create(PLAN, 5);
    let meant = |method: &str| sender.request("POST", &upload).header("X-HTTP-Method-Override", method);
    let patch =
        meant("PATCH").header("Upload-Offset", "0").header("Content-Type", "application/offset+octet-stream");
    sender.person.send(patch.body("wo")).assert_status(204);
    assert_eq!(sender.person.send(meant("HEAD")).assert_ok().header("upload-offset"), "2");
    sender.person.send(meant("PUT")).assert_status(400);
    sender.person.send(meant("DELETE")).assert_status(204);
    sender.person.send(meant("HEAD")).assert_not_found();
}

fn p11_an_upload_is_its_senders_alone(world: World) {
    let sender = ada_sends(&world);
    let upload = sender.create(PLAN, 5);
    sender.append(&upload, 0, b"wo").assert_status(204);
    let others =
        [world.ben(), world.eve(), world.carol(), world.cyril(), world.dora(), world.eve().at(&world.ada())];
    for other in others {
        let ask = |method: &str, address: &str| {
            let request = other.request(Method::from_bytes(method.as_bytes()).unwrap(), address);
            let request = request.header("Tus-Resumable", "1.0.0").header("Sec-Fetch-Site", "same-origin");
            let request = request.header("Content-Type", "application/offset+octet-stream");
            other.send(request.header("Upload-Offset", "2").body("rds"))
        };
        let nobodys = upload.replace(upload.rsplit('/').next().unwrap(), &"0".repeat(32));
        for method in ["HEAD", "PATCH", "DELETE"] {
            let (real, absent) = (ask(method, &upload), ask(method, &nobodys));
            assert_eq!((real.status, real.text()), (absent.status, absent.text()), "{method} as {other}");
            assert!(!real.status.is_success(), "{method} as {other}: {real}");
            assert!(real.header("upload-offset").is_empty());
        }
    }
    assert_eq!(sender.offset(&upload), 2);
}

fn t6_every_request_proves_its_origin(world: World) {
    let sender = ada_sends(&world);
    let upload = sender.create(PLAN, 5);
    for (method, address) in
        [("POST", &sender.endpoint), ("PATCH", &upload), ("DELETE", &upload), ("POST", &upload)]
    {
        for (header, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Origin", "null"),
            ("Origin", "https://evil.test"),
            ("Accept", "*/*"),
        ] {
            let request = sender.person.request(Method::from_bytes(method.as_bytes()).unwrap(), address);
            let request = request.header("Tus-Resumable", "1.0.0").header("Upload-Length", "5");
            let request = request.header("Upload-Offset", "0").header(header, value);
            let request = request.header("Content-Type", "application/offset+octet-stream").body("words");
            sender.person.send(request).assert_status(403);
        }
    }
    assert_eq!(sender.offset(&upload), 0);
    sender.listing().assert_hides("plan.txt");
}

fn t11_hostile_names_are_data(world: World) {
    let sender = ada_sends(&world);
    // "../../etc/passwd" as a name, and "a/../b\u{0}.txt" as a path.
    for (metadata, kept) in [
        ("filename Li4vLi4vZXRjL3Bhc3N3ZA==", "etc-passwd"),
        ("relativePath Li4vYgAudHh0", "b.txt"),
        ("", "file"),
    ] {
        sender.append(&sender.create(metadata, 5), 0, b"words").assert_status(204);
        sender.assert_arrived(kept, b"words");
    }
}
