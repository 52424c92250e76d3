//! Signing in by a mail: a link that opening does not use up, and a code that is of one browser.

use std::{sync::Barrier, thread};

use crate::{
    on_both,
    world::{Mail, Page, Person, World},
};

use super::{
    ANOTHER_PASSWORD, PASSWORD, choose_password, reset,
    second_step::{give, set_up},
    told,
};

on_both! {
    a_link_lets_in_once_and_opening_it_uses_nothing_up,
    a_code_lets_in_the_browser_that_asked_and_no_other,
    the_second_step_still_follows,
    p6_whoever_wanted_to_go_somewhere_arrives_there,
    t8_a_mail_is_good_for_a_quarter_of_an_hour_and_the_newest_alone,
    t8_a_new_password_and_a_removal_void_it,
    t8_of_a_hundred_uses_of_a_mail_one_wins,
    t9_codes_of_mails_cannot_be_guessed,
    p5_asking_says_the_same_of_every_address_and_writes_only_to_those_who_have_a_password,
    p5_a_wrong_code_says_the_same_where_nothing_was_sent,
    p43_what_is_no_address_and_no_code_is_said_at_the_field,
    t5_neither_link_nor_code_stands_in_the_database,
}

const CAROL: &str = "carol@acme.test";

#[track_caller]
fn ask(browser: &Person, email: &str) -> Page {
    let page = browser.visit("/sign-in").press("Send me a link by mail");
    page.form_with_button("Send link").fill("Email", email).submit()
}

#[track_caller]
fn mail_to(world: &World, email: &str) -> Mail {
    world.mailbox().next_about(email, "Sign in at")
}

fn link_in(mail: &Mail) -> String {
    mail.link("Sign in")
}

#[track_caller]
fn code_in(mail: &Mail) -> String {
    let (_, after) = mail.text.split_once("where you asked for it: ").unwrap();
    after.trim_start().chars().take(9).collect()
}

fn type_code(page: &Page, code: &str) -> Page {
    page.form_with_field("Code").fill("Code", code).submit()
}

#[track_caller]
fn assert_wrong(answer: &Page, typed: &str) {
    assert!(!answer.assert_status(422).field_error("Code").is_empty());
    assert_eq!(answer.form_with_field("Code").value("Code"), typed);
}

fn a_link_lets_in_once_and_opening_it_uses_nothing_up(world: World) {
    let asking = world.stranger();
    ask(&asking, CAROL).assert_redirects_to("/sign-in/link-code");
    let link = link_in(&mail_to(&world, CAROL));
    let scanner = world.stranger();
    let before = world.database().at_rest(&["cursors.*", "jobs.*"]);
    for _ in 0..100 {
        scanner.get(&link).assert_ok().assert_shows(CAROL);
        assert!(scanner.head(&link).assert_ok().body.is_empty());
    }
    if let Some(changes) = before.changes_until(&world.database().at_rest(&["cursors.*", "jobs.*"])) {
        panic!("looking is not using:\n{changes}");
    }
    scanner.get("/account").assert_redirects_to("/sign-in");
    // On a phone, which is another browser.
    let phone = world.stranger();
    let page = phone.visit(&link);
    page.form_with_button("Sign in").submit().assert_redirects_to("/");
    phone.visit("/account").assert_shows("Carol");
    page.form_with_button("Sign in").submit().assert_status(409);
    let late = world.stranger();
    late.visit(&link).assert_shows("This link was already used.");
    late.post(&link, &[]).assert_status(409);
    late.get("/account").assert_redirects_to("/sign-in");
    asking.get("/account").assert_redirects_to("/sign-in");
    let log = world.ada().visit("/staff/settings/audit?topic=sign-ins");
    log.assert_shows("Signed in by a mail").assert_shows("Asked for a mail to sign in");
}

