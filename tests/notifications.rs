//! When somebody has which news by mail, how they get no more of them, and the list of what concerns them.

mod refusals;

use reqwest::Method;

use crate::{
    on_both,
    steps::{join, new_portal, note_form, share, upload_form, wait_for_the_queue},
    world::{Mail, Page, Person, Upload, World, until},
};

on_both! {
    p10_once_a_day_is_one_mail_of_what_is_still_true_and_never_is_none,
    staff_choose_for_themselves_and_the_mail_of_the_day_is_in_its_readers_language,
    t6_only_one_click_ends_a_kind_of_mail_and_looking_ends_nothing,
    p11_a_forged_way_out_is_none,
    what_cannot_be_turned_off_has_no_way_out,
    another_zone_of_the_organization_puts_the_mail_of_the_day_off_and_does_not_end_it,
    t32_a_mail_of_the_day_that_was_given_up_is_followed_by_the_next,
    saving_the_same_choice_again_makes_no_second_mail,
    p10_a_list_shows_what_concerns_its_reader_and_they_may_see,
    p12_what_was_taken_back_is_in_no_list_and_no_number,
    staff_see_what_clients_do_and_not_what_they_did_themselves,
    a_long_list_has_pages,
    p43_a_wrong_choice_is_answered_at_its_field,
}

const CLIENTS: &str = "/account/notifications";
const STAFF: &str = "/staff/account/notifications";
const PORTALS: &str = "Portals that are shared with me";
const HOUR: &str = "Time of the daily mail";
const FORM: &str = "application/x-www-form-urlencoded";

/// By the form on their page; the mail of the day comes when the next hour strikes.
#[track_caller]
pub fn choose(world: &World, person: &Person, path: &str, kind: &str, timing: &str) {
    let hour = (world.clock().now() / 3_600 + 1).rem_euclid(24);
    let form = person.visit(path).form_with_field(HOUR).fill("Time zone", "UTC");
    let page = form.fill(HOUR, &hour.to_string()).fill(kind, timing).submit().follow();
    page.assert_ok().assert_shows("Your choice was saved.");
}

/// A portal that somebody gets who has an account.
fn shared_portal(world: &World, name: &str, email: &str) -> Page {
    let portal = new_portal(&world.ada(), name);
    share(&portal, email);
    world.ada().visit(portal.path())
}

fn subjects(world: &World, email: &str) -> Vec<String> {
    wait_for_the_queue(world);
    world.mailbox().so_far_to(email).into_iter().map(|mail| mail.subject).collect()
}

fn p10_once_a_day_is_one_mail_of_what_is_still_true_and_never_is_none(world: World) {
    let carol = world.carol();
    choose(&world, &carol, CLIENTS, PORTALS, "Never");
    shared_portal(&world, "Heron accounts", "carol@acme.test");
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);

    choose(&world, &carol, CLIENTS, PORTALS, "Once a day");
    shared_portal(&world, "Autumn campaign", "carol@acme.test");
    shared_portal(&world, "Spring campaign", "carol@acme.test");
    let winter = shared_portal(&world, "Winter campaign", "carol@acme.test");
    winter.row("carol@acme.test").press("Revoke").assert_ok();
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);

    world.clock().advance_seconds(3_600);
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.subject.ends_with(": 2 pieces of news"), "{}", mail.subject);
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains("Autumn campaign") && twin.contains("Spring campaign"), "{twin}");
        assert!(!twin.contains("Winter campaign") && !twin.contains("Heron accounts"), "{twin}");
    }
    carol.visit(&mail.link("Open the portal")).assert_shows("Autumn campaign");

    // Nothing new, no mail; and what came is not told again.
    world.clock().advance_seconds(86_400);
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);
    // Who chose nothing is told at once.
    shared_portal(&world, "Summer campaign", "dora@globex.test");
    let mail = world.mailbox().next_to("dora@globex.test");
    assert!(mail.text.contains("Summer campaign"), "{}", mail.text);
}

