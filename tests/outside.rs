//! The servers that others run, for real: an S3-compatible store and an SMTP server.

use std::{io::ErrorKind, net::TcpListener};

use reqwest::Method;

use crate::{
    on_both,
    steps::{join, new_portal, note_form, open_form, queue, share, upload_form, wait_for_the_queue},
    uploads::content,
    world::{Backend, Upload, World, until},
};

on_both! {
    with_smtp =>
    a_client_joins_by_a_mail_that_went_over_smtp,
    with_a_mail_server_a_mail_is_said_to_be_on_its_way,
    t13_no_address_that_somebody_typed_is_ever_fetched,
    t31_mail_waits_for_its_server_where_staff_can_see_it,
    t31_what_was_given_up_goes_out_when_staff_try_it_again,
    p10_no_mail_tells_of_what_was_taken_back_while_it_waited,
}

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

fn a_client_joins_by_a_mail_that_went_over_smtp(world: World) {
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoé@acme.test");
    let mail = world.mailbox().next_to("zoé@acme.test");
    assert_eq!(mail.from, "portal@localhost");
    assert!(mail.subject.contains("Autumn campaign"), "{}", mail.subject);
    let link = mail.link("Set up your account");
    assert!(mail.text.contains(&link), "the plain-text twin lacks the link:\n{}", mail.text);
    join(&world.stranger(), &link, "an umbrella for the heron").assert_shows("Autumn campaign");
}

fn with_a_mail_server_a_mail_is_said_to_be_on_its_way(world: World) {
    let (ada, portal) = (world.ada(), new_portal(&world.ada(), "Autumn campaign"));
    let dialog = ada.visit(&format!("{}/sharing", portal.path()));
    let told = dialog.form_with_button("Send invitation").fill("Email", "zoe@acme.test").partial().submit();
    told.assert_ok().assert_shows("Shared with 1 person. The mail is on its way.");
    told.assert_hides("Outgoing mail");
    let resend = ada.visit(portal.path()).row("zoe@acme.test").form_with_button("Resend");
    let told = resend.partial().submit();
    told.assert_shows("A new invitation is on its way.").assert_hides("Outgoing mail");
    ada.visit("/staff/invitations").assert_ok().assert_hides("Outgoing mail");
}

/// What is read, drawn, searched, shown and mailed names this address; the server never asks it for anything.
fn t13_no_address_that_somebody_typed_is_ever_fetched(world: World) {
    let outside = TcpListener::bind("127.0.0.1:0").unwrap();
    outside.set_nonblocking(true).unwrap();
    let address = format!("http://{}/canary", outside.local_addr().unwrap());
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Autumn campaign");
    open_form(&portal, "Add link", "Address")
        .fill("Title", "Elsewhere")
        .fill("Address", &address)
        .submit()
        .follow();
    note_form(&portal, "Remote", &format!("![]({address}) <img src={address}> [there]({address})"))
        .submit()
        .follow();
    let page = format!("<link rel=stylesheet href={address}><img src={address}><p>wandering words</p>");
    let image = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>\
         <image xlink:href='{address}' width='9' height='9'/></svg>"
    );
    let mail =
        format!("Subject: hello\r\nContent-Type: text/html\r\n\r\n<img src={address}><p>mailed words</p>");
    let listing = upload_form(
        &portal,
        [
            Upload::new("page.html", "text/html", page.into_bytes()),
            Upload::new("image.svg", "image/svg+xml", image.into_bytes()),
            Upload::new("mail.eml", "message/rfc822", mail.into_bytes()),
        ],
    )
    .submit()
    .follow();
    share(&portal, "carol@acme.test");
    for (words, name) in [("wandering", "page.html"), ("mailed", "mail.eml")] {
        until(|| {
            carol
                .partial_get(&format!("/search?q={words}"))
                .texts(".search-hit-name")
                .contains(&name.to_owned())
        });
    }
    for name in ["Remote", "page.html", "image.svg", "mail.eml"] {
        let path = listing.link(name);
        ada.visit(&path).assert_ok();
        carol.visit(&path.replace("/staff", "")).assert_ok();
    }
    assert_eq!(
        outside.accept().map(|_| ()).unwrap_err().kind(),
        ErrorKind::WouldBlock,
        "{address} was asked"
    );
}

/// T31: nothing is lost while the mail server is away, staff see what waits, and it arrives once.
fn t31_mail_waits_for_its_server_where_staff_can_see_it(mut world: World) {
    wait_for_the_queue(&world);
    world.smtp_trap().close();
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoe@acme.test");
    until(|| queue(&world).shows("Will be tried again"));

    queue(&world).row("Will be tried again").press("Try again now").follow().assert_ok();
    world.smtp_trap().open();
    world.clock().advance_seconds(3_600);
    world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    share(&new_portal(&world.ada(), "Winter campaign"), "yves@acme.test");
    world.mailbox().next_to("yves@acme.test");
    assert!(world.mailbox().so_far_to("zoe@acme.test").is_empty(), "the mail went out twice");
    wait_for_the_queue(&world);
}

fn t31_what_was_given_up_goes_out_when_staff_try_it_again(mut world: World) {
    wait_for_the_queue(&world);
    world.smtp_trap().close();
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoe@acme.test");
    until(|| queue(&world).shows("Will be tried again"));
    world.clock().advance(6);
    until(|| queue(&world).shows("Given up"));
    world.smtp_trap().open();
    queue(&world).row("Given up").press("Try again now").follow().assert_ok();
    world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    wait_for_the_queue(&world);
}

/// P10
fn p10_no_mail_tells_of_what_was_taken_back_while_it_waited(mut world: World) {
    world.smtp_trap().close();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "zoe@acme.test");
    share(&portal, "carol@acme.test");
    until(|| queue(&world).shows("Will be tried again"));
    for email in ["zoe@acme.test", "carol@acme.test"] {
        world.ada().visit(portal.path()).row(email).press("Revoke").assert_ok();
    }
    world.smtp_trap().open();
    // What is asked for later comes after whatever waited.
    world.clock().advance(1);
    share(&new_portal(&world.ada(), "Winter campaign"), "yves@acme.test");
    world.mailbox().next_to("yves@acme.test");
    wait_for_the_queue(&world);
    for email in ["zoe@acme.test", "carol@acme.test"] {
        let mails = world.mailbox().so_far_to(email);
        assert!(mails.is_empty(), "{email} was told of what was taken back");
    }
}
