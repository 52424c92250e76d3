//! Giving portals to people and taking them back, as staff and the people themselves meet it.

use crate::{
    on_both,
    steps::{join, new_portal, note_form, share},
    world::{Page, Person, World},
};

on_both! {
    the_dialog_says_who_gains_how_much,
    p1_the_dot_is_yellow_until_the_account_exists_and_open_pages_hear_of_it,
    p2_another_portal_of_a_joined_client_is_green_at_once,
    p3_resending_voids_the_earlier_invitation,
    p3_an_invitation_lasts_fourteen_days_and_its_holder_can_ask_for_another,
    p3_an_invitation_to_a_former_address_says_expired,
    p3_every_open_invitation_is_listed_and_can_be_revoked,
    p8_a_colleague_gains_nothing,
    p12_a_revoked_client_is_refused_at_once_and_can_be_let_in_again,
    taking_everything_from_someone_who_never_joined_ends_their_invitation,
    sharing_with_the_same_person_again_changes_nothing,
    several_people_can_be_chosen_at_once,
    p43_a_wrong_choice_is_answered_at_the_field_with_everything_kept,
    hostile_words_stay_words,
    without_a_mail_server_it_is_said_where_the_mail_waits,
}

const PASSWORD: &str = "an umbrella for the heron";

fn portal_with_notes(world: &World, name: &str, notes: usize) -> Page {
    let portal = new_portal(&world.ada(), name);
    for number in 0..notes {
        note_form(&portal, &format!("Note {number}"), "Words.").submit().follow().assert_ok();
    }
    world.ada().visit(portal.path())
}

fn sharing(portal: &Page) -> String {
    format!("{}/sharing", portal.path())
}

/// The dot beside this person on the portal's page.
fn dot(world: &World, portal: &Page, person: &str) -> String {
    world.ada().visit(portal.path()).row(person).texts(".dot").concat()
}

fn the_dialog_says_who_gains_how_much(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 12);
    let typed = |query: &str| world.ada().partial_get(&format!("{}/selection?{query}", sharing(&portal)));
    typed("email=new%40acme.test")
        .assert_shows("1 person will gain these 12 items")
        .assert_shows("and 2 more");
    typed("email=new%40acme.test%2C+other%40acme.test").assert_shows("2 people will gain these 12 items");
    typed("email=new%40acme.test").assert_shows("Invite new@acme.test");
    typed("email=car").assert_shows("Carol").assert_hides("dora@globex.test");
    typed("email=").assert_shows("Choose who will gain these 12 items").assert_shows("dora@globex.test");
}

fn p1_the_dot_is_yellow_until_the_account_exists_and_open_pages_hear_of_it(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    assert_eq!(dot(&world, &portal, "zoe@acme.test"), "Invited");

    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let scanner = world.stranger();
    for _ in 0..20 {
        scanner.get(&link).assert_ok();
        scanner.head(&link).assert_ok();
    }
    assert_eq!(dot(&world, &portal, "zoe@acme.test"), "Invited");

    let open_page = world.ada().listen("/staff/live");
    join(&world.stranger(), &link, PASSWORD).assert_shows("Autumn campaign");
    while !open_page.next().data.split(' ').any(|topic| topic == "person") {}
    let panel = world.ada().partial_get(&format!("{}/grants", portal.path()));
    assert_eq!(panel.row("zoe@acme.test").texts(".dot").concat(), "Joined");
    assert_eq!(panel.attributes("#grants", "data-live-topic"), ["grant invitation person"]);
}

fn p2_another_portal_of_a_joined_client_is_green_at_once(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "carol@acme.test");
    assert_eq!(dot(&world, &portal, "carol@acme.test"), "Joined");
    let mail = world.mailbox().next_about("carol@acme.test", "Autumn campaign");
    let link = mail.link("Open the portal");
    assert!(link.ends_with(&portal.path().replace("/staff", "")), "{link}");
    assert!(!mail.html.contains("/invitations/") && !mail.text.contains("/invitations/"));
    world.carol().get(&link).assert_ok().assert_shows("Note 0");
}

fn p3_resending_voids_the_earlier_invitation(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    let first = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let page = world.ada().visit(portal.path());
    page.row("zoe@acme.test").press("Resend").assert_ok();
    let second = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    assert_ne!(first, second);
    assert!(!world.stranger().visit(&first).text().contains("Choose a password"));
    join(&world.stranger(), &second, PASSWORD).assert_shows("Autumn campaign");
}

