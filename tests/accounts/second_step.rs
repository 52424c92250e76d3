//! The second step of signing in (RFC 6238): who has it gets in by password and code, and nobody goes around it.

use std::{sync::Barrier, thread};

use crate::{
    on_both,
    steps::demand_second_step,
    world::{Page, Person, Route, World},
};

use super::{
    ANOTHER_PASSWORD, PASSWORD,
    authenticator::{App, bytes, code},
    choose_password,
    limits::{behind_a_proxy, from},
    reset, told,
};

on_both! {
    a_right_code_turns_it_on_and_a_wrong_one_does_not,
    signing_in_then_takes_a_code_too_and_leads_back,
    a_code_is_taken_once,
    of_a_hundred_uses_of_a_code_one_wins,
    a_recovery_code_is_taken_once_and_new_ones_void_it,
    t8_a_right_password_waits_for_ten_minutes_and_not_beyond_another,
    t8_a_new_password_does_not_go_around_it,
    t9_codes_cannot_be_guessed,
    t9_guesses_at_a_code_are_one_number_wherever_they_come_from,
    p5_a_wrong_password_tells_nothing_of_it,
    turning_it_off_asks_for_the_password_or_a_code,
    staff_who_must_have_it_do_nothing_else_before,
    p13_who_must_have_it_sees_no_client_before_and_no_clients_secret_ever,
    the_owner_takes_it_away_from_who_lost_their_phone,
    whoever_operates_the_machine_lets_a_locked_out_owner_in,
    t5_neither_the_secret_nor_a_recovery_code_stands_in_the_database,
}

const NEITHER: &str = "This is neither your password nor a code that works now.";
const SETTING_UP: &str = "/staff/account/second-step";

/// On the page that offers it.
#[track_caller]
fn begin(page: &Page) -> (App, Page) {
    let begun = page.press("Set up");
    let key = begun.assert_ok().texts("code.second-step-key").remove(0);
    (App { key }, begun)
}

/// With the recovery codes, as they are shown.
#[track_caller]
pub(super) fn set_up(world: &World, person: &Person, account: &str) -> (App, Vec<String>) {
    let (app, begun) = begin(&person.visit(&format!("{account}/second-step")));
    let shown = give(&begun, &app.code(world));
    let codes = shown.assert_ok().texts("ol.recovery-codes li");
    assert_eq!(codes.len(), 10, "{shown}");
    (app, codes)
}

#[track_caller]
pub(super) fn give(page: &Page, code: &str) -> Page {
    page.form_with_field("Code").fill("Code", code).submit()
}

/// Ends where the code is asked for.
#[track_caller]
pub(super) fn prove_password(person: &Person, email: &str, password: &str) -> Page {
    let asked = person.sign_in(email, password);
    asked.assert_redirects_to("/sign-in/code");
    let page = asked.follow();
    assert_eq!(page.assert_ok().path(), "/sign-in/code");
    page
}

#[track_caller]
pub(super) fn assert_refused(answer: &Page, typed: &str) {
    assert!(!answer.assert_status(422).field_error("Code").is_empty());
    assert_eq!(answer.form_with_field("Code").value("Code"), typed);
}

pub(super) fn confirm(person: &Person, account: &str, button: &str, confirmation: &str) -> Page {
    let form = person.visit(&format!("{account}/second-step")).form_with_button(button);
    form.fill("Password or code", confirmation).submit()
}

fn a_right_code_turns_it_on_and_a_wrong_one_does_not(world: World) {
    for (email, account) in [("carol@acme.test", "/account"), ("ben@studio.test", "/staff/account")] {
        let person = world.sign_in(email);
        let (app, begun) = begin(&person.visit(account).press("Set up"));
        assert_eq!(begun.count("svg.qr-code"), 1);
        assert!(begun.link("Open in an app on this device").starts_with("otpauth://totp/Studio%20Nord:"));
        let wrong = code(&app.key, world.clock().now() + 3_600);
        for typed in ["", "12345", "no code", &wrong] {
            assert_refused(&give(&begun, typed), typed);
        }
        world.stranger().sign_in(email, world.password_of(email)).assert_signed_in();
        // The page holds still until a code proves it.
        let again = person.visit(&format!("{account}/second-step"));
        assert_eq!(again.texts("code.second-step-key"), [app.key.as_str()]);

        let shown = give(&again, &app.code(&world));
        let codes = shown.assert_ok().assert_shows("The second step is on.").texts("ol.recovery-codes li");
        assert_eq!(codes.len(), 10);
        let page = person.visit(&format!("{account}/second-step"));
        page.assert_shows("10 codes are left").assert_hides(&codes[0]).assert_hides(&app.key);
        person.visit(account).assert_shows("On since");
        // A tab from before.
        give(&again, &app.next_code(&world)).assert_status(409).assert_shows("on already");
        again.form_with_button("Start again with another picture").submit().assert_status(409);
        let mail = world.mailbox().next_about(email, "Your second step");
        assert_eq!(mail.subject, "Your second step at Studio Nord is on");
        prove_password(&world.stranger(), email, world.password_of(email));
    }
}

