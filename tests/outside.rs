//! The servers that others run, for real: an S3-compatible store and an SMTP server.

use reqwest::Method;

use crate::{
    steps::{join, new_portal, share, upload_form},
    world::{Backend, Upload, World, until},
};

/// Runs against moto; `make test-slow` runs it against s3s-fs.
#[test]
fn s3_keeps_what_goes_up_and_gives_it_back_whole_and_in_part_on_sqlite() {
    s3_keeps_what_goes_up_and_gives_it_back(&World::with_s3(Backend::Sqlite));
}

#[test]
fn s3_keeps_what_goes_up_and_gives_it_back_whole_and_in_part_on_postgres() {
    s3_keeps_what_goes_up_and_gives_it_back(&World::with_s3(Backend::Postgres));
}

fn s3_keeps_what_goes_up_and_gives_it_back(world: &World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    // Three parts, one part to the byte, one byte, none.
    let sizes = [("large.bin", 12 << 20), ("part.bin", 5 << 20), ("one.bin", 1), ("empty.bin", 0)];
    let uploads = sizes.map(|(name, size)| Upload::new(name, "application/octet-stream", content(size)));
    let listing = upload_form(&portal, uploads).submit().follow();
    for (name, size) in sizes {
        let download = world.ada().get(&format!("{}/download", listing.link(name)));
        assert!(download.assert_ok().body == content(size), "{name}");
    }
    assert!(!world.data().join("objects").exists(), "a folder of objects beside the bucket");

    let (ada, address) = (world.ada(), format!("{}/download", listing.link("large.bin")));
    let across_two_parts = 5 * 1024 * 1024 - 10..5 * 1024 * 1024 + 10;
    let range = format!("bytes={}-{}", across_two_parts.start, across_two_parts.end - 1);
    let part = ada.send(ada.request(Method::GET, &address).header("Range", range));
    assert!(part.assert_status(206).body == content(12 << 20)[across_two_parts]);
}

/// Different in every place, so that a part that is lost or repeated shows.
fn content(size: usize) -> Vec<u8> {
    (0..size as u32 / 4 + 1)
        .flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes())
        .take(size)
        .collect()
}

#[test]
fn a_client_joins_by_a_mail_that_went_over_smtp() {
    let world = World::with_smtp(Backend::Sqlite);
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoé@acme.test");
    let mail = world.mailbox().next_to("zoé@acme.test");
    assert_eq!(mail.from, "portal@localhost");
    assert!(mail.subject.contains("Autumn campaign"), "{}", mail.subject);
    let link = mail.link("Set up your account");
    assert!(mail.text.contains(&link), "the plain-text twin lacks the link:\n{}", mail.text);
    join(&world.stranger(), &link, "an umbrella for the heron").assert_shows("Autumn campaign");
}

/// T31: nothing is lost while the mail server is away, staff see what waits, and it arrives once.
#[test]
fn t31_mail_waits_for_its_server_where_staff_can_see_it() {
    let mut world = World::with_smtp(Backend::Sqlite);
    world.smtp_trap().close();
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoe@acme.test");
    until(|| world.ada().visit("/staff/settings/queue").shows("Will be tried again"));

    let queue = world.ada().visit("/staff/settings/queue");
    world.smtp_trap().open();
    queue.press("Try again now").follow().assert_ok();
    world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    share(&new_portal(&world.ada(), "Winter campaign"), "yves@acme.test");
    world.mailbox().next_to("yves@acme.test");
    assert!(world.mailbox().so_far_to("zoe@acme.test").is_empty(), "the mail went out twice");
    world.ada().visit("/staff/settings/queue").assert_shows("Nothing waits and nothing is stuck.");
}