fn staff_choose_for_themselves_and_the_mail_of_the_day_is_in_its_readers_language(world: World) {
    let ben = world.ben().visit(STAFF);
    ben.assert_shows("Answers to quotes").assert_hides(PORTALS);
    world.carol().get(STAFF).assert_not_found();
    world.ada().get(CLIENTS).assert_not_found();
    world.ada().visit("/staff/account").press("Choose").assert_shows("News by mail");

    let cyril = world.cyril();
    let form = cyril.visit(CLIENTS).form_with_field("Fuseau horaire").fill("Fuseau horaire", "UTC");
    let hour = (world.clock().now() / 3_600 + 1).rem_euclid(24);
    let form = form.fill("Heure de l’e-mail quotidien", &hour.to_string());
    form.fill("Portails partagés avec moi", "Une fois par jour").submit().follow().assert_ok();
    shared_portal(&world, "Autumn campaign", "cyril@acme.test");
    assert_eq!(subjects(&world, "cyril@acme.test"), [""; 0]);
    world.clock().advance_seconds(3_600);
    let mail = world.mailbox().next_to("cyril@acme.test");
    assert!(mail.subject.ends_with("1 nouveauté"), "{}", mail.subject);
    cyril.visit(&mail.link("Ouvrir le portail")).assert_ok();
}

fn another_zone_of_the_organization_puts_the_mail_of_the_day_off_and_does_not_end_it(world: World) {
    let form = world.carol().visit(CLIENTS).form_with_field(HOUR);
    form.fill(PORTALS, "Once a day").submit().follow().assert_ok();
    shared_portal(&world, "Autumn campaign", "carol@acme.test");
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);
    let looks = world.ada().visit("/staff/settings/looks").form_with_field("Time zone");
    looks.fill("Time zone", "Asia/Tokyo").submit().follow().assert_ok();
    // What is in the queue is of the former hour; the next of the new one is at most a day later.
    world.clock().advance(1);
    let mut mails = subjects(&world, "carol@acme.test");
    world.clock().advance(1);
    mails.extend(subjects(&world, "carol@acme.test"));
    assert_eq!(mails.len(), 1, "{mails:?}");
}

fn t32_a_mail_of_the_day_that_was_given_up_is_followed_by_the_next(world: World) {
    choose(&world, &world.carol(), CLIENTS, PORTALS, "Once a day");
    shared_portal(&world, "Autumn campaign", "carol@acme.test");
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);
    let given_up = "UPDATE jobs SET failed_at = created_at WHERE kind = 'notifications-digest'";
    assert_eq!(world.database().execute(given_up), Ok(1));
    // The clearing of the day puts another into the queue.
    world.clock().advance(1);
    until(|| digests_in_the_queue(&world) == "1");
    world.clock().advance(1);
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.text.contains("Autumn campaign"), "{}", mail.text);
}

fn digests_in_the_queue(world: &World) -> String {
    let rows = "SELECT CAST(count(*) AS TEXT) AS row FROM jobs
        WHERE kind = 'notifications-digest' AND finished_at IS NULL AND failed_at IS NULL";
    world.database().texts(rows, rows).remove(0)
}

fn saving_the_same_choice_again_makes_no_second_mail(world: World) {
    let carol = world.carol();
    choose(&world, &carol, CLIENTS, PORTALS, "Once a day");
    shared_portal(&world, "Autumn campaign", "carol@acme.test");
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);
    for _ in 0..3 {
        choose(&world, &carol, CLIENTS, PORTALS, "Once a day");
    }
    assert_eq!(digests_in_the_queue(&world), "1");
}