fn p3_an_invitation_lasts_fourteen_days_and_its_holder_can_ask_for_another(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    world.clock().advance(13);
    assert_eq!(dot(&world, &portal, "zoe@acme.test"), "Invited");
    world.clock().advance(1);
    assert_eq!(dot(&world, &portal, "zoe@acme.test"), "Expired");
    world.stranger().visit(&link).press("Send a new invitation").assert_ok();
    let fresh = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    assert_eq!(dot(&world, &portal, "zoe@acme.test"), "Invited");
    join(&world.stranger(), &fresh, PASSWORD).assert_shows("Autumn campaign");
}

fn p3_an_invitation_to_a_former_address_says_expired(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    let former = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let client = world.ada().visit("/staff/invitations").press("zoe@acme.test");
    let form = client.press("Edit").form_with_button("Save");
    form.fill("Email", "zoe@home.test").submit().follow().assert_shows("zoe@home.test");
    assert!(!world.stranger().visit(&former).text().contains("Choose a password"));
    assert_eq!(dot(&world, &portal, "zoe@home.test"), "Expired");
    world.ada().visit(portal.path()).row("zoe@home.test").press("Resend").assert_ok();
    assert_eq!(dot(&world, &portal, "zoe@home.test"), "Invited");
    let fresh = world.mailbox().next_to("zoe@home.test").link("Set up your account");
    join(&world.stranger(), &fresh, PASSWORD).assert_shows("Autumn campaign");
}

fn p3_every_open_invitation_is_listed_and_can_be_revoked(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let list = world.ada().visit("/staff/invitations");
    list.row("paul@globex.test").assert_shows("Expired");
    let ines = list.row("ines@acme.test");
    ines.assert_shows("Invited").press("ines@acme.test").assert_ok().assert_shows("ines@acme.test");
    ines.press("Acme website relaunch").assert_ok().assert_shows("Acme website relaunch");
    list.row("zoe@acme.test").assert_shows("Autumn campaign").press("Revoke").assert_hides("zoe@acme.test");
    assert!(!world.stranger().visit(&link).text().contains("Choose a password"));
    assert_eq!(dot(&world, &portal, "zoe@acme.test"), "Expired");
    world.eve().visit("/staff/invitations").assert_ok().assert_hides("ines@acme.test");
}

fn p8_a_colleague_gains_nothing(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "carol@acme.test");
    let for_clients = portal.path().replace("/staff", "");
    world.carol().get(&for_clients).assert_ok();
    for other in [world.cyril(), world.dora()] {
        other.get(&for_clients).assert_not_found();
        other.visit("/").assert_hides("Autumn campaign");
    }
    world.eve().get(&sharing(&portal)).assert_not_found();
    world.eve().post(&sharing(&portal), &[("email", "eve@client.test")]).assert_not_found();
}

fn p12_a_revoked_client_is_refused_at_once_and_can_be_let_in_again(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "carol@acme.test");
    let for_clients = portal.path().replace("/staff", "");
    world.carol().get(&for_clients).assert_ok();
    let revoked = world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke");
    assert_eq!(revoked.row("carol@acme.test").texts(".dot").concat(), "Revoked");
    world.carol().get(&for_clients).assert_not_found();
    world.carol().visit("/").assert_hides("Autumn campaign");
    world.ada().visit(portal.path()).row("carol@acme.test").press("Restore access").assert_ok();
    world.carol().get(&for_clients).assert_ok();
    assert_eq!(dot(&world, &portal, "carol@acme.test"), "Joined");
}

fn taking_everything_from_someone_who_never_joined_ends_their_invitation(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    world.ada().visit(portal.path()).row("zoe@acme.test").press("Revoke").assert_ok();
    assert!(!world.stranger().visit(&link).text().contains("Choose a password"));
    world.ada().visit("/staff/invitations").assert_hides("zoe@acme.test");
    // Undo brings the very same link back.
    world.ada().visit(portal.path()).row("zoe@acme.test").press("Restore access").assert_ok();
    join(&world.stranger(), &link, PASSWORD).assert_shows("Autumn campaign");
}

fn sharing_with_the_same_person_again_changes_nothing(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    share(&portal, "zoe@acme.test");
    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    share(&portal, "Zoe@ACME.test");
    share(&portal, "yan@acme.test");
    // Mails go out in their order, so none to Zoe is on its way any more.
    world.mailbox().next_to("yan@acme.test");
    assert!(world.mailbox().so_far_to("zoe@acme.test").is_empty());
    join(&world.stranger(), &link, PASSWORD).assert_shows("Autumn campaign");
}