fn signing_in_then_takes_a_code_too_and_leads_back(world: World) {
    let (app, _) = set_up(&world, &world.carol(), "/account");
    let browser = world.stranger();
    let asked = prove_password(&browser, "carol@acme.test", world.password_of("carol@acme.test"));
    assert_eq!(asked.attributes("[name=code]", "autocomplete"), ["one-time-code"]);
    assert_eq!(asked.attributes("[name=code]", "inputmode"), ["numeric"]);
    for address in ["/account", "/search?q=a", "/live"] {
        browser.get(address).assert_redirects_to("/sign-in");
    }
    browser.visit("/").assert_hides("Carol");
    assert_refused(&give(&asked, "nonsense"), "nonsense");
    assert_refused(&give(&asked, "1234 5678 9012"), "1234 5678 9012");
    browser.get("/account").assert_redirects_to("/sign-in");
    give(&asked, &app.next_code(&world)).assert_redirects_to("/");
    browser.visit("/account").assert_shows("Carol");

    // P6: back to where they wanted to go.
    let browser = world.stranger();
    let form = browser.visit("/search?q=caf%C3%A9").form_with_button("Sign in");
    let form = form.fill("Email", "carol@acme.test").fill("Password", world.password_of("carol@acme.test"));
    give(&form.submit().follow(), &app.next_code(&world)).assert_redirects_to("/search?q=caf%C3%A9");
    // There is nothing to type a code for.
    world.stranger().get("/sign-in/code").assert_redirects_to("/sign-in");
    world.stranger().post("/sign-in/code", &[("code", &app.code(&world))]).assert_redirects_to("/sign-in");
    let browser = world.stranger();
    prove_password(&browser, "carol@acme.test", world.password_of("carol@acme.test"));
    browser.at(&world.eve()).get("/sign-in/code").assert_redirects_to("/sign-in");
}

fn a_code_is_taken_once(world: World) {
    let (app, begun) = begin(&world.carol().visit("/account/second-step"));
    let turned_on = app.code(&world);
    give(&begun, &turned_on).assert_ok();
    let password = world.password_of("carol@acme.test");
    let first = prove_password(&world.stranger(), "carol@acme.test", password);
    assert_refused(&give(&first, &turned_on), &turned_on);
    let other = prove_password(&world.stranger(), "carol@acme.test", password);
    let taken = app.next_code(&world);
    give(&first, &taken).assert_redirects_to("/");
    assert_refused(&give(&other, &taken), &taken);
    // Nor does an older one count afterwards.
    let older = code(&app.key, world.clock().now() - 30);
    assert_refused(&give(&other, &older), &older);
    give(&other, &app.next_code(&world)).assert_redirects_to("/");
}