/// Where a program for mail sends its one click.
#[track_caller]
pub fn way_out(mail: &Mail) -> String {
    assert!(mail.source.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", mail.source);
    let line = mail.source.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <"));
    line.unwrap().trim_end().trim_end_matches('>').to_owned()
}

/// As a program for mail does: without a cookie, an origin, or a form's token.
fn click(world: &World, address: &str, content_type: &str, body: &str) -> Page {
    let stranger = world.stranger();
    let request = stranger.request(Method::POST, address).header("Content-Type", content_type);
    stranger.send(request.body(body.to_owned()))
}

pub fn mail_about_a_portal(world: &World, name: &str) -> Mail {
    shared_portal(world, name, "carol@acme.test");
    world.mailbox().next_to("carol@acme.test")
}

fn t6_only_one_click_ends_a_kind_of_mail_and_looking_ends_nothing(world: World) {
    let address = way_out(&mail_about_a_portal(&world, "Autumn campaign"));
    let chosen = || world.carol().visit(CLIENTS).form_with_field(HOUR).value(PORTALS);
    for _ in 0..3 {
        let page = world.stranger().get(&address);
        page.assert_ok().assert_shows("Unsubscribe").assert_shows(PORTALS).assert_hides("Carol");
        world.stranger().head(&address).assert_ok();
    }
    for (kind, body) in [
        (FORM, ""),
        (FORM, "List-Unsubscribe=Two-Clicks"),
        ("text/plain", "List-Unsubscribe=One-Click"),
        ("application/json", "{}"),
        ("multipart/form-data; boundary=X", "--X--\r\n"),
    ] {
        click(&world, &address, kind, body).assert_status(400);
    }
    let huge = format!("List-Unsubscribe={}", "x".repeat(1_100_000));
    click(&world, &address, FORM, &huge).assert_status(413);
    assert_eq!(chosen(), "portals:at-once");

    // Twice is once.
    for _ in 0..2 {
        let done = click(&world, &address, FORM, "List-Unsubscribe=One-Click");
        done.assert_ok().assert_shows("You are unsubscribed");
    }
    assert_eq!(chosen(), "portals:never");
    shared_portal(&world, "Winter campaign", "carol@acme.test");
    assert_eq!(subjects(&world, "carol@acme.test"), [""; 0]);
    // Of other kinds, and to others, as before.
    let form = world.carol().visit(CLIENTS).form_with_field(HOUR);
    assert_eq!(form.value("Messages"), "messages:at-once");
    shared_portal(&world, "Spring campaign", "dora@globex.test");
    world.mailbox().next_to("dora@globex.test");

    // By the button, and in a part.
    form.fill(PORTALS, "At once").submit().follow().assert_ok();
    let mail = mail_about_a_portal(&world, "Summer campaign");
    let page = world.stranger().visit(&way_out(&mail));
    page.form_with_button("Unsubscribe").submit().assert_ok().assert_shows("You are unsubscribed");
    assert_eq!(chosen(), "portals:never");
    world.carol().visit(CLIENTS).form_with_field(HOUR).fill(PORTALS, "At once").submit();
    let part =
        "--X\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--X--\r\n";
    click(&world, &address, "multipart/form-data; boundary=X", part).assert_ok();
    assert_eq!(chosen(), "portals:never");
}

fn p11_a_forged_way_out_is_none(world: World) {
    let address = way_out(&mail_about_a_portal(&world, "Autumn campaign"));
    let (before, token) = address.rsplit_once('/').unwrap();
    let (person, rest) = token.split_once('.').unwrap();
    let (kind, proof) = rest.split_once('.').unwrap();
    let nobody = "0".repeat(32);
    for forged in [
        format!("{nobody}.{kind}.{proof}"),
        format!("{person}.messages.{proof}"),
        format!("{person}.daily.{proof}"),
        format!("{person}.{kind}.{}", "A".repeat(43)),
        "A".repeat(43),
        "x".repeat(5_000),
    ] {
        let forged = format!("{before}/{forged}");
        world.stranger().get(&forged).assert_not_found();
        click(&world, &forged, FORM, "List-Unsubscribe=One-Click").assert_not_found();
    }
    // At another organization's address it proves nothing.
    world.eve().get(&format!("/unsubscribe/{token}")).assert_not_found();
    // Once removed, they get no mail, and their way out leads nowhere.
    let client = world.ada().visit("/staff/clients").press("Carol Meyer");
    client.press("Delete").assert_ok();
    world.stranger().get(&address).assert_not_found();
}

fn what_cannot_be_turned_off_has_no_way_out(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "zoe@acme.test");
    let invitation = world.mailbox().next_to("zoe@acme.test");
    world.stranger().visit("/reset").form_with_field("Email").fill("Email", "carol@acme.test").submit();
    let reset = world.mailbox().next_to("carol@acme.test");
    for mail in [invitation, reset] {
        assert!(!mail.source.contains("List-Unsubscribe") && !mail.source.contains("/unsubscribe/"));
    }
}

