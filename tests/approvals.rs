//! Approvals: a client says that a file is right as it is, and it holds for exactly these bytes.

use crate::{
    on_both,
    steps::{ask_for_approval, new_portal, share, upload_form},
    world::{Page, Person, Upload, World, until},
};

on_both! {
    a_client_is_asked_by_mail_and_on_their_home_and_approves,
    a_client_declines_with_a_reason,
    a_new_version_asks_again_and_says_what_it_replaces,
    an_answer_to_what_is_no_longer_shown_is_not_taken,
    a_request_is_withdrawn,
    p10_nobody_else_learns_of_a_request_or_can_answer_it,
    p12_after_a_revocation_nothing_is_asked_any_more,
    only_whoever_has_the_portal_can_be_asked,
}

/// Shared with Carol, with one file in it.
fn shared_file(world: &World) -> Page {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    world.mailbox().next_to("carol@acme.test");
    upload(world, "the first draft")
}

/// The next version of the file, as staff see it.
fn upload(world: &World, words: &str) -> Page {
    let portal = world.ada().visit("/staff/portals").press("Autumn campaign");
    let listing = upload_form(&portal, [Upload::text("Poster.txt", words)]).submit().follow();
    listing.press("Poster.txt")
}

fn for_clients(file: &Page) -> String {
    file.path().replace("/staff", "")
}

fn on_staff_page(world: &World, file: &Page) -> Page {
    world.ada().visit(file.path())
}

/// On the page of the file.
#[track_caller]
fn answer(person: &Person, file: &Page, button: &str, reason: &str) -> Page {
    let form = person.visit(&for_clients(file)).form_with_button(button);
    form.fill("What should be different?", reason).submit().follow()
}

fn a_client_is_asked_by_mail_and_on_their_home_and_approves(world: World) {
    let file = shared_file(&world);
    let before = world.database().snapshot(&["cursors.*", "jobs.*", "sessions.*"]);
    let asked = ask_for_approval(&file, "carol@acme.test");
    asked.row("Carol").assert_shows("Version 1").assert_shows("Waiting");
    world.ada().visit("/staff/awaited").row("Poster.txt").assert_shows("Waiting for approval");
    // Pressing twice asks once.
    ask_for_approval(&asked, "carol@acme.test").assert_ok();
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.subject.contains("Please approve “Poster.txt”"), "{}", mail.subject);

    let home = world.carol().visit("/");
    home.assert_shows("Approve “Poster.txt”").assert_hides("Nothing is waiting for you");
    let page = world.carol().visit(&mail.link("Open the file"));
    assert_eq!(page.path(), for_clients(&file));
    page.assert_shows("Ada Berg asks: is this file right as it is?");
    answer(&world.carol(), &file, "Approve", "").assert_shows("You approved this file on");
    world.carol().visit("/").assert_hides("Poster.txt");

    let state = on_staff_page(&world, &file);
    state.row("Carol").assert_shows("Approved").assert_shows("from 127.0.0.1").assert_hides("Withdraw");
    world.ada().visit("/staff/awaited").assert_hides("Poster.txt");
    let recorded = before.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*", "sessions.*"]));
    let recorded = recorded.unwrap().to_string();
    for kind in ["approval.asked", "approval.given"] {
        let events = recorded.lines().filter(|line| line.starts_with("+ events") && line.contains(kind));
        assert_eq!(events.count(), 1, "{recorded}");
    }
    // Of "the first draft", by sha256sum.
    assert!(
        world
            .database()
            .snapshot(&[])
            .holds("942854ac803d5a3c54ac30beaaddd5b344181aa5bccb071c4e3652c2ed75359e")
    );
    // Said once, it stands.
    let again =
        world.carol().post(&decision(&world, &file), &[("decision", "decline"), ("reason", "Too dark")]);
    again.assert_status(409);
    on_staff_page(&world, &file).row("Carol").assert_shows("Approved");
}

/// The address of the newest request about a file.
fn decision(world: &World, file: &Page) -> String {
    let id = on_staff_page(world, file).attributes("#approvals .row", "id").remove(0);
    format!("/approvals/{}/decision", id.trim_start_matches("approval-"))
}

fn a_client_declines_with_a_reason(world: World) {
    let file = shared_file(&world);
    ask_for_approval(&file, "carol@acme.test").assert_ok();
    let silent = answer(&world.carol(), &file, "Decline", " ");
    silent.assert_status(422);
    assert!(
        silent.field_error("What should be different?").contains("Say what should be different."),
        "{silent}"
    );
    let long = "x".repeat(2_001);
    let long_winded = answer(&world.carol(), &file, "Decline", &long);
    assert_eq!(
        long_winded.assert_status(422).form_with_button("Decline").value("What should be different?"),
        long
    );
    let declined = answer(&world.carol(), &file, "Decline", "Too dark <b>");
    declined.assert_shows("You declined this file on").assert_shows("Too dark <b>");
    let state = on_staff_page(&world, &file);
    state.row("Carol").assert_shows("Declined").assert_shows("Too dark <b>");
    // They talked, and staff ask once more about the same bytes.
    let asked = ask_for_approval(&state, "carol@acme.test");
    assert_eq!(asked.texts("#approvals .badge"), ["Waiting", "Declined"]);
    answer(&world.carol(), &file, "Approve", "").assert_shows("You approved");
}

