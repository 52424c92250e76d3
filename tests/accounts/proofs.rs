//! P3 and T8: what the links in mails are good for, how often, and for how long.

use std::{collections::BTreeSet, sync::Barrier, thread};

use crate::{
    domains::{DOMAIN, claim},
    notifications::{mail_about_a_portal, way_out},
    on_both,
    steps::{join, share},
    world::{Page, Person, Route, World},
};

use super::{ANOTHER_PASSWORD, PASSWORD, choose_password, invitation, reset, sign_in_link, told};

on_both! {
    p3_opening_a_link_a_hundred_times_consumes_nothing,
    t8_of_a_hundred_uses_of_an_invitation_one_wins,
    t8_of_a_hundred_uses_of_a_reset_one_wins,
    t8_a_used_link_says_so_and_changes_nothing,
    t8_an_expired_link_says_so_and_changes_nothing,
    t8_a_newer_reset_voids_the_earlier_one,
    t8_links_of_another_purpose_or_organization_are_as_unknown_as_made_up_ones,
    t8_a_link_is_bound_to_the_address_that_it_was_sent_to,
    t8_the_links_of_a_removed_person_are_as_unknown_as_made_up_ones,
    t8_every_route_with_a_token_says_of_a_foreign_one_what_it_says_of_a_made_up_one,
}

fn p3_opening_a_link_a_hundred_times_consumes_nothing(world: World) {
    let invitation = invitation(&world, "zoe@acme.test", "Autumn campaign");
    let reset = reset(&world, "carol@acme.test");
    let before = world.database().snapshot(&["cursors.*", "jobs.*"]);
    let scanner = world.stranger();
    for link in [&invitation, &reset] {
        for _ in 0..100 {
            scanner.get(link).assert_ok().assert_shows("Password");
            assert!(scanner.head(link).assert_ok().body.is_empty());
        }
        scanner.partial_get(link).assert_ok();
    }
    if let Some(changes) = before.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*"])) {
        panic!("looking is not using:\n{changes}");
    }
    join(&world.stranger(), &invitation, PASSWORD).assert_shows("Autumn campaign");
    choose_password(&world.stranger(), &reset, PASSWORD).follow().assert_ok().assert_shows("Carol");
}

fn t8_of_a_hundred_uses_of_an_invitation_one_wins(world: World) {
    let link = invitation(&world, "zoe@acme.test", "Autumn campaign");
    let winner = the_one_winner(&world, &link);
    winner.visit("/").assert_shows("Autumn campaign");
}

fn t8_of_a_hundred_uses_of_a_reset_one_wins(world: World) {
    let link = reset(&world, "carol@acme.test");
    the_one_winner(&world, &link).visit("/account").assert_shows("Carol");
}

