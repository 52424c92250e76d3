//! T31: an address that the mail server refuses for good is shown to staff, until a mail arrives or it is another.

use crate::{
    on_both,
    steps::{new_portal, share},
    world::{World, until},
};

on_both! {
    with_smtp =>
    staff_see_which_address_was_refused_and_why_until_a_mail_arrives,
    another_address_is_not_the_one_that_was_refused,
}

const REFUSED: &str = "Mail to this address was refused on";

fn staff_see_which_address_was_refused_and_why_until_a_mail_arrives(mut world: World) {
    world.smtp_trap().refuse(&["zoe@acme.test"]);
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "zoe@acme.test");
    share(&portal, "yves@acme.test");
    until(|| ada.visit(portal.path()).shows(REFUSED));
    world.mailbox().next_to("yves@acme.test");
    let page = ada.visit(portal.path());
    page.row("zoe@acme.test").assert_shows(REFUSED).assert_shows("550 5.1.1 No such mailbox here");
    page.row("yves@acme.test").assert_hides(REFUSED);
    // P1: what comes back turns no dot green.
    page.row("zoe@acme.test").assert_shows("Invited").assert_hides("Joined");
    let clients = ada.visit("/staff/clients");
    clients.press("zoe@acme.test").assert_shows("No such mailbox here");
    clients.press("yves@acme.test").assert_hides(REFUSED);
    // P5: whoever asks for a link learns nothing of it, and no client does.
    let asked =
        world.stranger().visit("/reset").form_with_field("Email").fill("Email", "zoe@acme.test").submit();
    asked.assert_ok().assert_hides("refused");
    world.carol().visit("/").assert_hides(REFUSED);

    world.smtp_trap().refuse(&[]);
    world.clock().advance_seconds(3_600);
    world.mailbox().next_to("zoe@acme.test");
    until(|| !ada.visit(portal.path()).shows(REFUSED));
}

fn another_address_is_not_the_one_that_was_refused(mut world: World) {
    world.smtp_trap().refuse(&["zoe@acme.test"]);
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "zoe@acme.test");
    until(|| ada.visit(portal.path()).shows(REFUSED));
    let client = ada.visit("/staff/clients").press("zoe@acme.test");
    let edit = client.press("Edit").form_with_field("Email").fill("Email", "zoe@heron.test");
    edit.submit().follow().assert_ok();
    ada.visit(portal.path()).assert_hides(REFUSED);
    ada.visit(client.path()).assert_hides(REFUSED);
}