fn a_new_version_asks_again_and_says_what_it_replaces(world: World) {
    let file = shared_file(&world);
    ask_for_approval(&file, "carol@acme.test").assert_ok();
    world.mailbox().next_to("carol@acme.test");
    answer(&world.carol(), &file, "Approve", "").assert_ok();
    upload(&world, "the second draft");
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.text.contains("Version 2 replaces version 1, which you approved."), "{}", mail.text);
    let page = world.carol().visit(&for_clients(&file));
    page.assert_shows("Version 2 replaces version 1, which you approved.")
        .assert_hides("You approved this file");
    let state = on_staff_page(&world, &file);
    assert_eq!(state.texts("#approvals .badge"), ["Waiting", "Approved"]);

    upload(&world, "the third draft");
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.text.contains("Version 3 replaces version 2, about which you were asked"), "{}", mail.text);
    world.carol().visit("/").assert_shows("Approve “Poster.txt”");
    assert_eq!(on_staff_page(&world, &file).texts("#approvals .badge"), ["Waiting", "Approved"]);
    // The bytes that were approved are back: nothing is asked about them.
    let pinned = on_staff_page(&world, &file).attributes("#versions form[action$='/pin']", "action");
    world.ada().post(pinned.last().unwrap(), &[]).follow().assert_ok();
    until(|| !world.carol().visit("/").shows("Approve “"));
    world.carol().visit(&for_clients(&file)).assert_shows("You approved this file");
}

fn an_answer_to_what_is_no_longer_shown_is_not_taken(world: World) {
    let file = shared_file(&world);
    ask_for_approval(&file, "carol@acme.test").assert_ok();
    let open_page = world.carol().visit(&for_clients(&file)).form_with_button("Approve");
    upload(&world, "the second draft");
    let late = open_page.submit();
    late.assert_status(409);
    until(|| on_staff_page(&world, &file).row("Carol").shows("Version 2"));
    assert_eq!(on_staff_page(&world, &file).texts("#approvals .badge"), ["Waiting"]);
}

fn a_request_is_withdrawn(world: World) {
    let file = shared_file(&world);
    let asked = ask_for_approval(&file, "carol@acme.test");
    let open_page = world.carol().visit(&for_clients(&file)).form_with_button("Approve");
    asked.row("Carol").press("Withdraw").assert_shows("Nobody was asked yet.");
    world.carol().visit("/").assert_hides("Poster.txt");
    world.carol().visit(&for_clients(&file)).assert_hides("right as it is");
    open_page.submit().assert_status(409);
    // Nobody whom staff no longer want to ask is asked again.
    upload(&world, "the second draft").assert_shows("Nobody was asked yet.");
}

fn p10_nobody_else_learns_of_a_request_or_can_answer_it(world: World) {
    let file = shared_file(&world);
    share(&world.ada().visit("/staff/portals").press("Autumn campaign"), "cyril@acme.test");
    ask_for_approval(&file, "carol@acme.test").assert_ok();
    let decision = decision(&world, &file);
    // Cyril has the file, and was not asked; Dora and Eve have nothing.
    world.cyril().visit(&for_clients(&file)).assert_ok().assert_hides("right as it is");
    for person in [world.cyril(), world.dora(), world.eve()] {
        person.visit("/").assert_hides("Poster.txt");
        person.post(&decision, &[("decision", "approve")]).assert_not_found();
    }
    for person in [world.carol(), world.cyril(), world.dora(), world.eve()] {
        person.get(&format!("{}/approvals", file.path())).assert_not_found();
        person
            .post(&decision.replace("/approvals", "/staff/approvals").replace("decision", "withdrawal"), &[])
            .assert_not_found();
    }
    on_staff_page(&world, &file).row("Carol").assert_shows("Waiting");
}

fn p12_after_a_revocation_nothing_is_asked_any_more(world: World) {
    let file = shared_file(&world);
    ask_for_approval(&file, "carol@acme.test").assert_ok();
    let decision = decision(&world, &file);
    let portal = world.ada().visit("/staff/portals").press("Autumn campaign");
    portal.row("carol@acme.test").press("Revoke").assert_ok();
    world.carol().visit("/").assert_hides("Poster.txt");
    world.carol().post(&decision, &[("decision", "approve")]).assert_not_found();
    world.ada().visit("/staff/awaited").assert_hides("Poster.txt");
    world.mailbox().next_to("carol@acme.test");
    upload(&world, "the second draft");
    assert_eq!(on_staff_page(&world, &file).texts("#approvals .badge"), [] as [&str; 0]);
}

fn only_whoever_has_the_portal_can_be_asked(world: World) {
    let file = shared_file(&world);
    let dialog = file.press("Ask for approval");
    dialog.assert_shows("carol@acme.test").assert_hides("cyril@acme.test").assert_hides("dora@globex.test");
    let nobody = dialog.form_with_button("Send request").submit();
    let said = nobody.assert_status(422).field_error("Carol Meyer carol@acme.test");
    assert_eq!(said, "Choose at least one person.");
    let cyril = world.ada().visit("/staff/clients?q=cyril").attributes("a[href^='/staff/clients/']", "href");
    let cyril = cyril.iter().map(|href| href.rsplit('/').next().unwrap()).find(|id| id.len() == 32).unwrap();
    let path = format!("{}/approvals", file.path());
    world.ada().post(&path, &[("person", cyril)]).assert_not_found();
    world.ada().post(&path, &[("person", &"0".repeat(32))]).assert_not_found();
    on_staff_page(&world, &file).assert_shows("Nobody was asked yet.");
}