fn several_people_can_be_chosen_at_once(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    let dialog = portal.press("Share");
    let form = dialog.form_with_button("Send invitation").fill("Email", "zoe@acme.test; yan@acme.test");
    let form = form.fill("Message", "Have a look,\nplease.").tick("Dora Lindt dora@globex.test · Globex");
    form.submit().follow().assert_ok();
    for person in ["zoe@acme.test", "yan@acme.test", "dora@globex.test"] {
        let text = world.mailbox().next_about(person, "Autumn campaign").text.replace("\r\n", "\n");
        assert!(text.contains("Have a look,\nplease."), "{text}");
    }
    assert_eq!(dot(&world, &portal, "dora@globex.test"), "Joined");
    assert_eq!(dot(&world, &portal, "yan@acme.test"), "Invited");
}

fn p43_a_wrong_choice_is_answered_at_the_field_with_everything_kept(world: World) {
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    let send = |email: &str, message: &str| {
        let dialog = portal.press("Share").form_with_button("Send invitation");
        dialog.fill("Email", email).fill("Message", message).submit()
    };
    for (email, says) in [
        ("", "Choose someone"),
        ("zoe", "whole addresses"),
        ("zoe@acme.test, yan@", "whole addresses"),
        ("Ben@studio.test", "your team"),
    ] {
        let answer = send(email, "Kept <words>");
        answer.assert_status(422);
        assert!(answer.field_error("Email").contains(says), "{email:?}: {}", answer.field_error("Email"));
        assert_eq!(answer.form_with_button("Send invitation").value("Email"), email);
        assert_eq!(answer.form_with_button("Send invitation").value("Message"), "Kept <words>");
    }
    let long = send("zoe@acme.test", &"x".repeat(10_000));
    assert!(long.assert_status(422).field_error("Message").contains("5,000"));
    send("zoe@acme.test", "a\0b").assert_status(422);
    send(&"x".repeat(100_000), "").assert_status(422);
    let smuggled = [("email", "zoe@acme.test"), ("role", "owner")];
    world.ada().post(&sharing(&portal), &smuggled).assert_status(400);
    world.ada().post(&sharing(&portal), &[("person", "' OR 1=1")]).assert_status(422);
    world.ada().visit(portal.path()).assert_hides("zoe@acme.test");
}

fn hostile_words_stay_words(world: World) {
    let portal = portal_with_notes(&world, "<script>alert(1)</script>", 1);
    let form = portal.press("Share").form_with_button("Send invitation");
    form.fill("Email", "zoe@acme.test")
        .fill("Message", "<img src=x onerror=alert(1)>")
        .submit()
        .follow()
        .assert_ok();
    let mail = world.mailbox().next_to("zoe@acme.test");
    assert!(!mail.html.contains("<script>") && !mail.html.contains("<img src=x"));
    assert!(mail.text.contains("<img src=x onerror=alert(1)>"));
}

fn without_a_mail_server_it_is_said_where_the_mail_waits(world: World) {
    const STAYS: &str = "mail is not sent. It lies under “Outgoing mail”";
    let portal = portal_with_notes(&world, "Autumn campaign", 1);
    let send = |person: &Person, email: &str| {
        let form = person.visit(&sharing(&portal)).form_with_button("Send invitation");
        form.fill("Email", email).partial().submit()
    };
    let told = send(&world.ada(), "zoe@acme.test");
    told.assert_ok().assert_shows("Shared with 1 person.").assert_shows(STAYS).assert_hides("on its way");
    world.mailbox().next_to("zoe@acme.test");
    world.ada().visit(&told.link("Open outgoing mail")).assert_ok().assert_shows("zoe@acme.test");

    // Whoever gained nothing is sent nothing.
    let again = send(&world.ada(), "zoe@acme.test");
    again.assert_shows("They can see this portal already.").assert_hides("Outgoing mail");

    // Only the owner reads there.
    let told = send(&world.ben(), "yan@acme.test");
    told.assert_ok().assert_shows(STAYS).assert_shows("Ask the owner.").assert_hides("/staff/settings/mail");
    let resend = world.ben().visit(portal.path()).row("yan@acme.test").form_with_button("Resend");
    let told = resend.partial().submit();
    told.assert_ok().assert_shows("A new invitation was written.").assert_shows("Ask the owner.");
    world.ben().visit("/staff/invitations").assert_shows(STAYS).assert_hides("/staff/settings/mail");
    world.ada().visit("/staff/invitations").assert_shows(STAYS).link("Open outgoing mail");

    let form = world.ada().visit("/staff/people/new").form_with_button("Send invitation");
    let form = form.fill("Name", "Lena Ortiz").fill("Email", "lena@studio.test");
    form.submit().follow().assert_ok().assert_shows(STAYS).link("Open outgoing mail");
    let ben = world.ada().visit("/staff/people").press("Ben Okafor");
    ben.assert_ok().assert_hides("Outgoing mail");
}
