//! P4: how long a session lasts, and everything that ends it.

use std::time::{Duration, Instant};

use crate::{
    on_both,
    world::{Page, Person, World, until},
};

use super::{PASSWORD, choose_password, reset};

on_both! {
    p4_a_session_lasts_ninety_days_to_the_second,
    p4_a_new_password_ends_every_other_session_and_its_open_pages,
    p4_a_reset_ends_every_session,
    p4_a_wrong_current_password_changes_nothing,
    p4_a_session_can_be_ended_from_another_device,
    p4_staff_end_the_sessions_of_clients_and_of_each_other,
    whoever_is_invited_to_the_team_joins_by_the_mail_and_has_the_role,
    p4_a_removed_person_is_out_at_once_and_signs_in_anew_after_being_restored,
    p4_signing_out_leaves_nothing_behind,
}

const DAY: i64 = 86_400;

/// Refused, though the browser still sends what was good before.
#[track_caller]
fn assert_out(person: &Person, address: &str) {
    person.get(address).assert_redirects_to("/sign-in");
}

fn change_password(person: &Person, current: &str, new: &str) -> Page {
    let form = person.visit("/account").form_with_field("New password");
    form.fill("Current password", current).fill("New password", new).submit()
}

fn p4_a_session_lasts_ninety_days_to_the_second(world: World) {
    let last_second = (0..50).find_map(|_| {
        let begun = Instant::now();
        let carol = world.sign_in("carol@acme.test");
        // Absolute: that it is used half way makes it no longer.
        world.clock().advance_seconds(45 * DAY);
        carol.get("/account").assert_ok();
        world.clock().advance_seconds(45 * DAY - 1);
        let answer = carol.get("/account");
        // The clock goes on by itself: only within the second in which it began is this 90 d - 1 s or less.
        if begun.elapsed() < Duration::from_secs(1) {
            return Some((carol, answer));
        }
        world.clock().advance_seconds(1 - 90 * DAY);
        None
    });
    let (carol, answer) = last_second.expect("this machine never answered three requests within a second");
    answer.assert_ok();
    world.clock().advance_seconds(2);
    assert_out(&carol, "/account");
    let fresh = world.sign_in("carol@acme.test");
    fresh.get("/account").assert_ok();
}

fn p4_a_new_password_ends_every_other_session_and_its_open_pages(world: World) {
    let (here, other) = (world.sign_in("carol@acme.test"), world.sign_in("carol@acme.test"));
    let (open_here, open_there) = (here.listen("/live"), other.listen("/live"));
    assert_eq!((open_here.next().data, open_there.next().data), ("hello".to_owned(), "hello".to_owned()));
    let old = world.password_of("carol@acme.test");
    change_password(&here, old, PASSWORD).assert_redirects_to("/account");

    assert_out(&other, "/account");
    open_there.rest();
    here.get("/account").assert_ok();
    // The page on which it was done goes on listening.
    open_here.so_far();
    here.visit("/account").form_with_field("Name").fill("Name", "Carol M.").submit().follow().assert_ok();
    open_here.next();
    world.cyril().get("/account").assert_ok();

    world.stranger().sign_in("carol@acme.test", old).assert_status(422);
    world.stranger().sign_in("carol@acme.test", PASSWORD).assert_redirects_to("/");
}

fn p4_a_reset_ends_every_session(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let open = carol.listen("/live");
    let browser = world.stranger();
    choose_password(&browser, &reset(&world, "carol@acme.test"), PASSWORD).follow().assert_ok();
    assert_out(&carol, "/account");
    open.rest();
    browser.get("/account").assert_ok();
    world.stranger().sign_in("carol@acme.test", PASSWORD).assert_signed_in();
}

fn p4_a_wrong_current_password_changes_nothing(world: World) {
    let (here, other) = (world.sign_in("carol@acme.test"), world.sign_in("carol@acme.test"));
    let old = world.password_of("carol@acme.test");
    for (current, new, field) in [
        ("not my password at all", PASSWORD, "Current password"),
        ("", PASSWORD, "Current password"),
        (old, "elevenchars", "New password"),
        (old, "password1234", "New password"),
        (old, "carol@acme.test", "New password"),
    ] {
        let answer = change_password(&here, current, new);
        assert!(!answer.assert_status(422).field_error(field).is_empty());
        answer.assert_hides(PASSWORD).assert_hides(old);
    }
    other.get("/account").assert_ok();
    world.stranger().sign_in("carol@acme.test", old).assert_signed_in();
}

