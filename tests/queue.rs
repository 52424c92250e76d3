//! T31: what waits in the queue is done once as far as anybody sees, whoever dies meanwhile and however many machines there are.

use std::{collections::BTreeSet, fs};

use rustix::process::Signal;

use crate::{
    on_both,
    steps::{join, new_portal, share, upload_form, wait_for_the_queue},
    world::{Backend, Mail, Upload, World, until},
};

on_both! {
    with_smtp =>
    t31_a_mail_that_went_out_before_the_server_died_comes_again_as_the_same_mail,
    t31_a_document_is_read_again_when_the_server_died_over_it,
    t32_a_mail_server_that_says_nothing_holds_up_no_other_work,
}

/// Longer than anybody holds a job without a word.
const LEASE: i64 = 3_600;
const PASSWORD: &str = "an umbrella for the heron";

fn message_id(mail: &Mail) -> &str {
    let head = mail.source.split("\r\n\r\n").next().unwrap();
    head.lines().find(|line| line.to_lowercase().starts_with("message-id:")).unwrap()
}

#[track_caller]
fn assert_nothing_waits(world: &World) {
    wait_for_the_queue(world);
}

/// What is asked for later comes after whatever was still on its way.
#[track_caller]
fn assert_no_other_to(world: &World, email: &str) {
    share(&new_portal(&world.ada(), "Winter campaign"), "yves@acme.test");
    world.mailbox().next_to("yves@acme.test");
    assert_nothing_waits(world);
    assert!(world.mailbox().so_far_to(email).is_empty(), "{email} got it once more");
}

fn t31_a_mail_that_went_out_before_the_server_died_comes_again_as_the_same_mail(mut world: World) {
    world.smtp_trap().keep_silent();
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoe@acme.test");
    let first = world.mailbox().next_to("zoe@acme.test");
    // It is there, and the server waits to be told so.
    world.server_mut().kill();
    world.smtp_trap().speak();
    world.clock().advance_seconds(LEASE);
    world.server_mut().launch();
    world.server_mut().wait_until_ready();

    let again = world.mailbox().next_to("zoe@acme.test");
    assert_eq!(message_id(&again), message_id(&first), "programs for mail show one of two with the same id");
    let link = |mail: &Mail| mail.link("Set up your account");
    assert_eq!(link(&again), link(&first));
    assert_no_other_to(&world, "zoe@acme.test");
    join(&world.stranger(), &link(&first), PASSWORD).assert_shows("Autumn campaign");
}

/// Of this server, at this moment (proc(5)).
fn is_reading(server: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{server}/task")).unwrap();
    let children = threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok());
    children.flat_map(|children| children.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).any(
        |child| {
            let arguments = fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&arguments).contains("read-document")
        },
    )
}

fn t31_a_document_is_read_again_when_the_server_died_over_it(mut world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let words = "<p>The umbrella of the <b>marzipan</b> heron.</p>\n".repeat(40_000);
    let page = Upload::new("heron.html", "text/html", format!("<h1>Cormorant</h1>{words}"));
    upload_form(&portal, [page]).submit().follow().assert_ok();
    until(|| is_reading(world.server().process_id()));
    world.server_mut().kill();
    world.clock().advance_seconds(LEASE);
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let found = || world.ada().partial_get("/staff/search?q=cormorant").texts(".search-hit-name");
    until(|| found() == ["heron.html"]);
    assert_nothing_waits(&world);
}

fn t32_a_mail_server_that_says_nothing_holds_up_no_other_work(mut world: World) {
    world.smtp_trap().keep_silent();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "zoe@acme.test");
    world.mailbox().next_to("zoe@acme.test");
    upload_form(&portal, [Upload::text("plan.txt", "A cormorant.")]).submit().follow().assert_ok();
    let found = || world.ada().partial_get("/staff/search?q=cormorant").texts(".search-hit-name");
    until(|| found() == ["plan.txt"]);

    world.smtp_trap().speak();
    assert_no_other_to(&world, "zoe@acme.test");
}

/// Both look at the same moment at twenty mails that have become due.
#[test]
fn t31_of_two_machines_one_sends_each_mail_on_postgres() {
    let mut world = World::with_smtp(Backend::Postgres);
    let _other = world.another_machine();
    world.smtp_trap().close();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let addresses: Vec<String> = (0..20).map(|number| format!("client{number}@acme.test")).collect();
    for address in &addresses {
        share(&portal, address);
    }
    let tried_again = || {
        let queue = world.ada().visit("/staff/settings/queue");
        queue.texts("main").concat().matches("Will be tried again").count()
    };
    until(|| tried_again() == addresses.len());
    world.smtp_trap().open();
    world.clock().advance_seconds(LEASE);

    assert_nothing_waits(&world);
    let ids: BTreeSet<String> = addresses
        .iter()
        .map(|address| {
            let mail = world.mailbox().next_to(address);
            assert!(world.mailbox().so_far_to(address).is_empty(), "{address} got it from both");
            message_id(&mail).to_owned()
        })
        .collect();
    assert_eq!(ids.len(), addresses.len());
}

#[test]
fn t31_a_machine_that_wakes_up_after_its_lease_finds_its_job_done_on_postgres() {
    let mut world = World::with_smtp(Backend::Postgres);
    world.smtp_trap().keep_silent();
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoe@acme.test");
    let first = world.mailbox().next_to("zoe@acme.test");
    // Whoever sent it stands still before hearing that it arrived.
    world.server().send(Signal::STOP);
    world.smtp_trap().speak();
    let _other = world.another_machine();
    world.clock().advance_seconds(LEASE);
    let again = world.mailbox().next_to("zoe@acme.test");
    assert_eq!(message_id(&again), message_id(&first));

    world.server().send(Signal::CONT);
    assert_no_other_to(&world, "zoe@acme.test");
}