fn the_one_winner(world: &World, link: &str) -> Person {
    const USES: usize = 100;
    let barrier = Barrier::new(USES);
    let answers: Vec<(Person, Page)> = thread::scope(|scope| {
        let arriving = (0..USES).map(|number| {
            let barrier = &barrier;
            scope.spawn(move || {
                let browser = world.stranger();
                let password = format!("{number} {PASSWORD}");
                let form = browser.visit(link).form_with_field("Password").fill("Password", &password);
                barrier.wait();
                let answer = form.submit();
                (browser, answer)
            })
        });
        let arriving: Vec<_> = arriving.collect();
        arriving.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (mut winners, others): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|(_, answer)| answer.redirect_target().is_some());
    assert_eq!(winners.len(), 1, "winners");
    for (browser, answer) in others {
        // Told that it is used, or to come back: the machine hashes only so many passwords at once (T9).
        assert!(answer.status.is_client_error(), "{answer}");
        assert!(!answer.texts("h1").concat().is_empty(), "{answer}");
        browser.get("/account").assert_redirects_to("/sign-in");
    }
    let (winner, _) = winners.remove(0);
    let account = winner.visit("/account");
    account.assert_ok().assert_shows("This device");
    assert!(!account.has_button("End this one"), "another session was started: {account}");
    winner
}

/// The link's page and its form say the same, and there is nothing to type a password into.
#[track_caller]
fn assert_closed(world: &World, link: &str, sentence: &str) -> Page {
    let browser = world.stranger();
    let page = browser.get(link);
    page.assert_ok().assert_shows(sentence);
    assert!(page.find_form_with_field("Password").is_none(), "{page}");
    let late = browser.post(link, &[("password", ANOTHER_PASSWORD)]);
    late.assert_status(422).assert_shows(sentence);
    browser.get("/account").assert_redirects_to("/sign-in");
    page
}

fn t8_a_used_link_says_so_and_changes_nothing(world: World) {
    let invited = invitation(&world, "zoe@acme.test", "Autumn campaign");
    let zoe = world.stranger();
    join(&zoe, &invited, PASSWORD);
    assert_closed(&world, &invited, "This invitation was already used.").press("Sign in").assert_ok();
    // Zoe herself, who presses the button in the old mail again, is led to what she has.
    assert!(zoe.get(&invited).shows("already used"));
    zoe.get("/account").assert_ok();
    world.stranger().sign_in("zoe@acme.test", PASSWORD).assert_signed_in();
    world.stranger().sign_in("zoe@acme.test", ANOTHER_PASSWORD).assert_status(422);

    let forgotten = reset(&world, "carol@acme.test");
    choose_password(&world.stranger(), &forgotten, PASSWORD).follow().assert_ok();
    let page = assert_closed(&world, &forgotten, "This link was already used.");
    assert_eq!(page.press("Send a new link").path(), "/reset");
    world.stranger().sign_in("carol@acme.test", PASSWORD).assert_signed_in();
}

fn t8_an_expired_link_says_so_and_changes_nothing(world: World) {
    let forgotten = reset(&world, "carol@acme.test");
    let invited = invitation(&world, "zoe@acme.test", "Autumn campaign");
    world.clock().advance_seconds(2 * 3_600 - 60);
    world.stranger().get(&forgotten).assert_shows("For carol@acme.test");
    world.clock().advance_seconds(60);
    assert_closed(&world, &forgotten, "This link is older than two hours.")
        .press("Send a new link")
        .assert_ok();
    world.stranger().sign_in("carol@acme.test", world.password_of("carol@acme.test")).assert_signed_in();

    world.clock().advance_seconds(14 * 86_400 - 2 * 3_600 - 60);
    world.stranger().get(&invited).assert_ok().assert_shows("Choose a password for zoe@acme.test");
    world.clock().advance_seconds(60);
    let page = assert_closed(&world, &invited, "This invitation is older than 14 days.");
    page.press("Send a new invitation").assert_ok().assert_shows("on its way to zoe@acme.test");
    let fresh = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    join(&world.stranger(), &fresh, PASSWORD).assert_shows("Autumn campaign");
}

fn t8_a_newer_reset_voids_the_earlier_one(world: World) {
    let (first, second) = (reset(&world, "carol@acme.test"), reset(&world, "carol@acme.test"));
    assert_ne!(first, second);
    assert_closed(&world, &first, "A newer link was sent");
    choose_password(&world.stranger(), &second, PASSWORD).follow().assert_ok();
}

fn t8_links_of_another_purpose_or_organization_are_as_unknown_as_made_up_ones(world: World) {
    let invited = invitation(&world, "zoe@acme.test", "Autumn campaign");
    let forgotten = reset(&world, "carol@acme.test");
    let token = |link: &str| link.rsplit('/').next().unwrap().to_owned();
    let made_up = world.stranger();
    let made_up = |path: &str| made_up.get(path);
    for (kind, foreign, own) in [("invitations", &forgotten, &invited), ("reset", &invited, &forgotten)] {
        let unknown = format!("/{kind}/{}", "A".repeat(43));
        let expected = told(&made_up(&unknown), &unknown);
        assert_eq!(expected.0, 404);
        let answers_alike = |person: &Person, path: &str| {
            assert_eq!(told(&person.get(path), path), expected, "GET {path}");
            let posted = person.post(path, &[("password", ANOTHER_PASSWORD)]);
            assert_eq!(told(&posted, path), expected, "POST {path}");
        };
        answers_alike(&world.stranger(), &format!("/{kind}/{}", token(foreign)));
        world.stranger().post(&format!("/invitations/{}/renewal", token(&forgotten)), &[]).assert_not_found();
        for malformed in ["x", "%00", "..%2f..", &token(own)[1..], &format!("{}A", token(own))] {
            world.stranger().get(&format!("/{kind}/{malformed}")).assert_not_found();
        }
        let at_the_rival = world.stranger_at("rival");
        let there = at_the_rival.get(&format!("/{kind}/{}", token(own)));
        assert_eq!(there.text(), at_the_rival.get(&unknown).text());
        there.assert_not_found().assert_hides("acme.test");
        at_the_rival
            .post(&format!("/{kind}/{}", token(own)), &[("password", ANOTHER_PASSWORD)])
            .assert_not_found();
    }
    join(&world.stranger(), &invited, PASSWORD).assert_shows("Autumn campaign");
    choose_password(&world.stranger(), &forgotten, PASSWORD).follow().assert_ok();
}

/// Staff mistyped an address, or someone's mailbox went to somebody else.
fn t8_a_link_is_bound_to_the_address_that_it_was_sent_to(world: World) {
    let invited = invitation(&world, "zoe@mistyped.test", "Autumn campaign");
    let forgotten = reset(&world, "carol@acme.test");
    let change = |from: &str, to: &str| {
        let list = world.ada().visit(&format!("/staff/clients?q={from}"));
        let page = list.row(from).attributes("a[href^='/staff/clients/']", "href").remove(0);
        let form = world.ada().visit(&page).press("Edit").form_with_button("Save");
        form.fill("Email", to).submit().follow().assert_ok().assert_shows(to);
    };
    change("zoe@mistyped.test", "zoe@acme.test");
    change("carol@acme.test", "carol.meyer@acme.test");
    for (link, email) in [(&invited, "zoe@acme.test"), (&forgotten, "carol.meyer@acme.test")] {
        let thief = world.stranger();
        let page = thief.get(link);
        assert!(page.find_form_with_field("Password").is_none(), "{page}");
        page.assert_hides(email);
        thief.post(link, &[("password", ANOTHER_PASSWORD)]);
        thief.get("/account").assert_redirects_to("/sign-in");
        world.stranger().sign_in(email, ANOTHER_PASSWORD).assert_status(422);
    }
    let old = world.password_of("carol@acme.test");
    world.stranger().sign_in("carol.meyer@acme.test", old).assert_signed_in();
}

fn t8_the_links_of_a_removed_person_are_as_unknown_as_made_up_ones(world: World) {
    let invited = invitation(&world, "zoe@acme.test", "Autumn campaign");
    let forgotten = reset(&world, "carol@acme.test");
    for name in ["zoe@acme.test", "Carol Meyer"] {
        world.ada().visit("/staff/clients").press(name).press("Delete").assert_ok();
    }
    for link in [&invited, &forgotten] {
        let browser = world.stranger();
        browser.get(link).assert_not_found().assert_hides("acme.test");
        browser.post(link, &[("password", ANOTHER_PASSWORD)]).assert_not_found();
        browser.get("/account").assert_redirects_to("/sign-in");
    }
    // Sharing is no way around it: whoever was deleted is to be added again first.
    let portal = world.ada().visit("/staff/portals").press("Autumn campaign");
    portal
        .press("Share")
        .form_with_button("Send invitation")
        .fill("Email", "zoe@acme.test")
        .submit()
        .assert_status(422);
    share(&portal, "yan@acme.test");
    world.mailbox().next_to("yan@acme.test");
    assert!(world.mailbox().so_far_to("zoe@acme.test").is_empty());
}

/// By the list of routes: whoever adds a kind of token adds here how one is got.
fn t8_every_route_with_a_token_says_of_a_foreign_one_what_it_says_of_a_made_up_one(world: World) {
    let claimed = claim(&world.ada(), DOMAIN).texts("code");
    let proof = claimed.into_iter().find(|code| code.contains("/.well-known/portico/")).unwrap();
    let news = way_out(&mail_about_a_portal(&world, "Winter campaign"));
    let got = [
        (".well-known", proof),
        ("invitations", invitation(&world, "zoe@acme.test", "Autumn campaign")),
        ("reset", reset(&world, "carol@acme.test")),
        ("sign-in", sign_in_link(&world, "carol@acme.test")),
        ("unsubscribe", news),
    ];
    let token = |link: &str| link.rsplit('/').next().unwrap().to_owned();
    let routes: Vec<_> = Route::all().into_iter().filter(|route| route.path.contains(":token")).collect();
    let kind = |route: &Route| route.path.split('/').nth(1).unwrap().to_owned();
    let kinds: BTreeSet<_> = routes.iter().map(kind).collect();
    assert!(kinds.iter().eq(got.iter().map(|(kind, _)| kind)), "{kinds:?}");
    for route in &routes {
        let ask = |person: &Person, token: &str| {
            let path = route.path.replace(":token", token);
            let answer = match route.method.as_str() {
                "GET" => person.get(&path),
                _ if route.body == "button" => person.post(&path, &[]),
                _ => person.post(&path, &[("password", ANOTHER_PASSWORD)]),
            };
            told(&answer, &path)
        };
        let made_up = "A".repeat(43);
        for (other, link) in &got {
            let at_the_rival = world.stranger_at("rival");
            assert_eq!(ask(&at_the_rival, &token(link)), ask(&at_the_rival, &made_up), "{}", route.path);
            if *other != kind(route) {
                let answer = ask(&world.stranger(), &token(link));
                assert_eq!(answer, ask(&world.stranger(), &made_up), "{} {other}", route.path);
                assert_eq!(answer.0, 404, "{}", route.path);
            }
        }
    }
}