fn p4_a_session_can_be_ended_from_another_device(world: World) {
    let (here, other) = (world.sign_in("carol@acme.test"), world.sign_in("carol@acme.test"));
    let open_there = other.listen("/live");
    let page = here.visit("/account");
    page.row("This device").assert_hides("End this one");
    let page = page.row("End this one").press("End this one");
    assert_eq!(page.assert_ok().path(), "/account");
    assert!(!page.has_button("End this one"), "{page}");
    assert_out(&other, "/account");
    open_there.rest();
    here.get("/account").assert_ok();
}

fn whoever_is_invited_to_the_team_joins_by_the_mail_and_has_the_role(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/people").press("New staff member").form_with_field("Role");
    let form = form.fill("Name", "Ines Amara").fill("Email", "ines@studio.test").fill("Role", "Member");
    form.submit().follow().assert_ok();
    let link = world.mailbox().next_to("ines@studio.test").link("Set up your account");
    let ines = world.stranger();
    let home = ines.visit(&link).form_with_field("Password").fill("Password", PASSWORD).submit().follow();
    assert_eq!(home.assert_ok().path(), "/staff");
    ines.get("/staff/settings/looks").assert_status(403);
    let person = ada.visit("/staff/people").press("Ines Amara");
    person.form_with_field("Role").fill("Role", "Admin").submit().follow().assert_ok();
    ines.get("/staff/settings/looks").assert_ok();
}

fn p4_staff_end_the_sessions_of_clients_and_of_each_other(world: World) {
    for (email, list, name, account, live) in [
        ("carol@acme.test", "/staff/clients", "Carol Meyer", "/account", "/live"),
        ("ben@studio.test", "/staff/people", "Ben Okafor", "/staff/account", "/staff/live"),
    ] {
        let person = world.sign_in(email);
        let open = person.listen(live);
        let mut page = world.ada().visit(list).press(name);
        while page.has_button("End this one") {
            page = page.press("End this one");
            assert_eq!(page.assert_ok().texts("h1"), [name]);
        }
        assert_out(&person, account);
        open.rest();
        world.sign_in(email).get(account).assert_ok();
    }
}

fn p4_a_removed_person_is_out_at_once_and_signs_in_anew_after_being_restored(world: World) {
    for (email, list, name, account, live, remove, restore) in [
        ("carol@acme.test", "/staff/clients", "Carol Meyer", "/account", "/live", "Delete", "Undo"),
        (
            "ben@studio.test",
            "/staff/people",
            "Ben Okafor",
            "/staff/account",
            "/staff/live",
            "Remove",
            "Let them back in",
        ),
    ] {
        let person = world.sign_in(email);
        let open = person.listen(live);
        let after = world.ada().visit(list).press(name).press(remove);
        assert_out(&person, account);
        open.rest();
        world.stranger().sign_in(email, world.password_of(email)).assert_status(422);
        after.press(restore).assert_ok();
        // The old sessions end by a reaction to the removal.
        until(|| person.get(account).redirect_target().is_some_and(|target| target.path() == "/sign-in"));
        world.sign_in(email).get(account).assert_ok();
    }
}

fn p4_signing_out_leaves_nothing_behind(world: World) {
    let (carol, other_device) = (world.sign_in("carol@acme.test"), world.sign_in("carol@acme.test"));
    let old_tab = carol.with_the_same_cookies();
    let open = old_tab.listen("/live");
    let home = carol.visit("/");
    assert_eq!(home.header("cache-control"), "no-store", "Back asks again");
    carol.get("/sign-out").assert_ok();
    old_tab.get("/account").assert_ok();

    let answer = home.form_with_button("Sign out").submit();
    answer.assert_redirects_to("/");
    assert_eq!(answer.header("clear-site-data"), "\"cache\"");
    let forgotten = answer.header("set-cookie");
    assert!(forgotten.contains("=;") && forgotten.contains("Max-Age=0"), "{forgotten}");
    assert_out(&old_tab, "/account");
    open.rest();
    assert_out(&carol, "/account");
    carol.visit("/").assert_hides("Carol");
    other_device.get("/account").assert_ok();
    // Twice is not an error.
    old_tab.visit("/sign-out").press("Sign out").assert_ok();
}