/// Whether one line says all of it.
fn says(list: &Page, words: &[&str]) -> bool {
    let lines = list.texts("#notifications li");
    lines.iter().any(|line| words.iter().all(|word| line.contains(word)))
}

/// The number beside the entry of the navigation.
pub fn unread(person: &Person, list: &str) -> u32 {
    let count = person.partial_get(&format!("{list}/unread"));
    count.assert_ok().source().chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn p10_a_list_shows_what_concerns_its_reader_and_they_may_see(world: World) {
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let portal = shared_portal(&world, "Heron accounts", "carol@acme.test");
    note_form(&portal, "Lantern plan", "Words.").submit().follow().assert_ok();
    let row = |person: &Person| person.visit("/notifications").shows("Lantern plan");
    until(|| row(&carol));
    let list = carol.visit("/notifications");
    list.row("Lantern plan").assert_shows("Heron accounts").assert_shows("New");
    assert!(says(&list, &["Heron accounts", "This portal was shared with you"]), "{list}");
    for other in [&cyril, &world.dora()] {
        other.visit("/notifications").assert_hides("Lantern plan").assert_hides("Heron accounts");
    }
    for staff in [&ada, &world.eve()] {
        staff.visit("/staff/notifications").assert_hides("Lantern plan");
    }
    carol.get("/staff/notifications").assert_not_found();
    ada.get("/notifications").assert_not_found();
    assert!(unread(&carol, "/notifications") >= 2);

    // One press for all of it, whatever is on the page; pressed twice it happens once.
    let others = unread(&cyril, "/notifications");
    for _ in 0..2 {
        list.press("Mark all as read").assert_ok();
        assert_eq!(unread(&carol, "/notifications"), 0);
    }
    assert_eq!(unread(&cyril, "/notifications"), others);
    carol.visit("/notifications").row("Lantern plan").assert_hides("New");
    note_form(&portal, "Second plan", "Words.").submit().follow().assert_ok();
    until(|| unread(&carol, "/notifications") == 1);
    carol.visit("/notifications").row("Second plan").press("Second plan").assert_ok();
}

fn p12_what_was_taken_back_is_in_no_list_and_no_number(world: World) {
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let portal = shared_portal(&world, "Heron accounts", "carol@acme.test");
    share(&portal, "cyril@acme.test");
    for (person, list) in [(&carol, "/notifications"), (&cyril, "/notifications")] {
        until(|| person.visit(list).shows("Heron accounts"));
        person.post("/notifications/reading", &[]).assert_redirects_to("/notifications");
    }
    note_form(&portal, "Lantern plan", "Words.").submit().follow().assert_ok();
    for person in [&carol, &cyril] {
        until(|| unread(person, "/notifications") == 1);
    }
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    assert_eq!(unread(&carol, "/notifications"), 0);
    carol.visit("/notifications").assert_hides("Lantern plan").assert_hides("Heron accounts");
    assert_eq!(unread(&cyril, "/notifications"), 1);

    let item = ada.visit(portal.path()).link("Lantern plan").rsplit('/').next().unwrap().to_owned();
    ada.post(&format!("/staff/items/{item}/deletion"), &[]).follow().assert_ok();
    assert_eq!(unread(&cyril, "/notifications"), 0);
    cyril.visit("/notifications").assert_hides("Lantern plan");
    ada.post(&format!("/staff/items/{item}/restoration"), &[]).follow().assert_ok();
    assert_eq!(unread(&cyril, "/notifications"), 1);
}

fn staff_see_what_clients_do_and_not_what_they_did_themselves(world: World) {
    let (ada, ben) = (world.ada(), world.ben());
    let portal = new_portal(&ada, "Heron accounts");
    share(&portal, "zoe@acme.test");
    let invitation = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let before = [&ada, &ben].map(|staff| unread(staff, "/staff/notifications"));
    upload_form(&portal, [Upload::text("heron-plan.txt", "Words.")]).submit().follow().assert_ok();
    join(&world.stranger(), &invitation, "an umbrella for the heron");
    for (staff, before) in [&ada, &ben].into_iter().zip(before) {
        until(|| unread(staff, "/staff/notifications") == before + 1);
        let list = staff.visit("/staff/notifications");
        assert!(says(&list, &["zoe@acme.test", "Set up their account"]), "{list}");
        list.assert_hides("heron-plan.txt");
    }
    world.eve().visit("/staff/notifications").assert_hides("zoe@acme.test");
}

fn a_long_list_has_pages(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = shared_portal(&world, "Heron accounts", "carol@acme.test");
    let names: Vec<String> = (0..31).map(|number| format!("plan-{number:02}.txt")).collect();
    let files = names.iter().map(|name| Upload::text(name, "Words."));
    upload_form(&ada.visit(portal.path()), files).submit().follow().assert_ok();
    until(|| carol.visit("/notifications").shows("plan-30.txt"));
    carol.partial_get("/notifications/unread").assert_shows("9+");
    let first = carol.visit("/notifications");
    assert_eq!(first.count("#notifications li.row"), 30);
    let second = first.press("Older");
    assert!(second.count("#notifications li.row") >= 2);
    let on = |page: &Page| names.iter().filter(|name| page.shows(name)).count();
    assert_eq!((on(&first), on(&second)), (30, 1));
    for before in ["0", "-1", "x", "99999999999999999999"] {
        carol.visit(&format!("/notifications?before={before}")).assert_ok();
    }
}

fn p43_a_wrong_choice_is_answered_at_its_field(world: World) {
    let carol = world.carol();
    let others = ["approvals", "requests", "messages", "announcements"].map(|kind| format!("{kind}:daily"));
    let send = |replaced: &str, hour: &str, zone: &str| {
        let mut fields: Vec<(&str, &str)> = others.iter().map(|choice| ("choice", choice.as_str())).collect();
        fields.extend([("choice", replaced), ("hour", hour), ("time_zone", zone)]);
        carol.post(CLIENTS, &fields)
    };
    let page = send("portals:weekly", "17", "UTC");
    page.assert_status(422);
    assert!(page.field_error(PORTALS).contains("once a day or never"));
    // What was right is kept.
    assert_eq!(page.form_with_field(HOUR).value(HOUR), "17");
    assert_eq!(page.form_with_field(HOUR).value("Messages"), "messages:daily");
    send("quote-answers:never", "8", "").assert_status(422);
    assert!(send("portals:daily", "24", "").field_error(HOUR).contains("from 00:00 to 23:00"));
    assert!(send("portals:daily", "8", "Europe/Atlantis").field_error("Time zone").contains("from the list"));
    assert_eq!(carol.visit(CLIENTS).form_with_field(HOUR).value(PORTALS), "portals:at-once");
    send("portals:daily", "8", "Europe/Paris").follow().assert_ok();
    assert_eq!(carol.visit(CLIENTS).form_with_field(HOUR).value("Time zone"), "Europe/Paris");
}