fn of_a_hundred_uses_of_a_code_one_wins(mut world: World) {
    const USES: usize = 100;
    behind_a_proxy(&mut world);
    let (app, _) = set_up(&world, &world.carol(), "/account");
    let password = world.password_of("carol@acme.test");
    // From as many addresses, so that nobody is refused for guessing.
    let asked = |number: usize| {
        let browser = from(&world, &format!("203.0.113.{number}"));
        prove_password(&browser, "carol@acme.test", password)
    };
    let pages: Vec<Page> = (0..USES).map(asked).collect();
    let code = app.next_code(&world);
    let (barrier, code) = (&Barrier::new(USES), code.as_str());
    let answers: Vec<Page> = thread::scope(|scope| {
        let giving = |page| {
            scope.spawn(move || {
                let form = Page::form_with_field(page, "Code").fill("Code", code);
                barrier.wait();
                form.submit()
            })
        };
        let all: Vec<_> = pages.iter().map(giving).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let (winners, others): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.redirect_target().is_some());
    assert_eq!(winners.len(), 1, "winners");
    winners[0].follow().assert_ok().assert_shows("Carol");
    // Ten are wrong, the others too many.
    for answer in others {
        match answer.status.as_u16() {
            429 => {}
            _ => assert_refused(&answer, code),
        }
    }
}

fn a_recovery_code_is_taken_once_and_new_ones_void_it(world: World) {
    let carol = world.carol();
    let (_, codes) = set_up(&world, &carol, "/account");
    let password = world.password_of("carol@acme.test");
    let asked = || prove_password(&world.stranger(), "carol@acme.test", password);
    let (first, other) = (asked(), asked());
    give(&first, &codes[3]).assert_redirects_to("/");
    assert_refused(&give(&other, &codes[3]), &codes[3]);
    // As somebody types it from paper.
    give(&other, &codes[4].replace(' ', "-")).assert_redirects_to("/");
    carol.visit("/account/second-step").assert_shows("8 codes are left");

    let refused = confirm(&carol, "/account", "Make new codes", "not my password at all");
    refused.assert_status(422).assert_shows(NEITHER);
    let renewed = confirm(&carol, "/account", "Make new codes", password);
    let renewed = renewed.assert_ok().texts("ol.recovery-codes li");
    assert_eq!(renewed.len(), 10);
    let page = asked();
    assert_refused(&give(&page, &codes[0]), &codes[0]);
    give(&page, &renewed[0]).assert_redirects_to("/");
    // Another's is nobody's.
    let (_, of_dora) = set_up(&world, &world.dora(), "/account");
    let page = asked();
    assert_refused(&give(&page, &of_dora[0]), &of_dora[0]);
}

fn t8_a_right_password_waits_for_ten_minutes_and_not_beyond_another(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let (app, _) = set_up(&world, &carol, "/account");
    let password = world.password_of("carol@acme.test");
    let page = prove_password(&world.stranger(), "carol@acme.test", password);
    world.clock().advance_seconds(540);
    give(&page, &app.code(&world)).assert_redirects_to("/");
    let late = prove_password(&world.stranger(), "carol@acme.test", password);
    world.clock().advance_seconds(601);
    give(&late, &app.code(&world)).assert_redirects_to("/sign-in");

    let before = prove_password(&world.stranger(), "carol@acme.test", password);
    let form = carol.visit("/account").form_with_field("New password");
    form.fill("Current password", password).fill("New password", PASSWORD).submit().follow().assert_ok();
    give(&before, &app.next_code(&world)).assert_redirects_to("/sign-in");
    let after = prove_password(&world.stranger(), "carol@acme.test", PASSWORD);
    give(&after, &app.next_code(&world)).assert_redirects_to("/");
}

fn t8_a_new_password_does_not_go_around_it(world: World) {
    let (app, _) = set_up(&world, &world.sign_in("carol@acme.test"), "/account");
    let browser = world.stranger();
    let asked = choose_password(&browser, &reset(&world, "carol@acme.test"), PASSWORD);
    asked.assert_redirects_to("/sign-in/code");
    browser.get("/account").assert_redirects_to("/sign-in");
    let page = asked.follow();
    assert_refused(&give(&page, "000 00"), "000 00");
    give(&page, &app.next_code(&world)).assert_redirects_to("/");
    browser.visit("/account").assert_shows("Carol");
}

fn t9_codes_cannot_be_guessed(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let (app, _) = set_up(&world, &carol, "/account");
    let page = prove_password(&world.stranger(), "carol@acme.test", world.password_of("carol@acme.test"));
    let refused = (0..30).map(|_| give(&page, "1234 5678 9012")).find(|answer| answer.status != 422);
    let refused = refused.expect("30 guesses, and no limit");
    refused.assert_status(429).assert_shows("Too many attempts");
    // Even the right one is refused there, and from an open session no more can be guessed.
    let right = app.next_code(&world);
    give(&page, &right).assert_status(429);
    confirm(&carol, "/account", "Turn off", "000000").assert_status(429);
    carol.get("/account").assert_ok();
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    world.clock().advance_seconds(wait);
    let page = prove_password(&world.stranger(), "carol@acme.test", world.password_of("carol@acme.test"));
    give(&page, &app.code(&world)).assert_redirects_to("/");
}

fn t9_guesses_at_a_code_are_one_number_wherever_they_come_from(mut world: World) {
    behind_a_proxy(&mut world);
    let (app, codes) = set_up(&world, &world.carol(), "/account");
    let password = world.password_of("carol@acme.test");
    let guess = |number: usize, code: &str| {
        let browser = from(&world, &format!("203.0.113.{number}"));
        give(&prove_password(&browser, "carol@acme.test", password), code)
    };
    (0..10).for_each(|number| assert_refused(&guess(number, "000000"), "000000"));
    let right = app.next_code(&world);
    guess(10, &right).assert_status(429);
    // Of those there are too many to guess one, and they let in whom somebody else keeps out.
    guess(11, &codes[0]).assert_redirects_to("/");
    world.clock().advance_seconds(15 * 60);
    guess(12, &app.code(&world)).assert_redirects_to("/");
}

fn p5_a_wrong_password_tells_nothing_of_it(world: World) {
    set_up(&world, &world.carol(), "/account");
    let answer = |email: &str| {
        let fields = [("email", email), ("password", ANOTHER_PASSWORD)];
        told(&world.stranger().post("/sign-in", &fields), email)
    };
    assert_eq!(answer("carol@acme.test"), answer("nobody@acme.test"));
    assert_eq!(answer("carol@acme.test"), answer("cyril@acme.test"));
}

fn turning_it_off_asks_for_the_password_or_a_code(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let password = world.password_of("carol@acme.test");
    for by_code in [true, false] {
        let (app, codes) = set_up(&world, &carol, "/account");
        for wrong in ["not my password at all", "1234 5678 9012"] {
            let refused = confirm(&carol, "/account", "Turn off", wrong);
            refused.assert_status(422).assert_shows(NEITHER);
        }
        prove_password(&world.stranger(), "carol@acme.test", password);
        let confirmation = if by_code { app.next_code(&world) } else { password.to_owned() };
        confirm(&carol, "/account", "Turn off", &confirmation).assert_redirects_to("/account");
        world.stranger().sign_in("carol@acme.test", password).assert_redirects_to("/");
        let removal = [("confirmation", codes[0].as_str())];
        carol.post("/account/second-step/removal", &removal).assert_status(409);
        world.clock().advance_seconds(60);
    }
    let mail = world.mailbox().next_about("carol@acme.test", "is off");
    assert_eq!(mail.subject, "Your second step at Studio Nord is off");
}

fn staff_who_must_have_it_do_nothing_else_before(world: World) {
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    for other in [&ben, &carol] {
        assert!(other.get("/staff/settings/sign-in").status.is_client_error());
    }
    // The owner first of all.
    demand_second_step(&ada).assert_redirects_to("/staff/settings/sign-in");
    assert_eq!(ada.visit("/staff").path(), SETTING_UP);

    for route in Route::all().iter().filter(|route| route.is_for_staff() && route.access != "Staff(Enter)") {
        let answer = match route.method.as_str() {
            "GET" => ben.get(&route.path),
            "POST" => ben.post(&route.path, &[]),
            _ => continue,
        };
        answer.assert_redirects_to(SETTING_UP);
    }
    let fragment = ben.partial_get("/staff/clients?q=carol");
    assert_eq!(fragment.header("hx-redirect"), SETTING_UP);
    assert!(fragment.body.is_empty());
    ben.get("/portals/none").assert_redirects_to(SETTING_UP);
    ben.visit("/").assert_ok().assert_hides("Ben Okafor");
    ben.get("/sign-out").assert_ok();
    carol.get("/account").assert_ok();
    world.sign_in("ben@studio.test").get("/staff").assert_redirects_to(SETTING_UP);

    let page = ben.visit("/staff/clients");
    page.assert_shows("Everybody who works here signs in with a second step.");
    assert_eq!(page.count("nav, [data-live-topic]"), 0, "there is nowhere else to go: {page}");
    let (app, begun) = begin(&page);
    assert_refused(&give(&begun, "12345"), "12345");
    ben.get("/staff").assert_redirects_to(SETTING_UP);
    let shown = give(&begun, &app.code(&world));
    assert_eq!(shown.press("I have kept them").assert_ok().path(), "/staff");
    ben.get("/staff/clients").assert_ok();

    set_up(&world, &ada, "/staff/account");
    let form = ada.visit("/staff/settings/sign-in").form_with_button("Save");
    form.tick("Everybody decides for themselves").submit().follow().assert_ok();
    let log = ada.visit("/staff/settings/audit?topic=settings");
    log.assert_shows("Staff must use a second step").assert_shows("Staff may sign in without a second step");
    // Who has it keeps it.
    prove_password(&world.stranger(), "ben@studio.test", world.password_of("ben@studio.test"));
}

fn p13_who_must_have_it_sees_no_client_before_and_no_clients_secret_ever(world: World) {
    let (app, _) = begin(&world.carol().visit("/account/second-step"));
    let onlooker = world.sign_in("ada@studio.test");
    onlooker.visit("/staff/clients").press("Carol Meyer").press("See as client").assert_ok();
    onlooker.visit("/account/second-step").assert_ok().assert_hides(&app.key);
    onlooker.post("/account/second-step", &[]).assert_status(403);
    assert_eq!(world.carol().visit("/account/second-step").texts("code.second-step-key"), [app.key]);

    demand_second_step(&world.ada()).assert_redirects_to("/staff/settings/sign-in");
    for address in ["/account", "/search?q=a", "/live"] {
        onlooker.get(address).assert_redirects_to(SETTING_UP);
    }
    onlooker.visit("/").assert_hides("Carol");
}

fn the_owner_takes_it_away_from_who_lost_their_phone(world: World) {
    for (email, list, name, account) in [
        ("carol@acme.test", "/staff/clients", "Carol Meyer", "/account"),
        ("ben@studio.test", "/staff/people", "Ben Okafor", "/staff/account"),
    ] {
        let person = world.sign_in(email);
        set_up(&world, &person, account);
        let asked = prove_password(&world.stranger(), email, world.password_of(email));
        let page = world.ada().visit(list).press(name);
        let taken = page.assert_shows("On since").press("Take the second step away");
        assert_eq!(taken.assert_ok().texts("h1"), [name]);
        assert!(!taken.has_button("Take the second step away"), "{taken}");
        // It ends nothing else.
        person.get(account).assert_ok();
        world.stranger().sign_in(email, world.password_of(email)).assert_signed_in();
        assert_eq!(asked.form_with_field("Code").submit().redirect_target().unwrap().path(), "/sign-in");
        let mail = world.mailbox().next_about(email, "was taken away");
        assert_eq!(mail.subject, "Your second step at Studio Nord was taken away");
        let log = world.ada().visit("/staff/settings/audit?topic=sign-ins");
        let lines = log.texts("tbody tr");
        let told = lines.iter().find(|line| line.contains("Took a person’s second step away")).unwrap();
        assert!(told.contains(name) && told.contains("Ada Berg"), "{told}");
    }
    // Nobody else does, and nobody their own: that asks for a proof.
    set_up(&world, &world.carol(), "/account");
    let carols = world.ben().visit("/staff/clients").press("Carol Meyer");
    assert!(!carols.assert_shows("On since").has_button("Take the second step away"));
    let id = carols.path().rsplit('/').next().unwrap().to_owned();
    let removal = format!("/staff/people/{id}/second-step/removal");
    world.ben().post(&removal, &[]).assert_status(403);
    world.eve().post(&removal, &[]).assert_not_found();
    set_up(&world, &world.ada(), "/staff/account");
    let own = world.ada().visit("/staff/people").press("Ada Berg");
    assert!(!own.has_button("Take the second step away"), "{own}");
    world.ada().post(&format!("{}/second-step/removal", own.path()), &[]).assert_status(403);
}

fn whoever_operates_the_machine_lets_a_locked_out_owner_in(world: World) {
    set_up(&world, &world.sign_in("ada@studio.test"), "/staff/account");
    let link = world.command(&["owner", "ada@studio.test"]).assert_success();
    let link = link.split_once(": ").unwrap().1.trim().to_owned();
    let browser = world.stranger();
    choose_password(&browser, &link, PASSWORD).follow().assert_ok();
    browser.get("/staff").assert_ok();
    world.stranger().sign_in("ada@studio.test", PASSWORD).assert_redirects_to("/staff");
}

fn t5_neither_the_secret_nor_a_recovery_code_stands_in_the_database(world: World) {
    let (app, begun) = begin(&world.carol().visit("/account/second-step"));
    let codes = give(&begun, &app.code(&world)).assert_ok().texts("ol.recovery-codes li");
    let rows = world.database().snapshot(&[]);
    assert!(rows.holds("carol@acme.test"), "it is the right database");
    let hexadecimal: String = bytes(&app.key).iter().map(|byte| format!("{byte:02x}")).collect();
    let unspaced = |words: &String| words.replace(' ', "");
    let secrets = codes.iter().map(unspaced).chain([unspaced(&app.key), hexadecimal]);
    for secret in secrets {
        assert!(!rows.holds(&secret), "a secret stands in the database");
    }
}