fn t8_of_a_hundred_uses_of_a_mail_one_wins(world: World) {
    const USES: usize = 100;
    ask(&world.stranger(), CAROL).assert_redirects_to("/sign-in/link-code");
    let link = link_in(&mail_to(&world, CAROL));
    let barrier = Barrier::new(USES);
    let answers: Vec<(Person, Page)> = thread::scope(|scope| {
        let arriving = (0..USES).map(|_| {
            let (barrier, world, link) = (&barrier, &world, &link);
            scope.spawn(move || {
                let browser = world.stranger();
                let form = browser.visit(link).form_with_button("Sign in");
                barrier.wait();
                let answer = form.submit();
                (browser, answer)
            })
        });
        let arriving: Vec<_> = arriving.collect();
        arriving.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (winners, others): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|(_, answer)| answer.redirect_target().is_some());
    assert_eq!(winners.len(), 1, "winners");
    winners[0].0.visit("/account").assert_shows("Carol");
    for (browser, answer) in others {
        // Told that it is used, or to come back.
        assert!(answer.status.is_client_error() || answer.status.as_u16() == 503, "{answer}");
        browser.get("/account").assert_redirects_to("/sign-in");
    }
}

fn a_code_lets_in_the_browser_that_asked_and_no_other(world: World) {
    let browser = world.stranger();
    let page = ask(&browser, CAROL).follow();
    assert_eq!(page.assert_ok().path(), "/sign-in/link-code");
    let mail = mail_to(&world, CAROL);
    let code = code_in(&mail);
    // Whoever reads the code and did not ask has nothing of it, be it that they asked for another.
    world.stranger().post("/sign-in/link-code", &[("code", &code)]).assert_redirects_to("/sign-in/link");
    let other = world.stranger();
    let others = ask(&other, "dora@globex.test").follow();
    assert_wrong(&type_code(&others, &code), &code);
    let away = browser.at(&world.eve());
    assert!(away.post("/sign-in/link-code", &[("code", &code)]).redirect_target().is_none());

    assert_wrong(&type_code(&page, "ABCD-EFGH"), "ABCD-EFGH");
    let typed = code.to_lowercase().replace('-', " ");
    type_code(&page, &typed).assert_redirects_to("/");
    browser.visit("/account").assert_shows("Carol");
    // It was the link's, too.
    world.stranger().visit(&link_in(&mail)).assert_shows("This link was already used.");
    let again = browser.with_the_same_cookies();
    again.post("/sign-in/link-code", &[("code", &code)]).assert_redirects_to("/sign-in/link");
}

fn the_second_step_still_follows(world: World) {
    let (app, codes) = set_up(&world, &world.carol(), "/account");
    let by_link = world.stranger();
    ask(&by_link, CAROL);
    let asked = by_link.visit(&link_in(&mail_to(&world, CAROL))).form_with_button("Sign in").submit();
    asked.assert_redirects_to("/sign-in/code");
    by_link.get("/account").assert_redirects_to("/sign-in");
    give(&asked.follow(), &app.next_code(&world)).assert_redirects_to("/");

    let by_code = world.stranger();
    let page = ask(&by_code, CAROL).follow();
    let asked = type_code(&page, &code_in(&mail_to(&world, CAROL)));
    asked.assert_redirects_to("/sign-in/code");
    by_code.get("/account").assert_redirects_to("/sign-in");
    give(&asked.follow(), &codes[0]).assert_redirects_to("/");
}

fn p6_whoever_wanted_to_go_somewhere_arrives_there(world: World) {
    let browser = world.stranger();
    let page = browser.visit("/search?q=caf%C3%A9").press("Send me a link by mail");
    page.form_with_button("Send link").fill("Email", CAROL).submit();
    let link = link_in(&mail_to(&world, CAROL));
    let led = world.stranger().visit(&link).form_with_button("Sign in").submit();
    led.assert_redirects_to("/search?q=caf%C3%A9");
    // Nowhere else.
    let browser = world.stranger();
    browser.post("/sign-in/link", &[("email", CAROL), ("return", "https://evil.test/")]);
    let link = link_in(&mail_to(&world, CAROL));
    assert!(!link.contains("evil"));
    world.stranger().visit(&link).form_with_button("Sign in").submit().assert_redirects_to("/");
}

fn t8_a_mail_is_good_for_a_quarter_of_an_hour_and_the_newest_alone(world: World) {
    let browser = world.stranger();
    let page = ask(&browser, CAROL).follow();
    let first = mail_to(&world, CAROL);
    let newer = world.stranger();
    let newer_page = ask(&newer, CAROL).follow();
    let second = mail_to(&world, CAROL);
    let (link, code) = (link_in(&first), code_in(&first));
    assert_wrong(&type_code(&page, &code), &code);
    world.stranger().visit(&link).assert_shows("This link counts no more");
    world.stranger().post(&link, &[]).assert_status(409);

    world.clock().advance_seconds(15 * 60);
    let (link, code) = (link_in(&second), code_in(&second));
    world.stranger().visit(&link).assert_shows("This link is older than 15 minutes.");
    world.stranger().post(&link, &[]).assert_status(409);
    assert_wrong(&type_code(&newer_page, &code), &code);
    // Of anybody else's, and of none.
    let made_up = format!("/sign-in/link/{}", "A".repeat(43));
    world.stranger().get(&made_up).assert_not_found();
    world.stranger().post(&made_up, &[]).assert_not_found();
    let fresh = ask(&browser, CAROL).follow();
    let mail = mail_to(&world, CAROL);
    let token = link_in(&mail).rsplit('/').next().unwrap().to_owned();
    world.stranger_at("rival").get(&format!("/sign-in/link/{token}")).assert_not_found();
    world.stranger().get(&format!("/reset/{token}")).assert_not_found();
    type_code(&fresh, &code_in(&mail)).assert_redirects_to("/");
}

fn t8_a_new_password_and_a_removal_void_it(world: World) {
    let browser = world.stranger();
    let page = ask(&browser, CAROL).follow();
    let mail = mail_to(&world, CAROL);
    choose_password(&world.stranger(), &reset(&world, CAROL), PASSWORD).follow().assert_ok();
    let code = code_in(&mail);
    assert_wrong(&type_code(&page, &code), &code);
    world.stranger().post(&link_in(&mail), &[]).assert_status(409);

    let page = ask(&browser, "dora@globex.test").follow();
    let mail = mail_to(&world, "dora@globex.test");
    world.ada().visit("/staff/clients").press("Dora Lindt").press("Delete").assert_ok();
    world.stranger().get(&link_in(&mail)).assert_not_found();
    world.stranger().post(&link_in(&mail), &[]).assert_not_found();
    let code = code_in(&mail);
    assert_wrong(&type_code(&page, &code), &code);
    browser.get("/account").assert_redirects_to("/sign-in");
}

fn t9_codes_of_mails_cannot_be_guessed(world: World) {
    let browser = world.stranger();
    let page = ask(&browser, CAROL).follow();
    let mail = mail_to(&world, CAROL);
    let answers = (0..30).map(|_| type_code(&page, "ABCD-EFGH"));
    let refused = answers.into_iter().find(|answer| answer.status != 422).expect("30 guesses, and no limit");
    refused.assert_status(429).assert_shows("Too many attempts");
    type_code(&page, &code_in(&mail)).assert_status(429);
    // Whoever has the mail gets in by its link.
    world.stranger().visit(&link_in(&mail)).form_with_button("Sign in").submit().assert_redirects_to("/");

    let asked = |email: &str| -> Vec<u16> {
        (0..12).map(|_| world.stranger().post("/sign-in/link", &[("email", email)]).status.as_u16()).collect()
    };
    let known = asked("dora@globex.test");
    assert_eq!(known[11], 429, "{known:?}");
    assert_eq!(asked("nobody@acme.test"), known);
}

fn p5_asking_says_the_same_of_every_address_and_writes_only_to_those_who_have_a_password(world: World) {
    let ask = |email: &str| {
        let answer = world.stranger().post("/sign-in/link", &[("email", email)]);
        (told(&answer, email), told(&answer.follow(), email))
    };
    let expected = ask("nobody@acme.test");
    assert_eq!(expected.0.0, 303);
    let nobodys = ["ines@umbra.test", "rita@client.test", "eve@rival.test"];
    for email in nobodys.into_iter().chain([CAROL, "ada@studio.test"]) {
        assert_eq!(ask(email), expected, "{email}");
    }
    mail_to(&world, "ada@studio.test");
    let mails = |email: &str| world.mailbox().so_far_to(email).len();
    assert_eq!(nobodys.map(mails), [0; 3]);
}

fn p5_a_wrong_code_says_the_same_where_nothing_was_sent(world: World) {
    let answers = |email: &str| -> Vec<_> {
        let page = ask(&world.stranger(), email).follow();
        if email == CAROL {
            mail_to(&world, CAROL);
        }
        (0..12).map(|_| told(&type_code(&page, "ABCD-EFGH"), email)).collect()
    };
    let (known, unknown) = (answers(CAROL), answers("nobody@acme.test"));
    let statuses = |all: &[(u16, _, _)]| all.iter().map(|answer| answer.0).collect::<Vec<_>>();
    assert_eq!(statuses(&known), statuses(&unknown));
    assert_eq!(known[0], unknown[0]);
}

fn p43_what_is_no_address_and_no_code_is_said_at_the_field(world: World) {
    for typed in ["", "carol", "carol@", "carol@acme.test, dora@globex.test"] {
        let answer = ask(&world.stranger(), typed);
        assert!(answer.assert_status(422).field_error("Email").contains("address"), "{typed:?}: {answer}");
        assert_eq!(answer.form_with_button("Send link").value("Email"), typed);
    }
    let page = ask(&world.stranger(), "nobody@acme.test").follow();
    for typed in ["", "no code", "ABCD-EFG", &"A".repeat(5_000)] {
        assert_wrong(&type_code(&page, typed), typed);
    }
    world.stranger().get("/sign-in/link-code").assert_redirects_to("/sign-in/link");
    world
        .stranger()
        .post("/sign-in/link", &[("email", CAROL), ("password", ANOTHER_PASSWORD)])
        .assert_status(400);
}

fn t5_neither_link_nor_code_stands_in_the_database(world: World) {
    ask(&world.stranger(), CAROL);
    let mail = mail_to(&world, CAROL);
    let rows = world.database().snapshot(&[]);
    assert!(rows.holds(CAROL), "it is the right database");
    let code = code_in(&mail);
    let token = link_in(&mail).rsplit('/').next().unwrap().to_owned();
    for secret in [code.clone(), code.replace('-', ""), token] {
        assert!(!rows.holds(&secret), "a secret stands in the database");
    }
}
